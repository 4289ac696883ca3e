"""Machine: what client programs send beside a person's words, known by how they write it."""

from mindhold.beliefs.text.errands import Errand, errand
from mindhold.beliefs.text.furniture import furniture

__all__ = ["Errand", "errand", "furniture", "machine_made"]


def machine_made(text: str) -> bool:
    """Whether no person wrote this text, and nothing is to be learned from it."""
    return furniture(text) or errand(text) is not None
