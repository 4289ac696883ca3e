"""The one boundary where SQLite's and the system's errors become ours."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from mindhold.beliefs.drivers import raised
from mindhold.beliefs.errors import StoreBroken, StoreError, StoreLocked, StoreUnwritable

_BROKEN = "The store is damaged, or not a store of mindhold; nothing was changed."
_LOCKED = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL})
_UNWRITABLE = {
    sqlite3.SQLITE_FULL: "The disk is full",
    sqlite3.SQLITE_READONLY: "The store cannot be written: it is read-only",
    sqlite3.SQLITE_PERM: "The store cannot be written: no permission",
    sqlite3.SQLITE_IOERR: "The disk of the store is full or fails",
    sqlite3.SQLITE_CANTOPEN: "The store cannot be opened: no permission, or no such place",
    sqlite3.SQLITE_NOMEM: "No memory was left for the store",
}


@contextmanager
def boundary() -> Iterator[None]:
    """Lets no error of SQLite through but as a `StoreError`."""
    try:
        yield
    except raised("Error") as error:
        raise translated(error) from error
    except UnicodeDecodeError as error:  # a text of the file, or SQLite's complaint about it
        raise StoreBroken(_BROKEN) from error


@contextmanager
def files() -> Iterator[None]:
    """Lets no error of the file system through but as a `StoreError`."""
    try:
        yield
    except OSError as error:
        raise StoreUnwritable(f"The store cannot be used: {error.strerror}.") from error


def translated(error: Exception) -> StoreError:
    """What an error of SQLite means to the store's owner; SQLite's own words may hold values."""
    if isinstance(error, raised("ProgrammingError")):
        return StoreError("The store was used after it was closed, or wrongly.")
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
    if code in _LOCKED:
        return StoreLocked("Another process holds the store for too long; try again.")
    if code in _UNWRITABLE:
        return StoreUnwritable(f"{_UNWRITABLE[code]}.")
    return StoreBroken(_BROKEN)
