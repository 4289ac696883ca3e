"""Presence: whether the files under an open connection are still those that others find by name.

SQLite does not notice when a file is taken away or replaced. It would go on in a log that nobody
else sees, beside a process that begins another one: what both then commit is lost.
"""

import os
from pathlib import Path

from mindhold.beliefs.errors import StoreError, StoreMissing

Inode = tuple[int, int]  # of which device, and which there


class Presence:
    """The store's file, its write-ahead log and the index of that, as they were when opened."""

    def __init__(self, database: Path) -> None:
        self._home = database.parent
        self._file = str(database)
        self._log, self._shared = f"{database}-wal", f"{database}-shm"
        self._was = _inode(self._file)
        self._logs: tuple[Inode | None, ...] | None = None

    def settle(self) -> None:
        """From here on the log is in use; raises `StoreError` where it is not found by its name.

        That is so while this process still has another connection to one that was taken away.
        """
        self._logs = (_inode(self._log), _inode(self._shared))
        if None in self._logs:
            raise StoreError(f"The log of the store in {self._home} has gone; try again.")

    def check(self) -> None:
        """Raises `StoreMissing` where the file has gone, `StoreError` where another is there, or
        its log has gone."""
        here = _inode(self._file)
        if here is None:
            raise StoreMissing(f"The store in {self._home} has gone.")
        if here != self._was:
            raise StoreError(f"The store in {self._home} was replaced by another; start again.")
        if self._lost_log():
            raise StoreError(f"The log of the store in {self._home} was taken away; try again.")

    def parted(self) -> bool:
        """Whether what stands in the log must be put into the file by who has both open still.

        Not where the file has gone, and the log waits for it; nor where others have begun a log.
        """
        here = _inode(self._file)
        if here is None or (here == self._was and not self._lost_log()):
            return False
        return self._logs is None or _inode(self._log) == self._logs[0] or _empty(self._log)

    def _lost_log(self) -> bool:
        found = (_inode(self._log), _inode(self._shared))
        return self._logs is not None and found != self._logs


def _inode(path: str) -> Inode | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _empty(path: str) -> bool:
    try:
        return os.stat(path).st_size == 0
    except OSError:
        return True
