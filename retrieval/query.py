"""A question put to memory, and what comes back, with the reason for each yes and no."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from mindhold.beliefs.model import Belief


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is asked: the newest user text and where it was said.

    `scopes` are as requested; recall expands them. `agent` None sees shared beliefs only, a name
    sees that agent's and the shared ones. `max_beliefs` None means no bound; it counts beliefs of
    the pinned, relevant and question tiers, pinned first. `now` is aware; its date, in its own
    time zone, decides about validity windows.
    """

    text: str
    scopes: tuple[str, ...]
    now: datetime
    user: str = "local"
    agent: str | None = None
    max_beliefs: int | None = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """The words that named a belief; offsets are characters of `Query.text`.

    `kind` is exact, inflected, joined, gap or fuzzy; `score` orders beliefs within one answer and
    means nothing outside it. `reading`: of a lone everyday word, what says that it is the name.
    """

    alias: str
    canonical: bool
    matched: str
    start: int
    end: int
    kind: str
    score: float
    reading: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A belief that the message names, or (`via`) that a named relation brought with it."""

    belief: Belief
    match: Match | None
    via: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """A belief whose name stands in the message and that was still left out.

    `rule` is a short stable name, `reason` plain words for the owner.
    """

    id: str
    name: str
    surface: str
    rule: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recalled:
    """The four tiers of the context, each in its order, and the candidates that were refused."""

    prelude: tuple[Belief, ...] = ()
    pinned: tuple[Belief, ...] = ()
    relevant: tuple[Hit, ...] = ()
    questions: tuple[Belief, ...] = ()
    rejected: tuple[Rejection, ...] = ()
    ms: float = 0.0

    def beliefs(self) -> Iterator[Belief]:
        """Every belief of the turn, pinned, relevant, questions; the prelude is apart."""
        yield from self.pinned
        yield from (hit.belief for hit in self.relevant)
        yield from self.questions
