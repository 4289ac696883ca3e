"""Neighbours: the beliefs near a user turn, which a new one may repeat, answer or replace."""

import json
import sqlite3
from collections.abc import Iterable, Iterator

from mindhold.beliefs import naming, table
from mindhold.beliefs.codec import decode, encode_list
from mindhold.beliefs.errors import BeliefError
from mindhold.beliefs.learning import support
from mindhold.beliefs.learning.candidate import NewBelief
from mindhold.beliefs.learning.choices import alternatives
from mindhold.beliefs.learning.leaning import Gone, leans, topics
from mindhold.beliefs.learning.likeness import beyond, frame, left, same, speaks_of
from mindhold.beliefs.learning.said import Said
from mindhold.beliefs.learning.terms import spelled
from mindhold.beliefs.model import LIVE, Belief, Origin, State, Type
from mindhold.beliefs.scope import UNIVERSAL, expand
from mindhold.beliefs.states import STANDING
from mindhold.beliefs.valid import name_of, surface

FACTS = frozenset({Type.DECISION, Type.ENTITY, Type.RELATION})
_SHORT = 2  # words of a name that may stand for a longer one
_NEAR = 2  # words beyond a name that a belief about it may have
_NAMED = """
SELECT DISTINCT belief FROM names WHERE name IN (SELECT value FROM json_each(?)) LIMIT 200
"""
_LIVE = """
SELECT value FROM sound WHERE user = ? AND state IN (SELECT value FROM json_each(?))
"""
_LONGER = """
SELECT belief FROM names WHERE (name > :name || ' ' AND name < :name || '!')
    OR substr(name, -length(:name) - 1) = ' ' || :name
"""
_CALLED = "SELECT belief FROM names WHERE name = ? OR (name > ? AND name < ?)"
_OPEN = "SELECT value FROM sound WHERE state = 'open' AND state <> 'active' AND user = ?"
_LESSONS = """
SELECT value FROM sound WHERE user = ? AND subtype IN ('strategy', 'pitfall')
"""
_BEGINNING = """
SELECT DISTINCT names.name, names.belief FROM places JOIN names ON names.belief = places.belief
WHERE places.scope IN (SELECT value FROM json_each(?)) AND places.live AND places.user = ?
AND names.name >= ? AND names.name < ?
"""
_MANY = 200  # that have one name


class Neighbours:
    """What stands near one user turn, as its own transaction sees it.

    A turn of an agent touches that agent's beliefs only, any other the shared ones only.
    """

    def __init__(
        self, connection: sqlite3.Connection, said: Said, *, near: Iterable[Belief] = ()
    ) -> None:
        """`near` are beliefs that the turn names, as some index has found them."""
        self._connection = connection
        self._near = [belief.id for belief in near]
        self._said = said
        self._visible = {*expand(said.scopes), UNIVERSAL}

    def named(self, names: Iterable[str], *, scopes: Iterable[str] = ()) -> list[Belief]:
        """Those that bear one of the names themselves; a counter alias is not one's own name."""
        wanted = {surface(name) for name in names}
        return [one for one in self.bearing(wanted, scopes=scopes) if own_names(one) & wanted]

    def bearing(self, names: Iterable[str], *, scopes: Iterable[str] = ()) -> list[Belief]:
        """Those that bear one of the names, or took the place of what did."""
        wanted = sorted({surface(name) for name in names})
        rows = self._connection.execute(_NAMED, (encode_list(wanted),))
        near = (one for one in table.fetch_all(self._connection, [row[0] for row in rows])
                if self.ours(one, frozenset(scopes)))  # fmt: skip
        return sorted(near, key=lambda one: one.id)

    def closest(self, name: str, *, scopes: Iterable[str] = ()) -> list[Belief]:
        """Of those that bear a name the one that is about it; several, or none, if none stands out.

        "We use Jest" is about Jest, "mock timers with Jest's fake ones" only needs it.
        """
        near = self.named([name], scopes=scopes) or self._called(name, scopes)
        if len(near) < 2:
            return near
        apart = {one.id: beyond(one, name) for one in near}
        least = min(apart.values())
        nearest = [one for one in near if apart[one.id] == least]
        exact = [one for one in nearest if _same_name(one, name)]
        return exact or (nearest if not least or (len(nearest) == 1 and least <= _NEAR) else [])

    def _called(self, name: str, scopes: Iterable[str]) -> list[Belief]:
        """The only live belief that has the name as a part of a longer one: D&D 5e by 5e."""
        wanted, there = surface(name), frozenset(scopes)
        if not spelled(name) or len(wanted.split()) > _SHORT:
            return []
        rows = self._connection.execute(_LONGER, {"name": wanted})
        near = table.fetch_all(self._connection, {row[0] for row in rows})
        found = [one for one in near if one.live and self.ours(one, there) and _longer(one, wanted)]
        return found if len(found) == 1 else []

    def heirs(self, name: str, *, scopes: Iterable[str]) -> list[Belief]:
        """The live beliefs that took the place of what had this name."""
        wanted, near = surface(name), self.bearing([name], scopes=scopes)
        return [one for one in near if one.live and wanted not in own_names(one)]

    def leavers(self, names: Iterable[str], *, scopes: Iterable[str]) -> list[Belief]:
        """The live decisions that tell of having left what has the first of these names."""
        first = next(iter(names))
        near = [one for one in self._telling(names, (), scopes) if one.type is Type.DECISION]
        return [one for one in near if left(one, first) and surface(first) not in own_names(one)]

    def framed(self, made: NewBelief) -> list[Belief]:
        """The one live fact of its place that says the same of another thing: "we deploy to Y"."""
        told = frame(made.content)
        if not told:
            return []
        near = self._telling((), told, made.scopes or self._said.scopes)
        found = [one for one in near if one.type in FACTS
                 and frame(one.content) == told]  # fmt: skip
        return found if len(found) == 1 and not support.negates(found[0].content) else []

    def recalled(self) -> list[Belief]:
        """The live beliefs that the turn names."""
        near = table.fetch_all(self._connection, self._near)
        return [one for one in near if one.live and self.ours(one)]

    def spoken_of(self) -> list[Belief]:
        """The live facts that the turn names."""
        return [one for one in self.recalled() if one.type in FACTS]

    def saying(self, content: str, scopes: Iterable[str]) -> list[Belief]:
        """Those of the named ones that say the same, under whatever name."""
        near = table.fetch_all(self._connection, self._near)
        return [
            one for one in near if self.ours(one, frozenset(scopes)) and same(one.content, content)
        ]

    def tastes(self, content: str, scopes: Iterable[str]) -> list[Belief]:
        """The live preferences there that are called by an alternative of what this one chooses."""
        there, ids = frozenset(scopes), set[str]()
        for word in alternatives(content):
            rows = self._connection.execute(_CALLED, (word, f"{word} ", f"{word}!"))
            ids.update(row[0] for row in rows)
        near = table.fetch_all(self._connection, ids)
        return [o for o in near if o.live and o.type is Type.PREFERENCE and self.ours(o, there)]

    def questions(self, scopes: Iterable[str]) -> list[Belief]:
        """The open questions of a place."""
        rows = self._connection.execute(_OPEN, (self._said.user,))
        near, there = [decode(row[0]) for row in rows], frozenset(scopes)
        return [one for one in near if self.ours(one, there)]

    def doubted(self, challenger: Belief) -> bool:
        """Whether all that it would replace is contested, none of it by its owner's own hand."""
        targets = table.fetch_all(self._connection, challenger.supersedes)
        return bool(targets) and all(
            one.state is State.CONTESTED and not (one.pinned or one.user_edited) for one in targets
        )

    def challengers(self, belief: Belief) -> list[Belief]:
        """What waits to take its place."""
        waiting = table.waiting(self._connection)
        return [one for one in waiting if belief.id in one.supersedes and one.user == belief.user]

    def target(self, name: str) -> Belief | None:
        """The one belief that an update means by an id, a name or an alias."""
        if (known := table.find(self._connection, name)) and self.ours(known):
            return known
        near = self.named([name])
        exact = [one for one in near if _same_name(one, name)]
        found = exact if len(exact) == 1 else self.closest(name) or self._lessons(name)
        return found[0] if len(found) == 1 else None

    def _lessons(self, phrase: str) -> list[Belief]:
        """The lessons that a phrase speaks of; most of its words must be theirs."""
        rows = self._connection.execute(_LESSONS, (self._said.user,))
        near = (one for one in (decode(row[0]) for row in rows) if one.live and self.ours(one))
        return [one for one in near if speaks_of(phrase, f"{one.content} {one.why_it_matters}")]

    def leaning(self, what: Gone, scopes: Iterable[str]) -> list[Belief]:
        """The live beliefs there that rest on what is gone; where it is the user, all visible."""
        there = self._visible if UNIVERSAL in scopes else set(scopes)
        near = self._telling(what.names, topics(what), there)
        return [one for one in near if leans(one, what)]

    def _telling(
        self, names: Iterable[str], topics: Iterable[str], scopes: Iterable[str]
    ) -> list[Belief]:
        """The live beliefs of a place that hold one of the names as it is, or a topic in any case.

        All beliefs are looked through: for a change, which is seldom.
        """
        words = [("value", name) for name in names]
        words += [("lower(CAST(value AS TEXT))", topic) for topic in topics]
        if not words:
            return []
        told = " OR ".join(f"instr({column}, ?)" for column, _ in words)
        inside = (json.dumps(word, ensure_ascii=False)[1:-1] for _, word in words)
        given = [word.encode() if column == "value" else word
                 for (column, _), word in zip(words, inside, strict=True)]  # fmt: skip
        states = encode_list(sorted(LIVE))
        rows = self._connection.execute(f"{_LIVE} AND ({told})", (self._said.user, states, *given))
        near, there = (decode(row[0]) for row in rows), frozenset(scopes)
        return [one for one in near if self.ours(one, there)]

    def namesakes(self, belief: Belief, name: str) -> list[Belief]:
        """Other live beliefs with this name that may come up where the belief does."""
        return naming.namesakes(self._read, belief, name, _MANY)

    def names(self, letter: str) -> Iterator[tuple[str, str]]:
        """Every name here that begins with a letter, and whose it is; live beliefs only."""
        wanted = encode_list(sorted(self._visible))
        last = letter + "\U0010ffff"
        for row in self._read(_BEGINNING, wanted, self._said.user, letter, last):
            yield row["name"], row["belief"]

    def ours(self, belief: Belief, scopes: frozenset[str] = frozenset()) -> bool:
        """Whether a turn said here may touch it, in these scopes where some are given."""
        limit = self._said.limit
        return (
            belief.user == self._said.user
            and belief.agent == self._said.agent
            and belief.state in STANDING
            and belief.state is not State.QUARANTINED
            and bool((scopes or self._visible) & set(belief.scopes))
            and (limit is None or set(belief.scopes) <= set(limit))
        )

    def _read(self, sql: str, *parameters: object) -> list[sqlite3.Row]:
        return self._connection.execute(sql, parameters).fetchall()


def _longer(belief: Belief, name: str) -> bool:
    """Whether one of its own names begins or ends with another."""
    return any(own.startswith(f"{name} ") or own.endswith(f" {name}") for own in own_names(belief))


def own_names(belief: Belief) -> frozenset[str]:
    """Its name and aliases, without the names of what it replaced."""
    counter = {surface(a.text) for a in belief.aliases if a.origin is Origin.COUNTER}
    aliases = {surface(a.text) for a in belief.aliases if a.origin is not Origin.COUNTER}
    return frozenset({surface(belief.canonical_name), *(aliases - counter)})


def _same_name(belief: Belief, name: str) -> bool:
    try:
        return belief.canonical_name == name_of(name)
    except BeliefError:
        return False
