"""Asides: what stands inside the writer's own sentence and is not theirs.

Quotations, error messages, addresses, JSON and SQL; inline code in a sentence is the writer's own,
unless it is a piece of a program.
"""

import re
from collections.abc import Iterator

from mindhold.beliefs.text.phrases import phrases

_MARKED = re.compile(
    r"(?P<inline>(?<!`)`(?!\s)[^`\n]{1,400}(?<!\s)`(?!`)|(?<!`)``[^\n]{1,400}?``(?!`))"
    r"|(?P<address>\b[a-z][a-z+.-]{1,15}://[^\s<>\"。，）」]{1,2000}|\b(?:0x)?[0-9a-f]{12,}\b(?![\w-]))"
    r"|(?P<json>\{\s{0,9}[\"'][\w .-]{1,60}[\"']\s{0,9}:[^\n]{0,2000}\})"
    r"|(?P<quote>\"(?!\s)[^\"\n]{3,1500}(?<!\s)\"|“[^”\n]{3,1500}”|„[^“”\n]{3,1500}[“”]|«[^»\n]{3,1500}»"
    r"|»(?!\s)[^«\n]{3,1500}(?<!\s)«|「[^」\n]{3,1500}」|『[^』\n]{3,1500}』|(?<![\w'])'[^'\n\"]{12,400}'(?!\w))"
)
_COMMAND = re.compile(r"=\w|\$?\s?[a-z][\w.-]*\s(?:.*\s)?--?\w")  # or a formula
_PROGRAM = re.compile(r"[\w.]+\s?\(|</?\w[^>]*>$|[{};]|^[\w-]+:\s|=>|^(?:for|if|while|with)\s.*:$")
_CJK = re.compile(r"[\u3041-\u309f\u4e00-\u9fff]")  # a word of katakana is rather a title
_REPORTED = re.compile(rf"{phrases('reports')}[^.!?。！？\n]{{0,40}}$")
_REPORTED_AFTER = re.compile(rf"\W{{0,2}}{phrases('reports after')}")
_NOT_ANSWERING = (
    r"(?!(?i:reply|respon|antwort|contest|répon)\w*(?! (?:to|auf|à|a)\b))"  # "reply in"
)
_GIVEN = re.compile(
    rf"\W{{0,4}}(?:{phrases('polite')}[, ]*){{0,3}}(?:把|将|次の|以下)?{_NOT_ANSWERING}"
    rf"(?:{phrases('work')}|{phrases('task')} (?:this|these|it|the following)\b)"
    r"[^\n:：\"`]{0,60}(?:[:：]|[-=]>)[ \t]*"
)
_ERROR = re.compile(
    r"""\b(?:[\w$]{1,60}\.){0,8}[A-Z]\w*(?:Error|Exception|Warning|Fault)\b
        (?:\ at\ \S{1,80})?(?::\s?|\s(?=[A-Z"'\[]))
    |\bE[A-Z]{4,12}\b:?\s?(?=[/.:\w-]{0,80}[\d/:])|\bError\ \d{1,6}[:\ ]\s?
    |\berror\[E\d{1,6}\]:\s|\bfatal:\s(?=not|unable|could|remote|refusing|no\ |your|bad|invalid)
    |\b[45]\d\d\ (?=(?:Bad|Not|Internal|Forbidden|Unauthorized|Service|Gateway|Too)\b)
    |\bError\ in\ (?=[\w.]{1,60}\()|\bCMake\ Error\b:?
    |\berrno\ -?\d|\bORA-\d{4,6}:?\s?|\bTS\d{4}:\s|\bSegmentation\ fault""",
    re.VERBOSE,
)
_ERROR_END = re.compile(
    rf"\s[-–—]+\s|[?？。！]|[,;]\s|\s\(|[.]\s+(?={phrases('continues')})|\s(?={phrases('clause')})"
)
_SQL = re.compile(
    r"\bSELECT\s[^\n?]{1,120}?\bFROM\s+[\w.\"`]+"
    r"(?:\s+(?:WHERE|AND|OR)\s+\S{1,60}"
    r"(?:\s?(?:[=<>]+|LIKE|IN|IS|IS NOT)\s?(?:'[^'\n]{0,80}'|\S{1,60}))?"
    r"|\s+(?:JOIN|ORDER BY|GROUP BY|LIMIT|ON)\s+[\w.,=]{1,60}){0,8};?"
    r"|\b(?:INSERT INTO|DELETE FROM|UPDATE \w+ SET|ALTER TABLE|CREATE TABLE)\s[^\n?;]{1,200};?"
)
_HINT = re.compile(r"[`\"“„«»「『{'0-9:]")
_INSIDE = frozenset(":0123456789")  # hints that do not begin what they hint at
_OF_ADDRESSES = "abcdefghijklmnopqrstuvwxyz0123456789+.-"
_LONGEST_SCHEME = 40
_MEANS = {
    "address": ("paste", "address: a URL or a hash"),
    "json": ("code", "JSON: inside a sentence"),
    "quote": ("quote", "quotation: in quotation marks"),
}
_COLON = re.compile(r"^[^\n:：\"`]{2,140}?(?:[:：]|[-=]>)", re.MULTILINE)
_QUERIES = ("SELECT", "INSERT", "DELETE", "UPDATE", "ALTER", "CREATE")
_ERRORS = re.compile(
    r"Error|Exception|Warning|Fault|E[A-Z]{4}|[45]\d\d [A-Z]|fatal:|errno|ORA-|TS\d|fault|rror\["
)
_LONGEST = 240  # characters of an error message


def asides(text: str, first: int, last: int) -> Iterator[tuple[int, int, str, str]]:
    """Start, end, zone and reason of what a sentence carries between two offsets.

    A quotation counts from six words, or from three beside a word that reports it; ten and five
    characters where words have no spaces between them.
    """
    part = text[first:last]
    yield from _given(text, first, last)
    yield from _marked(text, first, last)
    if any(query in part for query in _QUERIES):
        for found in _SQL.finditer(text, first, last):
            yield (*found.span(), "code", "SQL: inside a sentence")
    if _ERRORS.search(part):
        yield from _errors(text, first, last)


def _marked(text: str, first: int, last: int) -> Iterator[tuple[int, int, str, str]]:
    at = first
    while hint := _HINT.search(text, at, last):
        found = _MARKED.match(text, _beginning(text, at, hint.start()), last)
        at = found.end() if found else hint.end()
        kind = found.lastgroup if found else None
        if found is None or (kind == "quote" and not _is_quotation(text, found)):
            continue
        if kind == "inline":
            zone = "code" if _is_program(found[0].strip("`")) else "inline"
            yield (*found.span(), zone, "code: a piece of a program")
        else:
            yield (*found.span(), *_MEANS[kind or ""])


def _beginning(text: str, at: int, hint: int) -> int:
    """Where what a hint may stand in begins: an address or a hash does so before it."""
    if text[hint] not in _INSIDE:
        return hint
    before = text[max(at, hint - _LONGEST_SCHEME) : hint]
    return hint - len(before) + len(before.rstrip(_OF_ADDRESSES))


def _is_program(code: str) -> bool:
    """Whether inline code is no command, formula or name, but a piece of a program."""
    return _PROGRAM.search(code) is not None and _COMMAND.match(code) is None


def _given(text: str, first: int, last: int) -> Iterator[tuple[int, int, str, str]]:
    for line in _COLON.finditer(text, first, last):
        given = _GIVEN.match(text, line.start(), last)
        if given and text[given.end() : given.end() + 1].strip():
            end = text.find("\n\n", given.end(), last)
            yield given.end(), last if end < 0 else end, "quote", "given text: after a colon"


def _is_quotation(text: str, found: re.Match[str]) -> bool:
    inside = found[0][1:-1]
    unspaced = len(_CJK.findall(inside))
    size = unspaced / 2 if unspaced else len(inside.split())
    if size < 2.5:
        return False
    if size >= 6:
        return True
    before = text[max(0, found.start() - 80) : found.start()]
    return bool(_REPORTED.search(before) or _REPORTED_AFTER.match(text, found.end()))


def _errors(text: str, first: int, last: int) -> Iterator[tuple[int, int, str, str]]:
    at = first
    while found := _ERROR.search(text, at, last):
        line_end = text.find("\n", found.end(), last)
        limit = min(found.end() + _LONGEST, last if line_end < 0 else line_end)
        stop = _ERROR_END.search(text, found.end(), limit)
        at = max(stop.start() if stop else limit, found.end())
        yield found.start(), at, "paste", "error message: inside a sentence"
