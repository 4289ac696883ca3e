"""The indexer: keeps an index in step with the store's journal, or says that there is none."""

import os
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from mindhold.beliefs.lineage import emptied
from mindhold.beliefs.model import Belief
from mindhold.beliefs.naming import changed
from mindhold.beliefs.store import Store
from mindhold.retrieval import shelter
from mindhold.retrieval.generations import Generations
from mindhold.retrieval.index import Index

_PAUSE = 0.001  # seconds
_AWAITED = 0.1  # seconds that an answer is waited for at most; without an index it takes longer
_BATCH = 10_000  # changes for which a new generation is no dearer than bringing up the old one


@dataclass(frozen=True, slots=True, kw_only=True)
class Lag:
    """How many journal entries an index is behind its store, as far as was looked, and since when.

    `whole`: there is none at all yet. `disk`: it is kept in files.
    """

    entries: int
    since: datetime | None
    whole: bool
    disk: bool


class Interrupted(Exception):
    """What was being read or built is wanted no more."""


class Indexer:
    """Owns the index of one store, on disk or in memory.

    `index` is None until there is one that may be trusted; whoever reads it takes the reference
    once. `catch_up` is for one background thread and uses a connection of its own, so that no
    reader waits for it.
    """

    def __init__(self, store: Store, directory: Path | None, *, writes: bool) -> None:
        self._home = store.database.home
        self._identity = store.database.identity
        self._own: Store | None = None
        self._asking: dict[object, float] = {}  # and when nobody waits for the answer any more
        self._leaving = False
        self._generations = _on_disk(store, directory, writes=writes)
        self.writes = self._generations is None or self._generations.writes
        self.index: Index | None = None
        self._newest = 0
        self._since: datetime | None = datetime.now(UTC)
        if self._generations is not None:
            self.index = self._generations.current(self._identity, store.sequence)

    @contextmanager
    def asked(self) -> Iterator[None]:
        """While somebody asks, for whom milliseconds count, building an index stands still."""
        query = object()
        self._asking[query] = time.monotonic() + _AWAITED
        try:
            yield
        finally:
            del self._asking[query]

    def doubt(self) -> None:
        """Stops using the index; the next `catch_up` builds another."""
        self.index = None

    def catch_up(self) -> int:
        """Brings the index up to the store's newest entry; how many beliefs it took.

        Without rights to write it only looks whether another process has done so.
        """
        store = self._store()
        newest = store.sequence
        self._look(newest)
        took = self._brought_up(store, newest)
        self._look(newest)
        return took

    @property
    def lag(self) -> Lag:
        """How far it is behind."""
        disk = self._generations is not None
        entries = self._newest - self._sequence
        return Lag(entries=entries, since=self._since, whole=not self.index, disk=disk)

    @property
    def _sequence(self) -> int:
        index = self.index
        return index.meta.sequence if index and index.meta else 0

    def _look(self, newest: int) -> None:
        """Notes since when the index is behind, if it is."""
        self._newest = newest
        behind = self.index is None or self._sequence < newest
        self._since = (self._since or datetime.now(UTC)) if behind else None

    def _brought_up(self, store: Store, newest: int) -> int:
        if not self.writes:
            return self._look_again(newest)
        index = self.index
        if index is None or index.meta is None:
            return self._rebuild(store, newest)
        since = index.meta.sequence
        if since == newest:
            self._keep(changed=False)
            return 0
        ids = changed(store.database, since, _BATCH)
        if len(ids) == _BATCH:
            return self._rebuild(store, newest)
        try:
            took = self._follow(store, index, ids, newest)
        except (OSError, ValueError):  # tantivy's words for files that are gone or damaged
            return self._rebuild(store, newest)
        self._keep(changed=True)
        return took

    def giving_way(self, beliefs: Iterable[Belief]) -> Iterator[Belief]:
        """These beliefs, one by one, while nobody asks; raises `Interrupted` when it is to end."""
        for belief in beliefs:
            while self._asking and time.monotonic() < max([*self._asking.values(), 0.0]):
                time.sleep(_PAUSE)
            if self._leaving:
                raise Interrupted
            yield belief

    def leave_off(self) -> None:
        """Ends what gives way on other threads; from then on no index is built."""
        self._leaving = True

    def close(self) -> None:
        """Stops writing; waits for merges that run."""
        self.leave_off()
        if self.index is not None:
            self.index.close()
        if self._generations is not None:
            self._generations.close()
        if self._own is not None:
            self._own.close()

    def _keep(self, *, changed: bool) -> None:
        if self._generations is not None:
            self._generations.keep(changed=changed)

    def _store(self) -> Store:
        if self._own is None:
            self._own = Store.open(self._home, create=False)
        return self._own

    def _follow(self, store: Store, index: Index, ids: list[str], newest: int) -> int:
        beliefs = store.many(ids)
        if any(belief == emptied(belief) for belief in beliefs.values()):
            return self._rebuild(store, newest)  # a deleted document's words stay in its files
        index.put(beliefs.values(), set(ids) - beliefs.keys(), self._identity, newest)
        return len(ids)

    def _rebuild(self, store: Store, newest: int) -> int:
        """A new generation; what changes meanwhile is in the journal after `newest`."""
        old = self.index
        path, index = self._generations.begin() if self._generations else (None, Index())
        index.fill(self.giving_way(store.select(user=None)), self._identity, newest)
        if self._generations is not None and path is not None:
            self._generations.finish(path)
        self.index = index
        if old is not None:
            old.close()
        return index.meta.count if index.meta else 0

    def _look_again(self, newest: int) -> int:
        if self._generations is not None:
            self.index = self._generations.current(self._identity, newest)
        return 0


def _on_disk(store: Store, directory: Path | None, *, writes: bool) -> Generations | None:
    """None where the index is in memory: an index on disk would tell an encrypted store's words,
    and where something else stands in its place there can be none."""
    if directory is None or (os.path.lexists(directory) and not directory.is_dir()):
        return None
    if store.database.cipher is None:
        return Generations(directory, writes=writes)
    shutil.rmtree(directory, ignore_errors=True)
    shelter.clear()
    return None
