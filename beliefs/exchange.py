"""Exchange: beliefs as JSON, one a line, out of a store and into one; the owner's probes follow."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from itertools import islice
from types import EllipsisType
from typing import Any

import msgspec

from mindhold.beliefs import probes, table
from mindhold.beliefs.errors import BeliefError, Conflict, Invalid
from mindhold.beliefs.ids import new_id
from mindhold.beliefs.model import Belief, State, Type
from mindhold.beliefs.probes import Probe
from mindhold.beliefs.step import OWNER
from mindhold.beliefs.store import Store
from mindhold.beliefs.valid import checked
from mindhold.beliefs.write import Write

_BATCH = 500  # lines a transaction
_FIELDS = frozenset(field.name for field in fields(Belief))


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Why one line was left out; lines count from 1."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What an import did: `kept` counts beliefs that the store knew as well or better, `probes`
    the probes that were in the file."""

    added: int
    updated: int
    kept: int
    probes: int
    problems: tuple[Problem, ...]


def to_json(belief: Belief) -> dict[str, Any]:
    """The belief as plain JSON values, every field under its own name; times in ISO 8601."""
    made: dict[str, Any] = msgspec.to_builtins(belief)
    return made


def from_json(value: object, *, now: datetime) -> Belief:
    """The belief that `to_json` wrote, or that a person did; raises `Invalid`.

    A missing id is made, missing times are `now`, an alias may be a plain string. The rules of
    the model are checked where it is written.
    """
    if not isinstance(value, Mapping):
        raise Invalid("A belief is a JSON object.")
    if unknown := sorted(str(key) for key in value.keys() - _FIELDS):
        raise Invalid(f"A belief has no field {unknown[0]!r}.")
    given = {"id": new_id(now), "created_at": now, "updated_at": now, **value}
    if isinstance(aliases := given.get("aliases"), list):
        given["aliases"] = [{"text": a} if isinstance(a, str) else a for a in aliases]
    try:
        return msgspec.convert(given, Belief)
    except msgspec.ValidationError as error:
        raise Invalid(_without_values(error)) from None


def export(
    store: Store,
    *,
    user: str | None = "local",
    agent: str | EllipsisType | None = ...,
    scopes: Collection[str] | None = None,
    types: Collection[Type] | None = None,
    states: Collection[State] | None = None,
    at: datetime | None = None,
) -> Iterator[dict[str, Any]]:
    """The beliefs that fit, erased ones aside, as `load` reads them; after all of a user's or a
    scope's, their probes."""
    for belief in store.select(
        user=user, agent=agent, scopes=scopes, types=types, states=states, at=at
    ):
        if belief.content:
            yield to_json(belief)
    if agent is ... and types is None and states is None and at is None:
        for probe in probes.read(store.database):
            if user in (None, probe.user) and (not scopes or {*scopes} & {*probe.scopes}):
                yield probes.to_json(probe)


def load(
    store: Store,
    lines: Iterable[str | bytes],
    *,
    now: datetime,
    progress: Callable[[int], None] | None = None,
) -> Report:
    """Imports JSON lines as the owner's own hand; doing it again changes nothing.

    A line wins over what the store has when its version is higher. A bad line is reported and
    left out. `progress` is told the number of lines done. What was imported when it is
    interrupted stays.
    """
    run = _Run(store, now)
    numbered = iter(enumerate(lines, start=1))
    while batch := list(islice(numbered, _BATCH)):
        run.take(batch)
        if progress is not None:
            progress(batch[-1][0])
    run.take_successions()
    run.take_probes()
    return run.report()


class _Run:
    """One import under way."""

    def __init__(self, store: Store, now: datetime) -> None:
        self._store = store
        self._now = now
        self._counts = {"added": 0, "updated": 0, "kept": 0, "probes": 0}
        self._problems: list[Problem] = []
        self._superseded: list[tuple[int, Belief]] = []
        self._probes: list[tuple[int, Probe]] = []

    def take(self, batch: list[tuple[int, str | bytes]]) -> None:
        """Parses outside the transaction, so that others may write meanwhile."""
        parsed = [pair for pair in map(self._parsed, batch) if pair is not None]
        self._probes += [(line, made) for line, made in parsed if isinstance(made, Probe)]
        beliefs = [(line, made) for line, made in parsed if isinstance(made, Belief)]
        # A superseded belief needs its successor in the store: it waits until the end.
        self._superseded += [pair for pair in beliefs if pair[1].state is State.SUPERSEDED]
        self._write([pair for pair in beliefs if pair[1].state is not State.SUPERSEDED])

    def take_successions(self) -> None:
        """Successors first, as far as they lead; the rest has none, or runs in a circle."""
        left = self._superseded
        while left:
            known = self._store.many(b.superseded_by for _, b in left if b.superseded_by)
            ready = [pair for pair in left if pair[1].superseded_by in known]
            if not ready:
                break
            self._write(ready)
            left = [pair for pair in left if pair[1].superseded_by not in known]
        reason = "Its successor is neither in the file nor in the store."
        self._problems += [Problem(line=line, reason=reason) for line, _ in left]

    def take_probes(self) -> None:
        """Those of beliefs that are there by now."""
        if not self._probes:
            return
        known = self._store.many(probe.belief for _, probe in self._probes)
        with self._store.write(actor=OWNER, now=self._now, reason="import") as write:
            for line, probe in self._probes:
                if probe.belief in known:
                    probes.record(write.connection, probe)
                    self._counts["probes"] += 1
                else:
                    reason = "The belief of this probe is neither in the file nor in the store."
                    self._problems.append(Problem(line=line, reason=reason))

    def report(self) -> Report:
        """What has happened so far."""
        problems = sorted(self._problems, key=lambda problem: problem.line)
        return Report(**self._counts, problems=tuple(problems))

    def _parsed(self, numbered: tuple[int, str | bytes]) -> tuple[int, Belief | Probe] | None:
        line, text = numbered
        if not text.strip():
            return None
        try:
            value = msgspec.json.decode(text)
            if isinstance(value, dict) and "probe" in value:
                return line, probes.from_json(value)
            return line, from_json(value, now=self._now)
        except BeliefError as error:
            self._problems.append(Problem(line=line, reason=str(error)))
        except (msgspec.DecodeError, UnicodeError):
            self._problems.append(Problem(line=line, reason="The line is not JSON."))
        return None

    def _write(self, pairs: list[tuple[int, Belief]]) -> None:
        if not pairs:
            return
        with self._store.write(actor=OWNER, now=self._now, reason="import") as write:
            for line, belief in pairs:
                try:
                    self._counts[_put(write, belief)] += 1
                except BeliefError as error:
                    self._problems.append(Problem(line=line, reason=str(error)))


def _put(write: Write, belief: Belief) -> str:
    known = table.find(write.connection, belief.id)
    if known is None:
        return _put_new(write, belief)
    if known.version >= belief.version:
        return "kept"
    write.put(belief)
    return "updated"


def _put_new(write: Write, belief: Belief) -> str:
    try:
        write.put(belief)
    except Conflict:  # a line without an id, say, that was imported before
        made = checked(belief)
        same = table.namesake(write.connection, made)
        if same is None or same.content != made.content:
            raise
        return "kept"
    return "added"


def _without_values(error: msgspec.ValidationError) -> str:
    """msgspec quotes the value in some of its messages; the field's path is enough."""
    _, found, path = str(error).rpartition(" - at `$")
    if found:
        return f"The field {path.strip('`.')} has a value of the wrong kind."
    return (
        "A field is missing: a belief needs type, canonical_name, content, why_it_matters, scopes."
    )
