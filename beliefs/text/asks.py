"""Asks: short paragraphs in which a person says what they want done.

Beside material that was handed over they are the person's own words.
"""

import re

from mindhold.beliefs.text.phrases import phrases

_LONGEST = 280  # characters; what is longer is a text
_LINES = 3
_OPENING = re.compile(rf"\W*(?:{phrases('polite')}[,:.]?\s*){{0,3}}{phrases('opening')}")
_WORK = re.compile(phrases("work"))
_TASK = re.compile(phrases("task"))
_POINTS = re.compile(
    rf"{phrases('pointing')}"
    r"|(?i:\b(?:this|these|the|that|her|his|their|my \w+'s|ce|cet|cette|ces)\s)"
    rf"(?:{phrases('text')}|{phrases('matter')})"
)
_WANTING = re.compile(phrases("wanting"))
_GIST = re.compile(rf"\W*(?:{phrases('polite')}[,:.]?\s*)?{phrases('gist')}[?.! ]*$")
_QUESTION = ("?", "？", "か", "吗", "呢", "て", "て。", "か。")


def works(text: str) -> bool:
    """Whether it wants something done to a text: translated, answered, summarised."""
    return len(text) <= _LONGEST and _WORK.search(text) is not None


def handles(text: str) -> bool:
    """Whether it wants something done that mostly, but not only, is done to texts: explained."""
    return works(text) or (len(text) <= _LONGEST and _TASK.search(text) is not None)


def points(text: str) -> bool:
    """Whether it points at a text: `from this`, `the letter below`, `これ`."""
    return len(text) <= _LONGEST and _POINTS.search(text) is not None


def wants(text: str) -> bool:
    """Whether it can only be about a text beside it: `tl;dr?`, `from the text below`."""
    return bool(_GIST.match(text)) or (len(text) <= _LONGEST and bool(_WANTING.search(text)))


def asks(text: str) -> bool:
    """Whether it is short, and asks or orders something."""
    body = text.strip()
    if not body or len(body) > _LONGEST or body.count("\n") >= _LINES:
        return False
    return (
        _OPENING.match(body) is not None
        or body.endswith(_QUESTION)
        or _WORK.search(body) is not None
        or _TASK.search(body) is not None
    )
