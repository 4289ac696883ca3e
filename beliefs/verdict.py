"""Verdicts: what the owner says of a belief that waits; each is one change, undone as one.

Each returns the belief as it then stands, and said twice changes nothing the second time. It
raises `Refused` where the belief neither waits nor is due, and what the verbs of `Write` raise.
"""

from datetime import date
from typing import Any

from mindhold.beliefs import table
from mindhold.beliefs.errors import Refused
from mindhold.beliefs.model import Belief, State, Type
from mindhold.beliefs.review import due
from mindhold.beliefs.states import STANDING, WAITING
from mindhold.beliefs.write import Write

_ENDED = frozenset({State.RETRACTED, State.DROPPED})


def approve(write: Write, id: str) -> Belief:
    """It is so: what waited is held, in the place of what it contested or shares its name with.

    A contested belief stands, and what contested it is rejected; what was due is due later.
    """
    belief = write.get(id)
    if belief.state in WAITING:
        return _admit(write, belief)
    if belief.state is State.CONTESTED:
        return _uphold(write, belief)
    if not belief.live:
        raise Refused(f"It is {belief.state.value} and does not wait for you.")
    return write.schedule(id) if due(belief, write.today) else belief


def reject(write: Write, id: str) -> Belief:
    """It is not so. What waited is not proposed again; what was held may be learned again."""
    belief = write.get(id)
    if belief.state in WAITING:
        return write.reject(id)
    if belief.state in _ENDED:
        return belief
    if belief.state is not State.CONTESTED and not due(belief, write.today):
        raise Refused(f"It is {belief.state.value} and does not wait for you.")
    return write.drop(id) if belief.type is Type.OPEN_QUESTION else write.retire(id)


def edit(write: Write, id: str, **fields: Any) -> Belief:
    """It is so once it says this: changed by hand, and with that approved."""
    with write.whole():
        made = write.edit(id, **fields)
        return made if made.state not in STANDING else approve(write, id)


def snooze(write: Write, id: str, until: date) -> Belief:
    """Not now: it is asked about again on that day, and stays as it is until then."""
    belief = write.get(id)
    if belief.state not in STANDING:
        raise Refused(f"It is {belief.state.value} and does not wait for you.")
    return write.schedule(id, until)


def merge(write: Write, id: str, into: str) -> Belief:
    """It says the same as another, which gets its words and names and is returned."""
    done = into in {id, write.get(id).superseded_by}
    return write.get(into) if done else write.absorb(into, id)


def _admit(write: Write, belief: Belief) -> Belief:
    rival = table.namesake(write.connection, belief)
    if rival is None or rival.id in belief.supersedes:
        return write.promote(belief.id)
    with write.whole():
        write.supersede(rival.id, belief)
        for old in table.fetch_all(write.connection, belief.supersedes):
            if old.live:
                write.supersede(old.id, write.get(belief.id))
        return write.get(belief.id)


def _uphold(write: Write, belief: Belief) -> Belief:
    with write.whole():
        for newcomer in table.waiting(write.connection):
            if belief.id in newcomer.supersedes:
                write.reject(newcomer.id)
        stands = write.get(belief.id)
        return write.promote(belief.id) if stands.state is State.CONTESTED else stands
