"""The beliefs' table and the look-ups derived from it, always written together."""

import sqlite3
from collections.abc import Iterable
from datetime import date

from mindhold.beliefs.codec import decode, encode, encode_list
from mindhold.beliefs.drivers import raised
from mindhold.beliefs.errors import Conflict, Damaged, NotFound, Refused
from mindhold.beliefs.model import Belief, State
from mindhold.beliefs.seals import UNSOUND
from mindhold.beliefs.states import STANDING, WAITING
from mindhold.beliefs.valid import surfaces

_UNSOUND = f"SELECT 1 FROM beliefs WHERE id = ? AND {UNSOUND}"  # noqa: S608
_CHAIN = """
WITH RECURSIVE chain (id, depth) AS (
    SELECT successor, 1 FROM successions WHERE belief = ?1
    UNION ALL
    SELECT successor, depth + 1 FROM successions JOIN chain ON belief = id
    WHERE id <> ?1 AND depth < 100000
)
SELECT id FROM chain ORDER BY depth
"""
_MERGED = """
WITH RECURSIVE into_it (id) AS (
    SELECT ?1
    UNION
    SELECT belief FROM successions JOIN into_it ON successor = into_it.id WHERE 'merged' = (
        SELECT event FROM journal WHERE journal.belief = successions.belief
        AND event IN ('merged', 'superseded') ORDER BY sequence DESC LIMIT 1
    )
)
SELECT id FROM into_it
"""


def find(connection: sqlite3.Connection, id: str) -> Belief | None:
    """The belief of this id, if there is one; raises `Damaged`."""
    row = connection.execute("SELECT value FROM sound WHERE id = ?", (id,)).fetchone()
    if row is None and connection.execute(_UNSOUND, (id,)).fetchone():
        raise Damaged(id)
    return decode(row[0]) if row else None


def fetch(connection: sqlite3.Connection, id: str) -> Belief:
    """The belief of this id; raises `NotFound`, `Damaged`."""
    belief = find(connection, id)
    if belief is None:
        raise NotFound("No belief has this id.")
    return belief


def fetch_all(connection: sqlite3.Connection, ids: Iterable[str]) -> list[Belief]:
    """The beliefs of these ids that exist and are sound, in no order."""
    sql = "SELECT value FROM sound WHERE id IN (SELECT value FROM json_each(?))"
    return [decode(row[0]) for row in connection.execute(sql, (encode_list(list(ids)),))]


def waiting(connection: sqlite3.Connection, state: State = State.PENDING) -> list[Belief]:
    """The beliefs that wait for their owner, or stand in another state than active."""
    sql = "SELECT value FROM sound WHERE state = ? AND state <> 'active'"
    return [decode(row[0]) for row in connection.execute(sql, (state.value,))]


def namesake(connection: sqlite3.Connection, belief: Belief) -> Belief | None:
    """The live belief that has this one's name in one of its places."""
    row = connection.execute(
        "SELECT belief FROM places WHERE live AND name = ? AND user = ? AND agent = ?"
        " AND scope IN (SELECT value FROM json_each(?)) LIMIT 1",
        (belief.canonical_name, belief.user, belief.agent or "", encode_list([*belief.scopes])),
    ).fetchone()
    return find(connection, row[0]) if row else None


def successors(connection: sqlite3.Connection, id: str) -> list[str]:
    """The ids that follow this one in its lineage, nearest first."""
    return [row[0] for row in connection.execute(_CHAIN, (id,))]


def resting_on(connection: sqlite3.Connection, fingerprint: str) -> list[Belief]:
    """The beliefs with a quote from this message."""
    sql = "SELECT belief FROM sources WHERE fingerprint = ?"
    return fetch_all(connection, [row[0] for row in connection.execute(sql, (fingerprint,))])


def of_user(connection: sqlite3.Connection, user: str) -> list[Belief]:
    """All sound beliefs of a user, ordered by id."""
    rows = connection.execute("SELECT value FROM sound WHERE user = ? ORDER BY id", (user,))
    return [decode(row[0]) for row in rows]


def put(connection: sqlite3.Connection, before: Belief | None, after: Belief) -> None:
    """Writes one version over the one before it; raises `Conflict` for a name that is taken."""
    connection.execute(
        "INSERT INTO beliefs (id, user, agent, type, state, pinned, subtype, review_by,"
        " valid_until, value)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
        " user = excluded.user, agent = excluded.agent, type = excluded.type,"
        " state = excluded.state, pinned = excluded.pinned, subtype = excluded.subtype,"
        " review_by = excluded.review_by, valid_until = excluded.valid_until,"
        " value = excluded.value",
        columns(after),
    )
    _put_places(connection, before, after)
    (old_names, old_sources), (names, sources) = _keys(before), _keys(after)
    _put_keys(connection, ("names", "name"), after.id, old_names, names)
    _put_keys(connection, ("sources", "fingerprint"), after.id, old_sources, sources)
    if after.superseded_by != (before.superseded_by if before else None):
        _put_succession(connection, after)


def columns(belief: Belief) -> tuple[object, ...]:
    """What stands in the columns of its row, in their order here."""
    return (
        belief.id, belief.user, belief.agent, belief.type.value, belief.state.value, belief.pinned,
        belief.subtype, _iso(belief.review_by), _iso(belief.valid_until), encode(belief),
    )  # fmt: skip


def check_lineage(connection: sqlite3.Connection, belief: Belief) -> None:
    """Raises `Refused` where a lineage would run in a circle, into nothing, or end in waiting."""
    if belief.state is State.SUPERSEDED:
        chain = successors(connection, belief.id)
        if not chain or belief.id in chain or find(connection, chain[-1]) is None:
            raise Refused("A superseded belief needs a successor that does not lead back to it.")
    elif belief.state in WAITING:
        sql = "SELECT 1 FROM successions WHERE successor = ? LIMIT 1"
        if connection.execute(sql, (belief.id,)).fetchone():
            raise Refused("This belief has replaced another, which has changed since.")


def overdue(today: date) -> tuple[str, str, str]:
    """The query for the ids of what stands and has its last day behind it.

    The plus keeps the order from choosing the index: by their days there are few, by id all.
    """
    sql = (
        "SELECT id FROM sound WHERE valid_until < ?"
        " AND state IN (SELECT value FROM json_each(?)) ORDER BY +id"
    )
    return sql, today.isoformat(), encode_list(sorted(STANDING))


def merged_into(connection: sqlite3.Connection, id: str) -> list[str]:
    """The ids of those that were merged into this one, and into those; itself not among them."""
    return [row[0] for row in connection.execute(_MERGED, (id,)) if row[0] != id]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _keys(belief: Belief | None) -> tuple[frozenset[str], frozenset[str]]:
    if belief is None:
        return frozenset(), frozenset()
    sources = {quote.fingerprint for quote in belief.evidence if quote.fingerprint}
    return surfaces(belief), frozenset(sources)


def _places(belief: Belief) -> set[tuple[str, str, str, str, str, bool]]:
    agent = belief.agent or ""
    return {
        (belief.id, scope, belief.user, agent, belief.canonical_name, belief.live)
        for scope in belief.scopes
    }


def _put_places(connection: sqlite3.Connection, before: Belief | None, after: Belief) -> None:
    old, new = _places(before) if before else set(), _places(after)
    connection.executemany(
        "DELETE FROM places WHERE belief = ? AND scope = ?", [place[:2] for place in old - new]
    )
    try:
        connection.executemany(
            "INSERT INTO places (belief, scope, user, agent, name, live) VALUES (?, ?, ?, ?, ?, ?)",
            new - old,
        )
    except raised("IntegrityError"):
        raise Conflict("Another live belief has this name in the same scope.") from None


def _put_keys(
    connection: sqlite3.Connection,
    place: tuple[str, str],
    id: str,
    old: frozenset[str],
    new: frozenset[str],
) -> None:
    table, column = place  # our own names, never a caller's
    if gone := old - new:
        sql = f"DELETE FROM {table} WHERE {column} = ? AND belief = ?"  # noqa: S608
        connection.executemany(sql, [(key, id) for key in gone])
    if come := new - old:
        sql = f"INSERT INTO {table} ({column}, belief) VALUES (?, ?)"  # noqa: S608
        connection.executemany(sql, [(key, id) for key in come])


def _put_succession(connection: sqlite3.Connection, after: Belief) -> None:
    connection.execute("DELETE FROM successions WHERE belief = ?", (after.id,))
    if after.superseded_by is not None:
        connection.execute(
            "INSERT INTO successions (belief, successor) VALUES (?, ?)",
            (after.id, after.superseded_by),
        )
