"""Lines: for each line of a message, the evidence that nobody typed it as a sentence of their own.

A line's score is the weight of its form (`forms`) and of a few marks, for and against; what stands
around it settles a doubtful one.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

from mindhold.beliefs.text.forms import ALONE, ENOUGH, Form, form

_LINE = re.compile(r"[^\n]*\n?")
_SHAPED = re.compile(
    r"[{}\[\]()=;<>|\\/_#$%&*+~^@\t\d,:]|^\s|^[-+>]|^(?:import|select|insert|return|else|end)\b"
)
_IDENTIFIER = re.compile(r"\w_\w|[a-z][A-Z]|\w\.\w|\w\(|\w/\w|::|->|=>|==|&&|\|\||\w=\w")
_COLUMNS = re.compile(r"\S(?:\t| {3,}|\s\|\s)(?=\S)")
_SYMBOLS = re.compile(r"[^\w\s]")
_WORD = re.compile(r"[^\W\d_]+(?:'t)?")
_FUNCTION = frozenset(
    _WORD.findall(
        "the a an is are was were to and of in for with that this i we you my our it not but be"
        " have has do don't can't please should can how what why which from use if so when there"
        " der die das und ist ich wir nicht ein eine mit auf für wie warum wenn"
        " le la les et est je nous un une des du pas que pour dans avec comment"
        " el los las y es en con no una por para qué cómo mi se lo"
    )
)
_OWN_VOICE = frozenset(_WORD.findall("i my me mine we our us ich mein meine wir je mon ma yo mi"))
_KANA = re.compile(r"[\u3041-\u309f]{2,}|[\u4e00-\u9fff]{2,}[的了吗呢吧是在我你][\u4e00-\u9fff]?")
_ENDS = re.compile(r"[^\W\d_][)\"'’”»]?[.!?…]+$|[。！？]$")
_CODE_END = re.compile(r"[;{}\\]$")
_BULLET = re.compile(r"\s{0,12}(?:[-*+•・●]|\d{1,3}[.)])\s")
_DIFF_LINE = re.compile(r"[-+ @\\]|index |diff |new file|deleted file|rename |similarity ")
_SENTENCE_END = re.compile(r"[.!?…][\"')]?\s|[。！？]")
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


def read_shapes(all_lines: list[Line]) -> None:
    """Takes the lines whose shape, with that of their neighbours, is no sentence's."""
    _diffs(all_lines)
    shown = [line for line in all_lines if not line.blank and not line.taken]
    for line in shown:
        _score(line)
    _tables(shown)
    _indented(all_lines)
    _settle(shown)


def _diffs(all_lines: Iterable[Line]) -> None:
    inside = False
    for line in all_lines:
        header = line.text[:3] in ("dif", "@@ ", "---", "+++") and form(line.text)
        inside = bool(header and header.family == "diff") or (
            inside and (line.blank or bool(_DIFF_LINE.match(line.text)))
        )
        if inside and not line.blank:
            line.taken = "diff: signs"


def _score(line: Line) -> None:
    text = line.text
    if not _SHAPED.search(text):
        line.score = -1
        return
    bullet = _BULLET.match(text)
    line.form = form(text) or (form(text[bullet.end() :]) if bullet else None)
    weight = line.form.weight if line.form else 0
    if weight < ALONE:
        line.marks, change = _marks(text)
        weight += change
    line.score = weight


def _marks(text: str) -> tuple[tuple[str, ...], int]:
    """What speaks for and against besides the form, and how much it comes to."""
    marks, weight = [], 0
    symbols, identifiers = len(_SYMBOLS.findall(text)), len(_IDENTIFIER.findall(text))
    if symbols > 0.2 * len(text) and len(text) >= 8:
        marks.append("many symbols")
        weight += 1
    if identifiers > 1:
        marks.append("identifiers")
        weight += min(2, identifiers // 2)
    if columns := len(_COLUMNS.findall(text)):
        marks.append("columns")
        weight += min(3, columns + text.count("\t") // 2)
    if _CODE_END.search(text):
        marks.append("ends as code")
        weight += 2
    words = _WORD.findall(text.lower())
    weight -= min(3, sum(word in _FUNCTION for word in words) // 2)
    weight -= min(2, sum(word in _OWN_VOICE for word in words))
    if _KANA.search(text):
        weight -= 2
    if _ENDS.search(text):
        weight -= 2 if len(words) > 3 else 1
    return tuple(marks), weight


def _tables(shown: list[Line]) -> None:
    """Rows under each other with as many cells."""
    for before, line in pairwise(shown):
        cells = _cells(line.text)
        if cells[1] and _cells(before.text) == cells:
            for row in (before, line):
                row.score = max(row.score, 1) + (2 if cells[1] > 2 else 1)
                row.marks = (*row.marks, "as many cells as its neighbour")


def _cells(text: str) -> tuple[str, int]:
    """The separator and the number of cells of a table row; `("", 0)` for anything else."""
    for separator in "\t|;,":
        count = text.count(separator)
        if count >= 2 and len(text.split()) <= 3 * (count + 1) and not _ENDS.search(text):
            return separator, count
    return "", 0


def _indented(all_lines: Iterable[Line]) -> None:
    """Four spaces after a gap are code, as in Markdown, but not in a list; nor is a deep indent
    below something foreign one's own."""
    after_gap, listed = True, False
    for line in all_lines:
        if line.blank:
            after_gap = True
            continue
        deep = line.text.startswith(("    ", "\t"))
        if deep and after_gap and not listed and not line.taken:
            line.score += 3
            line.marks = (*line.marks, "indented")
        after_gap = after_gap and deep
        listed = bool(_BULLET.match(line.text)) or (listed and line.text[:1] in " \t")


def _settle(shown: list[Line]) -> None:
    enough = ENOUGH if len(shown) > 1 else ALONE
    scores = [line.score for line in shown]
    for index, line in enumerate(shown):
        if line.taken:
            continue
        score = line.score
        around = [scores[near] for near in (index - 1, index + 1) if 0 <= near < len(shown)]
        best = max(around, default=0)
        hints = sum(near >= 1 for near in scores[max(0, index - 2) : index + 3])
        if (
            score >= enough
            or (score >= 1 and best >= 1 and score + best >= enough + 1)
            or (score >= 1 and hints >= 4)
            or (score >= 2 and sum(near >= 2 for near in scores[max(0, index - 2) : index + 3]) > 2)
            or (score == 0 and len(around) == 2 and min(around) >= enough)
        ):
            line.taken = _why(line)


def _why(line: Line) -> str:
    family = line.form.family if line.form else "pasted"
    signals = [line.form.signal] if line.form else []
    return f"{family}: {', '.join((*signals, *line.marks)) or 'between such lines'}"


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
