"""The injection log: one row for each request, so that the owner can ask why."""

import json
import re
import sqlite3
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

import msgspec

from mindhold.beliefs.codec import microseconds, moment
from mindhold.beliefs.database import Database
from mindhold.beliefs.errors import Ambiguous, NotFound
from mindhold.beliefs.text.secrets import redact

OURS = "mindhold"  # the client's name in requests that the command line makes
COMMAND = "command;"  # how `memory` begins where the user told us something instead of the model
QUERY = 2_000  # characters kept of a user text, head and tail
_CUT = "\n…"
_HALF = (QUERY - len(_CUT)) // 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Injected:
    """A belief that was given with a request. `tier`: stable or turn; earlier or held for one that
    an earlier turn brought, which this request repeats or the server keeps.

    `matched` are the words of the message that named it by `alias`, `via` the relation that
    brought it instead.
    """

    id: str
    version: int
    tier: str
    alias: str | None = None
    matched: str | None = None
    via: str | None = None

    @property
    def again(self) -> bool:
        """Whether an earlier request brought it."""
        return self.tier in {"earlier", "held"}


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A belief that was considered and not injected; `rule` is short and stable."""

    id: str
    name: str
    rule: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What became of one request. `block` and `stable` are nonces of ledger blocks.

    `memory` is the response header's text; `recall_ms` and `added_ms` are milliseconds, `tokens`
    the estimate of what was added. `end` and `turns` are the ledger's own: the hash of the whole
    conversation, and the entries that this request carried.
    """

    id: str
    at: datetime
    dialect: str
    scopes: tuple[str, ...]
    origin: str
    memory: str
    user: str = "local"
    agent: str | None = None
    client: str = "unknown"
    model: str | None = None
    conversation: str | None = None
    query: str | None = None
    injected: tuple[Injected, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    block: str | None = None
    stable: str | None = None
    recall_ms: float = 0.0
    added_ms: float = 0.0
    tokens: int = 0
    status: int | None = None
    usage: dict[str, Any] | None = None
    response: str | None = None
    end: bytes | None = None
    turns: tuple[int, ...] = ()


_COLUMNS = frozenset({"id", "at", "query", "block", "stable", "end", "turns"})
_VALUE = tuple(field.name for field in fields(Request) if field.name not in _COLUMNS)


def excerpt(text: str) -> str:
    """A user text fit for the log: secrets named only, head and tail of a long one."""
    clean = redact(text)
    return clean if len(clean) <= QUERY else f"{clean[:_HALF]}{_CUT}{clean[-_HALF:]}"


def write(connection: sqlite3.Connection, request: Request) -> None:
    """Keeps one row, within the caller's transaction."""
    connection.execute(
        "INSERT OR REPLACE INTO requests VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            request.id,
            microseconds(request.at),
            request.query,
            request.block,
            request.stable,
            request.end,
            json.dumps(request.turns),
            msgspec.json.encode({name: getattr(request, name) for name in _VALUE}).decode(),
        ),
    )


def get(database: Database, reference: str | None = None) -> Request:
    """The request with this id or beginning of one; None: the newest to a model, but for `OURS`.

    Raises `NotFound`, `Ambiguous`.
    """
    if reference is None:
        rows = database.rows(_NEWEST, OURS, f"{COMMAND}%")
    else:
        until = reference + "\U0010ffff"
        rows = database.rows(
            "SELECT * FROM requests WHERE id >= ? AND id < ? ORDER BY id LIMIT 2", reference, until
        )
    if not rows:
        raise NotFound("No request yet." if reference is None else f"No request {reference}.")
    if len(rows) > 1 and rows[0]["id"] != reference:
        raise Ambiguous(f"Several requests begin with {reference}.")
    return _request(rows[0])


_NEWEST = (
    "SELECT * FROM requests WHERE json_extract(value, '$.client') <> ?"
    " AND json_extract(value, '$.memory') NOT LIKE ?"
    " ORDER BY at DESC, id DESC LIMIT 1"
)


def conversation(database: Database, last: Request, limit: int = 200) -> list[Request]:
    """The requests of its conversation up to this one, newest first, itself included."""
    if last.conversation is None:
        return [last]
    sql = (
        "SELECT * FROM requests WHERE id <= ? AND json_extract(value, '$.user') = ?"
        " AND json_extract(value, '$.conversation') = ? ORDER BY id DESC LIMIT ?"
    )
    rows = database.rows(sql, last.id, last.user, last.conversation, limit)
    return [_request(row) for row in rows]


def latest(
    database: Database, conversation: str, *, user: str, agent: str | None
) -> Request | None:
    """The newest request of a conversation that went to a model."""
    sql = (
        "SELECT * FROM requests WHERE json_extract(value, '$.user') = ?"
        " AND json_extract(value, '$.agent') IS ? AND json_extract(value, '$.conversation') = ?"
        " AND json_extract(value, '$.memory') NOT LIKE ? ORDER BY id DESC LIMIT 1"
    )
    rows = database.rows(sql, user, agent, conversation, f"{COMMAND}%")
    return _request(rows[0]) if rows else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """In how many logged conversations a word stands that were not given a certain belief with it,
    and whether one of its messages named others instead."""

    without: int
    others: bool


def company(connection: sqlite3.Connection, word: str, belief: str, *, user: str) -> Company:
    """What the log knows of a word beside a belief."""
    rows = connection.execute(
        "SELECT query, value FROM requests WHERE query IS NOT NULL AND"
        " instr(lower(query), lower(?)) > 0 AND json_extract(value, '$.user') = ?",
        (word, user),
    )
    spelled = re.compile(rf"(?i)(?<!\w){re.escape(word)}(?!\w)")
    given = [json.loads(row["value"]) for row in rows if spelled.search(row["query"])]
    beside = {row["conversation"] for row in given if _has(row, belief)}
    without = [row for row in given if not _has(row, belief)]
    return Company(
        without=len({row["conversation"] for row in without} - beside),
        others=any(one["tier"] == "turn" for row in without for one in row["injected"]),
    )


def _has(row: dict[str, Any], belief: str) -> bool:
    return any(one["id"] == belief for one in row["injected"])


def whole(query: str) -> bool:
    """Whether the log's text of a message is all of it, secrets aside."""
    return len(query) < QUERY or query[_HALF : _HALF + len(_CUT)] != _CUT


def recent(database: Database, limit: int) -> list[Request]:
    """The newest requests, newest first."""
    rows = database.rows("SELECT * FROM requests ORDER BY at DESC, id DESC LIMIT ?", limit)
    return [_request(row) for row in rows]


def prune(connection: sqlite3.Connection, before: datetime) -> None:
    """Deletes the rows that are older."""
    connection.execute("DELETE FROM requests WHERE at < ?", (microseconds(before),))


def _request(row: sqlite3.Row) -> Request:
    value = json.loads(row["value"])
    value["scopes"] = tuple(value["scopes"])
    value["injected"] = tuple(Injected(**one) for one in value["injected"])
    value["left_out"] = tuple(LeftOut(**one) for one in value["left_out"])
    return Request(
        id=row["id"],
        at=moment(row["at"]),
        query=row["query"],
        block=row["block"],
        stable=row["stable"],
        end=row["ending"],
        turns=tuple(json.loads(row["turns"])),
        **value,
    )
