"""The seed schema of PrecisionMemBench: beliefs from it, beliefs into it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from mindhold.beliefs.errors import BeliefError, Conflict, Invalid
from mindhold.beliefs.model import (
    MAX_ALIASES,
    MAX_CONTENT,
    SUBTYPES,
    Alias,
    Belief,
    Epistemic,
    Evidence,
    State,
    Type,
)
from mindhold.beliefs.scope import UNIVERSAL
from mindhold.beliefs.store import Store
from mindhold.beliefs.valid import MAX_WORDS
from mindhold.beliefs.write import Write

_BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
_ACTOR = "benchmark"


def parse(row: Mapping[str, Any]) -> Belief:
    """The belief of one seed; raises `Invalid` where the row cannot be one.

    Fields that are missing or null get the model's defaults; unknown ones are left alone.
    """
    try:
        return _parse(row)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Invalid(f"This is no belief of the seed schema: {error!r}.") from error


def _parse(row: Mapping[str, Any]) -> Belief:
    kind = Type(row["type"])
    created = _time(row.get("created_at")) or _BEGINNING
    content = _line(row.get("content") or row["canonical_name"])
    subtype = row.get("subtype")
    return Belief(
        id=str(row["_id"]),
        user=str(row.get("user_id") or "local"),
        agent=row.get("agent_id"),
        type=kind,
        subtype=subtype if subtype in SUBTYPES.get(kind, ()) else None,
        canonical_name=row["canonical_name"],
        aliases=_aliases(row.get("aliases") or ()),
        content=content,
        why_it_matters=_line(row.get("why_it_matters") or content),
        scopes=tuple(row.get("scope") or (UNIVERSAL,)),
        epistemic=_epistemic(row),
        state=_state(row, kind),
        confidence=float(row.get("confidence", 1.0)),
        pinned=bool(row.get("pinned")),
        user_edited=bool(row.get("user_edited")),
        created_at=created,
        updated_at=_time(row.get("updated_at")) or created,
        valid_from=_day(row.get("valid_from")),
        valid_until=_day(row.get("valid_until")),
        participants=tuple(row.get("participants") or ()),
        relation_type=row.get("relation_type"),
        expertise_domain=row.get("expertise_domain"),
        expertise_depth=row.get("expertise_depth"),
        supersedes=tuple(row.get("supersedes") or ()),
        superseded_by=row.get("superseded_by"),
        resolves=tuple(row.get("resolves") or ()),
        reinforced=int(row.get("reinforcement_count") or 0),
        reinforced_at=_time(row.get("last_reinforced_at")),
        evidence=(
            Evidence(quote=content, start=0, end=len(content), at=created, extractor="import"),
        ),
    )


def unparse(belief: Belief) -> dict[str, Any]:
    """The belief as a seed, with our own `state` and times beside the benchmark's fields."""
    stated = belief.epistemic is Epistemic.STATED
    return {
        "_id": belief.id,
        "user_id": belief.user,
        "agent_id": belief.agent,
        "type": belief.type.value,
        "subtype": belief.subtype,
        "state": belief.state.value,
        "canonical_name": belief.canonical_name,
        "aliases": [alias.text for alias in belief.aliases if not alias.muted],
        "content": belief.content,
        "why_it_matters": belief.why_it_matters,
        "scope": list(belief.scopes),
        "epistemic_status": "active" if stated else belief.epistemic.value,
        "confidence": belief.confidence,
        "pinned": belief.pinned,
        "user_edited": belief.user_edited,
        "valid_from": _iso(belief.valid_from),
        "valid_until": _iso(belief.valid_until),
        "participants": list(belief.participants),
        "relation_type": belief.relation_type,
        "expertise_domain": belief.expertise_domain,
        "expertise_depth": belief.expertise_depth,
        "supersedes": list(belief.supersedes),
        "superseded_by": belief.superseded_by,
        "resolves": list(belief.resolves),
        "reinforcement_count": belief.reinforced,
        "created_at": belief.created_at.isoformat(),
        "updated_at": belief.updated_at.isoformat(),
    }


def load(store: Store, beliefs: Iterable[Belief]) -> dict[str, str]:
    """Writes the beliefs with their ids, over older ones; successors before what they replaced.

    Returns the ids that could not be written, each with the rule of the model that it breaks.

    A seed may break what the store holds to: of two live beliefs of one name and place the second
    gets a number behind its name and keeps the name as an alias; what was replaced by a belief
    that is nowhere counts as retracted.
    """
    wanted = {belief.id: belief for belief in beliefs}
    problems: dict[str, str] = {}
    with store.write(actor=_ACTOR, now=datetime.now(UTC)) as write:
        for belief in _successors_first(wanted):
            known = belief.superseded_by in wanted or (
                belief.superseded_by is not None and bool(store.many([belief.superseded_by]))
            )
            made = belief if known or belief.superseded_by is None else _without_successor(belief)
            try:
                _put(write, made)
            except BeliefError as error:
                problems[belief.id] = str(error)
    return problems


def _put(write: Write, belief: Belief) -> None:
    try:
        write.put(belief)
    except Conflict:
        write.put(_renamed(belief))


def _successors_first(wanted: Mapping[str, Belief]) -> list[Belief]:
    depth: dict[str, int] = {}
    for belief in wanted.values():
        path: list[str] = []
        at: Belief | None = belief
        while at is not None and at.id not in depth and at.id not in path:
            path.append(at.id)
            at = wanted.get(at.superseded_by or "")
        below = depth.get(at.id, -1) if at is not None else -1
        depth |= {id: below + place for place, id in enumerate(reversed(path), 1)}
    return sorted(wanted.values(), key=lambda belief: depth[belief.id])


def _without_successor(belief: Belief) -> Belief:
    return replace(belief, state=State.RETRACTED, superseded_by=None)


def _renamed(belief: Belief) -> Belief:
    kept = (Alias(text=" ".join(belief.canonical_name.split("_")[:MAX_WORDS])), *belief.aliases)
    name = f"{belief.canonical_name}_{belief.id}"
    return replace(belief, canonical_name=name, aliases=kept[:MAX_ALIASES])


def _aliases(given: Iterable[object]) -> tuple[Alias, ...]:
    """Those that the model knows: a longer phrase is no name that a message would use."""
    made = [_alias(alias) for alias in given]
    return tuple(a for a in made if 1 <= len(a.text.split()) <= MAX_WORDS)[:MAX_ALIASES]


def _alias(alias: object) -> Alias:
    if isinstance(alias, Mapping):
        return Alias(text=str(alias["text"]), muted=bool(alias.get("muted")))
    return Alias(text=str(alias))


def _epistemic(row: Mapping[str, Any]) -> Epistemic:
    status = row.get("epistemic_status") or "active"
    return Epistemic(status) if status in ("inferred", "exploratory") else Epistemic.STATED


def _state(row: Mapping[str, Any], kind: Type) -> State:
    question = kind is Type.OPEN_QUESTION
    if row.get("superseded_by"):
        return State.SUPERSEDED
    if row.get("resolved_at"):
        return State.RESOLVED if question else State.EXPIRED
    named = row.get("state") or row.get("epistemic_status") or "active"
    if question:
        return State(named) if named in ("resolved", "dropped", "retracted") else State.OPEN
    if named in ("stated", "inferred"):
        return State.ACTIVE
    return State(named)


def _line(text: str) -> str:
    return " ".join(str(text).split())[:MAX_CONTENT]


def _time(value: str | None) -> datetime | None:
    if not value:
        return None
    made = datetime.fromisoformat(value)
    return made if made.tzinfo else made.replace(tzinfo=UTC)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(value: str | None) -> date | None:
    made = _time(value)
    return made.date() if made else None
