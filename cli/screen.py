"""Screens: where beliefs are shown to people, how untrusted text is made plain, long JSON."""

import os
import sys
import unicodedata
from collections.abc import Iterable
from typing import Literal

from rich.console import Console

from mindhold.cli.terminal import dumped

_HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_JOINERS = {"\u200c", "\u200d"}  # scripts and emoji need them


def answer() -> Console:
    """Where the answer goes; colours only on a terminal, and none under NO_COLOR."""
    return _console(stderr=False)


def aside() -> Console:
    """Where hints and progress go, so that a pipe holds the answer only."""
    return _console(stderr=True)


def _console(*, stderr: bool) -> Console:
    # NO_COLOR is asked here: rich itself would leave bold and dim.
    system: Literal["auto"] | None = None if os.environ.get("NO_COLOR") else "auto"
    return Console(stderr=stderr, color_system=system, highlight=False, markup=False, emoji=False)


def in_pipe(console: Console) -> bool:
    """Whether what is printed has no width to keep to."""
    return not console.is_terminal and not os.environ.get("COLUMNS")


def plain(text: str) -> str:
    """The text on one line, with nothing in it that steers a terminal or hides from a reader."""
    return "".join(map(_visible, " ".join(text.split())))


def _visible(char: str) -> str:
    hidden = unicodedata.category(char) in _HIDDEN and char not in _JOINERS
    return "\N{REPLACEMENT CHARACTER}" if hidden else char


def print_array(values: Iterable[object]) -> None:
    """One JSON array, an element a line, written as the elements come."""
    start = "["
    for value in values:
        sys.stdout.write(f"{start}{dumped(value)}")
        start = ",\n "
    sys.stdout.write("[]\n" if start == "[" else "]\n")
