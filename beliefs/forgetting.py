"""Forgetting: keyed hashes that stop relearning, and the removal of every word of a belief."""

import hmac
import sqlite3
from collections.abc import Collection, Iterable

from mindhold.beliefs.codec import decode, encode_list, pack
from mindhold.beliefs.database import Database
from mindhold.beliefs.lineage import stripped
from mindhold.beliefs.model import Belief, Evidence
from mindhold.beliefs.schema import REDACTIONS
from mindhold.beliefs.snapshots import drop
from mindhold.beliefs.valid import name_of, surface, surfaces

_SEPARATOR = "\x1f"  # cannot stand in a name, a scope or a line of content


def hashes(
    key: bytes, *, user: str, agent: str | None, scopes: Iterable[str], name: str, content: str
) -> set[bytes]:
    """What is left of a forgotten belief: its name in each of its scopes, its content anywhere."""
    whose = (user, agent or "")
    named = {(*whose, "name", scope, name_of(name)) for scope in scopes}
    told = (*whose, "content", surface(content))
    return {hmac.digest(key, _SEPARATOR.join(parts).encode(), "sha256") for parts in (*named, told)}


def remember_forgetting(connection: sqlite3.Connection, key: bytes, belief: Belief) -> None:
    """From now on the belief is not learned again, in no version that it ever had.

    Where its owner only rejected it, another thing may still be learned under its name.
    """
    named = not _rejected(connection, belief.id)
    past = connection.execute(
        "SELECT value FROM journal WHERE belief = ? AND value IS NOT NULL", (belief.id,)
    )
    marks: set[bytes] = set()
    for version in (belief, *(decode(row[0]) for row in past)):
        marks |= hashes(
            key,
            user=version.user,
            agent=version.agent,
            scopes=version.scopes if named else (),
            name=version.canonical_name,
            content=version.content,
        )
    connection.executemany(
        "INSERT OR IGNORE INTO tombstones (hash, belief) VALUES (?, ?)",
        [(mark, belief.id) for mark in marks],
    )


def _rejected(connection: sqlite3.Connection, id: str) -> bool:
    """Whether its owner's last word against it was that they rejected it."""
    row = connection.execute(
        "SELECT event FROM journal WHERE belief = ? AND event IN ('forgotten', 'rejected')"
        " ORDER BY sequence DESC LIMIT 1",
        (id,),
    ).fetchone()
    return row is not None and row["event"] == "rejected"


def allow_again(connection: sqlite3.Connection, id: str) -> None:
    """The belief may be learned again."""
    connection.execute("DELETE FROM tombstones WHERE belief = ?", (id,))


def ask_scrub(connection: sqlite3.Connection) -> None:
    """The files must be rewritten, if not by this process then by the next to open the store."""
    connection.execute("INSERT OR REPLACE INTO meta (key, value) VALUES ('scrub', 'due')")


def scrub(database: Database) -> None:
    """Rewrites the files if that is due, and deletes every copy that is kept beside them."""
    if not database.rows("SELECT 1 FROM meta WHERE key = 'scrub'"):
        return
    drop(database.home)
    if database.scrub():
        with database.transaction() as connection:
            connection.execute("DELETE FROM meta WHERE key = 'scrub'")


def redact(connection: sqlite3.Connection, belief: Belief, heirs: Collection[Belief]) -> None:
    """Takes a belief's words out of the journal and of every table that may quote them.

    `heirs` have inherited surfaces and quotes from it; those go from their past versions as well.
    """
    words = surfaces(belief)
    connection.execute(
        "UPDATE journal SET reason = '' WHERE change IN"
        " (SELECT change FROM journal WHERE belief = ?)",
        (belief.id,),
    )
    connection.execute("UPDATE journal SET value = NULL WHERE belief = ?", (belief.id,))
    for heir in heirs:
        _strip_past(connection, heir.id, words, belief.evidence)
    parameters = _parameters(belief, words)
    for statement in REDACTIONS:
        connection.execute(statement, parameters)


def _strip_past(
    connection: sqlite3.Connection,
    id: str,
    words: frozenset[str],
    quotes: Collection[Evidence],
) -> None:
    rows = connection.execute(
        "SELECT sequence, value FROM journal WHERE belief = ? AND value IS NOT NULL", (id,)
    ).fetchall()
    connection.executemany(
        "UPDATE journal SET value = ? WHERE sequence = ?",
        [(pack(stripped(decode(value), words, quotes)), sequence) for sequence, value in rows],
    )


def _parameters(belief: Belief, words: frozenset[str]) -> dict[str, str]:
    quotes = belief.evidence
    return {
        "belief": belief.id,
        "user": belief.user,
        "requests": encode_list([quote.request for quote in quotes if quote.request]),
        "conversations": encode_list(
            [quote.conversation for quote in quotes if quote.conversation]
        ),
        "fingerprints": encode_list([quote.fingerprint for quote in quotes if quote.fingerprint]),
        "quotes": encode_list([quote.quote for quote in quotes]),
        "names": encode_list(sorted(words)),
    }
