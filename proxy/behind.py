"""Behind: everything that is written, on a thread of its own, after the request has gone on."""

import time
from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta

from mindhold.beliefs import ledger, projects, requests
from mindhold.beliefs.errors import StoreError
from mindhold.proxy.holding import Holding
from mindhold.proxy.opened import Opened
from mindhold.proxy.project import KnownProjects
from mindhold.proxy.settings import Settings
from mindhold.proxy.thread import Worker

Job = Callable[[Opened], None]

_QUEUED = 2_048  # jobs that may wait; more are refused, and counted
_KEPT = 1_000  # jobs kept while the store takes none
_PRUNED = 86_400.0  # seconds between prunings


class Behind:
    """The writing thread: does jobs in order, and keeps them while the store cannot take them."""

    def __init__(
        self,
        settings: Settings,
        holding: Holding,
        known: KnownProjects,
        clock: Callable[[], datetime],
    ) -> None:
        self._settings = settings
        self._holding = holding
        self._known = known
        self._clock = clock
        self._worker = Worker("mindhold-write", size=_QUEUED)
        self._waiting: deque[Job] = deque(maxlen=_KEPT)
        self._pruned = -_PRUNED
        self._looking = False
        self._resumed: Opened | None = None

    def write(self, job: Job) -> None:
        """Does the job soon, at the latest when the store can be written again."""
        self._worker.post(self._do, job)

    def look(self) -> None:
        """Soon: what waits, what others wrote, what is out of date. One look at a time."""
        if not self._looking:
            self._looking = self._worker.post(self._look)

    def stop(self, timeout: float) -> None:
        """Does what waits, for at most `timeout` seconds."""
        self._worker.post(self._look)
        self._worker.stop(timeout)

    def counts(self) -> dict[str, int]:
        """How many jobs failed, were refused, or wait for the store."""
        return {
            "failed": self._worker.failed,
            "refused": self._worker.refused,
            "unwritten": len(self._waiting),
            **(self._holding.opened.counts() if self._holding.opened else {}),
        }

    def _do(self, job: Job) -> None:
        self._waiting.append(job)
        self._with_store(self._catch_up_waiting)

    def _look(self) -> None:
        self._looking = False
        self._with_store(self._tidy)

    def _with_store(self, job: Job) -> None:
        opened = self._holding.opened
        if opened is None:
            return
        try:
            job(opened)
        except StoreError as error:
            self._holding.broken(opened, error)

    def _catch_up_waiting(self, opened: Opened) -> None:
        while self._waiting:
            try:
                self._waiting[0](opened)
            except StoreError:
                raise  # it stays the first that waits
            except BaseException:
                self._waiting.popleft()  # it would fail again, and hold up the rest
                raise
            self._waiting.popleft()

    def _tidy(self, opened: Opened) -> None:
        self._catch_up_waiting(opened)
        self._save_projects(opened)
        if self._resumed is not opened:
            self._resumed = opened
            opened.learn()  # what waited when the last process ended
        if opened.follow():
            self._known.table.load(projects.read(opened.writing.database))
        if time.monotonic() - self._pruned >= _PRUNED:
            self._pruned = time.monotonic()
            self._prune(opened)

    def _save_projects(self, opened: Opened) -> None:
        if new := self._known.table.unsaved():
            database = opened.writing.database
            projects.save(database, new, self._clock())
            self._known.table.load(projects.read(database))

    def _prune(self, opened: Opened) -> None:
        before = self._clock() - timedelta(days=self._settings.retention.requests_days)
        with opened.writing.database.transaction() as connection:
            requests.prune(connection, before)
            ledger.prune(connection, before)
