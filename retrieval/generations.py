"""Where the index lies on disk: generations beside each other, one of them current.

A generation is never mended. In doubt the next one is built, and the name of the current one is
replaced in one step, so that a reader sees the old one or the new one, whole. Whoever writes works
on a copy (`Shelter`), which is kept on the disk for the next start.
"""

import json
import os
import shutil
import time
import zlib
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import BinaryIO

from mindhold.beliefs.errors import StoreLocked
from mindhold.beliefs.storelock import StoreLock
from mindhold.retrieval.index import FORMAT, Index
from mindhold.retrieval.shelter import Shelter

_CURRENT = "current"
_LOCK = "writer.lock"
_LISTED = ".managed.json"  # tantivy's list of the files of an index
_FOOTER_MAGIC = 1337  # tantivy's; a file of it ends with a footer, its length and this number
_DAMAGE = (OSError, ValueError, KeyError, TypeError)  # what a file raises that is not as it was
_PIECE = 1 << 20  # bytes read at a time: a segment of a million beliefs is a hundred megabytes
_KEPT = 60.0  # seconds between two copies to the disk, in which the journal says what is missing


class Generations:
    """The index directory of one store; at most one process writes in it."""

    def __init__(self, directory: Path, *, writes: bool) -> None:
        self._directory = directory
        self._held = ExitStack()
        self.writes = writes and self._take()
        self._shelter = Shelter() if self.writes else None
        self._working: Path | None = None
        self._changed = False  # since it was kept on the disk
        self._due = 0.0

    def _take(self) -> bool:
        self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._place = _identity(self._directory.parent)
        lock = StoreLock(self._directory / _LOCK)
        self._held.callback(lock.close)
        try:
            self._held.enter_context(lock.held(0.0))
        except StoreLocked:
            return False  # another process keeps this index; it can still be read
        return True

    def current(self, store: str, newest: int) -> Index | None:
        """The index in use, unless there is any doubt: damaged, of another store, of another
        format, or ahead of the store's newest entry."""
        path = self._named()
        if path is None:
            return None
        working = _fresh(self._shelter.path) if self._shelter else None
        index = _opened(path, working)
        meta = index.meta if index else None
        if meta is None or meta.store != store or meta.format != FORMAT or meta.sequence > newest:
            if working:
                shutil.rmtree(working, ignore_errors=True)
            return None
        self._working = working
        return index

    def _named(self) -> Path | None:
        """The generation on the disk that is current, if one is."""
        with suppress(OSError, ValueError):
            return self._directory / (self._directory / _CURRENT).read_text("utf-8").strip()
        return None

    def begin(self) -> tuple[Path, Index]:
        """A new, empty generation, not current yet; for who writes."""
        if self._shelter is None:
            raise RuntimeError("another process keeps this index")
        if not self._shelter.path.is_dir():  # somebody tidied up
            self._shelter.close()
            self._shelter = Shelter()
        path = _fresh(self._shelter.path)
        return path, Index(path)

    def finish(self, path: Path) -> None:
        """Makes the generation the current one, then removes the others."""
        before, self._working = self._working, path
        self._due = 0.0
        self.keep(changed=True)
        if before is not None:
            shutil.rmtree(before, ignore_errors=True)  # a search may still have it open

    def keep(self, *, changed: bool) -> None:
        """Keeps on the disk what has changed now or earlier, if the last time is a while ago."""
        self._changed |= changed
        if self._working is not None and self._changed and time.monotonic() >= self._due:
            self._due = time.monotonic() + _KEPT
            self._changed = not self._publish(self._working)

    def close(self) -> None:
        """Keeps the current one if that can be, and lets another process write."""
        self._due = 0.0
        with suppress(OSError):
            self.keep(changed=False)
        if self._shelter is not None:
            self._shelter.close()
        self._held.close()

    def _publish(self, path: Path) -> bool:
        """A generation on the disk like this one, instead of all that is there.

        False where the home of the index is not the one it was, where it cannot be written, or
        where a merge has taken a file away meanwhile; until the next time, the journal tells what
        the one on the disk has not.
        """
        try:
            if _identity(self._directory.parent) != self._place:
                return False
            self._directory.mkdir(mode=0o700, exist_ok=True)
            before = self._named()
            made = _fresh(self._directory)
            if not _whole(path, made, before):
                shutil.rmtree(made, ignore_errors=True)
                return False
            draft = self._directory / f"{_CURRENT}.new"
            draft.write_text(made.name, "utf-8")
            draft.replace(self._directory / _CURRENT)
        except OSError:
            return False
        for other in self._directory.iterdir():
            if other.is_dir() and other != made:
                shutil.rmtree(other, ignore_errors=True)  # a reader may still have it open
        return True


def _opened(path: Path, working: Path | None) -> Index | None:
    """The index there, if it is whole; of its copy, if one is wanted."""
    with suppress(*_DAMAGE):
        if _whole(path, working):
            return Index(working or path)
    return None


def _identity(directory: Path) -> tuple[int, int]:
    """Which directory of which disk it is, whatever its name."""
    found = directory.stat()
    return found.st_dev, found.st_ino


def _fresh(directory: Path) -> Path:
    """A new directory in this one, named by the next number."""
    names = {path.name for path in directory.iterdir() if path.is_dir()}
    name = next(name for n in range(len(names) + 1) if (name := f"{n:04d}") not in names)
    path = directory / name
    path.mkdir(mode=0o700)
    return path


def _whole(path: Path, copy: Path | None, before: Path | None = None) -> bool:
    """Whether every file is as tantivy wrote it: it would serve a damaged one without a word.

    What was read is what is copied, if a copy is wanted; it is one where all are whole. Files do
    not change once they are written: one that lies whole in `before` gets a second name instead.
    """
    listed, meta = (path / _LISTED).read_bytes(), (path / "meta.json").read_bytes()
    names = [name for name in json.loads(listed) if name != "meta.json"]
    for name in names:
        with suppress(FileNotFoundError):  # merged away since; what is needed is missed in use
            if not (copy and before and _linked(before / name, copy / name)) and not _sound(
                path / name, copy / name if copy else None
            ):
                return False
    if copy:
        (copy / _LISTED).write_bytes(listed)
        (copy / "meta.json").write_bytes(meta)
    return bool(names)


def _linked(one: Path, other: Path) -> bool:
    """Gives a sound file a second name, on a disk that can."""
    with suppress(*_DAMAGE):
        if one.exists() and _sound(one, None):
            os.link(one, other)
            return True
    return False


def _sound(path: Path, copy: Path | None) -> bool:
    """Whether a file has the checksum that its footer tells, copying it on the way if wanted."""
    with path.open("rb") as file, ExitStack() as stack:
        told, end = _footer(file)
        out = stack.enter_context(copy.open("wb")) if copy else None
        found = 0
        file.seek(0)
        while piece := file.read(_PIECE):
            body = memoryview(piece)[: max(0, end - file.tell() + len(piece))]
            found = zlib.crc32(body, found)
            if out:
                out.write(piece)
    return told == found


def _footer(file: BinaryIO) -> tuple[int | None, int]:
    """The checksum that a file's footer tells, if it has one, and where the footer begins."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - 8))
    length, magic = (int.from_bytes(file.read(4), "little") for _ in range(2))
    begins = size - 8 - length
    if magic != _FOOTER_MAGIC or begins < 0:
        return None, size
    file.seek(begins)
    return int(json.loads(file.read(length))["crc"]), begins
