"""Faults of the files in the home."""

import os
import random
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing

from .fault import fault
from .place import Place

_PAGE = 4096  # bytes; the first one holds the header


@fault("F10", "the files of the index are cut short", reason=None)
def cut_index(place: Place) -> Iterator[None]:
    index = place.home / "index"
    place.until((index / "current").exists)
    for file in index.rglob("*"):
        if file.is_file():
            os.truncate(file, 0)
    yield


@fault("F11", "pages of the database are turned", reason="store broken", code=4)
def flipped(place: Place) -> Iterator[None]:
    store, good = place.home / "store.db", place.home.parent / "good.db"
    with closing(sqlite3.connect(store)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(store, good)
    with store.open("r+b") as file:
        file.seek(_PAGE)
        file.write(random.Random(11).randbytes(store.stat().st_size - _PAGE))
    yield
    for log in place.home.glob("store.db-*"):
        log.unlink()
    good.replace(store)


@fault(
    "F12",
    "the key beside the store is lost, and its copy",
    reason="store broken",
    code=4,
    deaf=True,
)
def keyless(place: Place) -> Iterator[None]:
    place.stop()
    key = (place.home / "store.key").rename(place.home.parent / "key")
    (place.home / "snapshots" / "store.key").unlink(missing_ok=True)
    place.start()
    yield
    key.rename(place.home / "store.key")


@fault("F12", "the header of the database is broken", reason="store broken", code=4, deaf=True)
def headless(place: Place) -> Iterator[None]:
    place.stop()
    with (place.home / "store.db").open("r+b") as file:
        header = file.read(100)
        file.seek(0)
        file.write(bytes(100))
    place.start()
    yield
    with (place.home / "store.db").open("r+b") as file:
        assert file.read(100) == bytes(100), "a broken store was written to"
        file.seek(0)
        file.write(header)
