"""The tokens of a text: normal words with raw offsets, and what stands between them.

The same code reads messages and names. Every pass is linear in the text.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from mindhold.beliefs.text.normal import alternate, apart, normal, without_apostrophes
from mindhold.beliefs.text.zones import Segment, Zone

MAX_CHARACTERS = 64_000
MAX_TOKENS = 6_000


OWN_WORDS = frozenset({Zone.PROSE, Zone.INLINE})
"""The zones in which the writer speaks."""


class Gap(IntEnum):
    """What stands between a token and the one before it."""

    SOFT = 0  # a space, a quote, nothing at all
    HYPHEN = 1
    JOINER = 2  # _ . :: @ \ & with no space: one identifier
    SLASH = 3
    HARD = 4  # the end of a sentence, list item, zone


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """Parallel lists, one entry a token; `gaps[i]` stands before token i, `gaps[0]` is hard.

    `alternates[i]` is another normal spelling of the word, mostly the same one. Offsets are
    characters of `text`.
    """

    text: str
    words: list[str]
    alternates: list[str]
    starts: list[int]
    ends: list[int]
    gaps: list[Gap]
    zones: list[Zone]

    def __len__(self) -> int:
        return len(self.words)

    def raw(self, index: int) -> str:
        """The token as it was typed."""
        return self.text[self.starts[index] : self.ends[index]]


_HAN = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
_SINGLE = _HAN + "\u3041-\u309f\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
_KATAKANA = "\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f"
_HANGUL = "\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3"
_MARKS = (
    "\u00ad\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a"
    "\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963"
    "\u0981-\u0983\u09bc-\u09cd\u0a01-\u0a03\u0a3c-\u0a51\u0a81-\u0a83\u0abc-\u0acd\u0b82\u0bbe-\u0bcd"
    "\u0c00-\u0c04\u0c3e-\u0c56\u0d00-\u0d03\u0d3e-\u0d4d\u1ab0-\u1aff\u1dc0-\u1dff\u200c\u200d\u2060"
    "\u20d0-\u20ff\ufeff"
)
_LETTER = rf"[^\W_{_SINGLE}{_KATAKANA}{_HANGUL}]"
_TAIL = r"(?:\+\+(?![A-Za-z_+])|(?<=\b[cCfF])\#(?!\w))?"  # C++, C#, F#, Notepad++
_NET = r"(?<![\w.)\]])\.(?:NET|Net|net)(?!\w)"
_PICTURE = "[\u2190-\u21ff\u2300-\u23ff\u2460-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]"
_EMOJI = (
    rf"[\U0001f1e6-\U0001f1ff]{{2}}"
    rf"|{_PICTURE}[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]*(?:\u200d{_PICTURE}[\ufe0f\U0001f3fb-\U0001f3ff]*)*"
)
_ASCII = re.compile(rf"{_NET}|[A-Za-z0-9]+(?:['`][A-Za-z]+)*{_TAIL}", re.ASCII)
_ANY = re.compile(
    rf"{_NET}|[{_SINGLE}]|[{_KATAKANA}]+|[{_HANGUL}]+"
    rf"|{_LETTER}(?:{_LETTER}|[{_MARKS}])*(?:['’ʼ＇`´]{_LETTER}(?:{_LETTER}|[{_MARKS}])*)*{_TAIL}"
    rf"|{_EMOJI}"
)
_TIGHT = {
    "": Gap.SOFT,
    "-": Gap.HYPHEN,
    "\u2010": Gap.HYPHEN,
    "\u2011": Gap.HYPHEN,
    "/": Gap.SLASH,
    **dict.fromkeys(("_", "__", ".", "::", "@", "\\", "->", "&"), Gap.JOINER),
}
_SOFT = frozenset("\"'`´’‘“”„‚«»‹›「」『』《》*~#$%^&@_・·\ufe0e\ufe0f\u200b\u200d")


def tokenize(text: str, zones: Sequence[Segment] | None = None) -> Tokens:
    """The tokens of `text`; without `zones` all of it counts as prose.

    Of more than `MAX_CHARACTERS` or `MAX_TOKENS` the head and the tail are read, half each: a
    question may stand at either end. Where tokens stand thick, a little less of the tail.
    """
    made = Tokens(text=text, words=[], alternates=[], starts=[], ends=[], gaps=[], zones=[])
    head = _spans(text, 0, min(len(text), MAX_CHARACTERS), MAX_TOKENS)
    end = head[-1][1] if head else len(text)
    if len(text) <= MAX_CHARACTERS and len(head) < MAX_TOKENS:
        _read(made, head)
    else:
        half = min(len(head), MAX_TOKENS) // 2
        behind = max(head[half][0] if head else 0, len(text) - min(MAX_CHARACTERS // 2, end))
        _read(made, head[:half])
        _read(made, _spans(text, behind, len(text), MAX_TOKENS)[-half:])
    _lay(made, zones)
    return made


def _spans(text: str, start: int, end: int, most: int) -> list[tuple[int, int]]:
    pattern = _ASCII if text.isascii() else _ANY
    return [found.span() for found in islice(pattern.finditer(text, start, end), most)]


def _read(made: Tokens, spans: list[tuple[int, int]]) -> None:
    """Appends one token a span; what a token is spelled like is worked out once for each text."""
    if not spans:
        return
    text, starts, ends = made.text, [start for start, _ in spans], [end for _, end in spans]
    raws = [text[start:end] for start, end in spans]
    betweens = [text[end:start] for end, start in zip(ends, starts[1:], strict=False)]
    kinds = {between: _gap(between) for between in set(betweens)}
    made.gaps.append(Gap.HARD)
    made.gaps.extend([kinds[between] for between in betweens])
    known = {raw: _spelled(raw) for raw in set(raws)}
    made.words.extend([known[raw].word for raw in raws])
    made.alternates.extend([known[raw].other for raw in raws])
    for at, raw in enumerate(raws):
        if not raw.isalnum():
            ends[at] -= len(raw) - known[raw].end
            starts[at] += known[raw].start
    made.starts.extend(starts)
    made.ends.extend(ends)


class _Spelled(NamedTuple):
    """One raw token: its normal forms, and where they stand in it when something hangs on them."""

    word: str
    other: str
    start: int
    end: int


@lru_cache(maxsize=16_384)
def _spelled(raw: str) -> _Spelled:
    start, end = apart(raw)
    word = without_apostrophes(raw[start:end])
    return _Spelled(normal(word), alternate(word), start, end)


def _gap(between: str) -> Gap:
    if between == " ":
        return Gap.SOFT
    return Gap.HARD if len(between) > 16 and not between.isspace() else _kind(between)


@lru_cache(maxsize=4_096)
def _kind(between: str) -> Gap:
    tight = _TIGHT.get(between)
    if tight is not None:
        return tight
    if between.count("\n") > 1:
        return Gap.HARD
    marks = "".join(between.split())
    if "\n" in between and marks:
        return Gap.HARD
    if marks == "." and between[-1] == ".":  # a word that starts with a dot: .env
        return Gap.SOFT
    return Gap.SOFT if all(mark in _SOFT for mark in marks) else Gap.HARD


def _lay(made: Tokens, zones: Sequence[Segment] | None) -> None:
    """Give each token its zone; where the zone changes, nothing runs on (inline code is prose)."""
    if not zones:
        made.zones.extend([Zone.PROSE] * len(made))
        return
    for segment in zones:
        first = len(made.zones)
        last = segment is zones[-1]
        until = len(made) if last else bisect_left(made.starts, segment.end, first)
        if until > first:
            if first and not {segment.zone, made.zones[-1]} <= OWN_WORDS:
                made.gaps[first] = Gap.HARD
            made.zones.extend([segment.zone] * (until - first))


_HAN_OR_KANA = re.compile(f"[{_HAN}\u3041-\u309f]")
_UNSPACED = re.compile(f"[{_SINGLE}]")


def is_han_or_kana(word: str) -> bool:
    """Whether the word is one Chinese character (kanji, hanja) or hiragana."""
    return _HAN_OR_KANA.fullmatch(word) is not None


def is_unspaced(word: str) -> bool:
    """Whether the word is one character of a script that writes no spaces between words."""
    return _UNSPACED.fullmatch(word) is not None
