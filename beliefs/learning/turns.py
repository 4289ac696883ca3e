"""Turns: which user turns were heard before, and so are edits, repetitions or a program's work."""

import sqlite3
from collections.abc import Iterable
from datetime import datetime, timedelta

from mindhold.beliefs.codec import microseconds
from mindhold.beliefs.learning.said import Said

TEMPLATE = 3  # conversations in which a text makes itself known as a program's
REMEMBERED = timedelta(days=90)  # longer than clients keep a conversation open


def abandoned(connection: sqlite3.Connection, said: Said, fingerprint: str) -> list[str]:
    """The marks of other texts that stood at this turn of this conversation: it was edited."""
    if said.conversation is None or not said.turn:
        return []
    sql = (
        "SELECT fingerprint FROM turns_heard WHERE user = ? AND agent = ? AND conversation = ?"
        " AND turn = ? AND fingerprint <> ?"
    )
    at = (said.user, said.agent or "", said.conversation, said.turn, fingerprint)
    return [row[0] for row in connection.execute(sql, at)]


def note(connection: sqlite3.Connection, said: Said, fingerprint: str) -> None:
    """Writes down that this turn was heard, in place of what stood there before."""
    if said.conversation is not None and said.turn:
        connection.execute(
            "INSERT OR REPLACE INTO turns_heard (user, agent, conversation, turn, fingerprint, at)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (said.user, said.agent or "", said.conversation, said.turn, fingerprint,
             microseconds(said.at)),
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
