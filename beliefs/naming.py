"""Look-ups over what is named how and what changed when, for whoever keeps an index of it."""

from collections.abc import Iterable, Iterator

from mindhold.beliefs.database import Database


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
