"""The rules of acceptance: each may refuse a mention, and says why in words for the owner."""
