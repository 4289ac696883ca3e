"""How the store's file comes to be: made once and whole, checked when opened, migrated forward."""

import hmac
import os
import secrets
import sqlite3
import stat
import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager, closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mindhold.beliefs import drivers, seals
from mindhold.beliefs.cipher import Cipher
from mindhold.beliefs.drivers import raised
from mindhold.beliefs.durable import replace_file, sync
from mindhold.beliefs.errors import StoreBroken, StoreKeyLost, StoreMissing, StoreNewer
from mindhold.beliefs.home import (
    APPLICATION,
    DATABASE,
    DRAFT,
    KEY,
    SNAPSHOTS,
    begun,
    snapshot_path,
)
from mindhold.beliefs.schema import MIGRATIONS

_STEP = 256  # pages of a copy between two pauses: a megabyte


def connect(path: Path, cipher: Cipher | None = None, *, driver: Any = None) -> sqlite3.Connection:
    """A connection to a file that exists; SQLite itself never makes one.

    Raises `StoreSealed` where the cipher is not the file's, or SQLCipher is not installed. Another
    `driver` than the file's own is for who changes its kind.
    """
    driver = driver or (sqlite3 if cipher is None else drivers.cipher())
    connection: sqlite3.Connection = driver.connect(
        f"{path.absolute().as_uri()}?mode=rw",
        uri=True,
        timeout=5.0,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=256,
    )
    connection.row_factory = driver.Row
    try:
        if cipher is not None:
            cipher.unlock(connection)
        connection.execute("PRAGMA synchronous=FULL")  # NORMAL loses commits with the power
    except BaseException:
        connection.close()
        raise
    return connection


def create(home: Path) -> None:
    """Makes the store's file beside its place and moves it there; the caller holds the lock."""
    if (home / DATABASE).exists():
        return  # another process was quicker
    draft = home / DRAFT
    if begun(home):
        raise lost(home)
    _private(home)
    begin(draft)
    key = own_key(home) or new_key(home / KEY)
    _fill(draft, key)
    draft.rename(home / DATABASE)
    sync(home)


def lost(home: Path) -> StoreMissing:
    """What is wrong where a store was: only its key is left."""
    return StoreMissing(
        f"The store in {home} has gone, its key is still there: put the store back, "
        f"or remove {KEY} to begin a new one."
    )


def migrate(
    connection: sqlite3.Connection,
    home: Path,
    lock: Callable[[], AbstractContextManager[None]],
    cipher: Cipher | None = None,
) -> None:
    """Brings an older file up to date, keeping a copy of it; refuses what is not ours or newer."""
    if version(connection) == len(MIGRATIONS):
        return
    with lock():
        done = version(connection)  # another process may have been quicker
        if done < len(MIGRATIONS):
            _keep(connection, home, cipher)
            _apply(connection, done)


def copy(
    connection: sqlite3.Connection,
    target: Path,
    pause: Callable[[], object] = lambda: None,
    *,
    cipher: Cipher | None = None,
) -> bool:
    """Makes `target` a checked copy of the store as it stands at one moment, whoever writes on.

    `pause` is called after each megabyte and may raise. Raises `StoreBroken` where the copy is
    not sound. False where an erasure took the draft away: it may hold what is to be forgotten.
    """
    draft = target.with_name(f"{target.name}.new")
    missing: tuple[type[Exception], ...] = (FileNotFoundError, *raised("OperationalError"))
    try:
        begin(draft)  # before it is read: an erasure after this moment finds the draft
        with closing(connect(draft, cipher)) as made:
            _read_into(connection, made, pause)
            if made.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                raise StoreBroken("SQLite finds damage in the store; no copy was made of it.")
        draft.rename(target)
    except missing:
        if draft.exists() or not target.parent.exists():
            raise
        return False
    finally:
        discard(draft)
    sync(target.parent)
    return True


def begin(draft: Path) -> None:
    """An empty file for its owner alone, in the place of what an interrupted attempt left."""
    discard(draft)
    os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def discard(path: Path) -> None:
    """Deletes a database with the files that SQLite keeps beside it."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(f"{path.name}{suffix}").unlink(missing_ok=True)


def identity_of(connection: sqlite3.Connection) -> str:
    """The store's identity, whoever has its key; raises `StoreBroken` where it has none."""
    row = connection.execute("SELECT value FROM meta WHERE key = 'identity'").fetchone()
    if row is None:
        raise StoreBroken("The store does not say which it is; nothing was changed.")
    return str(row[0])


def name_key(connection: sqlite3.Connection, key: bytes) -> None:
    """From now on this is the store's key."""
    mark = _fingerprint(key, identity_of(connection))
    connection.execute("INSERT OR REPLACE INTO meta (key, value) VALUES ('key', ?)", (mark,))


def own_key(home: Path) -> bytes:
    """The key beside the store; empty where there is none."""
    key = home / KEY
    return key.read_bytes() if key.is_file() else b""  # what is no file may never end


def heal_key(home: Path) -> None:
    """Puts the snapshots' copy of the store's key where that is lost; `check_key` proves it."""
    copy = home / SNAPSHOTS / KEY
    if not (home / KEY).exists() and copy.exists():
        replace_file(home / KEY, copy.read_bytes())


def fits(connection: sqlite3.Connection, key: bytes) -> bool:
    """Whether it is the store's key."""
    with suppress(StoreKeyLost):
        return bool(check_key(connection, key))
    return False


def check_file(path: Path) -> None:
    """Raises `StoreBroken` where something else stands in the store's place.

    SQLite would delete the log beside an empty file, and open what is no file at all.
    """
    found = path.stat()
    if not stat.S_ISREG(found.st_mode):
        raise StoreBroken(f"{path} is not a file; put the store back in its place.")
    if found.st_size == 0:
        raise StoreBroken("The file of the store is empty; nothing was changed.")


def check_key(connection: sqlite3.Connection, key: bytes) -> str:
    """The store's identity, if the key is the one it was made with; raises `StoreKeyLost`."""
    found = dict(connection.execute("SELECT key, value FROM meta").fetchall())
    if not key:
        raise StoreKeyLost(f"The store's key ({KEY}) is missing beside it.")
    if not hmac.compare_digest(found.get("key", ""), _fingerprint(key, found.get("identity", ""))):
        raise StoreKeyLost(f"The key in {KEY} belongs to another store.")
    return str(found["identity"])


def version(connection: sqlite3.Connection) -> int:
    """The file's format; raises `StoreBroken` where it is not ours, `StoreNewer`."""
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    if application != APPLICATION:
        raise StoreBroken("The file is not a store of mindhold; nothing was changed.")
    found = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if found > len(MIGRATIONS):
        raise StoreNewer(
            f"The store was written by a newer mindhold (format {found}, "
            f"this one knows {len(MIGRATIONS)}): upgrade mindhold to use it."
        )
    return found


def _apply(connection: sqlite3.Connection, done: int) -> None:
    for version, script in enumerate(MIGRATIONS[done:], start=done + 1):
        try:
            connection.executescript(
                f"BEGIN IMMEDIATE;\n{script}\n;PRAGMA user_version={version};COMMIT;"
            )
        except raised("Error"):
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def _fill(draft: Path, key: bytes) -> None:
    with closing(connect(draft)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute(f"PRAGMA application_id={APPLICATION}")
        seals.prepare(connection, key)
        _apply(connection, 0)
        connection.execute(
            "INSERT INTO meta (key, value) VALUES ('identity', ?)", (str(uuid.uuid4()),)
        )
        name_key(connection, key)


def _keep(connection: sqlite3.Connection, home: Path, cipher: Cipher | None) -> None:
    """A copy from before a migration; one that an interrupted attempt made is as good."""
    target = snapshot_path(home, datetime.now(UTC), before=len(MIGRATIONS))
    target.parent.mkdir(mode=0o700, exist_ok=True)
    while not any(target.parent.glob(f"*-before-{len(MIGRATIONS)}.db")):
        copy(connection, target, cipher=cipher)


def _read_into(
    connection: sqlite3.Connection, made: sqlite3.Connection, pause: Callable[[], object]
) -> None:
    """The copy within one reading transaction: without it, every write would begin it anew."""
    connection.execute("BEGIN")
    try:
        connection.execute("SELECT 1 FROM meta").fetchone()  # from here on it is this moment's
        connection.backup(made, pages=_STEP, progress=lambda *_: pause())
    finally:
        connection.execute("ROLLBACK")


def new_key(path: Path) -> bytes:
    key = secrets.token_bytes(32)
    replace_file(path, key)  # a half of one would close the store that is made with it
    return key


def _fingerprint(key: bytes, identity: str) -> str:
    return hmac.digest(key, identity.encode(), "sha256").hex()


def _private(home: Path) -> None:
    """A home that was there before is closed to others too, unless it is plainly not ours alone."""
    mode = home.stat().st_mode
    if not mode & 0o1000 and home.resolve() != Path.home():
        home.chmod(0o700)
