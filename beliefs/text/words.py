"""Which words are everyday words: how common, what parts they play, what phrases they make.

The lists and their licences lie beside this file (`scripts/words.py` builds them), as does
`grammar.txt`, the closed-class words of English (its first line), German, French, Spanish, Italian,
Portuguese and Dutch, normalised. Each is read once, on first use.
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
def _closed_english() -> frozenset[str]:
    lines = files(__package__).joinpath("grammar.txt").read_text("utf-8").splitlines()
    return frozenset(lines[0].split())


@cache
def _closed() -> frozenset[str]:
    return frozenset(files(__package__).joinpath("grammar.txt").read_text("utf-8").split())


@cache
def _english() -> dict[str, tuple[int, str]]:
    split = (line.partition(" ") for line in _unpacked("english.txt.gz"))
    return {word: (rank, parts) for rank, (word, _, parts) in enumerate(split)}


@cache
def _technical() -> frozenset[str]:
    return frozenset(_unpacked("technical.txt.gz"))


@cache
def _licensed() -> dict[str, frozenset[str]]:
    lines = (line.split(" ") for line in _unpacked("bare.txt.gz"))
    return {word: frozenset(before) for word, *before in lines}


@cache
def _phrases() -> frozenset[str]:
    return frozenset(_unpacked("idioms.txt.gz"))


def _unpacked(name: str) -> list[str]:
    packed = files(__package__).joinpath(name).read_bytes()
    return gzip.decompress(packed).decode().splitlines()


def rank(word: str) -> int:
    """How common a normalised word is, 0 the commonest; `UNKNOWN` when no list has it."""
    if word in _closed():
        return 0
    entry = _english().get(word)
    return UNKNOWN if entry is None else entry[0]


def parts(word: str) -> str:
    """The parts of speech of an English word, the commonest first; empty when no list has it.

    N noun, P plural, V verb, Z its third person, D its past, G its -ing, A adjective, R adverb.
    Marks of a noun follow: M, it mostly needs no article (ink, steam); in lower case the kind of
    thing it is first: a animal, b body, f food, h human, p plant, s stuff, t time, w weather.
    """
    entry = _english().get(word)
    return "" if entry is None else entry[1]


def technical(word: str) -> bool:
    """Whether software speaks of it far oftener than English does: cluster, parser, csv."""
    return word in _technical() and word not in _closed()


def licensed(preposition: str, word: str) -> bool:
    """Whether English usually says the two without an article between: at dawn, in ink."""
    return preposition in _licensed().get(word, ())


def phrase(words: str) -> bool:
    """Whether these English words, one space between, are an entry of a dictionary: on fire."""
    return words in _phrases()


def known(word: str) -> bool:
    """Whether the word is common enough to be hardly a misspelling of another."""
    return rank(word) < KNOWN


def closed_class(word: str, language: str = "") -> bool:
    """Whether the word is grammar (it, us, can, und, les), in one of the languages we know; of
    English alone where the language is "en"."""
    return word in (_closed_english() if language == "en" else _closed())
