"""Form: how the patterns of statements are written, and what builds a proposal from one."""

import re
from collections.abc import Callable, Iterator

from mindhold.beliefs.learning.candidate import Proposal
from mindhold.beliefs.learning.rules.shape import (
    Spoken,
)

Build = Callable[[re.Match[str], Spoken], Iterator[Proposal | None]]


_WE = (
    r"(?:i|we)(?:['’](?:ve|re|m))?(?: have| are| am)?"
    r"(?: (?:just|now|recently|finally|both|all|already|also|since|actually|mostly"
    r"|currently|always|completely|then|only|still))*"
)


_THING = r"[^,.;:!?\n]{1,60}?"


def pattern(shape: str) -> re.Pattern[str]:
    return re.compile(shape.replace("{WE}", _WE).replace("{X}", _THING), re.IGNORECASE)
