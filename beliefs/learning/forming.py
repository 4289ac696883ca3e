"""Forming: the belief that an admitted proposal becomes, before anything is known of others."""

import re
from dataclasses import replace

from mindhold.beliefs.errors import Refused
from mindhold.beliefs.ids import new_id
from mindhold.beliefs.learning.candidate import NewBelief, Update
from mindhold.beliefs.learning.case import Case
from mindhold.beliefs.learning.gate import weak
from mindhold.beliefs.learning.likeness import unversioned
from mindhold.beliefs.model import Alias, Belief, Epistemic, Origin, State, Type
from mindhold.beliefs.valid import MAX_WORDS, distinct


def successor_of(case: Case, old: Belief, content: str) -> Belief:
    """What takes the place of a belief, with its name, its place and its surfaces."""
    said = case.heard.said
    return Belief(
        id=new_id(said.at),
        type=old.type,
        subtype=old.subtype,
        canonical_name=old.canonical_name,
        content=content,
        why_it_matters=f"Take this into account wherever it applies: {content.rstrip('.')}."[:500],
        scopes=old.scopes,
        user=old.user,
        agent=old.agent,
        client=said.client,
        aliases=old.aliases,
        evidence=case.evidence,
        created_at=said.at,
        updated_at=said.at,
    )


def formed(case: Case, made: NewBelief) -> Belief:
    """A new belief, in the state in which its kind begins."""
    said = case.heard.said
    aliases = [Alias(text=text, origin=Origin.EXTRACTED) for text in made.aliases]
    aliases += [replace(one, text=unversioned(one.text)) for one in aliases]
    aliases += [Alias(text=text, origin=Origin.COUNTER) for text in made.replaces]
    return Belief(
        id=new_id(said.at),
        type=made.type,
        subtype=made.subtype,
        canonical_name=made.canonical_name,
        content=made.content,
        why_it_matters=made.why_it_matters,
        scopes=made.scopes,
        user=said.user,
        agent=said.agent,
        client=said.client,
        aliases=distinct(tuple(aliases)),
        epistemic=made.epistemic,
        state=_begins(made),
        confidence=made.confidence,
        sensitive=case.sensitive,
        participants=made.participants,
        valid_from=made.valid_from,
        valid_until=made.valid_until,
        evidence=case.evidence,
        created_at=said.at,
        updated_at=said.at,
    )


def corrected(successor: Belief, target: Belief, made: Update) -> Belief:
    """The belief with the right value where it had the wrong one; refused where it has not."""
    more = made.new_content.split()[len(made.old.split()) :]
    for old in dict.fromkeys((" ".join((made.old, *more)), made.old)):
        wrong = re.compile(rf"(?i)(?<!\w){re.escape(old)}(?!\w)")
        if wrong.search(target.content):
            content, why = (
                wrong.sub(lambda _: made.new_content, text)
                for text in (target.content, target.why_it_matters)
            )
            kept = [alias for alias in target.aliases if not wrong.search(alias.text)]
            if len(made.new_content.split()) <= MAX_WORDS:
                kept.append(Alias(text=made.new_content, origin=Origin.EXTRACTED))
            return replace(
                successor, content=content, why_it_matters=why, aliases=distinct(tuple(kept))
            )
    raise Refused("It does not say what is corrected.")


def _begins(made: NewBelief) -> State:
    if made.type is Type.OPEN_QUESTION:
        return State.OPEN
    if made.epistemic is Epistemic.EXPLORATORY:
        return State.EXPLORATORY
    return State.CANDIDATE if weak(made) else State.ACTIVE
