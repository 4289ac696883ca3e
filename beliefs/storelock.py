"""The store's write lock: one OS lock on a file beside the store, held by one writer at a time.

SQLite up to 3.51.2 may corrupt a database when one connection commits while another resets the
write-ahead log in a checkpoint, so every write transaction and every checkpoint is under it.
The kernel lets go of it when its holder dies.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from mindhold.beliefs.errors import StoreLocked

PATIENCE = 10.0  # seconds to wait for another writer; it holds the lock for milliseconds
_LONGEST_PAUSE = 0.004  # seconds: short, so that a busy neighbour's gaps are caught


class StoreLock:
    """The lock file at `path`; each instance is a holder of its own, also within one process."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = _opened(path)
        self._folder = os.stat(path.parent)

    @contextmanager
    def held(self, patience: float) -> Iterator[None]:
        """Holds the lock; raises `StoreLocked` when it is not free within `patience` seconds."""
        self._take(time.monotonic() + patience)
        try:
            yield
        finally:
            fcntl.flock(self._file, fcntl.LOCK_UN)

    def close(self) -> None:
        """Gives the file back."""
        os.close(self._file)

    def _take(self, deadline: float) -> None:
        pause = 0.0002
        while True:
            try:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    raise StoreLocked(
                        "Another mindhold process has been writing for too long; try again."
                    ) from None
                time.sleep(pause)
                pause = min(pause * 2, _LONGEST_PAUSE)
            else:
                if self._still_there():
                    return
                fcntl.flock(self._file, fcntl.LOCK_UN)
                self._file, before = _opened(self._path), self._file
                os.close(before)

    def _still_there(self) -> bool:
        """Whether the file is the one that the next process will find: one removed locks nobody.

        Where the folder itself has gone, nothing is begun in its place.
        """
        with suppress(OSError):
            return os.path.samestat(os.fstat(self._file), os.stat(self._path))
        with suppress(OSError):
            return not os.path.samestat(self._folder, os.stat(self._path.parent))
        return True


def _opened(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
