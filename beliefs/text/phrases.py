"""Phrases: the words by which people ask, greet, sign and report, in six languages.

The tables lie beside this file, in `phrases.txt` and `steering.txt`.
"""

import re
from functools import cache
from importlib.resources import files

_UNSPACED = ("ja", "zh")
_FILES = ("phrases.txt", "steering.txt")


@cache
def phrases(name: str) -> str:
    """A pattern, without regard to case, of every phrase of that name in any language."""
    spaced = "|".join(part for language, part in _table()[name] if language not in _UNSPACED)
    parts = [rf"(?<!\w)(?:{spaced})(?!\w)"] if spaced else []
    parts += [part for language, part in _table()[name] if language in _UNSPACED]
    return f"(?i:{'|'.join(parts)})"


@cache
def alternatives(name: str) -> str:
    """The alternatives of that name in every language, for a pattern of one's own."""
    return "|".join(part for _, part in _table()[name])


@cache
def _table() -> dict[str, list[tuple[str, str]]]:
    """For each name its languages, each with its alternatives."""
    table: dict[str, list[tuple[str, str]]] = {}
    for file in _FILES:
        written = files(__package__).joinpath(file).read_text("utf-8").partition("\n\n")[2]
        for entry in re.split(r"\n+(?=[a-z])", written):
            heading, *lines = entry.splitlines()
            name, _, language = heading.strip().partition(", ")
            given = "|".join(line.strip() for line in lines if line.strip())
            table.setdefault(name, []).append((language, given))
    return table
