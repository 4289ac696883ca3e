"""Conversion: the whole store written anew under another cipher, or none, and put in its place.

Killed at any moment it leaves the old store or the new one whole. What is left over beside them is
removed by the next process that opens the store.
"""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from mindhold.beliefs import drivers
from mindhold.beliefs.cipher import Cipher, salt_of
from mindhold.beliefs.creation import begin, connect, discard, version
from mindhold.beliefs.durable import sync
from mindhold.beliefs.errors import StoreBroken
from mindhold.beliefs.home import APPLICATION, CUSTODY, DATABASE, SNAPSHOTS, SWAP
from mindhold.beliefs.replacing import aside

_TABLES = "SELECT name, sql FROM {}.sqlite_master WHERE sql IS NOT NULL ORDER BY name"


def convert(home: Path, before: Cipher | None, after: Cipher | None) -> None:
    """Writes the store anew and puts it in its place; the caller holds its lock.

    Raises SQLite's errors, "locked" where any other process has the store open, and `StoreBroken`
    where what was written is not what was there; then the old store stands as it was.
    """
    draft = home / SWAP
    begin(draft)
    driver = drivers.cipher()
    try:
        with closing(connect(home / DATABASE, before, driver=driver)) as connection:
            alone(connection)
            _export(connection, draft, after)
            _prove(draft, after)
            draft.replace(home / DATABASE)
            sync(home)
    finally:
        discard(draft)


def tidy(home: Path, cipher: Cipher | None) -> None:
    """Removes what a conversion left over: its draft, and copies that an encrypted store's key
    does not open.

    Whoever has the store open knows that none is at work: it wants the store for itself.
    """
    discard(home / SWAP)
    if cipher is None:
        return
    for path in (home / SNAPSHOTS).glob("*.db"):
        if salt_of(path) != cipher.salt:
            path.unlink(missing_ok=True)
    for replaced in aside(home):
        if not (replaced / CUSTODY).exists():
            shutil.rmtree(replaced, ignore_errors=True)


def alone(connection: sqlite3.Connection) -> None:
    """From here on nobody else has the file open, and nothing of it is in a log beside it."""
    version(connection)
    connection.execute("PRAGMA locking_mode=EXCLUSIVE")
    connection.execute("PRAGMA journal_mode=DELETE")
    connection.execute("BEGIN EXCLUSIVE")
    connection.execute("COMMIT")  # the lock stays


def _export(connection: sqlite3.Connection, draft: Path, after: Cipher | None) -> None:
    key = after.written if after else ""
    connection.execute("PRAGMA temp_store=MEMORY")
    connection.execute("ATTACH DATABASE ? AS made KEY ?", (str(draft.absolute()), key))
    connection.execute("PRAGMA made.journal_mode=OFF")  # a draft that fails is thrown away
    connection.execute("SELECT sqlcipher_export('made')").fetchone()
    format_ = connection.execute("PRAGMA main.user_version").fetchone()[0]
    connection.execute(f"PRAGMA made.user_version={format_}")
    connection.execute(f"PRAGMA made.application_id={APPLICATION}")
    _compare(connection)
    connection.execute("DETACH DATABASE made")


def _compare(connection: sqlite3.Connection) -> None:
    """Raises `StoreBroken` unless both hold the same, row by row."""
    old, new = (
        [tuple(row) for row in connection.execute(_TABLES.format(name)).fetchall()]
        for name in ("main", "made")
    )
    tables = [name for name, sql in old if sql.startswith("CREATE TABLE")]
    if old != new or any(_differs(connection, table) for table in tables):
        raise StoreBroken("The store was not written as it was; nothing was changed.")


def _differs(connection: sqlite3.Connection, table: str) -> bool:
    sql = (
        f"SELECT (SELECT count(*) FROM main.{table}) <> (SELECT count(*) FROM made.{table})"  # noqa: S608
        f" OR EXISTS (SELECT * FROM main.{table} EXCEPT SELECT * FROM made.{table})"
    )
    return bool(connection.execute(sql).fetchone()[0])


def _prove(draft: Path, after: Cipher | None) -> None:
    """The new file opens by itself, is sound, and is on the disk."""
    with closing(connect(draft, after)) as made:
        damage = made.execute("PRAGMA cipher_integrity_check").fetchall() if after else []
        if damage or made.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise StoreBroken("The store could not be written soundly; nothing was changed.")
        made.execute("PRAGMA journal_mode=WAL")
    with draft.open("rb") as file:
        os.fsync(file.fileno())
