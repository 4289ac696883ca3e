"""A case: one proposal before the gate, and what the gate must know of the world around it."""

from collections.abc import Callable
from dataclasses import dataclass

from mindhold.beliefs.learning import guards
from mindhold.beliefs.learning.adoption import adopted
from mindhold.beliefs.learning.candidate import NewBelief, Proposal
from mindhold.beliefs.learning.ground import Ground
from mindhold.beliefs.learning.heard import Heard
from mindhold.beliefs.learning.tongues.known import tongue_of
from mindhold.beliefs.model import Belief, Evidence

REJECTED = "rejected"
QUARANTINED = "quarantined"
PENDING = "pending"
ENDS = "it would end what is held"
RULES = "rules"
"""The deterministic extractor, whose wording is ours."""
USAGE = "usage"
"""The extractor that observes how beliefs are called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What the gate must know of the world around the turn.

    `table` are the surfaces of beliefs near it; `target` finds what an update names;
    `same` and `forgotten` look a new belief up; `admitted` counts new active ones so far, of this
    conversation and of this client's day.
    """

    mode: str
    table: frozenset[str]
    target: Callable[[str], Belief | None]
    same: Callable[[NewBelief], Belief | None]
    forgotten: Callable[[NewBelief], bool]
    admitted: Callable[[], tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A proposal before the gate, with what the gate has found out about it so far."""

    proposal: Proposal
    heard: Heard
    place: Place
    extractor: str
    extractor_version: str
    fingerprint: str
    evidence: tuple[Evidence, ...] = ()
    clauses: tuple[guards.Clause, ...] = ()
    ground: tuple[Ground, ...] = ()
    target: Belief | None = None
    sensitive: bool = False
    aside: bool = False  # its words hold whatever the sentence around them asks or supposes
    pending: str = ""  # the rule by which it waits for the owner

    @property
    def quotes(self) -> str:
        """All that it cites."""
        return " ".join(self.proposal.evidence)

    @property
    def grounds(self) -> str:
        """What its words must come from: the quotes, and what these adopt of the answer before."""
        return " ".join(filter(None, (self.quotes, *self.adopted)))

    @property
    def adopted(self) -> tuple[str, ...]:
        """What each quote takes over of the answer before."""
        answer = self.heard.said.answer
        return tuple(adopted(quote, answer) for quote in self.proposal.evidence) if answer else ()

    @property
    def explicit(self) -> bool:
        """Whether the user asked for it to be remembered."""
        return bool(self.heard.said.command) or any(map(wished, self.proposal.evidence))


def wished(quote: str) -> bool:
    """Whether the words ask for what they say to be remembered."""
    voice = tongue_of(quote).voice
    return bool(voice.explicit.match(quote) or voice.asked_at_end.search(quote))


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """Where a case ended: the rule, what becomes of it, and why in plain words."""

    rule: str
    outcome: str
    reason: str
    redacted: bool = False  # its words must not be kept anywhere
    case: Case | None = None
