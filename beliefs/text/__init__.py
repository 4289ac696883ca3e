"""The text layer: what a message's words are, and which of them are the owner's own."""
