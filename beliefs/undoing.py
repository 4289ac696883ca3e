"""Undoing: how a change is taken back when other changes may have followed it; pure."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from mindhold.beliefs.errors import Refused
from mindhold.beliefs.growth import weakened
from mindhold.beliefs.journal import Entry
from mindhold.beliefs.model import Alias, Belief, Evidence, State
from mindhold.beliefs.states import STANDING, Event
from mindhold.beliefs.valid import distinct

T = TypeVar("T", Alias, Evidence)


def undoing(
    entries: Sequence[Entry], current: Mapping[str, Belief], latest: Collection[str]
) -> Iterator[tuple[Belief, Belief, Entry]]:
    """What each belief of a change is now, what it must become, and the entry that is undone.

    A belief goes back to its version before the change. One that began with the change is
    superseded by what it had replaced, if that lives, or retracted. One that has changed since
    (not in `latest`) stays as it is and only lets go of the lineage, and of what a merge has
    brought it. Raises `Refused` where
    words were erased.
    """
    firsts: dict[str, Entry] = {}
    for entry in entries:
        if entry.event is Event.ERASED or (entry.before is None and not entry.first):
            raise Refused("What was forgotten for good cannot be brought back.")
        firsts.setdefault(entry.belief, entry)
    back = {id: entry.before for id, entry in firsts.items() if entry.before and id in latest}
    for id, entry in firsts.items():
        now = current[id]
        made = back.get(id) or _ended(now, entry, back, current)
        yield now, replace(made, version=now.version, updated_at=now.updated_at), entry


def _ended(
    now: Belief, entry: Entry, back: Mapping[str, Belief], current: Mapping[str, Belief]
) -> Belief:
    freed = replace(
        _parted(now, entry), supersedes=tuple(id for id in now.supersedes if id not in back)
    )
    if not entry.first or now.state not in STANDING:
        return freed
    standing = (id for id, before in back.items() if before.live)
    replaced = next((id for id in standing if current[id].superseded_by == now.id), None)
    if replaced is None:
        return replace(freed, state=State.RETRACTED)
    return replace(freed, state=State.SUPERSEDED, superseded_by=replaced)


def _parted(now: Belief, entry: Entry) -> Belief:
    """Without the words that a merge brought it, or with them again, changed since or not."""
    before, after = entry.before, entry.after
    if entry.event not in {Event.ABSORBED, Event.UNDONE} or before is None or after is None:
        return now
    quotes = _back(now.evidence, before.evidence, after.evidence)
    made = weakened(now, quotes or now.evidence)
    return replace(made, aliases=distinct(_back(now.aliases, before.aliases, after.aliases)))


def _back(now: tuple[T, ...], before: tuple[T, ...], after: tuple[T, ...]) -> tuple[T, ...]:
    """What there is now, without what has come between the two, and with what has gone."""
    kept = tuple(one for one in now if one in before or one not in after)
    return kept + tuple(one for one in before if one not in after and one not in kept)
