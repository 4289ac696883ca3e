"""Which words are everyday words: ranks by frequency, commonest first.

The English list and its licences lie beside this file, as does `grammar.txt`, the closed-class
words of English, German, French, Spanish, Italian, Portuguese and Dutch, normalised. Each is read
once, on first use.
"""

import gzip
from functools import cache
from importlib.resources import files

COMMON = 2_000
"""Ranks below this are words that a message uses without meaning anything by their name."""

FAMILIAR = 10_000
"""Ranks below this are words that need not be a name even where no prose stands around them."""

UNKNOWN = 1_000_000
"""The rank of a word that is in no list."""


@cache
def _closed() -> frozenset[str]:
    return frozenset(files(__package__).joinpath("grammar.txt").read_text("utf-8").split())


@cache
def _ranks() -> dict[str, int]:
    packed = files(__package__).joinpath("english.txt.gz").read_bytes()
    return {word: rank for rank, word in enumerate(gzip.decompress(packed).decode().split())}


def rank(word: str) -> int:
    """How common a normalised word is, 0 the commonest; `UNKNOWN` when no list has it."""
    if word in _closed():
        return 0
    return _ranks().get(word, UNKNOWN)


def known(word: str) -> bool:
    """Whether the word is in the lists at all, and so hardly a misspelling of another."""
    return rank(word) < UNKNOWN


def closed_class(word: str) -> bool:
    """Whether the word is grammar (it, us, can, und, les), in one of the languages we know."""
    return word in _closed()
