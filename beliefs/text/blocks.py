"""Blocks: paragraphs that somebody else wrote, such as mails, letters, chats and whole documents.

What the lines' own shape does not show, the way they stand together does.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mindhold.beliefs.text.asks import asks, handles, points, wants, works
from mindhold.beliefs.text.lines import LONG, Line
from mindhold.beliefs.text.marks import is_item
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
_NAME = r"[^\W\d_][\w.'’-]{0,20}(?:,?\s[^\W\d_][\w.'’-]{0,20})?"
_ASIDE = r"(?:\s?[(（][^()（）]{1,24}[)）])?"
_CLOCK = (
    r"(?:\d{1,4}[./-]\d{1,2}[./-]\d{1,4},?\s)?\d{1,2}[:.h]\d{2}(?::\d\d)?(?:\s?[AaPp]\.?[Mm]\.?)?"
    r"(?:,\s\d{1,4}[./-]\d{1,2}[./-]\d{1,4})?"
)
_SPEAKER = re.compile(
    rf"\s{{0,3}}(?:#{{1,6}}\s)?(?P<clock>[\[(]?{_CLOCK}[\])]?\s{{0,3}}(?:-\s)?)?"
    rf"(?:<[@+%~&]?(?P<nick>[^\s<>]{{1,24}})>|\*{{0,2}}(?P<name>{_NAME}){_ASIDE}\s?\*{{0,2}}[:：])"
    r"\*{0,2}(?:\s|$|(?<=：))"
)
_TIMED = re.compile(
    rf"\s{{0,3}}\*{{0,2}}@?(?P<name>{_NAME}){_ASIDE}(?:\s+APP|,)?\*{{0,2}}\s{{1,8}}(?:[—–-]\s)?"
    rf"[\[(]?(?:{phrases('day')},?\s?)?{_CLOCK}[\])]?:?(?:\s|$)"
)
_ROLE = re.compile(phrases("role"))
_Q_AND_A = re.compile(r"\s{0,3}([QA])[.:]\s\S")
_HEADING = re.compile(r"#{1,6}\s\S")
_VERSION = r"v?\d{1,4}\.\d{1,3}(?:\.\d+)*(?:[-+~.]?[a-z]\w*)?"
_RELEASE = re.compile(
    rf"\s{{0,3}}#{{0,4}}\s?(?:(?:[Vv]ersion|[Rr]elease)\s)?"
    rf"(?:\[?{_VERSION}\]?|[\w.+-]+ \({_VERSION}[\w.+~:-]*\))"
    r"(?:\s?[-–—(:;]\s?[^.!?]{0,40}|\s[\w-]+; urgency=\w+)?\s*$|#{1,4} \[?Unreleased\]?\s*$"
)
_BRIEF = re.compile(rf"#{{1,6}}\s{phrases('brief')}")
_LEAD = re.compile(
    rf"(?:{phrases('announcing')}.{{0,60}})?{phrases('text')}[\w '’.,()/-]{{0,60}}:\s*$"
    rf"|{phrases('wrote')}(?: \w+){{0,3}}\s?:\s*$"
)
_TITLE = re.compile(rf"(?!{phrases('brief')})[A-ZÄÖÜÀ-Þ0-9][^.!?:;]{{4,70}}(?<![,.])$")
_STEP = re.compile(r"\s{0,8}(Given|When|Then|And|But|Scenario|Feature)\b")
_SENTENCE = re.compile(r"[.!?](?=\s)")
_FOOT = 160  # characters of an ask below a text
_FIRST_PERSON = re.compile(phrases("first person"))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Paragraph:
    """Lines between blank ones: indices of the first and of the one after the last."""

    first: int
    last: int
    text: str  # at most six lines of it


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """The lines of a message, their paragraphs, and the lines that no form has settled."""

    lines: list[Line]
    paragraphs: list[_Paragraph]
    open: list[int]


def read_blocks(lines: list[Line]) -> None:
    """Takes the lines of what reads as somebody else's text; in place."""
    doubtful = [n for n, line in enumerate(lines) if not (line.blank or line.sure)]
    page = _Page(lines=lines, paragraphs=list(_paragraphs(lines)), open=doubtful)
    if not page.open:
        return
    _quoted(page)
    _mail(page)
    _letter(page)
    _chat(page)
    _examination(page)
    _document(page)
    _releases(page)
    _announced(page)
    _handed_over(page)
    _headlined(page)
    _steps(page)
    _endless(page)


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


def _take(page: _Page, first: int, last: int, family: str, signal: str) -> None:
    for line in page.lines[first:last]:
        line.take(family, signal)


def _take_rest(page: _Page, first: int, family: str, signal: str) -> None:
    """Takes a text from a line on, to a rule (`---`) or the end, but not an ask at its foot."""
    count = len(page.lines)
    end = next((n for n in range(first, count) if _rules_off(page, first, n)), count)
    foot = page.paragraphs[-1]
    if foot.first > first and foot.last - foot.first <= 2 and _asks_below(page, first, foot.text):
        end = min(end, foot.first)
    _take(page, first, end, family, signal)


def _rules_off(page: _Page, first: int, index: int) -> bool:
    """Whether a line is a rule that ends the text above it, and does not underline a heading."""
    if not _RULE.match(page.lines[index].text):
        return False
    rule, above = page.lines[index].text.strip(), page.lines[index - 1].text.strip()
    return index - 1 < first or not (len(rule) == len(above) or (above and rule[0] == "="))


def _asks_below(page: _Page, first: int, foot: str) -> bool:
    """Whether the last paragraph is an ask of the writer's, and not how the text above it ends.

    Below a signature it is, if it begins as nobody begins a postscript; one who has spoken above
    the text need not do so again.
    """
    above = page.paragraphs[-2] if len(page.paragraphs) > 1 else None
    signed = above is not None and any(
        _SIGNED.match(line.text.strip()) for line in page.lines[above.first : above.last][-3:]
    )
    if signed and "\n" not in foot and _is_short(foot) and (foot[0].islower() or asks(foot)):
        return True
    if any(line.text and not line.taken for line in page.lines[:first]):
        return handles(foot)
    return not _GREETING.match(foot) and not _SALUTED.match(foot) and _is_short(foot) and asks(foot)


def _is_short(text: str) -> bool:
    return len(text) < _FOOT and len(_SENTENCE.findall(text)) < 2


def _quoted(page: _Page) -> None:
    for line in map(page.lines.__getitem__, page.open):
        if line.text.startswith((">", " >", "  >", "   >")) and not line.text.startswith(">>> "):
            line.take("quotation", "a mark before each line")


def _mail(page: _Page) -> None:
    """Mail has a beginning, two header fields or a forwarding line, and no end."""
    for index in page.open:
        line = page.lines[index]
        if _FORWARDED.match(line.text):
            return _take_rest(page, index, "mail", "a forwarding line")
        if _FIELD.match(line.text) and _headed(page, index):
            return _take_rest(page, index, "mail", "header fields")
    return None


def _headed(page: _Page, index: int) -> bool:
    """Whether a mail begins here: a subject, or a field that only a mail has beside another."""
    fields = [line.text for line in page.lines[index : index + 4] if _FIELD.match(line.text)]
    sure = sum(not field.lstrip(" >*")[0].islower() or "@" in field for field in fields)
    return sure > 1 or (_SUBJECT.match(fields[0]) is not None and index + 2 < len(page.lines))


def _letter(page: _Page) -> None:
    """From a greeting to a signature; one that opens the message is its writer's own, unless
    something is asked after the signature."""
    greeted = None
    for index in page.open:
        line = page.lines[index]
        if greeted is None:
            if _GREETING.match(line.text) or _SALUTED.match(line.text):
                greeted = index
        elif _SIGNED.match(line.text.strip()) or _GREETING.match(page.lines[greeted].text) is None:
            after = next((p for p in page.paragraphs if p.first > index), None)
            before = any(not near.blank for near in page.lines[:greeted])
            if before or (after is not None and asks(after.text)):
                end = index + 1
                while end < len(page.lines) and not page.lines[end].blank:
                    end += 1
                _take(page, greeted, end, "letter", "a greeting, a signature")
            greeted = None


def _chat(page: _Page) -> None:
    """Speakers who take turns: a known role twice over, a name that comes back, or clock times."""
    spoken = [(n, *found) for n in page.open if (found := _speaker(page.lines[n].text))]
    if len(spoken) < 2:
        return
    names = [name for _, name, _, _ in spoken]
    timed = sum(clock for _, _, clock, _ in spoken)
    roles = {name for name in names if _ROLE.fullmatch(name)}
    back = len(set(names)) < len(names) and (len(names) > 2 or all(sure for *_, sure in spoken))
    if not (len(set(names)) >= 2 and (len(roles) >= 2 or back)) and timed < 2:
        return
    for index in range(spoken[0][0], len(page.lines)):
        if index > spoken[-1][0] and page.lines[index].blank:
            return
        _take(page, index, index + 1, "chat", "speakers, times" if timed else "speakers")


def _speaker(text: str) -> tuple[str, bool, bool] | None:
    """Who speaks on this line, whether a time of day stands beside the name, and whether the name
    is written as one."""
    if found := _TIMED.match(text):
        return found["name"].lower(), True, True
    found = _SPEAKER.match(text)
    if found is None:
        return None
    name = found["nick"] or found["name"]
    sure = found["clock"] or found["nick"] or not name[0].islower() or _ROLE.fullmatch(name)
    return name.lower(), bool(found["clock"]), bool(sure)


def _examination(page: _Page) -> None:
    """Questions and answers of a record: Q. and A."""
    marked = [n for n in page.open if _Q_AND_A.match(page.lines[n].text)]
    if len({page.lines[index].text.lstrip()[0] for index in marked}) == 2 and len(marked) > 2:
        end = marked[-1] + 1
        while end < len(page.lines) and not page.lines[end].blank:
            end += 1
        _take(page, marked[0], end, "record", "questions and answers")


def _document(page: _Page) -> None:
    """A text of some length under headings that are no headings of a brief."""
    headings = [n for n in page.open if _HEADING.match(page.lines[n].text)]
    headings = [n for n in headings if not page.lines[n].taken]
    if len(headings) < 2 or page.lines[-1].end - page.lines[headings[0]].start < 300:
        return
    if not any(_BRIEF.match(page.lines[n].text) for n in headings):
        _take_rest(page, headings[0], "document", "headings")


def _releases(page: _Page) -> None:
    """What has changed from version to version, under their numbers."""
    for index in page.open:
        if page.lines[index].taken or not _RELEASE.match(page.lines[index].text):
            continue
        below = [line.text for line in page.lines[index + 1 : index + 3] if not line.blank]
        if below and (is_item(below[0]) or _HEADING.match(below[0])):
            return _take_rest(page, index, "document", "releases")
    return None


def _announced(page: _Page) -> None:
    """What a line that ends with a colon announces: the log, his mail, the text to translate."""
    for index in page.open:
        text = page.lines[index].text
        if page.lines[index].taken or len(text) > 280 or not text.endswith((":", "：")):
            continue
        if (
            _LEAD.search(text)
            or wants(text)
            or (handles(text) and (points(text) or _ends_block(page, index)))
        ):
            return _take_rest(page, index + 1, "given text", "announced with a colon")
    return None


def _ends_block(page: _Page, index: int) -> bool:
    return index + 1 < len(page.lines) and page.lines[index + 1].blank


def _handed_over(page: _Page) -> None:
    """A text beside an ask that works on it or points at it; another ask below it is no part of it,
    and where something was pasted, that is what a bare pointer means."""
    own = [
        p for p in page.paragraphs if not all(line.taken for line in page.lines[p.first : p.last])
    ]
    pasted = len(own) < len(page.paragraphs)
    if len(own) < 2:
        return
    foot = _is_short(own[-1].text) and asks(own[-1].text) and (pasted or len(own) > 2)
    for ask, rest in ((own[0], own[1 : -1 if foot else None]), (own[-1], own[:-1])):
        if not asks(ask.text):
            continue
        if rest and _means(ask.text, rest, pasted=pasted):
            for paragraph in rest:
                _take(page, paragraph.first, paragraph.last, "given text", "the ask is about it")
            return


def _means(ask: str, rest: list[_Paragraph], *, pasted: bool) -> bool:
    """Whether an ask is about the paragraphs beside it."""
    if works(ask) and (points(ask) or _is_letter(rest)):
        return True
    if wants(ask) and not pasted:
        return True
    if pasted or not (points(ask) or (handles(ask) and _is_letter(rest))):
        return False
    return not any(_FIRST_PERSON.search(paragraph.text) for paragraph in rest)


def _is_letter(rest: list[_Paragraph]) -> bool:
    head = rest[0].text
    return bool(_GREETING.match(head.partition("\n")[0]) or _SALUTED.match(head))


def _headlined(page: _Page) -> None:
    """Below a question, a line like a headline and sentences under it: a page."""
    for above, title, body in zip(
        page.paragraphs, page.paragraphs[1:], page.paragraphs[2:], strict=False
    ):
        alone = title.last - title.first == 1 and not page.lines[title.first].taken
        if not (alone and asks(above.text) and len(_SENTENCE.findall(body.text)) > 1):
            continue
        if _TITLE.match(title.text) and not asks(title.text):
            return _take_rest(page, title.first, "document", "a headline below a question")
    return None


def _steps(page: _Page) -> None:
    """A scenario of a test: Given, when, then."""
    for paragraph in page.paragraphs:
        begun = [_STEP.match(line.text) for line in page.lines[paragraph.first : paragraph.last]]
        if len(begun) > 1 and all(begun) and len({step[1] for step in begun if step}) > 1:
            _take(page, paragraph.first, paragraph.last, "code", "the steps of a scenario")


def _endless(page: _Page) -> None:
    """What nobody types in one go, but for a question at either end."""
    for paragraph in page.paragraphs:
        stretch = range(paragraph.first, paragraph.last)
        own = [index for index in stretch if not page.lines[index].taken]
        if sum(page.lines[index].end - page.lines[index].start for index in own) > LONG:
            first, last = own[0], own[-1] + 1
            first += page.lines[first].text.endswith(("?", "？"))
            last -= page.lines[last - 1].text.endswith(("?", "？"))
            _take(page, first, last, "document", "an endless paragraph")
