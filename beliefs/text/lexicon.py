"""The everyday words of German, French and Spanish, and the parts they play.

The lists and their licences lie beside this file (`scripts/lexicon.py` builds them); words are
normalised. Each list is read once, on first use.
"""

import gzip
from functools import cache
from importlib.resources import files

_LISTS = {"de": "german", "fr": "french", "es": "spanish"}
LISTED = tuple(_LISTS)
"""The languages that have a list."""


@cache
def _words(language: str) -> dict[str, str]:
    packed = files(__package__).joinpath(f"{_LISTS[language]}.txt.gz").read_bytes()
    lines = gzip.decompress(packed).decode().splitlines()
    return {word: parts for word, _, parts in (line.partition(" ") for line in lines)}


def parts_in(language: str, word: str) -> str:
    """The parts of speech of a word of "de", "fr" or "es"; empty when its list has it not.

    N noun, V verb, A adjective or any other; M: a noun that is seldom counted.
    """
    return _words(language).get(word, "")


def is_listed(word: str) -> bool:
    """Whether the list of any of the three languages has the word."""
    return any(word in _words(language) for language in LISTED)
