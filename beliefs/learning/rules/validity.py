"""Validity (Tier A): "on sick leave until 15 May": what is told with its days holds then."""

import re
from collections.abc import Iterator
from dataclasses import replace

from mindhold.beliefs.learning.candidate import Proposal
from mindhold.beliefs.learning.rules import dates
from mindhold.beliefs.learning.rules.form import Build, pattern
from mindhold.beliefs.learning.rules.shape import Spoken, bare, belief, key_terms, sentence
from mindhold.beliefs.learning.tongues.english import ENGLISH
from mindhold.beliefs.model import Type

_DATED = pattern(
    r"(?=.*\b(?:until|till|through|up to|valid|from|starting|as of|beginning|effective)\b)"
    r"(?P<what>[^?\n]{8,200})$"
)
_PAST = re.compile(r"(?i)\b(?:was|were|had|did|ran|used to|lasted|went|lived|worked)\b")


def dated(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """Any plain statement that says until when, or from when, it holds."""
    told = spoken.around if len(spoken.around) <= 200 else found["what"]
    if not (dates.until(told, spoken.day) or dates.since(told, spoken.day)):
        return
    if spoken.explicit or _PAST.search(told) or ENGLISH.guards.task.match(told):
        return
    said = dates.timeless(found["what"])
    if terms := key_terms("x " + said):
        yield belief(
            replace(spoken, text=said, quote=told),
            Type.ENTITY,
            name="_".join(terms[:2]) if len(terms[0].split()) == 1 else terms[0],
            content=sentence(told),
            why=f"Take this into account while it holds: {bare(told)}.",
            aliases=terms,
        )


VALIDITY: tuple[tuple[re.Pattern[str], Build], ...] = ((_DATED, dated),)
