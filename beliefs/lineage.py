"""Lineage: what a successor takes over from the belief that it replaces; pure."""

from collections.abc import Collection
from dataclasses import replace

from mindhold.beliefs.errors import Conflict
from mindhold.beliefs.growth import conversations
from mindhold.beliefs.model import MAX_ALIASES, Alias, Belief, Evidence, Origin, State
from mindhold.beliefs.states import Event, after
from mindhold.beliefs.valid import MAX_WORDS, distinct, settled, surface, surfaces


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


def merged(kept: Belief, gone: Belief) -> tuple[Belief, Belief]:
    """Both after `gone`, which says the same, has gone into `kept`: that has all words of both.

    What is not live cannot stand at the end of a lineage: into that, the other one just ends.
    Raises `Conflict` where there is no room for all surfaces.
    """
    aliases = _united(kept, gone)
    if len(aliases) > MAX_ALIASES:
        raise Conflict(f"Together they have more than {MAX_ALIASES} surfaces.")
    quotes = tuple(dict.fromkeys((*kept.evidence, *gone.evidence)))
    told = max(kept.reinforced, gone.reinforced, len(conversations(quotes)) - 1)
    times = [at for at in (kept.reinforced_at, gone.reinforced_at) if at]
    state = after(gone, Event.MERGED) if kept.live else State.RETRACTED
    return (
        replace(gone, state=state, superseded_by=kept.id if kept.live else None),
        replace(
            kept,
            aliases=aliases,
            evidence=quotes,
            reinforced=told,
            reinforced_at=max(times, default=None),
            pinned=kept.pinned or gone.pinned,
            sensitive=kept.sensitive or gone.sensitive,
            supersedes=tuple(dict.fromkeys((*kept.supersedes, gone.id))) if kept.live
            else kept.supersedes,
            resolves=tuple(dict.fromkeys((*kept.resolves, *gone.resolves))),
        ),
    )  # fmt: skip


def _united(kept: Belief, gone: Belief) -> tuple[Alias, ...]:
    """The surfaces of both; one that is muted as a whole brings its own in muted."""
    name, held = surface(gone.canonical_name), surfaces(kept)
    named = (Alias(text=name),) if len(name.split()) <= MAX_WORDS else ()
    new: dict[str, Alias] = {}
    for alias in (*gone.aliases, *named):
        if surface(alias.text) not in held:
            new.setdefault(surface(alias.text), replace(alias, muted=alias.muted or gone.muted))
    return (*kept.aliases, *new.values())


def stripped(belief: Belief, words: frozenset[str], quotes: Collection[Evidence] = ()) -> Belief:
    """The belief without the surfaces and the quotes that it had from an erased one."""
    own = surface(belief.canonical_name)
    aliases = tuple(
        alias
        for alias in belief.aliases
        if surface(alias.text) == own or surface(alias.text) not in words
    )
    kept = tuple(quote for quote in belief.evidence if quote not in quotes)
    return replace(belief, aliases=aliases, evidence=kept)


def bereft(heir: Belief, erased: Belief) -> Belief:
    """An heir without the words that it had from an erased belief; it ends if it had no other."""
    made = stripped(heir, surfaces(erased), erased.evidence)
    if made.live and not (made.evidence or made.user_edited):
        return replace(made, state=State.RETRACTED)
    return made


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
