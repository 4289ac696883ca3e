"""Which beliefs matter now: index, verifier, ranking, budget."""
