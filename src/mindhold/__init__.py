"""mindhold: memory that a person owns, for every LLM they use."""

__version__ = "0.1.0"
