"""The background extractor without its wire: turns wait, prompts are made, answers are read."""
