"""Growth: how repetition, new surfaces and withdrawn words change a belief; pure."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from mindhold.beliefs.errors import Invalid
from mindhold.beliefs.model import Alias, Belief, Evidence, Origin
from mindhold.beliefs.valid import distinct, surface

RIPE_CONVERSATIONS = 3
RIPE_SPAN = timedelta(days=2)


def reinforced(belief: Belief, evidence: Evidence) -> Belief:
    """Said again: the quote is kept, and counts when its conversation is a new one."""
    if evidence in belief.evidence:
        return belief
    made = replace(belief, evidence=(*belief.evidence, evidence))
    if evidence.conversation in conversations(belief.evidence):
        return made
    return replace(made, reinforced=belief.reinforced + 1, reinforced_at=evidence.at)


def ripe(belief: Belief) -> bool:
    """Whether a candidate was said in 3 conversations over 2 days, enough to be held."""
    times = [quote.at for quote in belief.evidence]
    return (
        len(conversations(belief.evidence)) >= RIPE_CONVERSATIONS
        and max(times) - min(times) >= RIPE_SPAN
    )


def widened(belief: Belief, aliases: Iterable[Alias], evidence: Iterable[Evidence]) -> Belief:
    """With further surfaces, as many as there is room for, and further quotes."""
    quotes = dict.fromkeys((*belief.evidence, *evidence))
    return replace(belief, aliases=distinct((*belief.aliases, *aliases)), evidence=tuple(quotes))


def narrowed(belief: Belief, text: str) -> Belief:
    """Without one of its aliases."""
    gone = surface(text)
    kept = tuple(alias for alias in belief.aliases if surface(alias.text) != gone)
    return replace(belief, aliases=kept)


def weakened(belief: Belief, kept: tuple[Evidence, ...]) -> Belief:
    """With only these quotes left, and counting only their conversations."""
    lost = len(conversations(belief.evidence)) - len(conversations(kept))
    return replace(belief, evidence=kept, reinforced=max(0, belief.reinforced - lost))


def muted(belief: Belief, text: str | None, *, on: bool) -> Belief:
    """Muted as a whole, or by one surface; raises `Invalid` for a surface it does not have."""
    if text is None:
        return replace(belief, muted=on)
    wanted = surface(text)
    aliases = tuple(
        replace(alias, muted=on) if surface(alias.text) == wanted else alias
        for alias in belief.aliases
    )
    if any(surface(alias.text) == wanted for alias in aliases):
        return replace(belief, aliases=aliases)
    if wanted != surface(belief.canonical_name):
        raise Invalid("The belief has no such surface.")
    if not on:
        return belief
    return replace(belief, aliases=(*aliases, Alias(text=wanted, origin=Origin.USER, muted=True)))


def conversations(evidence: Iterable[Evidence]) -> set[str | None]:
    """Where the quotes were said; None is one that nothing names."""
    return {quote.conversation for quote in evidence}
