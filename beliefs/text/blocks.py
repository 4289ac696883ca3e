"""Blocks: paragraphs that somebody else wrote, such as mails, letters, chats and whole documents.

What the lines' own shape does not show, the way they stand together does.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mindhold.beliefs.text.asks import asks, points, works
from mindhold.beliefs.text.lines import LONG, Line
from mindhold.beliefs.text.phrases import phrases

_RULE = re.compile(r"\s*(?:-{3,}|={3,}|\*{3,}|_{3,}|—{2,})\s*$")
_FIELD = re.compile(rf"[\s>]{{0,3}}\*{{0,2}}{phrases('field')}\*{{0,2}}\s?[:：]\*{{0,2}}\s*\S")
_SUBJECT = re.compile(rf"[\s>]{{0,3}}\*{{0,2}}(?![a-z]){phrases('subject')}\*{{0,2}}\s?[:：]")
_FORWARDED = re.compile(rf"[\s>]{{0,3}}{phrases('forwarded')}")
_GREETING = re.compile(
    rf"\s{{0,4}}(?:(?![a-z]){phrases('greeting')}[\w.,'’/& -]{{0,60}}[,:!]?\s*$"
    rf"|{phrases('addressed')})"
)
_SALUTED = re.compile(rf"(?![a-z]){phrases('greeting')}\s(?:[\w.'’-]+\s?){{1,6}}[,:!]\s\S")
_SIGNED = re.compile(rf"\W?{phrases('signature')}(?:[,.!，。！]|\s*$)(?:\s[\w .,'-]{{0,60}})?$")
_NAME = r"[^\W\d_][\w.'’-]{0,20}(?:\s[^\W\d_][\w.'’-]{0,20})?"
_ASIDE = r"(?:\s?[(（][^()（）]{1,24}[)）])?"
_CLOCK = (
    r"(?:\d{1,4}[./-]\d{1,2}[./-]\d{1,4},?\s)?\d{1,2}[:.h]\d{2}(?::\d\d)?(?:\s?[AaPp]\.?[Mm]\.?)?"
)
_SPEAKER = re.compile(
    rf"\s{{0,3}}(?P<clock>[\[(]?{_CLOCK}[\])]?\s{{0,3}}(?:-\s)?)?"
    rf"(?:<[@+%~&]?(?P<nick>[^\s<>]{{1,24}})>|\*{{0,2}}(?P<name>{_NAME}){_ASIDE}\s?\*{{0,2}}[:：])"
    r"\*{0,2}(?:\s|$|(?<=：))"
)
_TIMED = re.compile(
    rf"\s{{0,3}}\*{{0,2}}@?(?P<name>{_NAME}){_ASIDE}(?:\s+APP|,)?\*{{0,2}}\s{{1,8}}(?:[—–-]\s)?"
    rf"[\[(]?(?:{phrases('day')},?\s?)?{_CLOCK}[\])]?(?:\s|$)"
)
_ROLE = re.compile(phrases("role"))
_Q_AND_A = re.compile(r"\s{0,3}([QA])[.:]\s\S")
_HEADING = re.compile(r"#{1,6}\s\S")
_BRIEF = re.compile(rf"#{{1,6}}\s{phrases('brief')}")
_LEAD = re.compile(
    rf"(?:{phrases('announcing')}.{{0,60}})?{phrases('text')}[\w '’.,()/-]{{0,60}}:\s*$"
    rf"|{phrases('wrote')}(?: \w+){{0,3}}\s?:\s*$"
)
_FIRST_PERSON = re.compile(phrases("first person"))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Paragraph:
    """Lines between blank ones: indices of the first and of the one after the last."""

    first: int
    last: int
    text: str


def read_blocks(lines: list[Line]) -> None:
    """Takes the lines of what reads as somebody else's text; in place."""
    _quoted(lines)
    paragraphs = list(_paragraphs(lines))
    _mail(lines, paragraphs)
    _letter(lines, paragraphs)
    _chat(lines)
    _examination(lines)
    _document(lines, paragraphs)
    _announced(lines, paragraphs)
    _handed_over(lines, paragraphs)
    _endless(lines, paragraphs)


def _paragraphs(lines: list[Line]) -> Iterator[_Paragraph]:
    first = None
    for index in range(len(lines) + 1):
        blank = index == len(lines) or lines[index].blank
        if not blank and first is None:
            first = index
        elif blank and first is not None:
            body = "\n".join(line.text for line in lines[first : min(index, first + 6)])
            yield _Paragraph(first=first, last=index, text=body)
            first = None


def _take(lines: list[Line], first: int, last: int, why: str) -> None:
    for line in lines[first:last]:
        if not line.blank:
            line.taken = line.taken or why


def _take_rest(lines: list[Line], paragraphs: list[_Paragraph], first: int, why: str) -> None:
    """Takes a text from a line on, to a rule (`---`) or the end, but not an ask at its foot."""
    end = next((n for n in range(first, len(lines)) if _RULE.match(lines[n].text)), len(lines))
    foot = paragraphs[-1]
    asked_before = any(p.last <= first and asks(p.text) for p in paragraphs) or any(
        asks(line.text) for line in lines[max(0, first - 3) : first]
    )
    if (
        foot.first > first
        and foot.last - foot.first <= 2
        and (works(foot.text) if asked_before else asks(foot.text))
    ):
        end = min(end, foot.first)
    _take(lines, first, end, why)


def _quoted(lines: list[Line]) -> None:
    for line in lines:
        if line.text.startswith((">", " >", "  >", "   >")) and not line.text.startswith(">>> "):
            line.taken = line.taken or "quotation: a mark before each line"


def _mail(lines: list[Line], paragraphs: list[_Paragraph]) -> None:
    """Mail has a beginning, two header fields or a forwarding line, and no end."""
    for index, line in enumerate(lines):
        if _FORWARDED.match(line.text):
            return _take_rest(lines, paragraphs, index, "mail: a forwarding line")
        if _FIELD.match(line.text) and _headed(lines, index):
            return _take_rest(lines, paragraphs, index, "mail: header fields")
    return None


def _headed(lines: list[Line], index: int) -> bool:
    """Whether a mail begins here: a subject, or a field that only a mail has beside another."""
    fields = [line.text for line in lines[index : index + 4] if _FIELD.match(line.text)]
    sure = sum(not field.lstrip(" >*")[0].islower() or "@" in field for field in fields)
    return sure > 1 or (_SUBJECT.match(fields[0]) is not None and index + 2 < len(lines))


def _letter(lines: list[Line], paragraphs: list[_Paragraph]) -> None:
    """From a greeting to a signature; one that opens the message is its writer's own, unless
    something is asked after the signature."""
    greeted = None
    for index, line in enumerate(lines):
        if greeted is None:
            if _GREETING.match(line.text) or _SALUTED.match(line.text):
                greeted = index
        elif _SIGNED.match(line.text.strip()) or _GREETING.match(lines[greeted].text) is None:
            after = next((p for p in paragraphs if p.first > index), None)
            before = any(not near.blank for near in lines[:greeted])
            if before or (after is not None and asks(after.text)):
                end = index + 1
                while end < len(lines) and not lines[end].blank:
                    end += 1
                _take(lines, greeted, end, "letter: a greeting, a signature")
            greeted = None


def _chat(lines: list[Line]) -> None:
    """Speakers who take turns: a known role twice over, a name that comes back, or clock times."""
    spoken = [(index, *found) for index, line in enumerate(lines) if (found := _speaker(line.text))]
    if len(spoken) < 2:
        return
    names = [name for _, name, _ in spoken]
    timed = sum(clock for *_, clock in spoken)
    roles = {name for name in names if _ROLE.fullmatch(name)}
    turns = len(set(names)) >= 2 and (len(roles) >= 2 or len(set(names)) < len(names))
    if not turns and timed < 2:
        return
    for index in range(spoken[0][0], len(lines)):
        if index > spoken[-1][0] and lines[index].blank:
            return
        _take(lines, index, index + 1, "chat: speakers, times" if timed else "chat: speakers")


def _speaker(text: str) -> tuple[str, bool] | None:
    """Who speaks on this line, and whether a time of day stands beside the name."""
    if found := _TIMED.match(text):
        return found["name"].lower(), True
    found = _SPEAKER.match(text)
    if found is None:
        return None
    name = found["nick"] or found["name"]
    marked = found["clock"] or found["nick"] or not name[0].islower() or _ROLE.fullmatch(name)
    return (name.lower(), bool(found["clock"])) if marked else None


def _examination(lines: list[Line]) -> None:
    """Questions and answers of a record: Q. and A."""
    marked = [index for index, line in enumerate(lines) if _Q_AND_A.match(line.text)]
    if len({lines[index].text.lstrip()[0] for index in marked}) == 2 and len(marked) > 2:
        end = marked[-1] + 1
        while end < len(lines) and not lines[end].blank:
            end += 1
        _take(lines, marked[0], end, "record: questions and answers")


def _document(lines: list[Line], paragraphs: list[_Paragraph]) -> None:
    """A text of some length under headings that are no headings of a brief."""
    headings = [n for n, line in enumerate(lines) if _HEADING.match(line.text) and not line.taken]
    if len(headings) < 2 or lines[-1].end - lines[headings[0]].start < 300:
        return
    if not any(_BRIEF.match(lines[n].text) for n in headings):
        _take_rest(lines, paragraphs, headings[0], "document: headings")


def _announced(lines: list[Line], paragraphs: list[_Paragraph]) -> None:
    """What a line that ends with a colon announces: the log, his mail, the text to translate."""
    for index, line in enumerate(lines[:-1]):
        text = line.text
        if line.taken or len(text) > 280 or not text.endswith((":", "：")):
            continue
        if _LEAD.search(text) or (works(text) and (points(text) or _ends_block(lines, index))):
            return _take_rest(lines, paragraphs, index + 1, "given text: announced with a colon")
    return None


def _ends_block(lines: list[Line], index: int) -> bool:
    return index + 1 < len(lines) and lines[index + 1].blank


def _handed_over(lines: list[Line], paragraphs: list[_Paragraph]) -> None:
    """A text beside an ask that works on it or points at it."""
    own = [p for p in paragraphs if not all(line.taken for line in lines[p.first : p.last])]
    if len(own) < 2:
        return
    for ask, rest in ((own[0], own[1:]), (own[-1], own[:-1])):
        if not asks(ask.text):
            continue
        meant = works(ask.text) and (points(ask.text) or _is_letter(rest))
        if meant or (points(ask.text) and not any(_FIRST_PERSON.search(p.text) for p in rest)):
            for paragraph in rest:
                _take(lines, paragraph.first, paragraph.last, "given text: the ask is about it")
            return


def _is_letter(rest: list[_Paragraph]) -> bool:
    head = rest[0].text
    return bool(_GREETING.match(head.partition("\n")[0]) or _SALUTED.match(head))


def _endless(lines: list[Line], paragraphs: list[_Paragraph]) -> None:
    """What nobody types in one go, but for a question at either end."""
    for paragraph in paragraphs:
        first, last = paragraph.first, paragraph.last
        if lines[last - 1].end - lines[first].start > LONG:
            first += lines[first].text.endswith(("?", "？"))
            last -= lines[last - 1].text.endswith(("?", "？"))
            _take(lines, first, last, "document: an endless paragraph")
