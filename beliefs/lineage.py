"""Lineage: what a successor takes over from the belief that it replaces; pure."""

from dataclasses import replace

from mindhold.beliefs.model import Alias, Belief, Origin, State
from mindhold.beliefs.states import Event, after
from mindhold.beliefs.valid import MAX_WORDS, distinct, settled, surface


def succeed(old: Belief, new: Belief) -> tuple[Belief, Belief]:
    """Both beliefs after `new` has replaced `old`: a successor is live, else nothing would be held.

    It inherits the aliases; the names of the old one lead to it as counter aliases.
    """
    state = State.CONTESTED if new.state is State.CONTESTED else settled(new)
    return (
        replace(old, state=after(old, Event.SUPERSEDED), superseded_by=new.id),
        replace(
            new,
            state=state,
            aliases=inherited(old, new),
            supersedes=tuple(dict.fromkeys((*new.supersedes, old.id))),
        ),
    )


def inherited(old: Belief, new: Belief) -> tuple[Alias, ...]:
    """The successor's aliases, its own first, then the old belief's name, then its aliases."""
    name = surface(old.canonical_name)
    words = set(name.split())
    taken = [Alias(text=name, origin=Origin.COUNTER)] if len(name.split()) <= MAX_WORDS else []
    for alias in old.aliases:
        spelled = set(surface(alias.text).split())
        names_it = spelled <= words or words <= spelled
        taken.append(replace(alias, origin=Origin.COUNTER) if names_it else alias)
    own = surface(new.canonical_name)
    kept = tuple(alias for alias in taken if surface(alias.text) != own)
    return distinct((*new.aliases, *kept))


def stripped(belief: Belief, words: frozenset[str]) -> Belief:
    """The belief without the surfaces that it had from an erased one."""
    own = surface(belief.canonical_name)
    kept = tuple(
        alias
        for alias in belief.aliases
        if surface(alias.text) == own or surface(alias.text) not in words
    )
    return replace(belief, aliases=kept)


def emptied(belief: Belief) -> Belief:
    """What is left of an erased belief: that it was, whose it was, and where it stood."""
    return Belief(
        id=belief.id,
        user=belief.user,
        agent=belief.agent,
        type=belief.type,
        canonical_name="forgotten",
        content="",
        why_it_matters="",
        scopes=belief.scopes,
        created_at=belief.created_at,
        updated_at=belief.updated_at,
        version=belief.version,
        state=State.RETRACTED,
    )
