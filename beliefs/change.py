"""A change: steps that are checked, written and journalled together, or not at all."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from mindhold.beliefs import forgetting, journal, seals, table
from mindhold.beliefs.journal import Hand
from mindhold.beliefs.model import Belief
from mindhold.beliefs.states import Event
from mindhold.beliefs.step import Step, admitted


class Changing:
    """Writes steps through one connection by one hand; what is nested in `whole` is one change."""

    def __init__(self, connection: sqlite3.Connection, hand: Hand, key: bytes) -> None:
        self._connection = connection
        self._hand = hand
        self._key = key
        self._change: int | None = None

    def apply(self, *steps: Step) -> None:
        """Writes the steps as one change, or nothing; the dead first, their names are then free."""
        real = [step for step in steps if step.after != step.before or self._lets_go(step)]
        with self.whole() as change:
            written = [
                self._write(step, change) for step in sorted(real, key=lambda one: one.after.live)
            ]
            for made in written:
                table.check_lineage(self._connection, made)

    @contextmanager
    def whole(self) -> Iterator[int]:
        """What is written inside is one change, numbered by its first entry, or nothing at all."""
        if self._change is not None:
            yield self._change
            return
        self._change = journal.newest(self._connection) + 1
        self._connection.execute("SAVEPOINT change")
        try:
            yield self._change
        except BaseException:
            self._connection.execute("ROLLBACK TO change")
            raise
        finally:
            self._change = None
            self._connection.execute("RELEASE change")

    def _lets_go(self, step: Step) -> bool:
        """Whether only this changes: that it may not be learned again, or may."""
        if step.forgotten is None or step.before is None:
            return False
        return step.forgotten != journal.is_forgotten(self._connection, step.before.id)

    def _write(self, step: Step, change: int) -> Belief:
        made = admitted(step, self._hand)
        table.put(self._connection, step.before, made)
        forgotten = step.forgotten
        if forgotten is None:
            forgotten = step.before is not None and journal.is_forgotten(self._connection, made.id)
        journal.append(
            self._connection,
            self._hand,
            made,
            step.event,
            sequence=journal.newest(self._connection) + 1,
            change=change,
            forgotten=forgotten,
        )
        seals.renew(self._connection, made.id)
        if step.forgotten is not None and step.event is not Event.ERASED:
            forgetting.allow_again(self._connection, made.id)
            if forgotten:
                forgetting.remember_forgetting(self._connection, self._key, made)
        return made
