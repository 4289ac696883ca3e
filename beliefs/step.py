"""A step: one belief's part in a change, and what it must be to be written; pure."""

from dataclasses import dataclass, replace
from datetime import UTC

from mindhold.beliefs.errors import Invalid
from mindhold.beliefs.horizons import scheduled
from mindhold.beliefs.journal import Hand
from mindhold.beliefs.model import Belief, State
from mindhold.beliefs.states import Event, after
from mindhold.beliefs.text.secrets import find_secrets
from mindhold.beliefs.valid import checked

OWNER = "owner"
"""The actor who is the person; what any other actor makes live needs evidence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """From one version to the next; `forgotten` None leaves that as it was."""

    before: Belief | None
    after: Belief
    event: Event
    forgotten: bool | None = None


def grounded(belief: Belief) -> bool:
    """Whether there is a quote or a human editor to answer for it."""
    return bool(belief.evidence) or belief.user_edited


def returned(old: Belief) -> Step:
    """What had been replaced or contested stands again, if it still has something to stand on."""
    event = Event.RETURNED if grounded(old) else Event.WITHDRAWN
    state = after(old, Event.RETURNED) if grounded(old) else State.RETRACTED
    return Step(before=old, after=replace(old, state=state, superseded_by=None), event=event)


def admitted(step: Step, hand: Hand) -> Belief:
    """The version to write: checked, numbered and dated; raises `Invalid`."""
    made = scheduled(step.before, step.after, step.event, hand.at.date())
    if step.event is not Event.ERASED:
        # As it came: a name in small letters is a key that nobody knows any more.
        _refuse_secrets(_texts(made) - (_texts(step.before) if step.before else set()))
        made = checked(made)
    if made.state is not State.SUPERSEDED and made.superseded_by is not None:
        made = replace(made, superseded_by=None)
    if made.live and not grounded(made):
        if hand.actor != OWNER:
            raise Invalid("A live belief needs evidence or a human editor.")
        made = replace(made, user_edited=True)
    if step.before is None:
        return made
    version = step.before.version + 1
    if step.event is Event.IMPORTED:
        return replace(made, version=max(made.version, version))
    return replace(made, version=version, updated_at=hand.at.astimezone(UTC))


def _texts(belief: Belief) -> set[str]:
    """Every word of it that somebody has chosen."""
    named = (
        belief.canonical_name, belief.content, belief.why_it_matters, belief.id, belief.user,
        belief.agent, belief.client, belief.relation_type, belief.expertise_domain,
    )  # fmt: skip
    said = (
        text
        for quote in belief.evidence
        for text in (quote.quote, quote.conversation, quote.request, quote.client, quote.model)
    )
    several = (*belief.scopes, *belief.participants, *(alias.text for alias in belief.aliases))
    return {text for text in (*named, *several, *said) if text}


def _refuse_secrets(texts: set[str]) -> None:
    if not find_secrets("\n\n".join(texts)):  # mostly; nothing is announced across a blank line
        return
    for text in texts:
        if found := find_secrets(text):
            raise Invalid(f"The text holds a secret ({found[0].kind}), which is never stored.")
