"""The database: one file of SQLite, its lock and its key, opened safely or not at all."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Self

from mindhold.beliefs import custody, sealkey, seals
from mindhold.beliefs.conversion import tidy
from mindhold.beliefs.creation import (
    check_file,
    check_key,
    connect,
    copy,
    create,
    heal_key,
    lost,
    migrate,
    own_key,
    version,
)
from mindhold.beliefs.drivers import raised
from mindhold.beliefs.errors import (
    StoreLocked,
    StoreMissing,
    StoreSealed,
    StoreUnwritable,
)
from mindhold.beliefs.faults import boundary, files
from mindhold.beliefs.home import DATABASE, LOCK, RESTORED, begun, make_directory
from mindhold.beliefs.presence import Presence
from mindhold.beliefs.replacing import settle
from mindhold.beliefs.schema import MIGRATIONS
from mindhold.beliefs.storelock import PATIENCE, StoreLock

_FAREWELL = 0.5  # seconds to wait for the lock at the end: who is the last finds it free
Transaction = sqlite3.Connection
"""A connection in a transaction: what is written through it is kept whole, or not at all."""


class Database:
    """One connection to the store in `home`: for any thread, one at a time.

    What a connection does is serialised; give a thread that must not wait for another's
    transaction a Database of its own. Everything raises `StoreError` when the store cannot serve.
    """

    def __init__(self, home: Path, *, readonly: bool) -> None:
        self.home = home
        self._readonly = readonly
        self._turn = threading.RLock()
        self._lock = StoreLock(home / LOCK)
        try:
            self.cipher = custody.of(home)
            self._presence = Presence(home / DATABASE)
            self._connection = connect(home / DATABASE, self.cipher)
        except BaseException:
            self._lock.close()
            raise
        self._closed = False
        self.identity = ""
        self.key = b""
        self.seal_place: str | None = None
        self.unproven: StoreSealed | None = None

    @classmethod
    def open(
        cls, home: Path, *, create: bool = True, readonly: bool = False, proving: bool = False
    ) -> Self:
        """Opens the store in `home`; makes one where none was, unless told not to.

        `proving`: its beliefs will be read, so the key of their seals is fetched from wherever it
        is held. If it cannot be had, `unproven` says why and rows are read as they stand.
        One that is to take its place (`replacing`) is put there first.
        Raises `StoreMissing` (also when only its key is left, or the disk that held it is not
        mounted), `StoreNewer`, `StoreBroken`, `StoreSealed`,
        `StoreLocked`, `StoreUnwritable`. A file that is not wholly ours is never written to.
        """
        with files(), boundary():
            if (home / RESTORED).exists():
                settle(home)
            if not (home / DATABASE).exists():
                _make(home, wanted=create and not readonly)
            with suppress(OSError):  # a disk that cannot be written: it is said to be missing
                heal_key(home)
            check_file(home / DATABASE)
            database = cls(home, readonly=readonly)
            try:
                database._prepare(proving=proving)
            except BaseException:
                database.close()
                raise
        return database

    def rows(self, sql: str, *parameters: object) -> list[sqlite3.Row]:
        """All rows of a reading statement."""
        with self._turn, boundary():
            return self._connection.execute(sql, parameters).fetchall()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """One write transaction under the store's lock: committed whole, or not at all."""
        with self._turn:
            if self._connection.in_transaction:
                raise RuntimeError("a transaction of this connection is open already")
            if self._readonly:
                raise StoreUnwritable("The store was opened for reading only.")
            self._presence.check()
            with boundary(), self._lock.held(PATIENCE):
                self._connection.execute("BEGIN IMMEDIATE")
                try:
                    yield self._connection
                    self._connection.execute("COMMIT")
                except BaseException:
                    self._roll_back()
                    raise

    def data_version(self) -> int:
        """A number that differs from the last one when another connection has written since."""
        self._presence.check()
        return int(self.rows("PRAGMA data_version")[0][0])

    def scrub(self) -> bool:
        """Rewrites the file, so that no deleted byte stays in it or in its write-ahead log.

        False when a reader kept the log alive; its bytes then go with the next scrub.
        """
        with self._turn, boundary(), self._lock.held(PATIENCE):
            self._connection.execute("VACUUM")
            busy = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        return not busy

    def copy(self, target: Path, pause: Callable[[], object]) -> bool:
        """As `creation.copy`; what else this connection is asked for waits until it is done."""
        with self._turn, files(), boundary():
            return copy(self._connection, target, pause, cipher=self.cipher)

    def demand_proof(self) -> None:
        """Raises `StoreSealed` where rows can be neither proven nor sealed."""
        if self.unproven:
            raise self.unproven

    def close(self) -> None:
        """Closes; the last connection to close checkpoints, which the lock must cover too."""
        with self._turn, boundary():
            if self._closed:
                return
            self._closed = True
            # Who cannot get the lock is not the last, and closes without a checkpoint.
            with suppress(StoreLocked), self._lock.held(_FAREWELL):
                self._save_log()
                self._connection.close()
            self._connection.close()
            self._lock.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _prepare(self, *, proving: bool) -> None:
        old = version(self._connection) != len(MIGRATIONS)
        self.key = own_key(self.home)
        self.identity = check_key(self._connection, self.key)
        self.seal_place = seals.place(self._connection)
        if self.seal_place is None or proving or old:
            self._know_seals(self.seal_place)
        if old:
            self.demand_proof()  # a migration may seal anew
        migrate(self._connection, self.home, lambda: self._lock.held(PATIENCE), self.cipher)
        self._write_ahead()
        self._connection.execute("SELECT 1 FROM meta").fetchone()  # who has read has the log open
        self._presence.settle()
        (seals.trust if self.unproven else seals.watch)(self._connection)
        if self._readonly:
            self._connection.execute("PRAGMA query_only=ON")
        else:
            tidy(self.home, self.cipher)

    def _know_seals(self, place: str | None) -> None:
        try:
            key = sealkey.held(self.home, place, self.identity) if place else self.key
        except StoreSealed as error:
            self.unproven = error
        else:
            seals.prepare(self._connection, key)

    def _write_ahead(self) -> None:
        """A conversion that was cut short leaves the old store whole, without its log."""
        if self._connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal":
            return
        with self._lock.held(PATIENCE):
            self._presence.check()
            self._connection.execute("PRAGMA journal_mode=WAL")

    def _save_log(self) -> None:
        """What was committed to a log that nobody else finds any more is not lost with it."""
        if self._presence.parted():
            with suppress(*raised("Error")):
                self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _roll_back(self) -> None:
        with suppress(*raised("Error")):  # SQLite has rolled back by itself where the disk failed
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")


def _make(home: Path, *, wanted: bool) -> None:
    if not wanted:
        raise lost(home) if begun(home) else StoreMissing(f"There is no store in {home} yet.")
    make_directory(home)
    lock = StoreLock(home / LOCK)
    try:
        with lock.held(PATIENCE):
            create(home)
    finally:
        lock.close()
