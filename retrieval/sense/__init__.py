"""The sense of a lone ordinary word: whether it is meant as a belief's name or as the word."""
