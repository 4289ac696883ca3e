"""Compaction: beliefs that say the same, under two names or in other small words, become one.

It is mechanical, and timid: what differs in a word that carries meaning, in its order, a figure,
its place, its state or its time is left as it is.
"""

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from mindhold.beliefs.errors import Conflict, Refused
from mindhold.beliefs.learning import support
from mindhold.beliefs.learning.likeness import essence
from mindhold.beliefs.model import Belief, State
from mindhold.beliefs.valid import MAX_WORDS, surface, surfaces
from mindhold.beliefs.write import Write

SETTLED = frozenset({State.ACTIVE, State.EXPLORATORY, State.OPEN, State.CANDIDATE})
"""The states in which a belief may be merged into another of the same state."""

Pair = tuple[Belief, Belief]
_HEAPS = 256


def duplicates(beliefs: Iterable[Belief]) -> Iterator[Pair]:
    """The pairs in which the second says what the first, which is to be kept, says already.

    What its owner pinned or wrote, or what was said more often, is kept; else the older one.
    """
    alike: dict[object, list[Belief]] = {}
    for belief in beliefs:
        if belief.state in SETTLED:
            alike.setdefault(_likeness(belief), []).append(belief)
    for group in alike.values():
        kept, *others = sorted(group, key=_worth)
        yield from ((kept, gone) for gone in others if _may_go(gone, kept))


def suspects(read: Callable[[], Iterable[Belief]]) -> list[Belief]:
    """All that is in one of the `duplicates` of what `read` gives, which is asked for it twice.

    Meanwhile eight bytes are held for each belief, and not the beliefs.
    """
    heaps = [array("q") for _ in range(_HEAPS)]
    for belief in read():
        mark = hash(_likeness(belief))
        heaps[mark % _HEAPS].append(mark)
    shared = {mark for heap in heaps for mark, times in Counter(heap).items() if times > 1}
    if not shared:
        return []
    alike = (belief for belief in read() if hash(_likeness(belief)) in shared)
    return [belief for pair in duplicates(alike) for belief in pair]


def compact(write: Write, beliefs: Iterable[Belief]) -> list[Pair]:
    """Merges every pair that has room for all its surfaces; each is a change, undone by itself."""
    merged = []
    for kept, gone in duplicates(beliefs):
        try:
            merged.append((write.absorb(kept.id, gone.id), gone))
        except (Conflict, Refused):  # no room, or it has changed meanwhile
            continue
    return merged


def _likeness(belief: Belief) -> object:
    """What two beliefs have in common that say the same."""
    return (
        belief.user, belief.agent, belief.type, belief.subtype, frozenset(belief.scopes),
        belief.state, belief.epistemic, belief.muted, belief.valid_from, belief.valid_until,
        belief.participants, belief.relation_type, belief.expertise_domain,
        belief.expertise_depth, essence(belief.content), support.negates(belief.why_it_matters),
    )  # fmt: skip


def _worth(belief: Belief) -> tuple[bool, int, datetime, str]:
    return not _owners(belief), -len(belief.evidence), belief.created_at, belief.id


def _may_go(gone: Belief, kept: Belief) -> bool:
    name = surface(gone.canonical_name)
    kept_whole = len(name.split()) <= MAX_WORDS or name in surfaces(kept)
    return kept_whole and not _owners(gone)


def _owners(belief: Belief) -> bool:
    return belief.pinned or belief.user_edited
