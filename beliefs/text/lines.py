"""Lines: the lines of a message, each with what speaks for its being foreign."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from mindhold.beliefs.text.forms import ENOUGH, Form

_LINE = re.compile(r"[^\n]*\n?")
_SENTENCE_END = re.compile(r"[.!?…][\"')]?\s|[。！？]")
_PLAIN = re.compile(r"[^\W\d_][\w\s,.!?'’-]*")
LONG = 6_000  # characters of one paragraph that nobody types in one go
_NAMED = 12  # lines of a run whose signals are named
_MOST = 400  # characters of a line that are looked at


@dataclass(slots=True)
class Line:
    """One line: where it stands, what speaks for its being foreign, and what it was taken for."""

    start: int
    end: int
    text: str  # without spaces and the end of line behind it; at most 400 characters of it
    form: Form | None = None
    marks: tuple[str, ...] = ()
    score: int = 0
    taken: str = ""  # the family, once it is known to be foreign
    signals: tuple[str, ...] = ()  # by which it was taken

    @property
    def blank(self) -> bool:
        """Whether there is nothing on it."""
        return not self.text

    @property
    def plain(self) -> bool:
        """Whether it is nothing but words."""
        return self.form is None and _PLAIN.fullmatch(self.text) is not None

    @property
    def sure(self) -> bool:
        """Whether its form alone says that it is foreign."""
        return self.form is not None and self.form.weight >= ENOUGH

    def take(self, family: str, *signals: str) -> None:
        """Says what it is, unless that has been said, or there is nothing on it."""
        if self.text and not self.taken:
            self.taken, self.signals = family, signals


def lines(text: str, first: int, last: int, is_free: Callable[[int], bool]) -> list[Line]:
    """The lines between two offsets, those whose first character is free."""
    found = []
    for match in _LINE.finditer(text, first, last):
        start, end = match.span()
        if end - start > LONG:
            parts = list(_parts(text, start, end))
        else:
            parts = [(start, end)] if start < end else []
        if parts and is_free(start):
            found += [Line(a, b, text[a : min(b, a + _MOST)].rstrip()) for a, b in parts]
    return found


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """An endless line as its first sentence, its last, and what lies between."""
    head = _SENTENCE_END.search(text, start, start + _MOST)
    if head:
        yield start, head.end()
        start = head.end()
    tails = list(_SENTENCE_END.finditer(text, end - _MOST, end - 2))
    if tails:
        yield start, tails[-1].end()
        start = tails[-1].end()
    yield start, end


def runs(all_lines: Iterable[Line]) -> Iterator[tuple[int, int, str]]:
    """Neighbouring lines of the same family: their offsets and `log: a timestamp, a level`."""
    for family, group in groupby(_without_gaps(all_lines), key=lambda pair: pair[0]):
        run = [line for _, line in group]
        if family:
            signals = dict.fromkeys(signal for line in run[:_NAMED] for signal in line.signals)
            yield run[0].start, run[-1].end, f"{family}: {', '.join(list(signals)[:3])}"


def _without_gaps(all_lines: Iterable[Line]) -> Iterator[tuple[str, Line]]:
    """Each line with its family, blank ones with that of the line before them."""
    family = ""
    for line in all_lines:
        if line.text:
            family = line.taken
        yield family, line
