"""Which words are everyday words: ranks by frequency, commonest first, and the parts they play.

The English list and its licences lie beside this file (`scripts/words.py` builds it), as does
`grammar.txt`, the closed-class words of English, German, French, Spanish, Italian, Portuguese and
Dutch, normalised. Each is read once, on first use.
"""

import gzip
from functools import cache
from importlib.resources import files

COMMON = 2_000
"""Ranks below this are words that a message uses without meaning anything by their name."""

FAMILIAR = 10_000
"""Ranks below this are words that need not be a name even where no prose stands around them."""

KNOWN = 20_000
"""Ranks below this are words that a writer types on purpose; a rarer one may be a slip."""

UNKNOWN = 1_000_000
"""The rank of a word that is in no list."""


@cache
def _closed() -> frozenset[str]:
    return frozenset(files(__package__).joinpath("grammar.txt").read_text("utf-8").split())


@cache
def _english() -> dict[str, tuple[int, str]]:
    packed = files(__package__).joinpath("english.txt.gz").read_bytes()
    lines = gzip.decompress(packed).decode().splitlines()
    split = (line.partition(" ") for line in lines)
    return {word: (rank, parts) for rank, (word, _, parts) in enumerate(split)}


def rank(word: str) -> int:
    """How common a normalised word is, 0 the commonest; `UNKNOWN` when no list has it."""
    if word in _closed():
        return 0
    entry = _english().get(word)
    return UNKNOWN if entry is None else entry[0]


def parts(word: str) -> str:
    """The parts of speech of an English word, the commonest first; empty when no list has it.

    N noun, P plural, V verb, Z its third person, D its past, G its -ing, A adjective, R adverb;
    M at the end: a noun that mostly needs no article (ink, steam).
    """
    entry = _english().get(word)
    return "" if entry is None else entry[1]


def known(word: str) -> bool:
    """Whether the word is common enough to be hardly a misspelling of another."""
    return rank(word) < KNOWN


def closed_class(word: str) -> bool:
    """Whether the word is grammar (it, us, can, und, les), in one of the languages we know."""
    return word in _closed()
