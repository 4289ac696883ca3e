"""Provenance: all that came from one conversation, client or time on, taken back in one change.

A belief that also rests on other words keeps those, and loses what these had made of it: each of
its fields is told again from its history without the changes that came from there. One that
rests on nothing else is retracted, and what it had replaced, contested or ended stands again.
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from mindhold.beliefs import forgetting, journal, table
from mindhold.beliefs.codec import encode_list, microseconds
from mindhold.beliefs.journal import Entry
from mindhold.beliefs.learning.usage import sightings
from mindhold.beliefs.model import Belief, Evidence, State
from mindhold.beliefs.states import Event
from mindhold.beliefs.step import OWNER, Step
from mindhold.beliefs.valid import EDITABLE, distinct
from mindhold.beliefs.withdrawal import withdrawn
from mindhold.beliefs.write import Write

_TOLD = EDITABLE - {"aliases", "agent"}
_ENDS = frozenset({Event.RETIRED, Event.FORGOTTEN, Event.DROPPED, Event.RESOLVED})
_HERE = (
    "(:since IS NULL OR {at} >= :since) AND (:client IS NULL OR {client} = :client)"
    " AND (:conversation IS NULL OR {conversation} = :conversation)"
)
_DECIDED = _HERE.format(
    at="decisions.at", client="decisions.client", conversation="decisions.conversation"
)
_LOGGED = _HERE.format(
    at="at",
    client="json_extract(value, '$.client')",
    conversation="json_extract(value, '$.conversation')",
)
_QUEUED = _HERE.format(
    at="1000000 * (1 + strftime('%s', json_extract(CAST(value AS TEXT), '$.at')))",
    client="json_extract(CAST(value AS TEXT), '$.client')",
    conversation="json_extract(CAST(value AS TEXT), '$.conversation')",
)
_WAITING = _HERE.format(
    at="at",
    client="json_extract(value, '$[0].client')",
    conversation="json_extract(value, '$[0].conversation')",
)
_SEEN = _HERE.format(at="at", client="client", conversation="conversation")
_ENDED = f"""
SELECT DISTINCT journal.belief FROM journal JOIN decisions
ON decisions.belief = journal.belief AND decisions.at = journal.at
WHERE journal.actor <> '{OWNER}' AND decisions.user = :user AND {_DECIDED}
"""  # noqa: S608, our own words


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where words came from; each that is not None must fit. `client` is the label of the log."""

    since: datetime | None = None
    client: str | None = None
    conversation: str | None = None
    user: str = "local"

    def covers(self, quote: Evidence) -> bool:
        """Whether the quote came from there."""
        return (
            (self.since is None or quote.at >= self.since)
            and self.client in {None, quote.client}
            and self.conversation in {None, quote.conversation}
        )

    @property
    def values(self) -> dict[str, Any]:
        """Its conditions as parameters of a query."""
        since = None if self.since is None else microseconds(self.since)
        return {
            "since": since, "client": self.client, "conversation": self.conversation,
            "user": self.user,
        }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """Each belief before and after a removal, and how many turns no longer wait."""

    beliefs: tuple[tuple[Belief, Belief], ...]
    waiting: int


def remove(write: Write, origin: Origin) -> Removal:
    """Takes back all that came from there, and what waits to be learned from; one change."""
    before: dict[str, Belief] = {}
    first = journal.newest(write.connection)
    with write.whole():
        for belief in table.of_user(write.connection, origin.user):
            if any(map(origin.covers, belief.evidence)):
                _without_words(write, belief.id, origin)
        for id in _ended(write.connection, origin):
            _ended_no_more(write, id, origin)
        _unseen(write, origin)
    for entry in journal.since(write.connection, first):
        if entry.before is not None:
            before.setdefault(entry.belief, entry.before)
    pairs = tuple((old, write.get(id)) for id, old in before.items())
    return Removal(beliefs=pairs, waiting=_stop_waiting(write.connection, origin))


def remove_hard(write: Write, origin: Origin) -> Removal:
    """As `remove`; then every word of it leaves the store's files, which cannot be undone."""
    made = remove(write, origin)
    values = origin.values
    for before, after in made.beliefs:
        if not after.live and not after.evidence and any(map(origin.covers, before.evidence)):
            write.forget_hard(after.id)
        else:
            _forget_past(write.connection, after.id, origin)
    write.connection.execute(f"UPDATE requests SET query = NULL WHERE {_LOGGED}", values)  # noqa: S608
    write.connection.execute(
        f"UPDATE decisions SET quote = '', reason = '' WHERE user = :user AND {_DECIDED}",  # noqa: S608
        values,
    )
    forgetting.ask_scrub(write.connection)
    write.erased = True
    return made


def _without_words(write: Write, id: str, origin: Origin) -> None:
    now = write.get(id)
    kept = tuple(quote for quote in now.evidence if not origin.covers(quote))
    if kept == now.evidence:
        return
    entries = journal.entries(write.connection, id)
    told = _told_again(now, entries, _changes_from(entries, origin))
    steps = withdrawn(write.connection, told, kept)
    mine = replace(steps[0], before=now, after=replace(steps[0].after, version=now.version))
    write.apply(mine, *steps[1:])


def _changes_from(entries: list[Entry], origin: Origin) -> set[int]:
    """The changes that words from there made; all that one turn did has the moment of the turn."""
    turns = {entry.at for entry in entries if _comes_from(entry, origin)}
    return {one.sequence for one in entries if one.at in turns and one.actor != OWNER}


def _comes_from(entry: Entry, origin: Origin) -> bool:
    """Whether the change brought a quote from there, and its owner did not make it."""
    if entry.after is None or entry.actor == OWNER:
        return False
    known = entry.before.evidence if entry.before else ()
    return any(origin.covers(quote) for quote in entry.after.evidence if quote not in known)


def _told_again(now: Belief, entries: list[Entry], theirs: set[int]) -> Belief:
    """The belief with each field as it would be if these changes had not been made."""
    changes = [one for one in entries if one.before is not None and one.after is not None]
    fields: dict[str, Any] = {}
    for field in _TOLD:
        if any(one.sequence in theirs and _changes(one, field) for one in changes):
            other = [one for one in changes if one.sequence not in theirs and _changes(one, field)]
            told = other[-1].after if other else entries[0].after
            if told is not None:
                fields[field] = getattr(told, field)
    made = replace(now, **fields)
    for one in changes:
        if one.sequence in theirs and one.before and one.after:
            came = {*one.after.aliases} - {*one.before.aliases}
            went = {*one.before.aliases} - {*one.after.aliases}
            left = [alias for alias in made.aliases if alias not in came]
            made = replace(made, aliases=distinct((*left, *went)))
    return made


def _changes(entry: Entry, field: str) -> bool:
    return bool(getattr(entry.before, field) != getattr(entry.after, field))


def _ended(connection: sqlite3.Connection, origin: Origin) -> Iterator[str]:
    for row in connection.execute(_ENDED, origin.values).fetchall():
        yield row[0]


def _ended_no_more(write: Write, id: str, origin: Origin) -> None:
    """What was ended by words from there, and by nothing since, stands again."""
    last = journal.entries(write.connection, id)[-1]
    if last.event not in _ENDS or last.before is None or last.actor == OWNER:
        return
    now = write.get(id)
    made = replace(now, state=last.before.state, resolves=last.before.resolves)
    taken = table.namesake(write.connection, made) if made.live else None
    if taken is None or taken.id == id:
        write.apply(Step(before=now, after=made, event=Event.RETURNED, forgotten=False))


def _unseen(write: Write, origin: Origin) -> None:
    """What was observed there counts no more, and names that only this made certain go."""
    sql = f"DELETE FROM sightings WHERE user = :user AND {_SEEN} RETURNING belief, word"  # noqa: S608
    for id, word in write.connection.execute(sql, origin.values).fetchall():
        belief = table.find(write.connection, id)
        if belief and (name := sightings.unsupported(write.connection, write.key, belief, word)):
            write.unname(id, name)


def _stop_waiting(connection: sqlite3.Connection, origin: Origin) -> int:
    """What waits for the rules or for a model is not learned from; it is not offered again."""
    values = origin.values
    rows = connection.execute(f"DELETE FROM learning WHERE {_QUEUED}", values).rowcount  # noqa: S608
    rows += connection.execute(
        f"DELETE FROM background_turns WHERE {_WAITING}",  # noqa: S608
        values,
    ).rowcount
    return rows


def _forget_past(connection: sqlite3.Connection, id: str, origin: Origin) -> None:
    """Empties its versions that held words from there, and the blocks that gave it."""
    sql = "UPDATE journal SET value = NULL, reason = '' WHERE sequence = ?"
    entries = journal.entries(connection, id)
    held = {e.sequence for e in entries if e.after and any(map(origin.covers, e.after.evidence))}
    connection.executemany(sql, [(one,) for one in held | _changes_from(entries, origin)])
    connection.execute(
        "DELETE FROM blocks WHERE EXISTS (SELECT 1 FROM json_each(given) AS item"
        " WHERE json_extract(item.value, '$[0]') IN (SELECT value FROM json_each(?)))",
        (encode_list([id]),),
    )


def outcome(before: Belief, after: Belief) -> str:
    """What became of a belief, in words."""
    if not after.live and before.live:
        return "goes"
    if after.live and not before.live:
        return "stands again"
    if after.state is State.RETRACTED:
        return "goes, before it was held"
    changed = before.content != after.content
    return "goes back to what it said before" if changed else "stays, on its other words"
