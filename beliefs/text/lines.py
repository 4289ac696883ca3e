"""Lines: the lines of a message, each with what speaks for its being foreign."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from mindhold.beliefs.text.forms import ENOUGH, Form

_LINE = re.compile(r"[^\n]*\n?")
_SENTENCE_END = re.compile(r"[.!?…][\"')]?\s|[。！？]")
_PLAIN = re.compile(r"[^\W\d_][\w\s,.!?'’-]*")
LONG = 6_000  # characters of one paragraph that nobody types in one go
_MOST = 400  # characters of a line that are looked at


@dataclass(slots=True)
class Line:
    """One line: where it stands, what speaks for its being foreign, and what it was taken for."""

    start: int
    end: int
    text: str  # without the end of line; at most 400 characters of it
    form: Form | None = None
    marks: tuple[str, ...] = ()
    score: int = 0
    taken: str = ""  # the reason, once it is known to be foreign

    @property
    def blank(self) -> bool:
        """Whether there is nothing on it."""
        return not self.text or self.text.isspace()

    @property
    def plain(self) -> bool:
        """Whether it is nothing but words."""
        return self.form is None and _PLAIN.fullmatch(self.text) is not None

    @property
    def sure(self) -> bool:
        """Whether its form alone says that it is foreign."""
        return self.form is not None and self.form.weight >= ENOUGH


def lines(text: str, first: int, last: int, is_free: Callable[[int], bool]) -> list[Line]:
    """The lines between two offsets, those whose first character is free."""
    return [
        Line(start, end, text[start : min(end, start + _MOST)].rstrip())
        for match in _LINE.finditer(text, first, last)
        if match[0] and is_free(match.start())
        for start, end in _parts(text, *match.span())
    ]


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A line; an endless one as its first sentence, its last, and what lies between."""
    if end - start > LONG:
        head = _SENTENCE_END.search(text, start, start + _MOST)
        tails = list(_SENTENCE_END.finditer(text, end - _MOST, end - 2))
        if head:
            yield start, head.end()
            start = head.end()
        if tails:
            yield start, tails[-1].end()
            start = tails[-1].end()
    yield start, end


def runs(all_lines: Iterable[Line]) -> Iterator[tuple[int, int, str]]:
    """Neighbouring lines of the same kind: their offsets and the commonest reasons."""
    for family, group in groupby(_without_gaps(all_lines), key=lambda pair: pair[0]):
        run = [line for _, line in group]
        if family:
            reasons = Counter(line.taken for line in run if line.taken)
            yield run[0].start, run[-1].end, _summary(reasons)


def _without_gaps(all_lines: Iterable[Line]) -> Iterator[tuple[str, Line]]:
    """Each line with its family, blank ones with that of the line before them."""
    family = ""
    for line in all_lines:
        if not line.blank:
            family = line.taken.partition(": ")[0]
        yield family, line


def _summary(reasons: Counter[str]) -> str:
    """`log: a timestamp, a level`: the family with its signals, commonest first."""
    signals: dict[str, None] = {}
    for reason, _ in reasons.most_common(6):
        family, _, given = reason.partition(": ")
        signals.update(dict.fromkeys(given.split(", ")))
    return f"{family}: {', '.join(list(signals)[:3])}"
