"""Authorship: whether what a message states is surely its sender's own; pure.

What marks set apart is masked long before. This is for what no mark does: a passage beside an ask
that makes no sense without one, or beside words that bring in somebody else's. A careful reader
would ask whose words they are, so the statement waits for its owner instead of being held.
"""

import re
from functools import lru_cache

from mindhold.beliefs.learning.heard import LIMIT, MASK, Heard, Sentence
from mindhold.beliefs.learning.tongues.known import TONGUES
from mindhold.beliefs.text.asks import asks
from mindhold.beliefs.text.phrases import phrases

_TEXT = re.compile(
    rf"{phrases('foreign words')}|{phrases('foreign ask')}"
    rf"|(?i:\b(?:this|these|his|her|their|\w+['’]s|ce|cet|cette|son|sa|est[ea]|dies\w*)\s)"
    rf"(?:\w+\s){{0,2}}{phrases('text')}|{phrases('foreign text')}"
)
_TITLE = r"^(?=\S)[^\n.,:;!?]{3,40}\n(?=\S)[^\n]{80}"
_PAGE = re.compile(rf"{phrases('page mark')}|(?m:{_TITLE}(?s:.{{0,4000}}?){_TITLE})")
_PIECES = re.compile(phrases("piecemeal"))
_ASIDE = re.compile(rf"\W*{phrases('own aside')}")
_VERDICT = re.compile(phrases("own verdict"))
_STRONG = re.compile(phrases("deictic"))
_WEAK = re.compile(phrases("weak deictic"))
_NEAR = re.compile(phrases("near deictic"))
_SELF = re.compile(phrases("self"))
_GREETING = re.compile(
    rf"\W*(?:(?:ah|oh|vale|ok)\W+)?(?![a-z]){phrases('greeting')}\s[^\n,.!:]{{1,40}}[,.!:]"
)
_FORMAL = re.compile(rf"\W*{phrases('formal greeting')}")
_SIGN_OFF = re.compile(phrases("sign-off"))
_PIECE = re.compile(
    r"(?i)\W*(?:part|piece|page|line|teil|seite|zeile|partie|ligne|parte|página|línea)"
    r"\s?\d+\s?[:.)/–—-]"
)
_LINK = re.compile(r":|\s[—–-]\s")
_LEAD = re.compile(r"(?:^|(?<=[.!?\n]\s)|(?<=\n))([^.!?\n:]{3,160})[:：](?=\s)")
_WORD = re.compile(r"[^\W\d_]+")
_LABELS = frozenset[str]().union(*(one.guards.own_labels for one in TONGUES.values()))
_GAP = re.compile(r"\n[ \t]*\n")
_SIGNATURE = 4  # words
_HIDDEN = 20  # masked characters of a paragraph: a text that was seen to be another's


def doubt(heard: Heard, start: int, end: int) -> str:
    """Why the words between two characters of the turn may be another's; empty: they are not."""
    if heard.said.command or not heard.sentences:
        return ""
    if any(map(_PIECES.search, heard.said.earlier)) or _PIECE.match(heard.text):
        return "the turns before announce somebody else's text"
    first = heard.sentence_at(start)
    one, last = heard.sentences[first], heard.sentences[heard.sentence_at(max(start, end - 1))]
    begins = start if _LINK.search(heard.masked, one.start, start) else one.start
    text = _spoken(heard)
    if any(not begins <= at < last.end for at in _places(_PAGE, text)):
        return "it stands in what looks like a page"
    if _ASIDE.match(one.text):
        return ""
    marks = [at for at in _places(_TEXT, text) if not begins <= at < last.end]
    led = heard.sentences[first - 1].start if first else one.start
    if marks and not _read(text, led, start, marks) and not _seen(heard, start):
        return "the message is about a text, and these may be its words"
    return _led_to(heard, first, start) or _pointed_at(heard, first, start) or _foreign(heard, one)


def _spoken(heard: Heard) -> str:
    """The user's own words, and what they ask, also where that stands in a text of another's."""
    text, masked, at, parts = heard.text[:LIMIT], heard.masked[:LIMIT], 0, []
    for gap in (*_GAP.finditer(text), None):
        end = gap.end() if gap else len(text)
        whole = masked[at:end]
        parts.append(text[at:end] if MASK in whole and asks(text[at:end]) else whole)
        at = end
    return "".join(parts)


@lru_cache(maxsize=8)
def _places(marks: re.Pattern[str], text: str) -> tuple[int, ...]:
    return tuple(found.start() for found in marks.finditer(text))


def _read(text: str, led: int, start: int, marks: list[int]) -> bool:
    """Whether a text was read before, and led to the statement: "the article convinced me"."""
    before = text[led:start]
    told = "?" not in before and _VERDICT.search(before) is not None
    return told and all(led <= at < start for at in marks)


def _seen(heard: Heard, start: int) -> bool:
    """Whether another's text has been masked, in another paragraph than the statement's."""
    masked, at, found = heard.masked[:LIMIT], 0, False
    for gap in (*_GAP.finditer(masked), None):
        end = gap.start() if gap else len(masked)
        hidden = masked.count(MASK, at, end)
        if at <= start < end and hidden:
            return False
        found = found or (hidden >= _HIDDEN and not asks(heard.text[at:end]))
        at = gap.end() if gap else end
    return found


def _led_to(heard: Heard, first: int, start: int) -> str:
    """Whether a greeting, or words before a colon, give what follows to somebody else."""
    if any(_GREETING.match(one.text) for one in heard.sentences[1 : first + 1]):
        return "it stands in a letter"
    paragraph = heard.masked[:start].rpartition("\n\n")[2]
    if _FORMAL.match(paragraph) or _signed(heard.masked[start:].partition("\n\n")[0]):
        return "it stands in a letter"
    if any(map(_gives_away, _LEAD.findall(paragraph))):
        return "words before a colon give it to somebody else"
    return ""


def _signed(rest: str) -> bool:
    """Whether a letter ends in the rest of a paragraph, and words about it follow its signature."""
    found = _SIGN_OFF.search(rest)
    return found is not None and len(_WORD.findall(rest[found.end() :])) > _SIGNATURE


def _gives_away(lead: str) -> bool:
    """Whether a lead asks for work, or neither speaks of its writer nor is a label of theirs."""
    words = _WORD.findall(lead.lower())
    if len(words) < 3 or any(word in _LABELS for word in words):
        return False
    return asks(lead) or not (_SELF.search(lead) or _VERDICT.search(lead))


def _pointed_at(heard: Heard, first: int, start: int) -> str:
    """Whether the first sentence, or the last, asks about something that it does not name."""
    opening, closing, text = heard.sentences[0], heard.sentences[-1], heard.masked
    if len(heard.sentences) < 3:
        return ""
    apart = "\n" in text[opening.start : start] or not heard.said.earlier
    if first and apart and _looks_on(opening.text):
        return "the question before it points at a text"
    below = "\n" in text[start : closing.start] and asks(closing.text)
    if below and _NEAR.search(closing.text) and not _SELF.search(closing.text):
        return "the question behind it points at a text"
    return ""


def _looks_on(ask: str) -> bool:
    if not (asks(ask) or "?" in ask):
        return False
    alone = not _SELF.search(ask)
    return bool(_STRONG.search(ask) or (alone and (_WEAK.search(ask) or len(ask.split()) < 3)))


def _foreign(heard: Heard, one: Sentence) -> str:
    """Whether it is in another language than what is asked beside it."""
    if any(one.language != other.language and asks(other.text) for other in heard.sentences):
        return "it is in another language than what is asked about it"
    return ""
