"""Flagging: what leans on a fact that has changed is to be looked at again by its owner."""

from collections.abc import Iterable

from mindhold.beliefs.learning.leaning import gone
from mindhold.beliefs.learning.neighbours import Neighbours
from mindhold.beliefs.learning.said import Said
from mindhold.beliefs.model import Belief
from mindhold.beliefs.write import Write


def flag_leaning(
    write: Write,
    near: Neighbours,
    old: Iterable[Belief],
    told: Iterable[str],
    new: Belief | None = None,
) -> int:
    """Flags what leans on what has changed or ended, and does nothing else; how many that are.

    `told` are the names by which the user called it.
    """
    replaced, names = list(old), tuple(told)
    where = new.scopes if new else [scope for one in replaced for scope in one.scopes]
    if not (replaced or names):
        return 0
    mine = {one.id for one in (*replaced, *([new] if new else []))}
    leaning = [one for one in near.leaning(gone(replaced, names, new), where) if one.id not in mine]
    return sum(write.flag(one.id) != one for one in leaning)


def flag_after(write: Write, old: Belief, new: Belief | None = None) -> int:
    """The same after a change that its owner made by hand, in the places where the belief stood."""
    said = Said(text="", scopes=old.scopes, at=write.hand.at, user=old.user, agent=old.agent)
    return flag_leaning(write, Neighbours(write.connection, said), [old], (), new)
