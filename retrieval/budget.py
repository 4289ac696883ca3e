"""Budgets: how many beliefs fit, and how many tokens a text will cost a model."""

import re
from collections.abc import Sequence

from mindhold.beliefs.model import Belief
from mindhold.retrieval.query import Hit

_DENSE = re.compile(
    "[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\U0001f000-\U0001faff\U00020000-\U0003ffff]"
)
_PLAIN = 4  # characters a token in plain ASCII
_OTHER = 2  # characters a token in other alphabets


def estimate(text: str) -> int:
    """Tokens of `text` by a fixed rule, rounded up: one a Chinese, Japanese or Korean character
    or emoji, one for two characters of another alphabet, one for four of ASCII."""
    dense = 0 if text.isascii() else len(_DENSE.findall(text))
    plain = len(text.encode("ascii", "ignore"))
    return dense + -(-plain // _PLAIN) + -(-(len(text) - dense - plain) // _OTHER)


def fit(
    pinned: Sequence[Belief],
    relevant: Sequence[Hit],
    questions: Sequence[Belief],
    most: int | None,
) -> tuple[tuple[Belief, ...], tuple[Hit, ...], tuple[Belief, ...]]:
    """The three tiers cut to `most` beliefs together: pinned first, then relevant, questions."""
    if most is None:
        return tuple(pinned), tuple(relevant), tuple(questions)
    first = tuple(pinned[:most])
    second = tuple(relevant[: most - len(first)])
    return first, second, tuple(questions[: most - len(first) - len(second)])
