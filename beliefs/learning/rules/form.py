"""Form: how the patterns of statements are written, and what builds a proposal from one."""

import re
from collections.abc import Callable, Iterator

from mindhold.beliefs.learning.candidate import Proposal
from mindhold.beliefs.learning.rules.shape import (
    Spoken,
)

Build = Callable[[re.Match[str], Spoken], Iterator[Proposal | None]]


_WE = (
    r"(?:i|we|the (?:team|committee|board|partners|group|department|band|club|family|crew|class)"
    r"|me and my (?:[\w-]+ )?\w+|my (?:wife|husband|partner) and i"
    r"|our (?:[\w-]+ )?(?:team|firm|company|lab|group|studio|office|department"
    r"|family|household|band|crew|squad|chapter|choir|class|startup|agency|charity"
    r"|club|school|shop|restaurant|practice|organi[sz]ation))(?:['’]?(?:ve|m)|['’](?:re|s))?"
    r"(?: have| has| are| is| am)?"
    r"(?: (?:just|now|recently|finally|both|all|already|also|since|actually|mostly|usually|normally"
    r"|generally|mainly|primarily|typically|exclusively|currently|always|completely|fully|entirely"
    r"|officially|eventually|ultimately|then|only|still|pretty much|basically|do|did|did end up"
    r"|happily|quietly|long|recently|been))*"
)


_THING = r"[^,.;:!?\n]{1,60}?"


_OURS = r" everything| (?:our|my|all) (?:[\w-]+ ){0,2}[\w-]+"


_APOSTROPHE = re.compile(r"\['’\](?=(?:m|ve|t)\b)")


def pattern(shape: str) -> re.Pattern[str]:
    """The form with {WE} (who speaks), {X} (a thing) and {OURS} (a thing of theirs) filled in.

    Whoever types "dont" and "ive" is understood as well.
    """
    filled = shape.replace("{WE}", _WE).replace("{X}", _THING).replace("{OURS}", _OURS)
    return re.compile(_APOSTROPHE.sub("['’]?", filled), re.IGNORECASE)
