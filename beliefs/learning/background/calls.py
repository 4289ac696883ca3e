"""Calls: the record of what was asked of the model, what it cost and what came of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from mindhold.beliefs.codec import microseconds, moment
from mindhold.beliefs.database import Database, Transaction
from mindhold.beliefs.learning.background.budget import Model, Spent
from mindhold.beliefs.learning.background.circuit import SEEN, Circuit, Ended, circuit

UNFINISHED, ANSWERED, FAILED = "unfinished", "answered", "failed"
_FULL = "background full"  # the key of the moment at which the day's budget was used up

Day = Callable[[datetime], datetime]
"""When the owner's day of a moment began."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call; tokens are the server's own count unless `estimated`, `ms` until its end.

    An unfinished one counts with all that it may have used: the process may have ended in it.
    """

    at: datetime
    upstream: str
    model: str
    turns: int
    tokens_in: int
    tokens_out: int
    cost: float | None = None
    estimated: bool = True
    outcome: str = UNFINISHED
    reason: str = ""
    ms: int = 0


def begin(connection: Transaction, call: Call) -> int:
    """Writes a call down before it is made; the id under which it is ended."""
    made = connection.execute(
        "INSERT INTO background_calls (at, upstream, model, turns, tokens_in, tokens_out, cost,"
        " estimated, outcome, reason, ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (microseconds(call.at), call.upstream, call.model, call.turns, call.tokens_in,
         call.tokens_out, call.cost, call.estimated, call.outcome, call.reason, call.ms),
    )  # fmt: skip
    return int(made.lastrowid or 0)


def end(connection: Transaction, id: int, call: Call) -> None:
    """Writes down what became of it."""
    connection.execute(
        "UPDATE background_calls SET tokens_in = ?, tokens_out = ?, cost = ?, estimated = ?,"
        " outcome = ?, reason = ?, ms = ? WHERE id = ?",
        (call.tokens_in, call.tokens_out, call.cost, call.estimated, call.outcome, call.reason,
         call.ms, id),
    )  # fmt: skip


def spent(database: Database, since: datetime) -> Spent:
    """What the calls since then have used."""
    (row,) = database.rows(
        "SELECT total(tokens_in + tokens_out) AS tokens, total(cost) AS cost FROM background_calls"
        " WHERE at >= ?",
        microseconds(since),
    )
    return Spent(tokens=int(row["tokens"]), cost=row["cost"])


def recent(database: Database, limit: int = -1) -> list[Call]:
    """The newest calls, newest first; without a limit all that are kept."""
    rows = database.rows("SELECT * FROM background_calls ORDER BY id DESC LIMIT ?", limit)
    fields = [name for name in Call.__dataclass_fields__ if name not in {"at", "estimated"}]
    return [
        Call(
            at=moment(row["at"]),
            estimated=bool(row["estimated"]),
            **{name: row[name] for name in fields},
        )
        for row in rows
    ]


def breaker(database: Database, model: Model, now: datetime) -> Circuit:
    """Whether this model is asked at all, after what became of the last calls to it."""
    rows = database.rows(
        "SELECT at, ms, reason FROM background_calls WHERE outcome <> ? AND upstream = ?"
        " AND model = ? ORDER BY id DESC LIMIT ?",
        UNFINISHED, model.upstream, model.model, SEEN,
    )  # fmt: skip
    ended = [Ended(at=moment(row["at"] + row["ms"] * 1000), reason=row["reason"]) for row in rows]
    return circuit(ended, now)


def note_full(connection: Transaction, now: datetime) -> None:
    """Writes down that the day's budget has no room for another call."""
    connection.execute(
        "INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", (_FULL, str(microseconds(now)))
    )


def note_room(connection: Transaction) -> None:
    """Writes down that there is room again: the config may allow more than it did."""
    connection.execute("DELETE FROM meta WHERE key = ?", (_FULL,))


def full(database: Database, since: datetime) -> datetime | None:
    """Since when, on the day that began at `since`, there has been no room; None: there is."""
    rows = database.rows("SELECT value FROM meta WHERE key = ?", _FULL)
    at = moment(int(rows[0]["value"])) if rows else None
    return at if at and at >= since else None


def prune(connection: Transaction, before: datetime) -> None:
    """Deletes the calls that are older."""
    connection.execute("DELETE FROM background_calls WHERE at < ?", (microseconds(before),))
