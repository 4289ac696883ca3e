"""Withdrawal: what a belief that goes, or loses words, means for those it replaced or doubted."""

import sqlite3
from dataclasses import replace

from mindhold.beliefs import table
from mindhold.beliefs.growth import weakened
from mindhold.beliefs.model import Belief, Evidence, State
from mindhold.beliefs.states import STANDING, Event, after
from mindhold.beliefs.step import Step, grounded, returned


def withdrawn(
    connection: sqlite3.Connection, before: Belief, kept: tuple[Evidence, ...]
) -> list[Step]:
    """A belief with only these quotes left, and what returns where nothing is left to hold it."""
    made = weakened(before, kept)
    if made.pinned and not made.evidence:  # then it rests on the hand that pinned it
        made = replace(made, user_edited=True)
    if grounded(made) or made.state not in STANDING:
        return [Step(before=before, after=made, event=Event.WITHDRAWN)]
    made = replace(made, state=after(made, Event.WITHDRAWN))
    replaced = table.fetch_all(connection, before.supersedes)
    return [
        Step(before=before, after=made, event=Event.WITHDRAWN),
        *(returned(old) for old in replaced if old.superseded_by == before.id),
        *uncontested(connection, before),
    ]


def uncontested(connection: sqlite3.Connection, gone: Belief) -> list[Step]:
    """What a challenger contested stands again once no challenger is left."""
    if gone.state is not State.PENDING or not gone.supersedes:
        return []
    others = {
        target
        for challenger in table.waiting(connection)
        if challenger.id != gone.id
        for target in challenger.supersedes
    }
    contested = table.fetch_all(connection, set(gone.supersedes) - others)
    return [returned(old) for old in contested if old.state is State.CONTESTED]
