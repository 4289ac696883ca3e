"""The store: what is held, read by many and changed by one write at a time."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime
from pathlib import Path
from types import EllipsisType
from typing import Self

from mindhold.beliefs import forgetting, journal, table
from mindhold.beliefs.codec import decode, encode_list, microseconds
from mindhold.beliefs.database import Database
from mindhold.beliefs.errors import AlreadyDone, Ambiguous, Damaged, Invalid, NotFound, StoreError
from mindhold.beliefs.journal import Entry, Hand
from mindhold.beliefs.model import Belief, State, Type
from mindhold.beliefs.seals import UNSOUND
from mindhold.beliefs.selection import Selection
from mindhold.beliefs.text.secrets import redact
from mindhold.beliefs.valid import surface
from mindhold.beliefs.write import Write

_AMONG = "SELECT id FROM beliefs WHERE id IN (SELECT value FROM json_each(?))"
_PAGE = 500  # beliefs read at a time
_PREFIX = 4  # characters of an id that may stand for it


class Store:
    """The beliefs in `home`. Reads see what was committed, by any process, when they begin.

    Every call raises `StoreError` when the store itself cannot serve.
    """

    def __init__(self, database: Database) -> None:
        self.database = database

    @classmethod
    def open(cls, home: Path, *, create: bool = True, readonly: bool = False) -> Self:
        """Opens the store in `home` (`Database.open`); finishes an erasure that was cut short."""
        store = cls(Database.open(home, create=create, readonly=readonly, proving=True))
        if not readonly:
            with suppress(StoreError):  # a disk that is full now can still be read; it stays due
                forgetting.scrub(store.database)
        return store

    def close(self) -> None:
        """Closes it; every later call fails."""
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def sequence(self) -> int:
        """The newest entry of the journal; 0 while there is none."""
        return int(self.database.rows("SELECT max(sequence) FROM journal")[0][0] or 0)

    def get(self, id: str) -> Belief:
        """The belief of this id; raises `NotFound`, `Damaged`."""
        rows = self.database.rows("SELECT value FROM sound WHERE id = ?", id)
        if not rows:
            self._refuse_damaged([id])
            raise NotFound("No belief has this id.")
        return decode(rows[0][0])

    def many(self, ids: Iterable[str]) -> dict[str, Belief]:
        """Those of these ids that exist and are sound, by id, in the order asked."""
        wanted = list(ids)
        rows = self.database.rows(
            "SELECT id, value FROM sound WHERE id IN (SELECT value FROM json_each(?))",
            encode_list(wanted),
        )
        found = {row["id"]: row["value"] for row in rows}
        return {id: decode(found[id]) for id in wanted if id in found}

    def resolve(self, reference: str, *, user: str = "local") -> Belief:
        """The belief that an id, the start of one (4 characters), a name or an alias means.

        Names of live beliefs go before aliases, both before what is no longer live, and that
        before what it replaced. Raises `NotFound`, `Damaged`, or `Ambiguous` with the ids.
        """
        started = self.begun(reference, user=user)
        if len(started) == 1:
            return started[0]
        key = surface(reference)
        named = self.named(reference, user=user)
        canonical = [b for b in named if surface(b.canonical_name) == key]
        live = [belief for belief in named if belief.live]
        last = [belief for belief in canonical if belief.superseded_by is None]
        for group in ([b for b in canonical if b.live], live, last, canonical, named, started):
            if len(group) == 1:
                return group[0]
            if group:
                ids = ", ".join(f"{belief.id} ({belief.state})" for belief in group[:8])
                raise Ambiguous(f"{len(group)} beliefs answer to this; say which: {ids}.")
        self._refuse_damaged([reference.strip(), *self._called(key)])
        raise NotFound("No belief answers to this id or name.")

    def begun(self, reference: str, *, user: str = "local") -> list[Belief]:
        """The belief of this id, else those whose ids begin so (4 characters), nine at most."""
        written = reference.strip()
        started = self._starting(written, user) or self._starting(written.lower(), user)
        return [belief for belief in started if belief.id == written] or started

    def named(self, name: str, *, user: str = "local") -> list[Belief]:
        """Those that have exactly this name or alias, live or not."""
        found = self.many(self._called(surface(name)))
        return [belief for belief in found.values() if belief.user == user]

    def select(
        self,
        *,
        user: str | None = "local",
        agent: str | EllipsisType | None = ...,
        scopes: Collection[str] | None = None,
        types: Collection[Type] | None = None,
        states: Collection[State] | None = None,
        pinned: bool | None = None,
        subtype: str | None = None,
        words: Collection[str] = (),
        at: datetime | None = None,
    ) -> Iterator[Belief]:
        """The beliefs that fit every condition, ordered by id; see `Selection`.

        Read page by page: each belief is whole, but a change between pages may show. `at`: as
        they stood at that moment.
        """
        selection = Selection(
            user=user,
            agent=agent,
            scopes=scopes,
            types=types,
            states=states,
            pinned=pinned,
            subtype=subtype,
            words=words,
        )
        if at is not None:
            return filter(selection.admits, journal.replay(self.database, at))
        return self._pages(selection)

    def count(
        self,
        *,
        user: str | None = "local",
        agent: str | EllipsisType | None = ...,
        scopes: Collection[str] | None = None,
        types: Collection[Type] | None = None,
        states: Collection[State] | None = None,
        pinned: bool | None = None,
    ) -> int:
        """How many beliefs fit every condition; see `Selection`."""
        selection = Selection(
            user=user, agent=agent, scopes=scopes, types=types, states=states, pinned=pinned
        )
        where, values = selection.where()
        sql = f"SELECT count(*) FROM beliefs WHERE {where}"  # noqa: S608, the values are bound
        return int(self.database.rows(sql, *values)[0][0])

    def states(self) -> dict[State, int]:
        """How many beliefs of all users are in which state; each state is there."""
        counts = dict.fromkeys(State, 0)
        # By type as well: so they lie in the index, and nothing has to be sorted.
        sql = "SELECT state, count(*) FROM beliefs GROUP BY type, state"
        for state, count in self.database.rows(sql):
            counts[State(state)] += count
        return counts

    def scopes(self) -> dict[str, int]:
        """How many live beliefs of all users stand in each scope."""
        sql = "SELECT scope, count(*) AS count FROM places WHERE live GROUP BY scope"
        return {row["scope"]: row["count"] for row in self.database.rows(sql)}

    def history(self, id: str) -> list[Entry]:
        """What happened to a belief, oldest first."""
        return journal.history(self.database, id)

    def journal(
        self, *, limit: int, before: datetime | None = None, user: str = "local"
    ) -> list[Entry]:
        """What happened to all of a user's beliefs, newest first, up to a moment."""
        return journal.newest_entries(self.database, user=user, limit=limit, before=before)

    def forgotten(
        self, *, user: str, agent: str | None, scopes: Collection[str], name: str, content: str
    ) -> bool:
        """Whether the owner has forgotten this, by its name there or its content anywhere.

        What was forgotten for everyone is forgotten for each agent.
        """
        marks = {
            mark
            for whose in {agent, None}
            for mark in forgetting.hashes(
                self.database.key,
                user=user, agent=whose, scopes=scopes, name=name, content=content,
            )
        }  # fmt: skip
        sql = "SELECT 1 FROM tombstones WHERE hash = ? LIMIT 1"
        return any(self.database.rows(sql, mark) for mark in marks)

    def overdue(self, today: date) -> bool:
        """Whether something stands that has its last day behind it."""
        return bool(self.database.rows(*table.overdue(today)))

    def sweep(self, now: datetime) -> None:
        """Expires what has its last day behind it where `now` is; writes only if something has."""
        if self.overdue(now.date()):
            with self.write(actor="clock", now=now) as write:
                write.sweep()

    @contextmanager
    def write(
        self, *, actor: str, now: datetime, reason: str = "", job: str | None = None
    ) -> Iterator[Write]:
        """One transaction: everything that is done inside is committed at its end, or nothing.

        `actor` is "owner" for the person; `now` is in the time zone of where they are. A `job` is
        done once: the second time `AlreadyDone`. Raises `StoreSealed` where nothing can be sealed.
        """
        self.database.demand_proof()
        if now.tzinfo is None:
            raise Invalid("A time needs its time zone.")
        hand = Hand(actor=actor, at=now, reason=redact(reason), job=job)
        with self.database.transaction() as connection:
            if job is not None:
                done = connection.execute(
                    "INSERT OR IGNORE INTO jobs (job, at) VALUES (?, ?)", (job, microseconds(now))
                )
                if not done.rowcount:
                    raise AlreadyDone("This piece of learning is in the store already.")
            writing = Write(connection, hand, self.database.key)
            yield writing
        if writing.erased:
            forgetting.scrub(self.database)

    def _called(self, key: str) -> list[str]:
        sql = "SELECT belief FROM names WHERE name = ? LIMIT 200"
        return [row[0] for row in self.database.rows(sql, key)]

    def _refuse_damaged(self, ids: list[str]) -> None:
        """What is there and cannot be trusted is not said to be missing."""
        for row in self.database.rows(f"{_AMONG} AND {UNSOUND} LIMIT 1", encode_list(ids)):
            raise Damaged(row["id"])

    def _pages(self, selection: Selection) -> Iterator[Belief]:
        where, values = selection.where()
        sql = f"SELECT id, value FROM sound AS beliefs WHERE {where} AND id > ? ORDER BY id LIMIT ?"  # noqa: S608
        last = ""
        while page := self.database.rows(sql, *values, last, _PAGE):
            yield from (decode(row["value"]) for row in page)
            last = page[-1]["id"]

    def _starting(self, text: str, user: str) -> list[Belief]:
        if len(text) < _PREFIX:
            return []
        sql = "SELECT value FROM sound WHERE id >= ? AND id < ? AND user = ? LIMIT 9"
        rows = self.database.rows(sql, text, text + "\U0010ffff", user)
        return [decode(row[0]) for row in rows]
