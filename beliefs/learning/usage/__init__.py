"""How beliefs are called in use, and which further names of theirs that makes certain."""
