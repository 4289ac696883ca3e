"""A belief: one typed thing that is held about its owner's world, and the words it rests on."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

MAX_ALIASES = 25
MAX_CONTENT = 500  # characters, one line


class Type(StrEnum):
    """What kind of thing is held."""

    PREFERENCE = "preference"
    DECISION = "decision"
    ENTITY = "entity"
    RELATION = "relation"
    OPEN_QUESTION = "open_question"
    LESSON = "lesson"


SUBTYPES: dict[Type, frozenset[str]] = {
    Type.PREFERENCE: frozenset({"expertise", "style", "constraint"}),
    Type.LESSON: frozenset({"strategy", "pitfall"}),
}


class Epistemic(StrEnum):
    """How it is known: the owner said it, it was concluded, or it is being tried on."""

    STATED = "stated"
    INFERRED = "inferred"
    EXPLORATORY = "exploratory"


class State(StrEnum):
    """Where a belief is in its life; `states.py` says which change leads from one to another."""

    PENDING = "pending"
    CANDIDATE = "candidate"
    ACTIVE = "active"
    EXPLORATORY = "exploratory"
    CONTESTED = "contested"
    SUPERSEDED = "superseded"
    RETRACTED = "retracted"
    QUARANTINED = "quarantined"
    EXPIRED = "expired"
    OPEN = "open"
    RESOLVED = "resolved"
    DROPPED = "dropped"


LIVE = frozenset({State.ACTIVE, State.EXPLORATORY, State.CONTESTED, State.OPEN})
"""The states that may be injected."""


class Origin(StrEnum):
    """Where an alias came from; a counter alias is the name of what this belief replaced."""

    USER = "user"
    EXTRACTED = "extracted"
    OBSERVED = "observed"
    COUNTER = "counter"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """A surface by which the belief may be named, 1 to 4 words.

    A muted alias never matches; one that is spelled like the canonical name mutes that too.
    """

    text: str
    origin: Origin = Origin.USER
    muted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A verbatim quote of the owner's own words; offsets are characters in that message."""

    quote: str
    start: int
    end: int
    at: datetime
    fingerprint: str = ""  # keyed hash of the whole message
    conversation: str | None = None
    request: str | None = None
    client: str = "unknown"
    model: str | None = None
    extractor: str = "owner"
    extractor_version: str = "1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Belief:
    """One immutable version of a belief; a change is a new value with `version` one higher.

    Times are aware and in UTC. `scopes` holds at least one; `agent` None means shared.
    """

    id: str
    type: Type
    canonical_name: str
    content: str
    why_it_matters: str
    scopes: tuple[str, ...]
    created_at: datetime
    updated_at: datetime
    user: str = "local"
    agent: str | None = None
    client: str = "unknown"
    subtype: str | None = None
    aliases: tuple[Alias, ...] = ()
    epistemic: Epistemic = Epistemic.STATED
    state: State = State.ACTIVE
    confidence: float = 1.0
    pinned: bool = False
    user_edited: bool = False
    sensitive: bool = False
    muted: bool = False  # never surfaces by its names; pinning and persona are not concerned
    valid_from: date | None = None
    valid_until: date | None = None
    review_by: date | None = None
    participants: tuple[str, ...] = ()
    relation_type: str | None = None
    expertise_domain: str | None = None
    expertise_depth: str | None = None
    supersedes: tuple[str, ...] = ()
    superseded_by: str | None = None
    resolves: tuple[str, ...] = ()
    version: int = 1
    evidence: tuple[Evidence, ...] = ()
    reinforced: int = 0  # distinct conversations
    reinforced_at: datetime | None = None

    @property
    def live(self) -> bool:
        """Whether the belief may be injected at all."""
        return self.state in LIVE
