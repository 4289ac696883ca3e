"""Forms: what a line of a log, a trace, of code or of a table looks like.

The table lies beside this file, in `forms.txt`: families, signals, weights and patterns.
"""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

ENOUGH = 4
"""The score of a line that is foreign; a message that is this one line needs `ALONE`."""

ALONE = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What a line looks like: a family, the signal in words, and how much it weighs."""

    family: str
    signal: str
    weight: int


def form(text: str) -> Form | None:
    """The form of a line, if it has one; linear, since patterns stand at its beginning."""
    pattern, forms = _table()
    found = pattern.match(text)
    return forms[(found.lastindex or 1) - 1] if found else None


@cache
def _table() -> tuple[re.Pattern[str], tuple[Form, ...]]:
    """One pattern with a group for each heading of the table, and what each group means."""
    groups: list[str] = []
    forms: list[Form] = []
    written = files(__package__).joinpath("forms.txt").read_text("utf-8")
    for entry in re.split(r"\n{2,}", written)[1:]:
        heading, *patterns = entry.splitlines()
        name, _, weight = heading.rpartition(": ")
        family, _, signal = name.partition(", ")
        forms.append(Form(family=family, signal=signal, weight=int(weight)))
        groups.append("|".join(pattern.strip() for pattern in patterns))
    return re.compile("|".join(f"({group})" for group in groups)), tuple(forms)
