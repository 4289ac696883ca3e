"""Sightings: how often a word was used for a belief, so that use alone can make it a name of it.

No word is in the table: it is known by its keyed hash. A conversation counts once.
"""

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta

from mindhold.beliefs.codec import microseconds
from mindhold.beliefs.learning import marks
from mindhold.beliefs.learning.said import Said
from mindhold.beliefs.learning.usage.spans import key
from mindhold.beliefs.model import Belief, Origin

NAMED = 6  # the user has said so
MEANT = 3  # they said what they mean, unasked
USED = 2  # it has the letters of a name, and stands where that was spoken of
CERTAIN = 6  # what distinct conversations must weigh together
KEPT = timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """A word that was used for a belief in one conversation."""

    word: str
    belief: str
    weight: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A word's use for a belief: what its conversations weigh together and how many they are;
    `told`: in one of them the user said so, or was asked just that."""

    weight: int
    told: bool
    talks: int

    @property
    def certain(self) -> bool:
        """Whether it is enough."""
        return self.weight >= CERTAIN


def note(
    connection: sqlite3.Connection, secret: bytes, said: Said, fingerprint: str, one: Sighting
) -> None:
    """Writes one down; of a conversation the one that weighs most stays."""
    connection.execute(
        "INSERT INTO sightings (word, belief, user, conversation, weight, fingerprint, at, client)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (word, belief, conversation) DO UPDATE SET"
        " weight = excluded.weight, fingerprint = excluded.fingerprint, at = excluded.at,"
        " client = excluded.client"
        " WHERE excluded.weight > weight",
        (_mark(secret, said, one.word), one.belief, said.user,
         said.conversation or f"turn {said.turn}", one.weight, fingerprint, microseconds(said.at),
         said.client),
    )  # fmt: skip


def seen(connection: sqlite3.Connection, secret: bytes, said: Said, word: str) -> dict[str, Seen]:
    """What was seen of a word, by belief."""
    rows = connection.execute(
        "SELECT belief, sum(weight), sum(weight) FILTER (WHERE weight = ?), count(*)"
        " FROM sightings WHERE word = ? GROUP BY belief",
        (NAMED, _mark(secret, said, word)),
    )
    return {row[0]: Seen(weight=row[1], told=bool(row[2]), talks=row[3]) for row in rows}


def withdraw(
    connection: sqlite3.Connection, fingerprint: str, *, user: str, conversation: str | None
) -> list[str]:
    """Takes out what was seen in a message (in one conversation, if named); of which beliefs."""
    rows = connection.execute(
        "DELETE FROM sightings WHERE fingerprint = ?1 AND user = ?2"
        " AND (?3 IS NULL OR conversation = ?3) RETURNING belief",
        (fingerprint, user, conversation),
    )
    return list(dict.fromkeys(row[0] for row in rows))


def unsupported(connection: sqlite3.Connection, secret: bytes, belief: Belief, word: str) -> str:
    """The name that a belief had by the use of a word, known by its mark, and no longer should;
    empty where it had none, or other conversations make it certain."""
    weight = connection.execute(
        "SELECT coalesce(sum(weight), 0) FROM sightings WHERE word = ? AND belief = ?",
        (word, belief.id),
    ).fetchone()[0]
    if weight >= CERTAIN:
        return ""
    for alias in belief.aliases:
        for agent in {None, belief.agent}:
            mark = marks.word(secret, key(alias.text), user=belief.user, agent=agent)
            if alias.origin is Origin.OBSERVED and mark == word:
                return alias.text
    return ""


def prune(connection: sqlite3.Connection, now: datetime) -> None:
    """Forgets what was seen a year ago."""
    connection.execute("DELETE FROM sightings WHERE at < ?", (microseconds(now - KEPT),))


def _mark(secret: bytes, said: Said, word: str) -> str:
    return marks.word(secret, key(word), user=said.user, agent=said.agent)
