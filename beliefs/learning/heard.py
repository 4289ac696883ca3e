"""Heard: a user turn with everything that is not the user's own words masked, in sentences."""

import re
from dataclasses import dataclass

from mindhold.beliefs.learning.said import Said
from mindhold.beliefs.learning.scene import playing
from mindhold.beliefs.learning.tongues.language import language
from mindhold.beliefs.text.codepoints import clean
from mindhold.beliefs.text.zones import Zone, segment

MASK = "\ufffc"  # one for each character that is not the user's own
_OURS = frozenset({Zone.PROSE, Zone.INLINE})
_SHORT = r"Mr Mrs Ms Dr Prof St Jr Sra Mme Hr Nr vs e\.g i\.e a\.k\.a etc al ca bzw approx"
_SHORT_DOT = "".join(rf"(?<!\b{short}\.)" for short in _SHORT.split())
_END = re.compile(rf"[.!?…]+{_SHORT_DOT}[\"')\]*`]*(?=\s|$)|\n+|$")
_BREAK = re.compile(r"(?<=[\w,)\]'\"`’-])\n[^\S\n]{0,8}(?=[\w(\[\"'`])")
_WIDTH = 50  # characters of a line from which on an editor may have broken it
_GOES_ON = re.compile(
    r"(?:,|\b(?:an?|the|of|to|in|on|at|by|for|from|with|and|or|our|my|than|der|die|das|den|dem|ein"
    r"|eine|zu|von|vom|zum|mit|auf|und|oder|als|de|du|des|la|le|les|un|une|et|ou|à|el|los|las|y"
    r"|con|que))$"
)  # nobody ends a statement so
_BEGINS = re.compile(r"(?:i|we|my|our|always|never|don['’]?t|please|also|but|no|use)\b")
LIMIT = 20_000  # characters of one turn in which statements are looked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence of the masked text; offsets are characters of the cleaned turn.

    `language`: as `tongues.language` tells it, of the whole turn where the sentence does not tell.
    """

    start: int
    end: int
    text: str
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What was said, cleaned (NFC), masked, and cut into sentences.

    `playing`: the turns before have set a scene, and have not ended it.
    """

    said: Said
    text: str
    masked: str
    sentences: tuple[Sentence, ...]
    playing: bool = False

    def sentence_at(self, offset: int) -> int:
        """The index of the sentence that holds a character."""
        for index, sentence in enumerate(self.sentences):
            if offset < sentence.end:
                return index
        return len(self.sentences) - 1


def hear(said: Said) -> Heard:
    """The turn as learning hears it."""
    text = clean(said.text)
    masked = " " * said.command + _masked(text[said.command :])
    return Heard(
        said=said, text=text, masked=masked, sentences=_sentences(masked[:LIMIT]),
        playing=playing(said.earlier),
    )  # fmt: skip


def heard_again(said: Said, *, playing: bool) -> Heard:
    """A turn whose text was masked before it was kept."""
    return Heard(
        said=said, text=said.text, masked=said.text, sentences=_sentences(said.text[:LIMIT]),
        playing=playing,
    )  # fmt: skip


def _masked(text: str) -> str:
    parts = segment(text)
    if all(part.zone in _OURS for part in parts):
        return text
    return "".join(
        text[part.start : part.end]
        if part.zone in _OURS
        else re.sub(r"[^\n]", MASK, text[part.start : part.end])
        for part in parts
    )


def unbroken(text: str) -> str:
    """The text with a space, or several, where an editor broke a line; as long as it was."""

    def joined(found: re.Match[str]) -> str:
        line = text[text.rfind("\n", 0, found.start()) + 1 : found.start()]
        goes_on = _GOES_ON.search(line) or (
            text[found.end()].islower() and not _BEGINS.match(text, found.end())
        )
        return " " * len(found[0]) if len(line) >= _WIDTH and goes_on else found[0]

    return _BREAK.sub(joined, text)


def _sentences(masked: str) -> tuple[Sentence, ...]:
    masked = unbroken(masked)
    found, at, mostly = [], 0, language(masked)
    for match in _END.finditer(masked):
        part, start = masked[at : match.end()], at
        at = match.end()
        body = part.strip()
        if body.strip(MASK + " "):
            start += len(part) - len(part.lstrip())
            spoken = language(body) or mostly
            found.append(Sentence(start=start, end=start + len(body), text=body, language=spoken))
    return tuple(found)
