"""Acronyms: what their letters stand for.

`acronyms.txt.gz` has those of WordNet with their meanings (`scripts/words.py` builds it).
"""

import gzip
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from mindhold.beliefs.text.words import closed_class


@cache
def _acronyms() -> dict[str, list[str]]:
    packed = files(__package__).joinpath("acronyms.txt.gz").read_bytes()
    lines = gzip.decompress(packed).decode().splitlines()
    split = (line.partition(": ") for line in lines)
    return {acronym: wholes.split("; ") for acronym, _, wholes in split}


def meanings(acronym: str) -> list[str]:
    """What the normal letters are known to stand for: multiple sclerosis for ms."""
    return [whole for whole in _acronyms().get(acronym, ()) if whole[0] != "+"]


def goes_on(acronym: str, word: str) -> bool:
    """Whether a dictionary has the acronym with this word behind it: PO box."""
    return f"+{word}" in _acronyms().get(acronym, ())


def spells(words: Sequence[str], acronym: str) -> bool:
    """Whether the letters are the initials of these words, grammar aside."""
    return any(
        "".join([word[0] for word in told]) == acronym
        for told in (words, [word for word in words if not closed_class(word)])
    )
