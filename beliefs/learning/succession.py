"""Succession: where what ends and what begins in one turn are one change.

"Orbis is history, we chart in Epic now" tells of an end and of a beginning; that the one takes
the place of the other nobody says, and everybody hears.
"""

from collections.abc import Iterable

import msgspec

from mindhold.beliefs.learning import support
from mindhold.beliefs.learning.candidate import Extractor, NewBelief, Op, Proposal, Update
from mindhold.beliefs.learning.heard import Heard
from mindhold.beliefs.learning.journal import Decision
from mindhold.beliefs.learning.merge import standing
from mindhold.beliefs.learning.neighbours import Neighbours
from mindhold.beliefs.learning.tongues.known import tongue_of
from mindhold.beliefs.model import Belief, Epistemic, Type
from mindhold.beliefs.valid import surface

Proposed = tuple[Extractor, Proposal | Decision]
"""What an extractor proposes, or what was decided of it before the gate."""

_FACTS = frozenset({Type.DECISION, Type.ENTITY, Type.RELATION})


def succeeding(proposed: Iterable[Proposed], near: Neighbours, heard: Heard) -> list[Proposed]:
    """The proposals in the order in which they are decided: what takes a place before what ends.

    A beginning that says so by its words replaces what the same sentence ends, or, where it is
    said to be a move, the sentence beside it.
    """
    listed = list(proposed)
    ends = [made for _, made in listed if isinstance(made, Update) and made.op is Op.RETRACT]
    news = [made for _, made in listed if isinstance(made, NewBelief) and _begins(made)]
    for end in ends:
        old = near.target(end.target)
        heirs = [new for new in news if old and _follows(end, new, old, near, heard)]
        if old is not None and len(heirs) == 1:
            listed = _first(listed, heirs[0], end)
    return listed


def _begins(made: NewBelief) -> bool:
    plain = made.epistemic is Epistemic.STATED and made.type in _FACTS
    return plain and not made.replaces and not support.negates(made.content)


def _follows(end: Update, new: NewBelief, old: Belief, near: Neighbours, heard: Heard) -> bool:
    """Whether the beginning is what took the place of what ended."""
    if surface(end.target) in {surface(name) for name in (new.canonical_name, *new.aliases)}:
        return False
    told = msgspec.structs.replace(new, scopes=new.scopes or heard.said.scopes)
    if (stands := standing(near, told)) is not None:
        return stands.id == old.id
    apart = abs(_sentence(heard, end) - _sentence(heard, new))
    quotes, voice = " ".join(new.evidence), tongue_of(heard.text).voice
    moved = voice.change.search(quotes) if apart == 0 else voice.contrast.search(quotes)
    return old.type is new.type and apart <= 1 and bool(moved)


def _sentence(heard: Heard, made: Proposal) -> int:
    return heard.sentence_at(max(0, heard.masked.find(made.evidence[0])))


def _first(listed: list[Proposed], heir: NewBelief, end: Update) -> list[Proposed]:
    """With the heir in front, in the place of what ends; that it ended need not be held."""
    by = next(extractor for extractor, made in listed if made is heir)
    replaced = (by, msgspec.structs.replace(heir, replaces=(end.target,)))
    kept = [(extractor, made) for extractor, made in listed if not _tells_of(made, heir, end)]
    return [replaced, *kept]


def _tells_of(made: Proposal | Decision, heir: NewBelief, end: Update) -> bool:
    if made is heir:
        return True
    name = surface(end.target)
    return isinstance(made, NewBelief) and surface(made.canonical_name) == name
