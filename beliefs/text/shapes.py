"""Shapes: which lines are logs, traces, code, data or commands, by themselves and by their
neighbours.
"""

import re
from collections.abc import Iterable
from itertools import groupby, pairwise

from mindhold.beliefs.text.forms import ALONE, ENOUGH, form
from mindhold.beliefs.text.lines import Line
from mindhold.beliefs.text.marks import asks_or_tells, ends, is_dense, is_item, score, speaks

_DIFF_LINE = re.compile(r"[-+ @\\]|index |diff |new file|deleted file|rename |similarity ")
_CLOSED_BY = {"/*": "*/", '"""': '"""', "'''": "'''", "<!--": "-->"}
_COMMENT = re.compile(r"\s{0,8}(#+|;+|--|//+!?|%+|dnl|REM| \*)(?:\s|$)")
_CALL = re.compile(r"\s{0,12}(?:\w+ = )?[\w.]+\(\S")
_RULES = re.compile(r"\s*[-=+|]{2,}(?:[ |+]+[-=+|]{2,})+\s*")
_WITH_OUTPUT = frozenset({"shell session", "subtitles"})  # under a command stand plain words, too
_RUNNING = 8  # lines after which a paste goes on by itself


def read_shapes(all_lines: list[Line]) -> None:
    """Takes the lines whose shape, with that of their neighbours, is no sentence's."""
    _diffs(all_lines)
    _comments(all_lines)
    _commented(all_lines)
    shown = [line for line in all_lines if not line.blank and not line.taken]
    _score_all(all_lines)
    _tables(shown)
    _indented(all_lines)
    _settle(shown)
    _follow(all_lines)


def _diffs(all_lines: Iterable[Line]) -> None:
    inside = False
    for line in all_lines:
        header = line.text[:3] in ("dif", "@@ ", "---", "+++") and form(line.text)
        inside = bool(header and header.family == "diff") or (
            inside and (line.blank or bool(_DIFF_LINE.match(line.text)))
        )
        if inside:
            line.take("diff", "signs")


def _comments(all_lines: list[Line]) -> None:
    """Lines between the two signs of a comment, and such as begin with the same sign in a row."""
    closing, opened = "", 0
    for index, line in enumerate(all_lines):
        if not closing:
            closing, opened = _opens(line.text.strip()), index
        elif closing in line.text:
            _comment(all_lines[opened : index + 1])
            closing = ""
    for before, line in pairwise(all_lines):
        sign, above = _COMMENT.match(line.text), _COMMENT.match(before.text)
        if sign and above and above[1] == sign[1]:
            _comment((before, line))


def _opens(text: str) -> str:
    """The sign that closes the comment which a line opens and does not close; empty without."""
    for sign, closing in _CLOSED_BY.items():
        if text.startswith(sign):
            return "" if closing in text[len(sign) :] else closing
    return ""


def _commented(all_lines: list[Line]) -> None:
    """A line that begins with the sign of a comment, right above a call."""
    for line, below in pairwise(all_lines):
        if _COMMENT.match(line.text) and _CALL.match(below.text):
            _comment((line, below))


def _comment(found: Iterable[Line]) -> None:
    for line in found:
        line.take("code", "a comment")


def _score_all(all_lines: Iterable[Line]) -> None:
    """Scores every line; where a paste has long been running, a line of its make-up goes on with it
    without being looked at closely."""
    running, last = 0, None
    for line in all_lines:
        if line.taken or not line.text:
            continue
        if last is not None and running >= _RUNNING and _goes_on(line.text):
            line.form, line.score = last.form, ENOUGH
            continue
        score(line)
        if line.score >= ENOUGH:
            running, last = min(running + 1, 3 * _RUNNING), line
        else:
            running = max(0, running - 4)


def _goes_on(text: str) -> bool:
    made_alike = text[0].isspace() or (is_dense(text) and not ends(text))
    return made_alike and not asks_or_tells(text)


def _tables(shown: list[Line]) -> None:
    """Rows under each other with as many cells, and those around a row of nothing but rules."""
    for before, line in pairwise(shown):
        for row, other in ((before, line), (line, before)):
            if _RULES.fullmatch(row.text) and other.start != row.start:
                other.score = max(other.score, 1) + 3
                other.marks = (*other.marks, "beside a row of rules")
    for before, line in pairwise(shown):
        cells = _cells(line.text)
        if cells[1] and _cells(before.text) == cells:
            for row in (before, line):
                row.score = max(row.score, 1) + (2 if cells[1] > 2 else 1)
                row.marks = (*row.marks, "as many cells as its neighbour")


def _cells(text: str) -> tuple[str, int]:
    """The separator and the number of cells of a table row; `("", 0)` for anything else."""
    for separator in "\t|;,":
        count = text.count(separator) - (text.count(", ") if separator == "," else 0)
        if count >= 2 and len(text.split()) <= 3 * (count + 1) and not ends(text):
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
            line.score = max(line.score + 3, ENOUGH)
            line.marks = (*line.marks, "indented")
        after_gap = after_gap and deep
        listed = is_item(line.text) or (listed and line.text[:1] in " \t")


def _settle(shown: list[Line]) -> None:
    enough = ENOUGH if len(shown) > 1 else ALONE
    scores = [line.score for line in shown]
    for index, line in enumerate(shown):
        if line.score >= enough or (line.score > 0 and _supported(scores, index, enough)):
            family, signals = (line.form.family, (line.form.signal,)) if line.form else ("data", ())
            line.take(family, *signals, *line.marks)


def _supported(scores: list[int], index: int, enough: int) -> bool:
    """Whether the neighbours of a doubtful line make up for what it lacks."""
    score = scores[index]
    best = max(scores[max(0, index - 1) : index] + scores[index + 1 : index + 2], default=0)
    near = scores[max(0, index - 2) : index + 3]
    return (
        score + best > enough
        or sum(other >= 1 for other in near) >= 4
        or (score >= 2 and sum(other >= 2 for other in near) >= 3)
    )


def _follow(all_lines: list[Line]) -> None:
    """Lines without a blank one between them belong together: what stands between foreign lines, or
    beside them and does not speak, is foreign as well."""
    for blank, group in groupby(all_lines, key=lambda line: line.blank):
        block = [] if blank else list(group)
        taken = [index for index, line in enumerate(block) if line.taken]
        if not taken or len(taken) == len(block):
            continue
        family = block[taken[0]].taken
        for index, line in enumerate(block):
            if line.taken or not _belongs(block, index, taken):
                continue
            at_end = line is all_lines[0] or line is all_lines[-1]
            if family in _WITH_OUTPUT or not (at_end and line.plain):
                line.take(family, "beside such lines")


def _belongs(block: list[Line], index: int, taken: list[int]) -> bool:
    text = block[index].text
    if (index > taken[0] and text[0].isspace()) or _COMMENT.match(text):
        return True
    if block[taken[0]].taken == "subtitles":
        return True
    if taken[0] < index < taken[-1]:
        return not text.endswith("?")
    most = 2 * len(taken) >= len(block) or len(taken) > 3
    return most and not speaks(text, grammar=2 if len(taken) > 2 else 1)
