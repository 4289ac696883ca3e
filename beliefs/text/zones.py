"""Zones: which parts of a message are its writer's own prose, and what the rest is.

Retrieval and learning read the same segments: a name in prose surfaces a belief, a statement in
prose may become one, and whatever was pasted, quoted or tagged does neither by itself.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from mindhold.beliefs.text.masks import LONG, Mask, foreign_lines
from mindhold.beliefs.text.spans import fences, inline_spans, own_blocks, tagged_regions

_HEAD = 32_768  # characters whose lines are looked at; what lies between head and tail is a paste
_TAIL = 16_384


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
_OF_MASK = {Mask.CODE: Zone.CODE, Mask.PASTE: Zone.PASTE, Mask.QUOTE: Zone.QUOTE}
_RUN = re.compile(rb"(?s)(.)\1*")
_ODD = re.compile(r"[\n\t`\"“„«<>{}=|:]|\d{4}|[0-9a-f]{12}|  ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """Characters `start` to `end` of the message lie in one zone."""

    start: int
    end: int
    zone: Zone


def segment(text: str) -> tuple[Segment, ...]:
    """The zones of `text`, in order and without gaps; linear in its length."""
    if not text:
        return ()
    if len(text) < LONG and not _ODD.search(text):
        return (Segment(start=0, end=len(text), zone=Zone.PROSE),)
    canvas = _paint(text)
    return tuple(
        Segment(start=run.start(), end=run.end(), zone=_ZONES[canvas[run.start()]])
        for run in _RUN.finditer(canvas)
    )


def _paint(text: str) -> bytearray:
    """One byte a character, its zone; what is painted first stays."""
    canvas = bytearray(len(text))

    def paint(start: int, end: int, zone: Zone) -> None:
        canvas[start:end] = canvas[start:end].replace(b"\0", bytes((_CODE_OF[zone],)))

    for start, end in own_blocks(text):
        paint(start, end, Zone.OWN)
    for start, end in fences(text):
        paint(start, end, Zone.CODE)
    for start, end in tagged_regions(text, lambda at: canvas[at] == 0):
        paint(start, end, Zone.TAGGED)
    if len(text) > _HEAD + _TAIL:
        paint(_HEAD, len(text) - _TAIL, Zone.PASTE)
    windows = (
        ((0, _HEAD), (len(text) - _TAIL, len(text)))
        if len(text) > _HEAD + _TAIL
        else ((0, len(text)),)
    )
    for first, last in windows:
        for start, end, mask in foreign_lines(text, first, last, lambda at: canvas[at] != 0):
            paint(start, end, _OF_MASK[mask])
    for first, last in windows:
        for start, end, inline in inline_spans(text, first, last):
            paint(start, end, Zone(inline))
    return canvas
