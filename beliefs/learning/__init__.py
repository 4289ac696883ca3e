"""Learning: what the owner's own words may become, who proposes it and what admits it."""
