"""The shelter: where the index lies while it is used, out of reach of what befalls the disk.

tantivy maps the files of an index into memory; one that is cut short under it, or whose disk goes
away, ends the process by SIGBUS. So whoever keeps an index works on a copy of its own: in shared
memory where the system has it (10,000 beliefs take a megabyte), else among temporary files.
"""

import os
import shutil
import tempfile
from contextlib import ExitStack, suppress
from pathlib import Path

from mindhold.beliefs.errors import StoreLocked
from mindhold.beliefs.storelock import StoreLock

_MEMORY = Path("/dev/shm")  # noqa: S108 - names in it are random, and closed to others
_ENOUGH = 512 << 20  # bytes; a million beliefs take 200 MB, and twice that while it is made anew
_PREFIX = "mindhold-index-"
_DRAFT = "mindhold-new-"
_LOCK = "lock"


class Shelter:
    """A directory of this process alone, gone with it; after a SIGKILL, with the next to come."""

    def __init__(self) -> None:
        clear()
        draft = Path(tempfile.mkdtemp(prefix=_DRAFT, dir=_base()))
        self._held = ExitStack()
        lock = StoreLock(draft / _LOCK)
        self._held.callback(lock.close)
        self._held.enter_context(lock.held(0.0))
        # Only now can others see it: they would take it for one whose process has gone.
        self.path = draft.rename(draft.with_name(draft.name.replace(_DRAFT, _PREFIX)))

    def close(self) -> None:
        """Takes it down."""
        shutil.rmtree(self.path, ignore_errors=True)
        self._held.close()


def _base() -> Path:
    """Shared memory, where there is enough of it: containers often have little."""
    with suppress(OSError):
        if os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free >= _ENOUGH:
            return _MEMORY
    return Path(tempfile.gettempdir())


def clear() -> None:
    """Takes down what killed processes left: nobody holds its lock."""
    places = (_MEMORY, Path(tempfile.gettempdir()))
    for left in (left for place in places for left in place.glob(f"{_PREFIX}*/{_LOCK}")):
        with suppress(OSError, StoreLocked):
            lock = StoreLock(left)
            try:
                with lock.held(0.0):
                    shutil.rmtree(left.parent, ignore_errors=True)
            finally:
                lock.close()
