"""Turns: which user turns were heard before, and so are edits, repetitions or a program's work."""

import sqlite3
from collections.abc import Iterable
from datetime import datetime, timedelta

from mindhold.beliefs.codec import microseconds
from mindhold.beliefs.learning.said import Said

TEMPLATE = 3  # conversations in which a text makes itself known as a program's
REMEMBERED = timedelta(days=90)  # longer than clients keep a conversation open

_HERE = "user = :user AND agent = :agent AND conversation = :conversation"
_ABANDONED = f"""
WITH RECURSIVE gone (turn, node, fingerprint) AS (
    SELECT turn, node, fingerprint FROM turns_heard
    WHERE {_HERE} AND fingerprint <> :fingerprint
        AND (turn = :turn OR (parent <> '' AND parent = :parent AND node <> :node))
    UNION
    SELECT heard.turn, heard.node, heard.fingerprint FROM turns_heard AS heard
    JOIN gone ON gone.node <> '' AND heard.parent = gone.node
    WHERE {_HERE} AND heard.node <> :node
)
SELECT turn, fingerprint FROM gone
"""  # noqa: S608, our own words


def abandoned(connection: sqlite3.Connection, said: Said, fingerprint: str) -> list[str]:
    """The marks of the texts that a branch had and the conversation has no more; once each.

    Where another text stood at this turn, or went on from the same turn before it, that was
    edited, or its answer regenerated, and with it goes all that came after it there.
    """
    if said.conversation is None or not said.turn:
        return []
    where = {
        "user": said.user, "agent": said.agent or "", "conversation": said.conversation,
        "turn": said.turn, "node": said.node, "parent": said.parent, "fingerprint": fingerprint,
    }  # fmt: skip
    gone = {row["turn"]: row["fingerprint"] for row in connection.execute(_ABANDONED, where)}
    connection.executemany(
        f"DELETE FROM turns_heard WHERE {_HERE} AND turn = :gone",  # noqa: S608, our own words
        [{**where, "gone": turn} for turn in gone],
    )
    left = connection.execute(f"SELECT fingerprint FROM turns_heard WHERE {_HERE}", where)  # noqa: S608
    return sorted(set(gone.values()) - {fingerprint, *(row[0] for row in left)})


def elsewhere(connection: sqlite3.Connection, said: Said, fingerprint: str) -> str:
    """The mark of another text that stands at this turn now; empty where none does."""
    sql = f"SELECT fingerprint FROM turns_heard WHERE {_HERE} AND turn = :turn"  # noqa: S608
    where = {
        "user": said.user, "agent": said.agent or "", "conversation": said.conversation or "",
        "turn": said.turn,
    }  # fmt: skip
    row = connection.execute(sql, where).fetchone()
    return str(row[0]) if row and row[0] != fingerprint else ""


def note(connection: sqlite3.Connection, said: Said, fingerprint: str) -> None:
    """Writes down that this turn was heard, in place of what stood there before."""
    if said.conversation is not None and said.turn:
        connection.execute(
            "INSERT OR REPLACE INTO turns_heard"
            " (user, agent, conversation, turn, fingerprint, at, node, parent)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (said.user, said.agent or "", said.conversation, said.turn, fingerprint,
             microseconds(said.at), said.node, said.parent),
        )  # fmt: skip


def template(
    connection: sqlite3.Connection, said: Said, marks: Iterable[str], fingerprint: str
) -> list[str]:
    """The marks of every text of a template, once this one has made itself known as one."""
    where = said.conversation or f"turn {said.turn}"
    texts: dict[str, None] = {}
    for mark in marks:
        connection.execute(
            "INSERT OR REPLACE INTO openings (mark, user, conversation, fingerprint, at)"
            " VALUES (?, ?, ?, ?, ?)",
            (mark, said.user, where, fingerprint, microseconds(said.at)),
        )
        rows = connection.execute(
            "SELECT conversation, fingerprint FROM openings WHERE mark = ? AND user = ?",
            (mark, said.user),
        ).fetchall()
        if len({row[0] for row in rows}) >= TEMPLATE:
            texts.update(dict.fromkeys(row[1] for row in rows))
    return list(texts)


def prune(connection: sqlite3.Connection, now: datetime) -> None:
    """Forgets the turns that were offered and heard too long ago to come again."""
    before = (microseconds(now - REMEMBERED),)
    connection.execute("DELETE FROM offered WHERE at < ?", before)
    connection.execute("DELETE FROM jobs WHERE at < ?", before)
    connection.execute("DELETE FROM turns_heard WHERE at < ?", before)
    connection.execute("DELETE FROM openings WHERE at < ?", before)
