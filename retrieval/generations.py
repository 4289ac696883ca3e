"""Where the index lies on disk: generations beside each other, one of them current.

A generation is never mended. In doubt the next one is built, and the name of the current one is
replaced in one step, so that a reader sees the old one or the new one, whole.
"""

import json
import shutil
import zlib
from contextlib import ExitStack, suppress
from pathlib import Path

from mindhold.beliefs.errors import StoreLocked
from mindhold.beliefs.storelock import StoreLock
from mindhold.retrieval.index import FORMAT, Index

_CURRENT = "current"
_LOCK = "writer.lock"
_FOOTER_MAGIC = 1337  # tantivy's; a file of it ends with a footer, its length and this number


class Generations:
    """The index directory of one store; at most one process writes in it."""

    def __init__(self, directory: Path, *, writes: bool) -> None:
        self._directory = directory
        self._held = ExitStack()
        self.writes = writes and self._take()

    def _take(self) -> bool:
        self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
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
            if not _whole(path):
                return None
            index = Index(path)
        except (OSError, ValueError, KeyError, TypeError):
            return None
        meta = index.meta
        if meta is None or meta.store != store or meta.format != FORMAT or meta.sequence > newest:
            return None
        return index

    def begin(self) -> tuple[Path, Index]:
        """A new, empty generation, not current yet, though all that was here has been deleted."""
        self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        names = {path.name for path in self._directory.iterdir() if path.is_dir()}
        name = next(name for n in range(len(names) + 1) if (name := f"{n:04d}") not in names)
        path = self._directory / name
        path.mkdir(mode=0o700)
        return path, Index(path)

    def finish(self, path: Path) -> None:
        """Makes the generation the current one, then removes the others."""
        draft = self._directory / f"{_CURRENT}.new"
        draft.write_text(path.name, "utf-8")
        draft.replace(self._directory / _CURRENT)
        for other in self._directory.iterdir():
            if other.is_dir() and other != path:
                shutil.rmtree(other, ignore_errors=True)  # a reader may still have it open

    def close(self) -> None:
        """Lets another process write."""
        self._held.close()


def _whole(path: Path) -> bool:
    """Whether every file is as tantivy wrote it: it would serve a damaged one without a word."""
    names = json.loads((path / ".managed.json").read_bytes())
    with_footer = [name for name in names if name != "meta.json"]
    return bool(with_footer) and all(_sound(path / name) for name in with_footer)


def _sound(file: Path) -> bool:
    with suppress(FileNotFoundError):
        data = memoryview(file.read_bytes())
        length = int.from_bytes(data[-8:-4], "little")
        if len(data) < 8 + length or int.from_bytes(data[-4:], "little") != _FOOTER_MAGIC:
            return False
        footer = json.loads(bytes(data[-8 - length : -8]))
        return bool(footer["crc"] == zlib.crc32(data[: -8 - length]))
    return True  # merged away since; what the index still needs it opens, or says so
