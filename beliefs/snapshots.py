"""Snapshots: copies of the store from the last days, beside it; few, and none outlives an erasure.

They are opened with the store's own key. A copy from before a migration is one of them.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from mindhold.beliefs import custody
from mindhold.beliefs.creation import connect, discard, fits
from mindhold.beliefs.database import Database
from mindhold.beliefs.durable import replace_file
from mindhold.beliefs.errors import (
    StoreError,
    StoreLocked,
    StoreMissing,
    StoreSealed,
    StoreUnwritable,
)
from mindhold.beliefs.faults import boundary, files
from mindhold.beliefs.home import CUSTODY, DATABASE, KEY, MOMENT, SNAPSHOTS, begun, snapshot_path
from mindhold.beliefs.replacing import aside, clear
from mindhold.beliefs.soundness import Held, examine
from mindhold.beliefs.storelock import PATIENCE, StoreLock

_LOCK = "lock"  # held by whoever makes a copy
_PASSING = "passing.db"
_NAME = re.compile(r"(\d{4}-\d\d-\d\dT\d{6}Z)(-before-\d+)?\.db")
_DAY = timedelta(days=1)
_AHEAD = timedelta(minutes=5)  # of a clock that was set back a little
_TRIES = 3
_ROOM = 2  # sizes of the store that must be free for a copy of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """One copy: where, from when, and whether a migration was about to begin."""

    path: Path
    at: datetime
    migration: bool = False

    @property
    def name(self) -> str:
        """What it is called at the command line."""
        return self.path.stem


def listed(home: Path) -> list[Snapshot]:
    """The snapshots of a home, newest first."""
    folder = home / SNAPSHOTS
    found = [_NAME.fullmatch(path.name) for path in folder.iterdir()] if folder.is_dir() else []
    made = [
        Snapshot(
            path=folder / name[0],
            at=datetime.strptime(name[1], MOMENT).replace(tzinfo=UTC),
            migration=name[2] is not None,
        )
        for name in found
        if name
    ]
    return sorted(made, key=lambda one: one.at, reverse=True)


def due(home: Path, now: datetime) -> bool:
    """Whether none was made within a day; one from the future is a wrong clock's."""
    daily = (one.at for one in listed(home) if not one.migration)
    return not any(now - _DAY < at <= now + _AHEAD for at in daily)


def take(
    home: Path, now: datetime, *, keep: int, pause: Callable[[], object] = lambda: None
) -> Snapshot:
    """Makes one of what is committed now, and lets go of all but the newest `keep`.

    `pause` is called after each megabyte and may raise. Raises `StoreError`, and has then changed
    nothing.
    """
    target = snapshot_path(home, now)
    if not begun(home):  # or a directory would be made where a disk was mounted
        raise StoreMissing(f"The store in {home} has gone.")
    with copying(home):
        key = _copy(home, target, pause)
        rotate(home, now, keep=keep)
        with files():
            _keep_key(home / SNAPSHOTS / KEY, key)
    return Snapshot(path=target, at=now)


def empty(home: Path) -> bool:
    """Whether nothing was ever held, so that a copy would be of no use; raises `StoreError`."""
    with Database.open(home, create=False, readonly=True) as database:
        return not database.rows("SELECT 1 FROM journal LIMIT 1")


@contextmanager
def passing(home: Path) -> Iterator[BinaryIO]:
    """A copy of what is committed now that has no name any more, and so goes with this process.

    Raises `StoreError`.
    """
    target = home / SNAPSHOTS / _PASSING
    with copying(home), files():
        _copy(home, target, lambda: None)
        with target.open("rb") as read:
            target.unlink()
            yield read


def rotate(home: Path, now: datetime, *, keep: int) -> None:
    """Lets go of all but the newest `keep`, and of what older migrations left."""
    found = _ordered(home, now)
    daily = [one for one in found if not one.migration]
    for old in (*daily[keep:], *[one for one in found if one.migration][1:]):
        old.path.unlink(missing_ok=True)


def keyed(home: Path) -> bool:
    """Whether the store's own key is kept here; raises `StoreError`."""
    with files(), boundary(), closing(connect(home / DATABASE, custody.of(home))) as connection:
        return fits(connection, (home / SNAPSHOTS / KEY).read_bytes())


def good(home: Path, now: datetime) -> Iterator[tuple[Snapshot, Held]]:
    """Those that can be restored, newest first; a damaged one is passed over."""
    with suppress(StoreSealed, OSError):  # without the cipher, or a key, none can be
        key, cipher = _key(home).read_bytes(), custody.of(home)
        for one in _ordered(home, now):
            with suppress(StoreError):
                yield one, examine(one.path, key, cipher)


def lay(home: Path, snapshot: Snapshot, ready: Path) -> None:
    """Puts one, and the key that opens it, where a store is made ready (`replacing`)."""
    with files():
        sources = {DATABASE: snapshot.path, KEY: _key(home), CUSTODY: home / CUSTODY}
        for name, source in sources.items():
            if name == CUSTODY and not source.exists():
                continue  # it is a plain one
            with (
                source.open("rb") as read,
                open(os.open(ready / name, os.O_CREAT | os.O_WRONLY, 0o600), "wb") as written,
            ):
                shutil.copyfileobj(read, written, 1 << 20)
                written.flush()
                os.fsync(written.fileno())


def _ordered(home: Path, now: datetime) -> list[Snapshot]:
    """Newest first; what a clock that ran ahead has named is older than it says."""
    return sorted(listed(home), key=lambda one: one.at <= now + _AHEAD, reverse=True)


def _key(home: Path) -> Path:
    """The key of the snapshots: their own copy is right even where another's lies by the store."""
    copy = home / SNAPSHOTS / KEY
    return copy if copy.exists() else home / KEY


def _keep_key(path: Path, key: bytes) -> None:
    """The store's key once more: without it, neither the store nor a copy can be opened."""
    if not path.exists() or path.read_bytes() != key:
        replace_file(path, key)


def _copy(home: Path, target: Path, pause: Callable[[], object]) -> bytes:
    """Makes the copy; returns the key that opens it."""
    with Database.open(home, create=False, readonly=True) as database:
        _demand_room(home)
        for left in ((home / SNAPSHOTS / _PASSING), *(home / SNAPSHOTS).glob("*.db.new")):
            discard(left)
        if not any(database.copy(target, pause) for _ in range(_TRIES)):
            raise StoreLocked("Beliefs were being forgotten while the copy was made; try again.")
        return database.key


def _demand_room(home: Path) -> None:
    """A copy must not take from the store the room that it needs itself."""
    with files():
        size, free = (home / DATABASE).stat().st_size, shutil.disk_usage(home).free
    if free < _ROOM * size:
        raise StoreUnwritable("The disk has too little room for a copy of the store.")


def drop(home: Path) -> None:
    """Deletes every copy of the store that is kept beside it, and what is being made."""
    for path in (home / SNAPSHOTS).glob("*.db*"):
        path.unlink(missing_ok=True)
    clear(home)
    for replaced in aside(home):
        shutil.rmtree(replaced)


@contextmanager
def copying(home: Path) -> Iterator[None]:
    """Be the only one who makes a copy of this store; raises `StoreLocked`, `StoreUnwritable`."""
    with files():
        (home / SNAPSHOTS).mkdir(mode=0o700, exist_ok=True)
        lock = StoreLock(home / SNAPSHOTS / _LOCK)
    try:
        with lock.held(PATIENCE):
            yield
    finally:
        lock.close()
