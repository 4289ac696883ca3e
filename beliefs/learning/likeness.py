"""Likeness: whether what two beliefs say can be true at once, as far as their words tell; pure."""

import re

from mindhold.beliefs.learning import support
from mindhold.beliefs.learning.tongues.known import tongue_of
from mindhold.beliefs.model import Belief, Type


def compatible(old: Belief, new: Belief) -> bool:
    """Whether both can be true at once, as far as their words tell."""
    if support.negates(old.content) != support.negates(new.content):
        return False
    if old.type is Type.ENTITY and new.type is Type.ENTITY:
        return _core(old.content) <= _core(new.content) or _core(new.content) <= _core(old.content)
    one, other = _core(old.content), _core(new.content)
    if one <= other or other <= one:
        return True
    figures = [{word for word in core if word[0].isdigit()} for core in (one, other)]
    return figures[0] == figures[1] and len(one & other) >= 0.5 * min(len(one), len(other))


def _core(content: str) -> set[str]:
    skipped = {
        "a",
        "an",
        "the",
        "we",
        "i",
        "our",
        "my",
        "for",
        "in",
        "on",
        "to",
        "is",
        "are",
        "as",
        "with",
        "now",
        "uses",
        "use",
    }
    return {word for word in support.words(content) if word not in skipped}


def left(belief: Belief, name: str) -> bool:
    """Whether it is about having left what has the name, as in "moved from A to B"."""
    name = name.replace("_", " ")
    leaving = rf"(?i)\b(?:{tongue_of(belief.content).voice.left}) {re.escape(name)}\b"
    return bool(re.search(leaving, belief.content))
