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
    table: dict[str, str] = {}
    for line in gzip.decompress(packed).decode().splitlines():
        parts, *words = line.split(" ")
        table.update(dict.fromkeys(words, parts))
    return table


def parts_in(language: str, word: str) -> str:
    """The parts of speech of a word of "de", "fr" or "es"; empty when its list has it not.

    N noun, V verb, F a rarer form of a verb, A adjective or any other. Marks follow: P a plural,
    M a noun that is seldom counted, ' a word that is never spelled without an accent.
    """
    return _words(language).get(word, "")


def is_listed(word: str) -> bool:
    """Whether the list of any of the three languages has the word."""
    return any(word in _words(language) for language in LISTED)


def is_verb_in(language: str, word: str) -> bool:
    """Whether a word may be a verb."""
    return not {"V", "F"}.isdisjoint(parts_in(language, word))


def everyday_in(language: str, word: str) -> bool:
    """Whether a word is an everyday one: listed, and more than a rare form of a verb."""
    return not {"N", "V", "A"}.isdisjoint(parts_in(language, word))
