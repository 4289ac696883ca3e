"""Where the index lies on disk: generations beside each other, one of them current.

A generation is never mended. In doubt the next one is built, and the name of the current one is
replaced in one step, so that a reader sees the old one or the new one, whole. Whoever writes works
on a copy (`Shelter`), which is kept on the disk for the next start.
"""

import json
import shutil
import time
import zlib
from contextlib import ExitStack, suppress
from pathlib import Path

from mindhold.beliefs.errors import StoreLocked
from mindhold.beliefs.storelock import StoreLock
from mindhold.retrieval.index import FORMAT, Index
from mindhold.retrieval.shelter import Shelter

_CURRENT = "current"
_LOCK = "writer.lock"
_LISTED = ".managed.json"  # tantivy's list of the files of an index
_FOOTER_MAGIC = 1337  # tantivy's; a file of it ends with a footer, its length and this number
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
        try:
            path = self._directory / (self._directory / _CURRENT).read_text("utf-8").strip()
            working = _fresh(self._shelter.path) if self._shelter else None
            if not _whole(path, working):
                return None
            index = Index(working or path)
        except (OSError, ValueError, KeyError, TypeError):
            return None
        meta = index.meta
        if meta is None or meta.store != store or meta.format != FORMAT or meta.sequence > newest:
            return None
        self._working = working
        return index

    def begin(self) -> tuple[Path, Index]:
        """A new, empty generation, not current yet; for who writes."""
        if self._shelter is None:
            raise RuntimeError("another process keeps this index")
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

        False where the home of the index is not the one it was, or where a merge has taken a file
        away meanwhile; until the next time, the journal tells what the one on the disk has not.
        """
        try:
            if _identity(self._directory.parent) != self._place:
                return False
            self._directory.mkdir(mode=0o700, exist_ok=True)
            made = _fresh(self._directory)
            if not _whole(path, made):
                shutil.rmtree(made, ignore_errors=True)
                return False
            draft = self._directory / f"{_CURRENT}.new"
            draft.write_text(made.name, "utf-8")
            draft.replace(self._directory / _CURRENT)
        except FileNotFoundError:
            return False
        for other in self._directory.iterdir():
            if other.is_dir() and other != made:
                shutil.rmtree(other, ignore_errors=True)  # a reader may still have it open
        return True


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


def _whole(path: Path, copy: Path | None) -> bool:
    """Whether every file is as tantivy wrote it: it would serve a damaged one without a word.

    What was read is what is copied, if a copy is wanted; it is one where all are whole.
    """
    listed, meta = (path / _LISTED).read_bytes(), (path / "meta.json").read_bytes()
    names = [name for name in json.loads(listed) if name != "meta.json"]
    for name in names:
        with suppress(FileNotFoundError):  # merged away since; what is needed is missed in use
            data = (path / name).read_bytes()
            if not _sound(memoryview(data)):
                return False
            if copy:
                (copy / name).write_bytes(data)
    if copy:
        (copy / _LISTED).write_bytes(listed)
        (copy / "meta.json").write_bytes(meta)
    return bool(names)


def _sound(data: memoryview) -> bool:
    length = int.from_bytes(data[-8:-4], "little")
    if len(data) < 8 + length or int.from_bytes(data[-4:], "little") != _FOOTER_MAGIC:
        return False
    footer = json.loads(bytes(data[-8 - length : -8]))
    return bool(footer["crc"] == zlib.crc32(data[: -8 - length]))
