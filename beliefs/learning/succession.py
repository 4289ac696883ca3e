"""Succession: where what ends and what begins in one turn are one change.

"Orbis is history, we chart in Epic now" tells of an end and of a beginning; that the one takes
the place of the other nobody says, and everybody hears.
"""

import re
from collections.abc import Iterable

import msgspec

from mindhold.beliefs.learning import support
from mindhold.beliefs.learning.candidate import Extractor, NewBelief, Op, Proposal, Update
from mindhold.beliefs.learning.heard import Heard
from mindhold.beliefs.learning.journal import Decision
from mindhold.beliefs.learning.merge import standing
from mindhold.beliefs.learning.neighbours import FACTS, Neighbours
from mindhold.beliefs.learning.tongues.known import tongue_of
from mindhold.beliefs.model import Belief, Epistemic
from mindhold.beliefs.valid import surface

Proposed = tuple[Extractor, Proposal | Decision]
"""What an extractor proposes, or what was decided of it before the gate."""

_IS_OVER = (
    r"(?:(?:is|was|['’]s|are|has been|ist|sind|war|est|sont|c['’]est|es|está|fue|bei \w+)\s)?"
    r"(?:now\s|jetzt\s|maintenant\s|ya\s)?"
    r"(?:history|gone|out|over|dead|retired|finished|geschichte|raus|weg|vorbei|passé|terminé|fini"
    r"|de l['’]histoire ancienne|historia|acabado|fuera|ya no está)\b"
)
_NO_MORE = (
    r"(?:\bgoodbye to|\bfarewell to|\bdone with|\brid of|\bripped(?: out)?|\bthrew out|\bnot on"
    r"|\bno longer on|\bno more|\bgave up|\bgiven up|\bnicht mehr|\bkein\w*"
    r"|\bplus(?: de| sur| chez)?|\bya no|\bmás en|\bdejamos|\bdejado|^not),?"
)


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
            listed = _first(listed, heirs[0], end.target, end)
    if len(news) == 1 and not ends:
        over = [name for old in near.spoken_of() if (name := _over(old, news[0], heard))]
        listed = _first(listed, news[0], over[0]) if len(over) == 1 else listed
    return listed


def _begins(made: NewBelief) -> bool:
    plain = made.epistemic is Epistemic.STATED and made.type in FACTS
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
    return old.type in FACTS and apart <= 1 and bool(moved)


def _sentence(heard: Heard, made: Proposal) -> int:
    return heard.sentence_at(max(0, heard.masked.find(made.evidence[0])))


def _over(old: Belief, new: NewBelief, heard: Heard) -> str:
    """The name by which the beginning's sentence, or the one before it, says that a fact is over.

    "Orbis is history, we chart in Epic now"; empty where it says no such thing.
    """
    own = {surface(name) for name in (new.canonical_name, *new.aliases)}
    at = _sentence(heard, new)
    near = (one.text for one in heard.sentences[max(0, at - 1) : at + 1])
    told = " ".join(text for text in near if not text.endswith("?"))
    for name in (alias.text for alias in old.aliases if surface(alias.text) not in own):
        called = re.escape(name)
        if re.search(rf"(?i)(?<!\w){called}(?!\w)\W{{1,3}}{_IS_OVER}", told) or re.search(
            rf"(?i){_NO_MORE}\s(?:\w+\s)?{called}(?!\w)", told
        ):
            return name
    return ""


def _first(
    listed: list[Proposed], heir: NewBelief, name: str, end: Update | None = None
) -> list[Proposed]:
    """With the heir in front, in the place of what has the name; that need not be held."""
    by = next(extractor for extractor, made in listed if made is heir)
    replaced = (by, msgspec.structs.replace(heir, replaces=(name,)))
    kept = [(other, made) for other, made in listed if made is not heir and not _tells(made, end)]
    return [replaced, *kept]


def _tells(made: Proposal | Decision, end: Update | None) -> bool:
    """Whether it only says of what ends that it ended."""
    if end is None or not isinstance(made, NewBelief):
        return False
    return surface(made.canonical_name) == surface(end.target)
