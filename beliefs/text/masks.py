"""Masks: lines whose shape says that nobody typed them as a sentence of their own.

Each line gets evidence for and against; doubtful lines follow their neighbours. A message of one
line needs more evidence, since a command or a short question has odd shapes of its own.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise


class Mask(StrEnum):
    """What a foreign line is."""

    CODE = "code"
    PASTE = "paste"
    QUOTE = "quote"


_LINE = re.compile(r"[^\n]*\n?")
_SHAPED = re.compile(r"[{}\[\]()=;<>|\\/_#$%&*+~^@\t\d,:]|^\s|^[-+>]|^import |^(?i:select|insert) ")
_CERTAIN = re.compile(
    r"""\s*(?:
      Traceback\ \(most\ recent | File\ ".{1,200}",\ line\ \d+
    | at\ [\w$.<>/]{1,120}\ ?\(.{0,200}\)$
    | (?:diff\ --git|index\ [0-9a-f]{7,}\.\.|@@\ -\d|---\ a/|\+\+\+\ b/|Index:\ )
    | \[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d | \[?\d\d:\d\d:\d\d[.,\]]?\d*\]?\s
    | \d{1,3}(?:\.\d{1,3}){3}\ -
    | (?:[A-Z][a-z]{2}\ +\d{1,2}\ \d\d:\d\d:\d\d) | \[\s?\d+\.\d+\]
    | \[?(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL|CRITICAL)\]?[\ :|]
    | (?:npm|yarn|pip|cargo|error|warning)(?:\ (?:ERR!|WARN))?(?:\[\w+\])?:\ .{0,80}(?::\d|\()
    | (?:\w+\.)*\w+(?:Error|Exception|Warning):\ | panic:\ | Caused\ by:\ | goroutine\ \d
    | [A-Z]:\\[^\s]{3,}>|\$\ \w|>>>\ |In\ \[\d+\]:
    )""",
    re.VERBOSE,
)
_SQL = re.compile(
    r"(?i)\s*(?:select\s.{1,400}\sfrom\s+[\w.\"`\[]+(?:\s+(?:where|join|order|group|limit"
    r"|as|\w)\b|\s*;|\s*$)"
    r"|insert\s+into\s+\S+\s*(?:\(|values)|update\s+\S+\s+set\s+\w+\s*="
    r"|delete\s+from\s+\S+\s*(?:where|;|$)"
    r"|create\s+(?:or\s+replace\s+)?(?:table|index|view|function)\s+\S+\s*.{0,40}\("
    r"|alter\s+table\s+\S+\s+\w+)"
)
_SQL_MARK = re.compile(r"[;*=(]|\b(?:WHERE|SELECT|FROM|JOIN)\b")
_STATEMENT = re.compile(
    r"""\s*(?:
      (?:async\s+)?def\ \w+\(.{0,300}\)?.{0,80}:?$ | class\ \w+\s*[:({]
    | @\w+(?:\.\w+)*(?:\(.{0,80}\))?$
    | import\ [\w.]+(?:\ as\ \w+)?;?$ | import\ .{1,120}\ from\ ['"] | from\ [\w.]+\ import\ [\w*(]
    | (?:export\s+)?(?:default\s+)?(?:const|let|var|(?:async\ )?function|interface|type)
      \ \w+\s?[=({:<]
    | (?:public|private|protected|static|final|fn|func|pub|impl|struct|enum|package|namespace|using
      |template)\b.{0,160}[;{)]\s*$
    | \#(?:include|define|ifdef|pragma)\b | <\?(?:php|xml) | <!DOCTYPE
    | </?[a-zA-Z][\w-]{0,30}[^<>]{0,200}/?>\s*$
    | (?:if|for|while|switch|catch)\ ?\(.{0,200}\)\s*\{?$
    | (?:return|raise|throw|await|yield)\b.{0,160}[;)\]]$
    | \}?\s*(?:else|finally|try)\s*[:{]$ | [\])}]{1,4}[;,]?$ | [{\[(]$ | //\s | /\* | \*/
    | [\w.\[\]'"]{1,80}\s?(?:=|\+=|:=)\s?[^=\s].{0,200}[;()\]}\"'\d]$ | \w[\w.]{0,80}\(.{0,200}\);?$
    | "[\w .$@/-]{1,80}"\s*:\s*\S | [-+]\s{0,12}[\w.]+\s?[=(] | FROM\ \w+[:/]
    | (?:RUN|COPY|CMD|ENV|EXPOSE)\ \S
    )""",
    re.VERBOSE,
)
_SETTING = re.compile(
    r"\s*(?:- )?(?:[A-Za-z_][\w.-]{0,60}\s?=\s?|[a-z_][\w.-]{0,60}:\s)\S{1,80}(?:\s\S{1,40})?$"
    r"|\s*\[[\w. -]{1,60}\]$"
)
_COLUMNS = re.compile(r"\S(?:\t| {3,}|\s?\|\s?)\S")
_IDENTIFIER = re.compile(r"\w_\w|[a-z][A-Z]|\w\.\w|\w\(|\w/\w|::|->|=>|==|&&|\|\||\w=\w")
_WORD = re.compile(r"don't\b|\w+")
_COMMON = frozenset(
    _WORD.findall(
        "the a an is are was were to and of in for with that this i we you my our it on not but be"
        " have has do don't please should can how what why from use der die das und ist ich wir le"
        " la les et est je nous el los y es"
    )
)
_ENDS = re.compile(r"[a-z)\"'][.!?…]$")
_BULLET = re.compile(r"\s{0,12}(?:[-*+•]|\d{1,3}[.)])\s")
_DIFF = re.compile(r"(?:diff --git |@@ -\d|--- a/|\+\+\+ b/)")
_DIFF_LINE = re.compile(r"[-+ @\\]|index |diff |new file|deleted file|rename |similarity ")
_RULE = re.compile(r"\s*(?:-{3,}|={3,}|\*{3,}|_{3,})\s*$")

_SPEAKER = re.compile(
    r"\s{0,3}(?:\[?\d{1,2}[:.]\d{2}(?::\d\d)?(?:\s?[AaPp][Mm])?\]?\s{0,3}(?:-\s)?)?"
    r"(?:<(?P<nick>[\w.-]{1,24})>|\*{0,2}(?P<name>[A-Z][\w.'-]{0,20}(?:\s[A-Z][\w.'-]{0,20})?)"
    r"(?:\s\([\w :,]{1,20}\))?\s?\*{0,2}:)\*{0,2}(?:\s|$)"
)
_ROLES = re.compile(
    r"user|assistant|human|ai|bot|system|chatgpt|claude|gpt|gemini|customer|agent|interviewer"
    r"|interviewee|host|guest|speaker|q|a|me"
)
_MAIL_FIELD = re.compile(
    r"(?i)\s{0,3}\*{0,2}(?:from|to|cc|bcc|subject|date|sent|reply-to)\*{0,2}:\s\S"
)
_FORWARDED = re.compile(
    r"(?i)\s{0,3}(?:-{3,}\s?(?:original|forwarded) message\s?-{0,}|begin forwarded message:"
    r"|on .{4,80} wrote:\s*$)"
)
_GREETING = re.compile(r"(?:Dear|Hi|Hello|Hey|To)\s[\w.' -]{1,40}[,:]\s*$")
_SIGNED = re.compile(
    r"(?i)(?:(?:kind|best|warm|with)\s)?(?:regards|wishes|sincerely|yours\s\w+|cheers|thanks"
    r"|thank you|many thanks|best|love|sincerely yours),?\s*$"
)
_LEAD = re.compile(
    r"(?i)(?:\b(?:this|these|following|below|here(?:'s|\sis|\sare)|from|got|received"
    r"|attached|says)\b"
    r".{0,60})?\b(?:article|e?-?mail|message|readme(?:\.md)?|document|docs?|documentation"
    r"|page|wiki|logs?"
    r"|output|error|text|transcript|post|ticket|issue|paragraph|passage|excerpt|snippet|code|file"
    r"|reply|comments?|thread|chapter|poem|lyrics|story|contract|clause|abstract|paper|changelog"
    r"|release notes|tweet|letter|report|trace|minutes|guide|manual|spec|website|review|quote"
    r"|instructions|prompt|policy|agents\.md|claude\.md|description|bio|recipe)\b"
    r"[\w '’.,()/-]{0,60}:\s*$"
)
_HEADING = re.compile(r"#{1,6}\s\S")
LONG = 1500  # characters of one paragraph that nobody types in one go


@dataclass(slots=True)
class _Line:
    start: int
    end: int
    text: str  # without the end of line; at most 400 characters of it
    score: int = 0
    mask: Mask | None = None

    @property
    def blank(self) -> bool:
        return not self.text.strip()


def foreign_lines(
    text: str, first: int, last: int, taken: Callable[[int], bool]
) -> Iterator[tuple[int, int, Mask]]:
    """The foreign lines between two offsets; `taken` tells lines that are already spoken for."""
    lines = [
        _Line(match.start(), match.end(), match[0][:400].rstrip("\n"))
        for match in _LINE.finditer(text, first, last)
        if match[0] and not taken(match.start())
    ]
    _quoted_and_indented(lines)
    _diffs(lines)
    _by_shape(lines)
    _mail(lines)
    _letters(lines)
    _transcripts(lines)
    _documents(lines)
    for line in lines:
        if line.mask is not None:
            yield line.start, line.end, line.mask


def _quoted_and_indented(lines: list[_Line]) -> None:
    after_gap, listed = True, False
    for line in lines:
        if line.text.startswith((">", " >", "  >", "   >")) and not line.text.startswith(">>> "):
            line.mask = Mask.QUOTE
        elif line.text.startswith(("    ", "\t")) and after_gap and not listed and not line.blank:
            line.mask = Mask.CODE
        after_gap = line.blank or line.mask is Mask.CODE
        if not line.blank:
            listed = bool(_BULLET.match(line.text)) or (listed and line.text[:1] in " \t")


def _diffs(lines: list[_Line]) -> None:
    inside = False
    for line in lines:
        inside = bool(_DIFF.match(line.text)) or (inside and bool(_DIFF_LINE.match(line.text)))
        if inside:
            line.mask = Mask.CODE


def _by_shape(lines: list[_Line]) -> None:
    shown = [line for line in lines if not line.blank and line.mask is None]
    for line in shown:
        line.score = _score(line.text)
    for before, line in pairwise(shown):
        if _cells(before.text) == _cells(line.text) != ("", 0):
            before.score, line.score = max(before.score, 1) + 1, max(line.score, 1) + 1
    enough = 3 if len(shown) > 1 else 4
    for index, line in enumerate(shown):
        around = [shown[near].score for near in (index - 1, index + 1) if 0 <= near < len(shown)]
        run = [near.score for near in shown[max(0, index - 2) : index + 3]]
        best = max(around, default=0)
        if (
            line.score >= enough
            or (line.score >= 1 and best >= 1 and line.score + best >= enough)
            or (line.score >= 1 and sum(score >= 1 for score in run) >= 3)
            or (line.score == 0 and len(around) == 2 and min(around) >= enough)
        ):
            line.mask = Mask.PASTE


def _leads(text: str) -> bool:
    """Whether a line announces what follows; its colon is looked for first, which costs little."""
    return len(text) < 200 and text.rstrip().endswith(":") and bool(_LEAD.search(text))


def _score(text: str) -> int:
    """Evidence that a line is no sentence; 3 is enough in a message of several lines."""
    if not _SHAPED.search(text):
        return -1
    score = 0
    if _CERTAIN.match(text):
        score += 4
    if _SQL.match(text) and _SQL_MARK.search(text):
        score += 6
    if _STATEMENT.match(text):
        score += 3
    elif _SETTING.match(text):
        score += 1
    if _COLUMNS.search(text):
        score += 1
    letters = sum(map(str.isalnum, text)) + text.count(" ")
    if len(text) - letters > 0.25 * len(text) and len(text) >= 8:
        score += 1
    score += min(2, len(_IDENTIFIER.findall(text)) // 2)
    score -= min(3, sum(word in _COMMON for word in _WORD.findall(text.lower())) // 2)
    return score - 1 if _ENDS.search(text) and score < 4 else score


def _cells(text: str) -> tuple[str, int]:
    """The separator and the number of cells of a table row; `("", 0)` for anything else."""
    for separator in "\t|;,":
        count = text.count(separator)
        if count >= 2 and len(text.split()) <= 3 * (count + 1) and not _ENDS.search(text):
            return separator, count
    return "", 0


def _mask_from(lines: list[_Line], start: int, mask: Mask) -> None:
    """Masks from a line up to a rule (`---`) or the end."""
    for line in lines[start:]:
        if _RULE.match(line.text):
            return
        line.mask = line.mask or mask


def _mail(lines: list[_Line]) -> None:
    """Mail has a beginning, two header fields or a forwarding line, and no end."""
    for index, line in enumerate(lines):
        headed = _MAIL_FIELD.match(line.text) and any(
            _MAIL_FIELD.match(near.text) for near in lines[index + 1 : index + 3]
        )
        if headed or _FORWARDED.match(line.text):
            _mask_from(lines, index, Mask.QUOTE)
            return


def _letters(lines: list[_Line]) -> None:
    """A letter inside a message: a greeting that does not open it, to a signature."""
    greeted = None
    for index, line in enumerate(lines):
        if greeted is None:
            if _GREETING.match(line.text) and any(not near.blank for near in lines[:index]):
                greeted = index
        elif _SIGNED.match(line.text.strip()):
            for inner in lines[greeted : index + 2]:
                inner.mask = inner.mask or Mask.QUOTE
            greeted = None


def _transcripts(lines: list[_Line]) -> None:
    """Speakers who take turns: a known role twice over, or a name that comes back."""
    spoken: list[tuple[int, str]] = []
    for index, line in enumerate(lines):
        if match := _SPEAKER.match(line.text):
            spoken.append((index, (match["nick"] or match["name"]).lower()))
    names = [name for _, name in spoken]
    roles = {name for name in names if _ROLES.fullmatch(name)}
    if len(set(names)) < 2 or (len(roles) < 2 and len(set(names)) == len(names)):
        return
    for index in range(spoken[0][0], len(lines)):
        line = lines[index]
        if index > spoken[-1][0] and line.blank:
            return
        line.mask = line.mask or Mask.QUOTE


def _documents(lines: list[_Line]) -> None:
    """What an announcing line leads to, a text under headings, and endless paragraphs."""
    headings = [index for index, line in enumerate(lines) if _HEADING.match(line.text)]
    if len(headings) >= 2 and lines[-1].end - lines[headings[0]].start >= 300:
        _mask_from(lines, headings[0], Mask.PASTE)
    for index, line in enumerate(lines[:-1]):
        if line.mask is None and _leads(line.text):
            _mask_from(lines, index + 1, Mask.PASTE)
            break
    opened = 0
    for index in range(len(lines) + 1):
        if index < len(lines) and not lines[index].blank:
            continue
        if index > opened and lines[index - 1].end - lines[opened].start > LONG:
            for line in lines[opened:index]:
                line.mask = line.mask or Mask.PASTE
        opened = index + 1
