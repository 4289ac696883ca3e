"""Zones: which parts of a message are its writer's own prose, and what the rest is.

Retrieval and learning read the same segments: a name in prose surfaces a belief, a statement in
prose may become one, and whatever was pasted, quoted or tagged does neither by itself.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from mindhold.beliefs.text.asides import asides
from mindhold.beliefs.text.blocks import read_blocks
from mindhold.beliefs.text.lines import LONG, lines, runs
from mindhold.beliefs.text.shapes import read_shapes
from mindhold.beliefs.text.spans import bracketed, fences, own_blocks, tagged_regions

_HEAD = 32_768  # characters whose lines are looked at; what lies between head and tail is a paste
_TAIL = 16_384
_HEAD_LINES = 500
_TAIL_LINES = 250
_LINE_END = re.compile(r"\n")


class Zone(StrEnum):
    """What a stretch of a message is."""

    PROSE = "prose"
    INLINE = "inline"  # inline code in the writer's own sentence
    CODE = "code"
    PASTE = "paste"  # logs, traces, tables, config, documents, addresses
    QUOTE = "quote"  # somebody's words: blockquotes, mail, transcripts, quotations
    OWN = "own"  # a block that this proxy, or another one of ours, wrote
    TAGGED = "tagged"


_ZONES = tuple(Zone)
_CODE_OF = {zone: index for index, zone in enumerate(_ZONES)}
_OF_FAMILY = {
    "code": Zone.CODE,
    "diff": Zone.CODE,
    **dict.fromkeys(("mail", "letter", "chat", "quotation", "record", "given text"), Zone.QUOTE),
}
_RUN = re.compile(rb"(?s)(.)\1*")
_FREE = re.compile(rb"\0+")
_LAST = "\uffff"
_ODD = re.compile(
    r"[\n\t`\"'“„«»「『<>{}=|:：;]|\d{4}|[0-9a-f]{12}|  |[A-Z]{5}|Error|Fault|errno|[45]\d\d [A-Z]"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """Characters `start` to `end` of the message lie in one zone.

    `why` says by which signals, `log: a timestamp, a level`; it is empty for prose.
    """

    start: int
    end: int
    zone: Zone
    why: str = ""


def segment(text: str) -> tuple[Segment, ...]:
    """The zones of `text`, in order and without gaps; linear in its length."""
    if not text:
        return ()
    if len(text) < LONG and not _ODD.search(text):
        return (Segment(start=0, end=len(text), zone=Zone.PROSE),)
    canvas = _Canvas(len(text))
    for start, end, zone, why in _regions(text, canvas):
        canvas.paint(start, end, zone, why)
    return tuple(canvas.segments())


def _regions(text: str, canvas: "_Canvas") -> Iterator[tuple[int, int, Zone, str]]:
    """What is not prose, the surest first; each step asks the canvas what is still free."""
    for start, end in own_blocks(text):
        yield start, end, Zone.OWN, "a block of memory"
    for start, end in fences(text):
        yield start, end, Zone.CODE, "code: a fence"
    for start, end in tagged_regions(text, canvas.is_free):
        yield start, end, Zone.TAGGED, "tagged: an element that holds other text"
    for start, end in bracketed(text):
        yield start, end, Zone.TAGGED, "tagged: between two lines that say so"
    head, tail = _ends(text)
    yield head, tail, Zone.PASTE, "document: the middle of a very long text"
    for first, last in ((0, head), (tail, len(text))):
        parts = lines(text, first, last, canvas.is_free)
        read_shapes(parts)
        read_blocks(parts)
        for start, end, why in runs(parts):
            yield start, end, _OF_FAMILY.get(why.partition(":")[0], Zone.PASTE), why
    for first, last in canvas.free():
        for start, end, kind, why in asides(text, first, last):
            yield start, end, Zone(kind), why


def _ends(text: str) -> tuple[int, int]:
    """Where the head of a text ends and its tail begins; the same place in most texts."""
    head, tail = min(len(text), _HEAD), len(text)
    for _ in range(_TAIL_LINES):
        tail = max(text.rfind("\n", 0, tail), 0)
    for at, line_end in enumerate(_LINE_END.finditer(text, 0, head)):
        if at == _HEAD_LINES:
            head = line_end.end()
            break
    tail = max(head, len(text) - _TAIL, tail)
    return (head, tail) if head < tail < len(text) else (len(text), len(text))


class _Canvas:
    """One byte a character, its zone; what is painted first stays."""

    def __init__(self, size: int) -> None:
        self._bytes = bytearray(size)
        self._whys: dict[int, list[tuple[int, int, str]]] = {}

    def paint(self, start: int, end: int, zone: Zone, why: str) -> None:
        code = _CODE_OF[zone]
        self._bytes[start:end] = self._bytes[start:end].replace(b"\0", bytes((code,)))
        self._whys.setdefault(code, []).append((start, end, why))

    def is_free(self, at: int) -> bool:
        return self._bytes[at] == 0

    def free(self) -> list[tuple[int, int]]:
        return [run.span() for run in _FREE.finditer(self._bytes)]

    def segments(self) -> Iterator[Segment]:
        for painted in self._whys.values():
            painted.sort()
        for run in _RUN.finditer(self._bytes):
            code = self._bytes[run.start()]
            why = self._why(code, run.start()) if code else ""
            yield Segment(start=run.start(), end=run.end(), zone=_ZONES[code], why=why)

    def _why(self, code: int, at: int) -> str:
        """The reason of the last region of this zone that begins at or before a character."""
        painted = self._whys[code]
        place = bisect_right(painted, (at, len(self._bytes), _LAST))
        return painted[max(0, place - 1)][2]
