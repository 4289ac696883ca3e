"""Replacing: another store in the place of this one, as a whole or not at all.

It is made ready in a directory of its own, and the renaming of that directory decides: before it
the old store stands, after it the new one, which whoever opens the store next puts into its place.
What was there is set aside, not deleted.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from mindhold.beliefs.durable import sync
from mindhold.beliefs.errors import StoreBroken
from mindhold.beliefs.home import CUSTODY, DATABASE, INDEX, KEY, LOCK, MOMENT, RESTORED, SNAPSHOTS
from mindhold.beliefs.storelock import PATIENCE, StoreLock

_ROOM = f"{RESTORED}.new"
_LEAVING = "leaving"  # in the new store's directory: where the old one goes, and what goes with it
_ASIDE = "replaced"


@contextmanager
def room(home: Path) -> Iterator[Path]:
    """An empty directory for the files of a store that is to be; what is left in it goes."""
    made = home / _ROOM
    clear(home)
    made.mkdir(mode=0o700)
    try:
        yield made
    finally:
        clear(home)


def clear(home: Path) -> None:
    """Deletes what was being made ready."""
    shutil.rmtree(home / _ROOM, ignore_errors=True)


def aside(home: Path) -> list[Path]:
    """The stores that were replaced, as they were."""
    return sorted(home.glob(f"{_ASIDE}-*"))


def replace(home: Path, ready: Path, now: datetime) -> Path:
    """Puts the store in `ready` (a `room`) in the place of the one in `home`.

    Its files must be on the disk. Returns where the old one then is; nothing is there where there
    was none.
    """
    left = _free(home, now)
    leaving = [f"{DATABASE}-wal", f"{DATABASE}-shm", INDEX]
    if (home / KEY).exists() and (home / KEY).read_bytes() != (ready / KEY).read_bytes():
        leaving.append(SNAPSHOTS)  # they are the old one's, and open with its key only
    if not (ready / CUSTODY).exists():
        leaving.append(CUSTODY)  # the new one is plain
    (ready / _LEAVING).write_text("\n".join([left.name, *leaving]), encoding="utf-8")
    sync(ready)
    ready.rename(home / RESTORED)
    sync(home)
    settle(home)
    return left


def settle(home: Path) -> None:
    """Ends a replacing that has been decided, in whatever step it was left.

    Raises `StoreBroken` where what lies there was never a store that is to come.
    """
    if not (home / RESTORED / _LEAVING).is_file() and (home / RESTORED).exists():
        raise StoreBroken(f"{home / RESTORED} is nothing that was restored: take it away.")
    lock = StoreLock(home / LOCK)
    try:
        with lock.held(PATIENCE):
            if (home / RESTORED).exists():  # another process may have been quicker
                _settle(home, home / RESTORED)
    finally:
        lock.close()


def _settle(home: Path, ready: Path) -> None:
    name, *leaving = (ready / _LEAVING).read_text(encoding="utf-8").split("\n")
    left = home / name
    left.mkdir(mode=0o700, exist_ok=True)
    if (ready / DATABASE).exists():  # it moves last: until then, what is beside it is the old one's
        for each in leaving:
            _move(home / each, left)
        for each in (KEY, CUSTODY, DATABASE):
            if (ready / each).exists():
                _move(home / each, left)
                _move(ready / each, home)
    sync(left)
    sync(home)
    with suppress(OSError):  # something is in it
        left.rmdir()
    clear(home)
    ready.rename(home / _ROOM)  # a directory that is being deleted must not be taken for a store
    clear(home)


def _move(path: Path, folder: Path) -> None:
    if path.exists():
        path.rename(folder / path.name)


def _free(home: Path, now: datetime) -> Path:
    """A name that nothing has."""
    first = home / f"{_ASIDE}-{now.strftime(MOMENT)}"
    number, path = 1, first
    while path.exists():
        number += 1
        path = first.with_name(f"{first.name}-{number}")
    return path
