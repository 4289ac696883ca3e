"""Behind: everything that is written, on a thread of its own, after the request has gone on."""

import time
from collections import deque
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import NamedTuple, TypeVar

from mindhold.beliefs import ledger, projects, requests
from mindhold.beliefs.database import Transaction
from mindhold.beliefs.errors import StoreError
from mindhold.beliefs.learning import journal, turns
from mindhold.beliefs.learning.background import calls
from mindhold.beliefs.learning.usage import sightings
from mindhold.beliefs.mishap import Mishaps
from mindhold.beliefs.text import lists
from mindhold.proxy.copying import Copying
from mindhold.proxy.current import REQUEST
from mindhold.proxy.holding import Holding
from mindhold.proxy.opened import Opened
from mindhold.proxy.project import KnownProjects
from mindhold.proxy.settings import Settings
from mindhold.proxy.thread import Busy, Worker
from mindhold.retrieval.indexer import Interrupted

T = TypeVar("T")
Job = Callable[[Opened, Transaction], None]

_KEPT = 1_000  # jobs that may wait; more are refused, and counted
_TOGETHER = 100  # jobs in one transaction
_LINGER = 0.05  # seconds that a job waits for others: a commit costs more than most jobs
_PRUNED = 86_400.0  # seconds between prunings


class Waiting(NamedTuple):
    """A job that is not done yet: since when, and of which request."""

    since: datetime
    request: str
    job: Job


class Behind:
    """The writing thread: does jobs in order, and keeps them while the store cannot take them.

    What comes within a moment is committed together. The index, the day's snapshot and the search
    for what is held twice have threads of their own: they take seconds, in which what was asked
    must not wait to be kept.
    """

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
        self._worker = Worker("mindhold-write")
        self._indexing = Worker("mindhold-index", size=1)
        self._comparing = Worker("mindhold-compare", size=1)
        self.copying = Copying(settings, clock)
        self._waiting: deque[Waiting] = deque()
        self._mishaps = Mishaps()
        self._refused = 0
        self._pruned = -_PRUNED
        self._writing = False
        self._looking = False
        self._resumed: Opened | None = None

    def write(self, job: Job) -> None:
        """Does the job soon, at the latest when the store can be written again."""
        if len(self._waiting) >= _KEPT:
            self._refused += 1
            return
        self._waiting.append(Waiting(self._clock(), REQUEST.get(), job))
        if not self._writing:
            self._writing = True  # before it can begin, which says that it has
            if not self._worker.post(self._write):
                self._writing = False

    async def run(self, job: Callable[[Opened], T]) -> T | None:
        """What the job returns; None while there is no store, or too much to write."""
        try:
            return await self._worker.run(self._with_store, job)
        except Busy:
            return None

    def look(self) -> None:
        """Soon: what waits, what others wrote, what is out of date. One look at a time."""
        if not self._looking:
            self._looking = True
            if not self._worker.post(self._look):
                self._looking = False

    def stop(self, timeout: float) -> None:
        """Does what waits, for at most `timeout` seconds."""
        self._worker.post(self._look)
        self._worker.stop(timeout)
        if self._holding.opened:
            self._holding.opened.recall.leave_off()
        self._indexing.stop(timeout)
        self._comparing.stop(timeout)
        self.copying.stop(timeout)

    @property
    def waiting(self) -> tuple[int, datetime | None]:
        """How many jobs wait for the store, and since when the first of them does."""
        waiting = [*islice(self._waiting, 1)]
        return len(self._waiting), waiting[0].since if waiting else None

    def counts(self) -> dict[str, int]:
        """How many jobs failed or were refused, and what became of turns and calls behind them."""
        return {
            "failed": self._worker.failed
            + self._indexing.failed
            + self._comparing.failed
            + self.copying.failed
            + self._mishaps.count,
            "refused": self._worker.refused + self._refused,
            **(self._holding.opened.counts() if self._holding.opened else {}),
        }

    def _write(self) -> None:
        time.sleep(_LINGER)
        self._writing = False
        self._with_store(self._write_waiting)

    def _look(self) -> None:
        self._looking = False
        self._with_store(self._tidy)

    def _with_store(self, job: Callable[[Opened], T]) -> T | None:
        opened = self._holding.opened
        if opened is None:
            return None
        try:
            return job(opened)
        except Interrupted:  # the store is closing, or has gone
            return None
        except StoreError as error:
            self._holding.broken(opened, error)
            return None

    def _write_waiting(self, opened: Opened) -> None:
        """Keeps what waits in memory, and learns a turn at a time: that must not wait for this."""
        learned = 1
        while self._waiting or learned:
            if jobs := [*islice(self._waiting, _TOGETHER)]:
                self._commit(jobs, opened)  # after a StoreError they wait on
            for _ in jobs:
                self._waiting.popleft()
            learned = opened.learn(1)

    def _commit(self, jobs: Sequence[Waiting], opened: Opened) -> None:
        try:
            with opened.writing.database.transaction() as transaction:
                for one in jobs:
                    one.job(opened, transaction)
        except StoreError:
            raise
        except Exception as error:  # noqa: BLE001 - one that fails is counted, and holds up no other
            if len(jobs) == 1:
                self._mishaps.note("what is written", error, request=jobs[0].request)
                return
            for one in jobs:
                self._commit([one], opened)

    def _tidy(self, opened: Opened) -> None:
        if not self._indexing.waiting:  # first: what waits to be learned from may take its time
            self._indexing.post(self._with_store, _index)
        self._write_waiting(opened)
        self._save_projects(opened)
        if self._resumed is not opened:
            self._resumed = opened
            opened.resume()
        opened.sweep(self._clock())
        if opened.follow():
            self._known.table.load(projects.read(opened.writing.database))
        self.copying.look()
        if time.monotonic() - self._pruned >= _PRUNED:
            self._pruned = time.monotonic()
            self._prune(opened)
            self._comparing.post(self._with_store, self._compare)

    def _compare(self, opened: Opened) -> None:
        if both := opened.held_twice():
            now = self._clock()
            self._worker.post(self._with_store, lambda opened: opened.compact(both, now))

    def _save_projects(self, opened: Opened) -> None:
        if new := self._known.table.unsaved():
            database = opened.writing.database
            projects.save(database, new, self._clock())
            self._known.table.load(projects.read(database))

    def _prune(self, opened: Opened) -> None:
        now = self._clock()
        before = now - timedelta(days=self._settings.retention.requests_days)
        with opened.writing.database.transaction() as connection:
            requests.prune(connection, before)
            ledger.prune(connection, before)
            journal.prune(connection, min(before, now - journal.DAY))
            turns.prune(connection, now)
            calls.prune(connection, min(before, now - journal.DAY))
            opened.waiting.prune(connection, now)
            sightings.prune(connection, now)


def _index(opened: Opened) -> None:
    lists.read()  # or the first message in a language would wait for its words
    opened.recall.catch_up()
