"""The state machine: which event leads from which state to which; pure."""

from enum import StrEnum

from mindhold.beliefs.errors import Refused
from mindhold.beliefs.model import LIVE, Belief, State
from mindhold.beliefs.valid import settled


class Event(StrEnum):
    """What can happen to a belief, as its journal tells it."""

    ADDED = "added"
    IMPORTED = "imported"
    QUARANTINED = "quarantined"
    EDITED = "edited"
    PINNED = "pinned"
    UNPINNED = "unpinned"
    MUTED = "muted"
    UNMUTED = "unmuted"
    REINFORCED = "reinforced"
    ENRICHED = "enriched"
    UNNAMED = "unnamed"  # lost a surface that its use had given it
    PROMOTED = "promoted"
    CONTESTED = "contested"
    SUPERSEDED = "superseded"
    SUCCEEDED = "succeeded"  # became the successor of another
    MERGED = "merged"  # into another that says the same
    ABSORBED = "absorbed"  # took another in
    RETIRED = "retired"
    REJECTED = "rejected"  # its owner wants no such thing held
    FORGOTTEN = "forgotten"
    ERASED = "erased"  # forgotten with all its words
    REDACTED = "redacted"  # lost the words that it had from an erased one
    RESOLVED = "resolved"
    ANSWERED = "answered"  # resolved a question
    DROPPED = "dropped"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"  # the words that taught it were taken back
    RETURNED = "returned"  # what had replaced or contested it went away
    FLAGGED = "flagged"  # what it leans on has changed: its owner should look at it
    SCHEDULED = "scheduled"  # its owner said when to look at it again
    UNDONE = "undone"
    REPAIRED = "repaired"  # its row was damaged, and its owner said how it stands


ANY = frozenset(State)
WAITING = frozenset({State.PENDING, State.CANDIDATE, State.QUARANTINED})
SETTLED = LIVE - {State.CONTESTED}
STANDING = LIVE | WAITING
BEGINNINGS = LIVE | WAITING - {State.QUARANTINED}

_CHANGES: dict[Event, tuple[frozenset[State], State]] = {
    Event.CONTESTED: (
        frozenset({State.ACTIVE, State.EXPLORATORY, State.CONTESTED}),
        State.CONTESTED,
    ),
    Event.SUPERSEDED: (STANDING - {State.QUARANTINED}, State.SUPERSEDED),
    Event.MERGED: (STANDING - {State.QUARANTINED}, State.SUPERSEDED),
    Event.RETIRED: (STANDING | {State.EXPIRED}, State.RETRACTED),
    Event.REJECTED: (WAITING, State.RETRACTED),
    Event.FORGOTTEN: (ANY, State.RETRACTED),
    Event.ERASED: (ANY, State.RETRACTED),
    Event.RESOLVED: (frozenset({State.OPEN}), State.RESOLVED),
    Event.DROPPED: (frozenset({State.OPEN}), State.DROPPED),
    Event.EXPIRED: (STANDING, State.EXPIRED),
    Event.WITHDRAWN: (STANDING | {State.EXPIRED}, State.RETRACTED),
}
_SETTLING: dict[Event, frozenset[State]] = {
    Event.PROMOTED: WAITING | {State.CONTESTED},
    Event.RETURNED: frozenset({State.CONTESTED, State.SUPERSEDED}),
}

_TOLD = {Event.PROMOTED: "confirmed"}


def after(belief: Belief, event: Event) -> State:
    """The state of a belief once the event has happened to it; raises `Refused`.

    Events that change no state (edited, pinned, reinforced, ...) are not asked here.
    """
    if event in _SETTLING:
        allowed, target = _SETTLING[event], settled(belief)
    else:
        allowed, target = _CHANGES[event]
    if belief.state not in allowed:
        raise Refused(f"A belief that is {belief.state.value} cannot be {_TOLD.get(event, event)}.")
    return target


def begun(belief: Belief) -> State:
    """The state in which a new belief begins; raises `Refused` for one that only time can bring."""
    state = settled(belief) if belief.state in {State.ACTIVE, State.EXPLORATORY} else belief.state
    if state not in BEGINNINGS:
        raise Refused(f"A belief cannot begin as {state.value}.")
    return state
