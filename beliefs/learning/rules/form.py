"""Form: how the patterns of statements are written, and what builds a proposal from one."""

import re
from collections.abc import Callable, Iterator

from mindhold.beliefs.learning.candidate import Proposal
from mindhold.beliefs.learning.rules.shape import (
    Spoken,
)

Build = Callable[[re.Match[str], Spoken], Iterator[Proposal | None]]


_WE = (
    r"(?:i|we|the team|our (?:[\w-]+ )?(?:team|firm|company|lab|group|studio|office|department"
    r"|family|club|school|shop|restaurant|practice|organi[sz]ation))(?:['’](?:ve|re|m))?"
    r"(?: have| has| are| is| am)?"
    r"(?: (?:just|now|recently|finally|both|all|already|also|since|actually|mostly"
    r"|currently|always|completely|then|only|still))*"
)


_THING = r"[^,.;:!?\n]{1,60}?"


_OURS = r" everything| (?:our|my|all) (?:[\w-]+ ){0,2}[\w-]+"


def pattern(shape: str) -> re.Pattern[str]:
    """The form with {WE} (who speaks), {X} (a thing) and {OURS} (a thing of theirs) filled in."""
    filled = shape.replace("{WE}", _WE).replace("{X}", _THING).replace("{OURS}", _OURS)
    return re.compile(filled, re.IGNORECASE)
