"""Copying: the thread that keeps a snapshot of every day, beside the requests and the writes."""

import logging
import threading
import time
from collections.abc import Callable
from datetime import datetime

from mindhold.beliefs import snapshots
from mindhold.beliefs.errors import StoreError
from mindhold.beliefs.store import Store
from mindhold.proxy.settings import Settings
from mindhold.proxy.thread import Worker

_LOOK = 60.0  # seconds between looks whether one is due
_AGAIN = 600.0  # seconds after one that failed
_PAUSE = 0.01  # seconds after each megabyte: a copy takes its time, and nobody else's

log = logging.getLogger("mindhold.snapshots")


class _Stopping(Exception):
    """The daemon ends; the copy is made another time."""


class Copying:
    """Makes the day's snapshot where there is none, unless `retention.snapshots` is 0.

    `failing`: why the last one could not be made, and since when none can; None where one could.
    """

    def __init__(self, settings: Settings, clock: Callable[[], datetime]) -> None:
        self._home = settings.home
        self._keep = settings.retention.snapshots
        self._clock = clock
        self._worker = Worker("mindhold-snapshot", size=1)
        self._stopping = threading.Event()
        self._next = 0.0
        self.failing: tuple[str, datetime] | None = None
        self._failed = 0

    @property
    def failed(self) -> int:
        """How many could not be made."""
        return self._worker.failed + self._failed

    def look(self) -> None:
        """Soon, and once a minute: whether a snapshot is due."""
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + _LOOK
            self._worker.post(self._keep_one)

    def stop(self, timeout: float) -> None:
        """Gives up what is being copied."""
        self._stopping.set()
        self._worker.stop(timeout)

    def _keep_one(self) -> None:
        now = self._clock()
        try:
            if not self._keep:
                snapshots.rotate(self._home, now, keep=0)
            elif snapshots.due(self._home, now) and not snapshots.empty(self._home):
                made = snapshots.take(self._home, now, keep=self._keep, pause=self._pause)
                log.info("snapshot %s", made.name)
                # An erasure that came meanwhile could not end while the copy was read: it ends now.
                Store.open(self._home, create=False).close()
            self.failing = None
        except _Stopping:
            return
        except (StoreError, OSError) as error:
            self._failed += 1
            words = error.words if isinstance(error, StoreError) else StoreError.words
            self.failing = words, self.failing[1] if self.failing else now
            self._next = time.monotonic() + _AGAIN
            log.warning("no snapshot: %s", type(error).__name__)

    def _pause(self) -> None:
        if self._stopping.wait(_PAUSE):
            raise _Stopping
