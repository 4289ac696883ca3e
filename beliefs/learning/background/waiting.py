"""Waiting: turns that a model will be asked about, durable and bounded, each until that is done."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from mindhold.beliefs.codec import microseconds, moment
from mindhold.beliefs.database import Database, Transaction
from mindhold.beliefs.learning import journal, marks
from mindhold.beliefs.learning.background.turn import Turn, decoded, encoded, turn_of
from mindhold.beliefs.learning.grounds import clause_of
from mindhold.beliefs.learning.guards import question
from mindhold.beliefs.learning.heard import Heard
from mindhold.beliefs.learning.journal import Decision

NAME = "background"
DROPPED = "dropped"
_WORDS = 3  # a turn of fewer is left to the rules
_ASKED = 30  # sentences after which not all are questions
_OLD = timedelta(days=7)  # what could not be asked about by then is let go
_SECOND = 1_000_000  # microseconds
_FULL, _STALE = "too many turns were waiting", "it had waited for a week"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """When a conversation is asked about: `idle` seconds after its last turn, or when so many
    turns wait; after a failure not before `pauses` seconds, one for each retry.

    `look`: seconds between looks at what waits; `call`: of one call at the most.
    """

    idle: float = 20.0
    turns: int = 6
    pauses: tuple[float, ...] = (30.0, 120.0, 600.0)
    look: float = 1.0
    call: float = 60.0


class Waiting:
    """Turns in the store's own file, from the moment the rules have learned from them."""

    def __init__(self, database: Database, *, pace: Pace, limit: int = 1000) -> None:
        self._database = database
        self._pace = pace
        self._limit = limit
        self.some = True  # whether it is worth a look

    def take_in(self, connection: Transaction, heard: Heard, fingerprint: str) -> None:
        """Keeps a turn, within the transaction that learned from it; not one that says nothing."""
        if not says_something(heard):
            return
        turn = turn_of(heard, key=self._database.key, fingerprint=fingerprint)
        waiting = connection.execute("SELECT count(*) FROM background_turns").fetchone()[0]
        if waiting >= self._limit:
            self._drop(connection, turn, _FULL)
            return
        said = turn.said
        where = [said.user, said.agent or "", *sorted(said.scopes), said.conversation or turn.mark]
        connection.execute(
            "INSERT OR IGNORE INTO background_turns (mark, place, fingerprint, text, value, at)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (turn.mark, marks.fingerprint(self._database.key, "\0".join(where)), fingerprint,
             said.text, encoded(turn), microseconds(said.at)),
        )  # fmt: skip
        self.some = True

    def withdraw(self, connection: Transaction, fingerprint: str, conversation: str | None) -> None:
        """Lets go of a message (in one conversation, if named) that was edited or taken back, or
        is a program's."""
        connection.execute(
            "DELETE FROM background_turns WHERE fingerprint = ?1"
            " AND (?2 IS NULL OR json_extract(value, '$[0].conversation') = ?2)",
            (fingerprint, conversation),
        )

    def due(self, now: datetime) -> tuple[Turn, ...]:
        """The next turns to ask about: of one conversation, oldest first; empty when none is due.

        A moment in the future comes from a clock that was wrong, and keeps nobody waiting.
        """
        at, pause = microseconds(now), round(max(self._pace.pauses) * _SECOND)
        rows = self._database.rows(
            "SELECT place FROM background_turns GROUP BY place"
            " HAVING max(due) NOT BETWEEN ?1 + 1 AND ?1 + ?2"
            " AND (count(*) >= ?3 OR max(at) NOT BETWEEN ?1 - ?4 + 1 AND ?1)"
            " ORDER BY min(id) LIMIT 1",
            at, pause, self._pace.turns, round(self._pace.idle * _SECOND),
        )  # fmt: skip
        if not rows:
            self.some = count(self._database) > 0
            return ()
        found = self._database.rows(
            "SELECT mark, fingerprint, text, value FROM background_turns WHERE place = ?"
            " ORDER BY id LIMIT ?",
            rows[0]["place"], self._pace.turns,
        )  # fmt: skip
        return tuple(decoded(**dict(row)) for row in found)

    def done(self, connection: Transaction, turn: Turn) -> bool:
        """Takes a turn out; False when it is gone: forgotten, edited or learned from already."""
        gone = connection.execute("DELETE FROM background_turns WHERE mark = ?", (turn.mark,))
        return gone.rowcount > 0

    def failed(
        self, connection: Transaction, turns: tuple[Turn, ...], reason: str, now: datetime,
        *, after: float = 0.0,
    ) -> None:  # fmt: skip
        """Lets turns wait for another try, at least `after` seconds; drops what had its three."""
        for turn in turns:
            row = connection.execute(
                "SELECT tries FROM background_turns WHERE mark = ?", (turn.mark,)
            ).fetchone()
            if row and row["tries"] >= len(self._pace.pauses):
                self._drop(connection, turn, reason)
            elif row:
                pause = max(self._pace.pauses[row["tries"]], after)
                connection.execute(
                    "UPDATE background_turns SET tries = tries + 1, due = ? WHERE mark = ?",
                    (microseconds(now) + round(pause * _SECOND), turn.mark),
                )

    def prune(self, connection: Transaction, now: datetime) -> None:
        """Drops what nobody could be asked about for too long."""
        rows = connection.execute(
            "SELECT mark, fingerprint, text, value FROM background_turns WHERE at < ?",
            (microseconds(now - _OLD),),
        )
        for row in rows.fetchall():
            self._drop(connection, decoded(**dict(row)), _STALE)

    def _drop(self, connection: Transaction, turn: Turn, reason: str) -> None:
        self.done(connection, turn)
        decision = Decision(rule="G1", quote="", outcome=DROPPED, reason=reason, extractor=NAME)
        journal.write_down(connection, self._database.key, turn.said, turn.fingerprint, decision)


def count(database: Database) -> int:
    """How many turns wait."""
    return standing(database)[0]


def standing(database: Database) -> tuple[int, datetime | None]:
    """How many turns wait, and since when the oldest does."""
    (row,) = database.rows("SELECT count(*) AS turns, min(at) AS at FROM background_turns")
    return row["turns"], moment(row["at"]) if row["turns"] else None


def dropped(database: Database, since: datetime) -> dict[str, int]:
    """How many turns were let go unread since then, by the reason."""
    rows = database.rows(
        "SELECT reason, count(*) AS turns FROM decisions WHERE at >= ? AND outcome = ?"
        " AND extractor = ? GROUP BY reason ORDER BY turns DESC",
        microseconds(since), DROPPED, NAME,
    )  # fmt: skip
    return {row["reason"]: row["turns"] for row in rows}


def clear(connection: Transaction) -> None:
    """Deletes every turn that waits: there is no model to ask any more."""
    connection.execute("DELETE FROM background_turns")


def says_something(heard: Heard) -> bool:
    """Whether there is a sentence that the gate could admit: not questions alone, nor "thanks"."""
    if sum(len(one.text.split()) for one in heard.sentences) < _WORDS:
        return False
    first = heard.sentences[:_ASKED]
    return len(heard.sentences) > _ASKED or not all(
        question(clause_of(heard, one.start, one.text)) for one in first
    )
