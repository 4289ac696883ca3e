"""The ledger's rows: which block stood in front of which user turn, so that it can stand again.

No text of a user is in them: turns are known by keyed hashes.
"""

import json
import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mindhold.beliefs.codec import decode, microseconds
from mindhold.beliefs.database import Database
from mindhold.beliefs.lineage import emptied


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A belief as it stands in a block."""

    id: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A rendered block under its nonce; `given` in the order of its lines."""

    nonce: str
    text: str
    given: tuple[Given, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One user turn as it was sent upstream; no block: it went bare.

    `chain` hashes the place and all that stood before the turn, `digest` its own text; `marks`
    are hashes of that text's beginnings. `stable` is the block that its request carried in front.
    """

    id: int
    chain: bytes
    digest: bytes
    length: int  # characters
    marks: bytes
    conversation: str
    at: int  # microseconds since 1970
    block: Block | None = None
    stable: Block | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """A whole conversation as it was last sent: the hash of it, and what it carried.

    `turns` has an entry's id for each user turn, 0 for one that is in no entry.
    """

    end: bytes
    turns: tuple[int, ...]
    stable: Block | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A response that the server may keep, with all that led to it, and where it was asked for.

    `whole`: the server counted what it took, as it does at the end.
    """

    response: str
    conversation: str
    ending: Ending
    user: str
    agent: str | None
    scopes: tuple[str, ...]
    whole: bool


def write(connection: sqlite3.Connection, entry: Entry) -> None:
    """Keeps one entry, without its blocks, within the caller's transaction."""
    connection.execute(
        "INSERT OR REPLACE INTO turns VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            entry.id,
            entry.chain,
            entry.digest,
            entry.length,
            entry.marks,
            entry.conversation,
            entry.block.nonce if entry.block else None,
            entry.stable.nonce if entry.stable else None,
            entry.at,
        ),
    )


def write_blocks(connection: sqlite3.Connection, blocks: Iterable[Block]) -> bool:
    """Keeps these blocks, within the caller's transaction, but those that tell what is forgotten;
    whether there was none.

    Blocks are written behind the requests: a hard forget may have come in between.
    """
    blocks = tuple(blocks)
    forgotten = _forgotten(connection, {one.id for block in blocks for one in block.given})
    sound = [block for block in blocks if forgotten.isdisjoint(one.id for one in block.given)]
    connection.executemany(
        "INSERT OR IGNORE INTO blocks VALUES (?, ?, ?)",
        [
            (block.nonce, block.text, json.dumps([[one.id, one.version] for one in block.given]))
            for block in sound
        ],
    )
    return len(sound) == len(blocks)


def _forgotten(connection: sqlite3.Connection, ids: Collection[str]) -> set[str]:
    """Those of these beliefs that were forgotten hard."""
    if not ids:
        return set()
    rows = connection.execute(
        "SELECT value FROM sound WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps([*ids]),),
    )
    return {belief.id for belief in (decode(row[0]) for row in rows) if belief == emptied(belief)}


def prove(database: Database) -> None:
    """Raises `StoreError` where nothing can be written, a full disk included; changes nothing."""
    with database.transaction() as connection:
        connection.execute("INSERT INTO blocks VALUES ('', '', '[]')")
        connection.execute("DELETE FROM blocks WHERE nonce = ''")


def load(database: Database, limit: int) -> tuple[list[Entry], list[Ending], list[Answered]]:
    """The newest entries, endings and responses, oldest first; a block that is gone is None."""
    blocks = {
        row["nonce"]: _block(row) for row in database.rows("SELECT nonce, text, given FROM blocks")
    }
    turns = database.rows("SELECT * FROM turns ORDER BY id DESC LIMIT ?", limit)
    endings = database.rows(
        "SELECT ending, turns, stable, value FROM requests WHERE ending IS NOT NULL"
        " ORDER BY at DESC LIMIT ?",
        limit,
    )
    sent = [(_ending(row, blocks), json.loads(row["value"])) for row in reversed(endings)]
    return (
        [_entry(row, blocks) for row in reversed(turns)],
        [ending for ending, _ in sent],
        [_answered(ending, value) for ending, value in sent if value.get("response")],
    )


def block(database: Database, nonce: str) -> Block | None:
    """One block, for `why`; None when it was forgotten or has outlived its retention."""
    rows = database.rows("SELECT nonce, text, given FROM blocks WHERE nonce = ?", nonce)
    return _block(rows[0]) if rows else None


def prune(connection: sqlite3.Connection, before: datetime) -> None:
    """Deletes what is older, and the blocks that nothing names any more."""
    connection.execute("DELETE FROM turns WHERE at < ?", (microseconds(before),))
    connection.execute(
        "DELETE FROM blocks WHERE nonce NOT IN (SELECT block FROM turns WHERE block IS NOT NULL"
        " UNION SELECT stable FROM turns WHERE stable IS NOT NULL"
        " UNION SELECT block FROM requests WHERE block IS NOT NULL"
        " UNION SELECT stable FROM requests WHERE stable IS NOT NULL)"
    )


def _entry(row: sqlite3.Row, blocks: dict[str, Block]) -> Entry:
    return Entry(
        id=row["id"],
        chain=row["chain"],
        digest=row["digest"],
        length=row["length"],
        marks=row["marks"],
        conversation=row["conversation"],
        at=row["at"],
        block=blocks.get(row["block"]),
        stable=blocks.get(row["stable"]),
    )


def _ending(row: sqlite3.Row, blocks: dict[str, Block]) -> Ending:
    return Ending(
        end=row["ending"],
        turns=tuple(json.loads(row["turns"])),
        stable=blocks.get(row["stable"]),
    )


def _answered(ending: Ending, value: dict[str, Any]) -> Answered:
    return Answered(
        response=value["response"],
        conversation=value["conversation"] or value["response"],
        ending=ending,
        user=value["user"],
        agent=value["agent"],
        scopes=tuple(value["scopes"]),
        whole=value.get("usage") is not None,
    )


def _block(row: sqlite3.Row) -> Block:
    given: Iterable[tuple[str, int]] = json.loads(row["given"])
    return Block(
        nonce=row["nonce"],
        text=row["text"],
        given=tuple(Given(id=id, version=version) for id, version in given),
    )
