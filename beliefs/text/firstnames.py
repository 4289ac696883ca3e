"""First names: words that are a person's name, and so hardly a misspelling of another one.

The list and where it is from lie beside this file; it is read once, on first use.
"""

import gzip
from functools import cache
from importlib.resources import files


@cache
def _names() -> frozenset[str]:
    packed = files(__package__).joinpath("firstnames.txt.gz").read_bytes()
    return frozenset(gzip.decompress(packed).decode().split())


def is_first_name(word: str) -> bool:
    """Whether a normal word is a first name that people in the United States bear."""
    return word in _names()
