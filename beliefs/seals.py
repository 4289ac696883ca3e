"""Seals: a keyed MAC on each row of beliefs; what rotted or was edited past us is never read.

A seal covers every column of its row and the number of the belief's newest journal entry, so that
an older version of the row, put back whole, is known as well. Rows are read through the view
`sound`; who reads the table itself sees them unproven. Their key is made of the store's own, which
lies beside it, or is held elsewhere, where the owner has put it (`resealing`).
"""

import sqlite3
from hashlib import blake2b

import msgspec

_SIZE = 16  # bytes
_PERSON = b"mindhold rows"

# Bytes, not text: a text that is no text any more must not fail the rows beside it.
_SEALED = ("id", "user", "agent", "type", "state", "pinned", "subtype", "review_by",
           "valid_until", "value")  # fmt: skip
SEAL = (
    f"row_seal({', '.join(f'CAST({column} AS BLOB)' for column in _SEALED)},"  # noqa: S608
    " (SELECT max(sequence) FROM journal WHERE belief = beliefs.id))"
)
"""What `beliefs.seal` must be; a migration that adds a column seals all rows again."""
SEALS = f"""
ALTER TABLE beliefs ADD COLUMN seal BLOB;  -- a keyed MAC of the row and its newest entry's number
UPDATE beliefs SET seal = {SEAL};
"""  # noqa: S608
"""The migration that gave older stores their seals."""
_SOUND = f"""
CREATE TEMP VIEW sound AS SELECT * FROM main.beliefs AS beliefs WHERE seal = {SEAL}
"""  # noqa: S608
_SET = f"UPDATE beliefs SET seal = {SEAL} WHERE id = ?"  # noqa: S608
UNSOUND = f"seal IS NOT {SEAL}"
"""Whether a row of the table `beliefs` is not as we wrote it."""
_PLACE = "seals"  # in `meta`


def place(connection: sqlite3.Connection) -> str | None:
    """Where the key of the seals is held (`keyholder`); None: it is made of the store's own."""
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (_PLACE,)).fetchone()
    return row[0] if row else None


def move(connection: sqlite3.Connection, place: str | None) -> None:
    """From now on the key is held there."""
    connection.execute("DELETE FROM meta WHERE key = ?", (_PLACE,))
    if place is not None:
        connection.execute("INSERT INTO meta (key, value) VALUES (?, ?)", (_PLACE, place))


def prepare(connection: sqlite3.Connection, key: bytes) -> None:
    """Teaches a connection to compute seals with a key derived from this one."""
    keyed = blake2b(digest_size=_SIZE, key=blake2b(key, person=_PERSON).digest())
    encode = msgspec.msgpack.Encoder().encode

    def row_seal(*parts: bytes | int | None) -> bytes:
        mac = keyed.copy()
        mac.update(encode(parts))
        return mac.digest()

    connection.create_function("row_seal", -1, row_seal, deterministic=True)


def watch(connection: sqlite3.Connection) -> None:
    """Gives a connection the view `sound`."""
    connection.execute("PRAGMA temp_store=MEMORY")
    connection.execute(_SOUND)


def trust(connection: sqlite3.Connection) -> None:
    """Gives a connection without the key a view `sound` of all rows, as they stand."""
    connection.execute("PRAGMA temp_store=MEMORY")
    connection.create_function("row_seal", -1, lambda *_: None, deterministic=True)
    connection.execute("CREATE TEMP VIEW sound AS SELECT * FROM main.beliefs")


def renew(connection: sqlite3.Connection, id: str) -> None:
    """Seals a row as it is, once its journal entry is written."""
    connection.execute(_SET, (id,))
