"""The queue of review: what waits for its owner, why, and what it would stand beside."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mindhold.beliefs.codec import decode, encode_list
from mindhold.beliefs.database import Database
from mindhold.beliefs.learning.case import ENDS
from mindhold.beliefs.model import Belief, State
from mindhold.beliefs.states import WAITING, Event

_WAITING = """
SELECT value FROM sound WHERE state <> 'active'
    AND state IN ('pending', 'quarantined', 'contested', ?) AND user = ?
"""
_DUE = """
SELECT value FROM sound
WHERE review_by <= ? AND state IN ('active', 'exploratory', 'open') AND user = ?
"""
_DECIDED = """
SELECT belief, rule, reason FROM decisions WHERE belief IN (SELECT value FROM json_each(?))
ORDER BY id DESC
"""
_ENDS = "SELECT quote FROM decisions WHERE belief = ? AND reason = ? ORDER BY id DESC LIMIT 1"
_BESIDE = """
SELECT value FROM sound WHERE id <> ?1 AND id IN (
    SELECT value FROM json_each(?2) UNION
    SELECT belief FROM places WHERE live AND name = ?3 AND user = ?4 AND agent = ?5
        AND scope IN (SELECT value FROM json_each(?6)))
"""
_LAST = "SELECT event FROM journal WHERE belief = ? ORDER BY sequence DESC LIMIT 1"


_ONE = "SELECT value FROM sound WHERE id = ?"

ASKED = WAITING | {State.CONTESTED}
"""The states about which the owner is asked; anything else when it is due."""


class Reason(StrEnum):
    """Why a belief waits for its owner, the most pressing first."""

    CONTESTED = "contested"  # something else is held, or was said, under its name
    YOURS = "yours"  # it would replace what the owner pinned or wrote
    ENDED = "ended"  # it was said to be over, and that is the owner's to say
    FLAGGED = "flagged"  # what it leans on has changed
    DOUBT = "doubt"  # the words may be somebody else's
    RATE = "rate"  # more was learned at once than is admitted unseen
    PROPOSED = "proposed"  # a model found it
    CURATED = "curated"  # the owner wants to see everything first
    HELD = "held"  # it waits, and no decision tells why
    DUE = "due"  # it is long since it was said
    QUARANTINED = "quarantined"  # its words could steer a model, or hide something
    CANDIDATE = "candidate"  # not said plainly or often enough


_ORDER = tuple(Reason)
_RULES = {"G2": Reason.CURATED, "G3": Reason.DOUBT, "G13": Reason.RATE}
_PLAIN = frozenset({"rules", "owner"})  # what extracts without a model


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One question to the owner.

    `rule` and `told` are the gate's, where a decision is kept; of what was said to be over, `told`
    are the words. `beside` are the live beliefs that
    this one contests, would replace, or shares its name with.
    """

    belief: Belief
    reason: Reason
    rule: str = ""
    told: str = ""
    beside: tuple[Belief, ...] = ()


def queue(
    database: Database,
    *,
    today: date,
    user: str = "local",
    candidates: bool = False,
    snoozed: bool = False,
) -> list[Waiting]:
    """What waits for its owner today, by reason and age.

    A belief that is contested and what contests it are one question: the newcomer's. Candidates,
    and what waits but was put off to a later day, only if they are asked for.
    """
    found = _found(database, today, user, candidates=candidates, snoozed=snoozed)
    decided = _decisions(database, (belief.id for belief in found))
    items = [_item(database, one, *decided.get(one.id, ("", ""))) for one in found]
    return sorted(items, key=lambda item: (_ORDER.index(item.reason), item.belief.id))


def waiting(database: Database, *, today: date, user: str = "local") -> int:
    """How many questions wait for the owner today."""
    return len(_found(database, today, user, candidates=False, snoozed=False))


def question(database: Database, id: str, *, today: date) -> Waiting | None:
    """The question about one belief as it stands now; None where there is none any more."""
    belief = next((decode(row[0]) for row in database.rows(_ONE, id)), None)
    if belief is None or not (belief.state in ASKED or due(belief, today)):
        return None
    return _item(database, belief, *_decisions(database, [id]).get(id, ("", "")))


def due(belief: Belief, today: date) -> bool:
    """Whether a live belief's day of review has come."""
    return belief.live and belief.review_by is not None and belief.review_by <= today


def _found(
    database: Database, today: date, user: str, *, candidates: bool, snoozed: bool
) -> list[Belief]:
    more = State.CANDIDATE if candidates else State.PENDING
    asked = [decode(row[0]) for row in database.rows(_WAITING, more, user)]
    pending = (belief for belief in asked if belief.state is State.PENDING)
    challenged = {id for belief in pending for id in belief.supersedes}
    due = [decode(row[0]) for row in database.rows(_DUE, today.isoformat(), user)]
    return due + [
        belief
        for belief in asked
        if (snoozed or not (belief.review_by and belief.review_by > today))
        and not (belief.state is State.CONTESTED and belief.id in challenged)
    ]


def _decisions(database: Database, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """The rule and the reason by which each belief came in, where they are still kept."""
    rows = database.rows(_DECIDED, encode_list(list(ids)))
    return {row["belief"]: (row["rule"], row["reason"]) for row in rows}


def _item(database: Database, belief: Belief, rule: str, told: str) -> Waiting:
    if belief.live and belief.state is not State.CONTESTED:
        return _due(database, belief)
    beside = _beside(database, belief) if belief.state in WAITING else ()
    reason = _reason(database, belief, rule, beside)
    return Waiting(belief=belief, reason=reason, rule=rule, told=told, beside=beside)


def _due(database: Database, belief: Belief) -> Waiting:
    """Live, and to be looked at: because of its age, or of what was said since."""
    last = database.rows(_LAST, belief.id)
    if not last or last[0][0] != Event.FLAGGED:
        return Waiting(belief=belief, reason=Reason.DUE)
    said = database.rows(_ENDS, belief.id, ENDS)
    if said:
        return Waiting(belief=belief, reason=Reason.ENDED, told=said[0][0])
    return Waiting(belief=belief, reason=Reason.FLAGGED)


def _beside(database: Database, belief: Belief) -> tuple[Belief, ...]:
    rows = database.rows(
        _BESIDE, belief.id, encode_list([*belief.supersedes]), belief.canonical_name,
        belief.user, belief.agent or "", encode_list([*belief.scopes]),
    )  # fmt: skip
    return tuple(other for other in (decode(row[0]) for row in rows) if other.live)


def _reason(database: Database, belief: Belief, rule: str, beside: tuple[Belief, ...]) -> Reason:
    if belief.state in {State.CONTESTED, State.QUARANTINED, State.CANDIDATE}:
        return Reason(belief.state.value)
    if any(other.state is State.CONTESTED for other in beside):
        return Reason.CONTESTED
    if any(other.pinned or other.user_edited for other in beside):
        return Reason.YOURS
    by_model = any(quote.extractor not in _PLAIN for quote in belief.evidence)
    if by_model and rule != "G13":
        return Reason.PROPOSED
    return _RULES.get(rule) or (Reason.CONTESTED if beside else Reason.HELD)
