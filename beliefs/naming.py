"""Look-ups over what is named how and what changed when, for whoever keeps an index of it."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator

from mindhold.beliefs.codec import decode, encode_list
from mindhold.beliefs.database import Database
from mindhold.beliefs.model import Belief
from mindhold.beliefs.scope import expand
from mindhold.beliefs.valid import surface

Read = Callable[..., Iterable[sqlite3.Row]]
"""Runs a reading statement with its parameters, in a transaction or outside."""

_NAMESAKES = """
SELECT value FROM sound WHERE id IN (
    SELECT DISTINCT places.belief FROM names JOIN places ON places.belief = names.belief
    WHERE names.name = ?1 AND places.live AND places.belief <> ?2 AND places.user = ?3
    AND (?4 = '' OR places.agent IN ('', ?4))
    AND (places.scope IN (SELECT value FROM json_each(?5)) OR EXISTS (
        SELECT 1 FROM json_each(?6) AS above
        WHERE places.scope > above.value || '/' AND places.scope < above.value || '0'))
    LIMIT ?7)
ORDER BY id
"""  # '0' comes after '/'


def changed(database: Database, since: int, limit: int) -> list[str]:
    """Ids of the beliefs in the journal after this sequence, the newest first, at most `limit`."""
    rows = database.rows(
        "SELECT belief, max(sequence) AS last FROM journal WHERE sequence > ?"
        " GROUP BY belief ORDER BY last DESC LIMIT ?",
        since,
        limit,
    )
    return [row["belief"] for row in rows]


def names_between(
    database: Database, ranges: Iterable[tuple[str, str]]
) -> Iterator[tuple[str, str]]:
    """Looked-up name (`valid.surface`) and belief id of every name from `low` up to `high`, for
    each range; of any user, place and state."""
    sql = "SELECT name, belief FROM names WHERE name >= ? AND name < ?"
    for low, high in ranges:
        for row in database.rows(sql, low, high):
            yield row["name"], row["belief"]


def namesakes(read: Read, belief: Belief, name: str, limit: int) -> list[Belief]:
    """Other live beliefs with this name that one request may see together with the belief."""
    rows = read(
        _NAMESAKES,
        surface(name),
        belief.id,
        belief.user,
        belief.agent or "",
        encode_list(list(expand(belief.scopes))),
        encode_list(list(belief.scopes)),
        limit,
    )
    return [decode(row["value"]) for row in rows]
