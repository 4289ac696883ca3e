"""The queue: user turns that wait to be learned from, durable and bounded."""

from dataclasses import dataclass, replace
from datetime import datetime

import msgspec

from mindhold.beliefs.codec import microseconds, moment
from mindhold.beliefs.database import Database, Transaction
from mindhold.beliefs.learning import marks, turns
from mindhold.beliefs.learning.said import Said
from mindhold.beliefs.store import Store
from mindhold.beliefs.text.long import shortened
from mindhold.beliefs.text.machine import machine_made
from mindhold.beliefs.text.secrets import redact

_TRIES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One turn to learn from; `id` is its mark, under which the store does it once."""

    id: str
    said: Said


class Queue:
    """Waiting turns in the store's own file. A turn that was offered before is not taken again,
    whether it waits, or was learned from, and whoever restarted in between.
    """

    def __init__(self, store: Store, *, limit: int = 1000) -> None:
        self._database = store.database
        self._limit = limit
        self.refused = 0  # turns that found the queue full

    def offer(self, said: Said) -> bool:
        """Takes the turn in, with its secrets taken out; False when there is nothing to learn.

        That is so for an empty text, a machine's, one offered before, or when the queue is full,
        which is counted. Raises `StoreError`.
        """
        with self._database.transaction() as connection:
            return self.take_in(connection, said)

    def take_in(self, connection: Transaction, said: Said) -> bool:
        """As `offer`, within the caller's transaction."""
        if not said.text.strip() or machine_made(said.text):
            return False
        text = redact(shortened(said.text))
        mark = self._mark(connection, replace(said, text=text), marks.job(self._database.key, said))
        if _offered(connection, mark):
            return False
        if self.waiting() >= self._limit:
            self.refused += 1
            return False
        connection.execute(
            "INSERT INTO offered (mark, at) VALUES (?, ?)", (mark, microseconds(said.at))
        )
        connection.execute(
            "INSERT INTO learning (mark, fingerprint, text, value, tries) VALUES (?, ?, ?, ?, 0)",
            (mark, marks.fingerprint(self._database.key, said.text), text, _encoded(said)),
        )
        return True

    def _mark(self, connection: Transaction, said: Said, mark: str) -> str:
        """The mark of a job, another one where the user went back to a text and edited it twice."""
        if not _offered(connection, mark):
            return mark
        stands = turns.elsewhere(connection, said, marks.fingerprint(self._database.key, said.text))
        return marks.again(self._database.key, mark, stands) if stands else mark

    def take(self) -> Job | None:
        """The turn that has waited longest; it stays until learning from it is committed."""
        rows = self._database.rows("SELECT mark, text, value FROM learning ORDER BY id LIMIT 1")
        if not rows:
            return None
        said = msgspec.json.decode(rows[0]["value"], type=Said)
        return Job(id=rows[0]["mark"], said=replace(said, text=rows[0]["text"]))

    def waiting(self) -> int:
        """How many turns wait."""
        return int(self._database.rows("SELECT count(*) FROM learning")[0][0])

    def done(self, job: Job) -> None:
        """Takes out a turn that was learned from already."""
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM learning WHERE mark = ?", (job.id,))

    def failed(self, job: Job) -> None:
        """Puts a turn that could not be worked on to the end, or away after the third time."""
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE learning SET tries = tries + 1, id = (SELECT max(id) + 1 FROM learning)"
                " WHERE mark = ?",
                (job.id,),
            )
            connection.execute("DELETE FROM learning WHERE tries >= ?", (_TRIES,))


def standing(database: Database) -> tuple[int, datetime | None]:
    """How many turns wait, and since when the oldest does, if that is known."""
    (row,) = database.rows(
        "SELECT count(*) AS turns, min(at) AS at FROM learning LEFT JOIN offered USING (mark)"
    )
    return row["turns"], None if row["at"] is None else moment(row["at"])


def _offered(connection: Transaction, mark: str) -> bool:
    sql = "SELECT 1 FROM offered WHERE mark = ?"
    return connection.execute(sql, (mark,)).fetchone() is not None


def _encoded(said: Said) -> bytes:
    """All but the text, which has a column of its own."""
    earlier, answer = tuple(map(redact, said.earlier)), redact(said.answer)
    return msgspec.json.encode(replace(said, text="", earlier=earlier, answer=answer))
