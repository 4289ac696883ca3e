"""What is open while memory is on: the store twice, recall over one, learning over the other."""

import time
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from functools import cached_property, partial
from typing import Self
from zoneinfo import ZoneInfo

from mindhold.beliefs import ledger, switches
from mindhold.beliefs.learning import compaction
from mindhold.beliefs.learning.background.budget import Model
from mindhold.beliefs.learning.background.desk import Desk
from mindhold.beliefs.learning.background.waiting import Pace, Waiting, clear
from mindhold.beliefs.learning.learner import Learner
from mindhold.beliefs.learning.queue import Queue
from mindhold.beliefs.learning.said import Said
from mindhold.beliefs.lineage import emptied
from mindhold.beliefs.model import Belief
from mindhold.beliefs.step import OWNER
from mindhold.beliefs.store import Store
from mindhold.beliefs.text.long import shortened
from mindhold.proxy.inject import Drawn, carried, draw, successors
from mindhold.proxy.ledger import KEPT, Ledger, Trace
from mindhold.proxy.settings import Settings
from mindhold.proxy.turn import Turn
from mindhold.retrieval.budget import estimate
from mindhold.retrieval.query import Query, Recalled
from mindhold.retrieval.recall import INDEX, Recall

_STRETCH, _REST = 20, 0.002  # beliefs, a millisecond's work; and seconds
_HEIRS = 8  # steps of supersession that are followed for one announcement


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What memory has to say to a request; nothing while injection is paused.

    `gone`: beliefs it carries that have been forgotten hard, and must go first.
    """

    drawn: Drawn = field(default_factory=Drawn)
    paused: bool = False
    gone: frozenset[str] = frozenset()
    recall_ms: float = 0.0


class Opened:
    """One open store. What reads has its own connection, so that it never waits for a commit."""

    def __init__(self, reading: Store, writing: Store, settings: Settings, pace: Pace) -> None:
        self.reading = reading
        self.writing = writing
        self.recall = Recall(
            reading,
            directory=settings.home / INDEX,
            mode=settings.retrieval_mode,
        )
        self.queue = Queue(writing)
        self._zone = ZoneInfo(settings.timezone) if settings.timezone else None
        self.waiting = Waiting(writing.database, pace=pace)
        asked = settings.learn.background if settings.learn.mode != "off" else None
        self.learner = Learner(
            writing,
            find=self._find,
            mode=settings.learn.mode,
            rules=settings.learn.rules,
            zone=self._zone,
            later=self.waiting if asked else None,
        )
        self.desk = self._desk(asked) if asked else None
        self.ledger = Ledger(reading.database.key, *ledger.load(reading.database, KEPT))
        self.pauses = switches.read(reading.database)
        self._settings = settings
        self._seen = reading.database.data_version()
        self._others = -1

    @classmethod
    def open(cls, settings: Settings, *, create: bool, now: datetime, pace: Pace) -> Self:
        """Opens the store at home, ready for the first request; raises `StoreError`."""
        writing = Store.open(settings.home, create=create)
        try:
            writing.database.demand_proof()
            ledger.prove(writing.database)
            reading = Store.open(settings.home, create=False)
            try:
                opened = cls(reading, writing, settings, pace)
                opened._warm(now)
            except BaseException:
                reading.close()
                raise
        except BaseException:
            writing.close()
            raise
        return opened

    @cached_property
    def remembered(self) -> Ledger:
        """The ledger as it lies in the store, for the writing thread: the other is not its own."""
        return Ledger(self.writing.database.key, *ledger.load(self.writing.database, KEPT))

    def close(self) -> None:
        """Closes everything; raises `StoreError` when that fails."""
        self.recall.close()
        self.reading.close()
        self.writing.close()

    def follow(self) -> bool:
        """Whether another process wrote, and what it paused; for the writing thread."""
        version = self.writing.database.data_version()
        theirs, self._others = version != self._others, version
        if theirs:
            self.pauses = switches.read(self.writing.database)
        return theirs

    def resume(self) -> None:
        """Learns from what waited when the last process ended; for the writing thread.

        What waited for a model goes where none is asked any more.
        """
        if self.desk is None:
            with self.writing.database.transaction() as connection:
                clear(connection)
        self.learn()

    def learn(self, most: int | None = None) -> int:
        """Learns from turns that wait, the oldest `most` if given; for the writing thread."""
        return self.learner.drain(self.queue, most)

    def forget(self, id: str, now: datetime) -> Belief:
        """Takes a belief back for its owner; for the writing thread."""
        with self.writing.write(actor=OWNER, now=now.astimezone(self._zone)) as write:
            return write.forget(id)

    def sweep(self, now: datetime) -> None:
        """Expires what has its last day behind it, where the user is; for the writing thread."""
        self.writing.sweep(now.astimezone(self._zone))

    def held_twice(self) -> list[Belief]:
        """What may be merged, unless the owner wants to see everything first.

        It reads the whole store beside all others: for a thread that nobody waits for.
        """
        if self._settings.learn.mode != "auto":
            return []
        with Store.open(self._settings.home, create=False, readonly=True) as store:
            select = partial(store.select, user=None, states=compaction.SETTLED)
            return compaction.suspects(lambda: self.recall.giving_way(_at_leisure(select())))

    def compact(self, beliefs: Collection[Belief], now: datetime) -> None:
        """Merges those of them that are held twice; for the writing thread."""
        with self.writing.write(actor="compaction", now=now.astimezone(self._zone)) as write:
            compaction.compact(write, beliefs)

    def counts(self) -> dict[str, int]:
        """How many turns found the queue full, or could not be learned from."""
        late = self.desk.failures if self.desk else 0
        return {"unqueued": self.queue.refused, "unlearned": self.learner.failures + late}

    def states(self) -> dict[str, int]:
        """How many beliefs are in which state; for the writing thread."""
        return {state.value: count for state, count in self.writing.states().items()}

    def answer(self, turn: Turn, trace: Trace, now: datetime) -> Answer:
        """What to add to a request."""
        version = self.reading.database.data_version()
        if version != self._seen:
            self.pauses, self._seen = switches.read(self.reading.database), version
        if self.pauses.paused("inject", now):
            return Answer(paused=True)
        now = now.astimezone(self._zone)  # None: the system's; a validity window is in local days
        earlier = carried(trace.given())
        standing = self._standing(earlier)
        gone = frozenset(id for id in earlier if _gone(standing.get(id)))
        if gone:
            return Answer(gone=gone)
        recalled = self._recalled(turn, trace, now)
        drawn = draw(
            turn,
            recalled,
            stable=trace.stable,
            frozen=trace.frozen,
            earlier=earlier,
            standing=standing,
            settings=self._settings.inject,
            day=now.date(),
            key=self.reading.database.key,
        )
        return Answer(drawn=drawn, recall_ms=recalled.ms)

    def _desk(self, asked: Model) -> Desk:
        return Desk(
            self.writing,
            self.learner,
            self.waiting,
            asked,
            estimate=estimate,
            day=partial(day, zone=self._zone),
            find=self._find,
        )

    def _find(self, text: str, said: Said) -> list[Belief]:
        return self.recall.find(text, scopes=said.scopes, user=said.user, agent=said.agent)

    def _warm(self, now: datetime) -> None:
        """Does once what the first request would otherwise wait for."""
        self.recall.recall(Query(text="warm", scopes=(self._settings.default_scope,), now=now))

    def _recalled(self, turn: Turn, trace: Trace, now: datetime) -> Recalled:
        if trace.frozen and not trace.newest:
            return Recalled()  # a round of an agent: everything it carries is known
        text = shortened(turn.own(trace.newest.text)) if trace.newest else ""
        return self.recall.recall(
            Query(text=plain(text), scopes=turn.scopes, now=now, user=turn.user, agent=turn.agent)
        )

    def _standing(self, ids: Collection[str]) -> dict[str, Belief]:
        """These beliefs as they are now, and whatever took their place."""
        standing = self.reading.many(ids) if ids else {}
        for _ in range(_HEIRS):
            further = [id for id in successors(standing.values()) if id not in standing]
            if not further:
                break
            standing |= self.reading.many(further)
        return standing


def _at_leisure(beliefs: Iterable[Belief]) -> Iterator[Belief]:
    """These beliefs, with rests: a million of them would keep the interpreter busy for minutes."""
    for number, belief in enumerate(beliefs):
        if number % _STRETCH == 0:
            time.sleep(_REST)
        yield belief


def day(now: datetime, zone: tzinfo | None) -> datetime:
    """When the day began where the user is; None: where this machine is."""
    return now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)


def plain(text: str) -> str:
    """The text without the lone surrogates that JSON can write and nothing else can hold."""
    return text.encode("utf-8", "replace").decode()


def _gone(belief: Belief | None) -> bool:
    return belief is None or (not belief.content and belief == emptied(belief))
