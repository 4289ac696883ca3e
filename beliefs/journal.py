"""The journal: every change that ever happened, from which the beliefs can be told again."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from mindhold.beliefs.codec import decode, microseconds, moment, pack
from mindhold.beliefs.database import Database
from mindhold.beliefs.errors import StoreBroken
from mindhold.beliefs.model import Belief
from mindhold.beliefs.states import Event

_PAGE = 1000  # rows read at a time

_ENTRIES = """
SELECT entry.sequence, entry.change, entry.belief, entry.at, entry.actor, entry.event,
    entry.reason, entry.value, earlier.sequence AS earlier, earlier.value AS before
FROM journal AS entry
LEFT JOIN journal AS earlier ON earlier.sequence = (
    SELECT max(sequence) FROM journal WHERE belief = entry.belief AND sequence < entry.sequence
)
"""
_STANDING = """
SELECT entry.value, last.belief FROM journal AS entry JOIN (
    SELECT belief, max(sequence) AS sequence FROM journal WHERE belief > ? AND at <= ?
    GROUP BY belief ORDER BY belief LIMIT ?
) AS last USING (sequence) ORDER BY last.belief
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One belief's part in one change; a belief that was erased since is None on both sides."""

    sequence: int
    change: int  # the sequence of the change's first entry
    belief: str
    at: datetime
    actor: str
    event: Event
    reason: str
    before: Belief | None
    after: Belief | None
    first: bool  # the belief began with it


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """Who changes something, when, and why; `job` is the piece of learning it belongs to."""

    actor: str
    at: datetime
    reason: str = ""
    job: str | None = None


def append(
    connection: sqlite3.Connection,
    hand: Hand,
    belief: Belief,
    event: Event,
    *,
    sequence: int,
    change: int,
    forgotten: bool,
) -> None:
    """Writes one entry."""
    connection.execute(
        "INSERT INTO journal (sequence, change, belief, user, at, actor, event, reason, job,"
        " forgotten, value) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (sequence, change, belief.id, belief.user, microseconds(hand.at), hand.actor, event.value,
         hand.reason, hand.job, forgotten, pack(belief)),
    )  # fmt: skip


def newest(connection: sqlite3.Connection) -> int:
    """The sequence of the last entry; 0 while there is none."""
    return int(connection.execute("SELECT max(sequence) FROM journal").fetchone()[0] or 0)


def is_forgotten(
    connection: sqlite3.Connection,
    id: str,
    *,
    before: int | None = None,
) -> bool:
    """Whether the belief stood forgotten by its last entry (before the given sequence)."""
    row = connection.execute(
        "SELECT forgotten FROM journal WHERE belief = ? AND sequence < ?"
        " ORDER BY sequence DESC LIMIT 1",
        (id, before or 1 << 62),
    ).fetchone()
    return bool(row and row[0])


def history(database: Database, id: str) -> list[Entry]:
    """What happened to a belief, oldest first."""
    rows = database.rows(f"{_ENTRIES} WHERE entry.belief = ? ORDER BY entry.sequence", id)
    return [_entry(row) for row in rows]


def entries(connection: sqlite3.Connection, id: str) -> list[Entry]:
    """What happened to a belief, oldest first, as a transaction sees it."""
    sql = f"{_ENTRIES} WHERE entry.belief = ? ORDER BY entry.sequence"
    return [_entry(row) for row in connection.execute(sql, (id,))]


def since(connection: sqlite3.Connection, sequence: int) -> list[Entry]:
    """What has happened to all beliefs after an entry, oldest first."""
    sql = f"{_ENTRIES} WHERE entry.sequence > ? ORDER BY entry.sequence"
    return [_entry(row) for row in connection.execute(sql, (sequence,))]


def versions(connection: sqlite3.Connection, id: str) -> Iterator[tuple[str, Belief]]:
    """The versions of a belief that are still told, oldest first, each with who made it."""
    sql = (
        "SELECT actor, value FROM journal WHERE belief = ? AND value IS NOT NULL ORDER BY sequence"
    )
    for actor, value in connection.execute(sql, (id,)).fetchall():
        yield actor, decode(value)


def newest_entries(
    database: Database, *, user: str, limit: int, before: datetime | None
) -> list[Entry]:
    """A user's last entries, newest first, up to a moment."""
    sql = f"{_ENTRIES} WHERE entry.user = ? AND entry.at <= ? ORDER BY entry.sequence DESC LIMIT ?"
    rows = database.rows(sql, user, _limit(before), limit)
    return [_entry(row) for row in rows]


def last_change(connection: sqlite3.Connection, *, user: str, id: str | None) -> list[Entry]:
    """The entries of the newest change, of one belief or of all of a user's; maybe none."""
    where, key = ("belief", id) if id is not None else ("user", user)
    sql = f"SELECT change FROM journal WHERE {where} = ? ORDER BY sequence DESC LIMIT 1"  # noqa: S608
    last = connection.execute(sql, (key,)).fetchone()
    if last is None:
        return []
    sql = f"{_ENTRIES} WHERE entry.sequence >= ?1 AND entry.change = ?1 ORDER BY entry.sequence"
    return [_entry(row) for row in connection.execute(sql, (last[0],))]


def newest_of(connection: sqlite3.Connection, id: str) -> int:
    """The sequence of a belief's last entry."""
    sql = "SELECT max(sequence) FROM journal WHERE belief = ?"
    return int(connection.execute(sql, (id,)).fetchone()[0] or 0)


def replay(database: Database, until: datetime | None = None) -> Iterator[Belief]:
    """The beliefs as the journal tells them, now or as they stood at a moment; ordered by id.

    Erased beliefs have no past; now, they are told as the empty places that they left.
    """
    last = ""
    while page := database.rows(_STANDING, last, _limit(until), _PAGE):
        last = page[-1]["belief"]
        yield from (decode(row["value"]) for row in page if row["value"] is not None)


def _limit(until: datetime | None) -> int:
    return (1 << 62) if until is None else microseconds(until)


def _entry(row: sqlite3.Row) -> Entry:
    try:
        return Entry(
            sequence=row["sequence"],
            change=row["change"],
            belief=row["belief"],
            at=moment(row["at"]),
            actor=row["actor"],
            event=Event(row["event"]),
            reason=row["reason"],
            before=decode(row["before"]) if row["before"] is not None else None,
            after=decode(row["value"]) if row["value"] is not None else None,
            first=row["earlier"] is None,
        )
    except (ValueError, TypeError, OverflowError):
        raise StoreBroken("An entry of the journal is damaged; nothing was changed.") from None
