"""Faults of the files in the home."""

import os
import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

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


@fault("F10", "the copy of the index that is in use is deleted", reason=None)
def cleared_index(place: Place) -> Iterator[None]:
    opened = [Path(os.readlink(one)) for one in Path(f"/proc/{place.pid}/fd").iterdir()]
    for shelter in {folder for one in opened for folder in one.parents}:
        if shelter.name.startswith("mindhold-index-"):
            shutil.rmtree(shelter)
    yield


@fault("F10", "a file stands in the place of the index", reason=None)
def no_index(place: Place) -> Iterator[None]:
    place.stop()
    shutil.rmtree(place.home / "index")
    (place.home / "index").touch()
    place.start()
    yield
    (place.home / "index").unlink()


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


@fault("F12", "the key beside the store is lost, and its copy", reason="store broken", code=4)
def keyless(place: Place) -> Iterator[None]:
    place.stop()
    key = (place.home / "store.key").rename(place.home.parent / "key")
    (place.home / "snapshots" / "store.key").unlink(missing_ok=True)
    place.start()
    yield
    key.rename(place.home / "store.key")


@fault("F12", "the header of the database is broken", reason="store broken", code=4)
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


@fault("F12", "another database stands in the store's place", reason="store broken", code=4)
def another(place: Place) -> Iterator[None]:
    other = place.home.parent / "other.db"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE another (value)")
    written = other.read_bytes()
    yield from _instead(place, lambda store: shutil.copy(other, store))
    assert other.read_bytes() == written


@fault("F12", "an empty file stands in the store's place", reason="store broken", code=4)
def empty(place: Place) -> Iterator[None]:
    yield from _instead(place, lambda store: store.touch())


@fault("F12", "a directory stands in the store's place", reason="store broken", code=4)
def directory(place: Place) -> Iterator[None]:
    yield from _instead(place, lambda store: store.mkdir())


@fault("F12", "a pipe stands in the store's place", reason="store broken", code=4)
def pipe(place: Place) -> Iterator[None]:
    yield from _instead(place, os.mkfifo)


@fault("F12", "a link to nowhere stands in the store's place", reason="store missing", code=4)
def link(place: Place) -> Iterator[None]:
    yield from _instead(place, lambda store: store.symlink_to("nowhere"))


@fault("F07", "the write-ahead log is deleted while it is in use", reason=None)
def unlogged(place: Place) -> Iterator[None]:
    for log in place.home.glob("store.db-*"):
        log.unlink()
    yield


@fault("F13", "the config is deleted", reason=None)
def unconfigured(place: Place) -> Iterator[None]:
    aside = place.config.rename(place.config.with_suffix(".aside"))
    yield
    aside.rename(place.config)


@fault("F15", "the lock files are deleted", reason=None)
def unlocked(place: Place) -> Iterator[None]:
    (place.home / "store.lock").unlink()
    yield


def _instead(place: Place, put: Callable[[Path], object]) -> Iterator[None]:
    """Something else in the place of the store, which comes back as it was."""
    store = place.home / "store.db"
    aside = store.rename(place.home.parent / "aside.db")
    put(store)
    yield
    store.rmdir() if store.is_dir() else store.unlink()
    aside.rename(store)
