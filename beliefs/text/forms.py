"""Forms: what a line of a log, a trace, of code or of a table looks like.

The table lies beside this file, in `forms.txt`: families, signals, weights and patterns.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

ENOUGH = 4
"""The score of a line that is foreign; a message that is this one line needs `ALONE`."""

ALONE = 6
_INDENTED = "indented "


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What a line looks like: a family, the signal in words, and how much it weighs."""

    family: str
    signal: str
    weight: int


def form(text: str) -> Form | None:
    """The form of a line, if it has one; linear, since patterns stand at its beginning."""
    bare = text.lstrip()
    plain, indented = _tables()
    return plain.of(bare) or (indented.of(bare) if len(bare) < len(text) else None)


class _Table:
    """All patterns as one; the empty group behind each says which it was.

    The group stands behind, since a branch that begins with a group is not skipped by its first
    letter.
    """

    def __init__(self, rows: Iterable[tuple[Form, str]]) -> None:
        self._forms, patterns = zip(*rows, strict=True)
        self._pattern = re.compile("|".join(f"{pattern}()" for pattern in patterns))

    def of(self, text: str) -> Form | None:
        found = self._pattern.match(text)
        return self._forms[(found.lastindex or 1) - 1] if found else None


@cache
def _tables() -> tuple[_Table, _Table]:
    """The table for any line, and the one for indented lines."""
    rows: tuple[list[tuple[Form, str]], list[tuple[Form, str]]] = ([], [])
    written = files(__package__).joinpath("forms.txt").read_text("utf-8")
    for entry in re.split(r"\n{2,}", written)[1:]:
        heading, *patterns = entry.splitlines()
        name, _, weight = heading.rpartition(": ")
        family, _, signal = name.partition(", ")
        indented = family.startswith(_INDENTED)
        form = Form(family=family.removeprefix(_INDENTED), signal=signal, weight=int(weight))
        rows[indented].extend((form, pattern.strip()) for pattern in patterns)
    return _Table(rows[False]), _Table(rows[True])
