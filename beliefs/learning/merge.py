"""Merge: what an admitted proposal becomes beside what is held already."""

import re
from dataclasses import dataclass, replace

from mindhold.beliefs import table
from mindhold.beliefs.errors import BeliefError
from mindhold.beliefs.learning import support
from mindhold.beliefs.learning.candidate import AliasAdded, Answered, NewBelief, Op, Update
from mindhold.beliefs.learning.case import ENDS, PENDING, REJECTED, Case
from mindhold.beliefs.learning.choices import chosen, rivals
from mindhold.beliefs.learning.flagging import flag_leaning
from mindhold.beliefs.learning.forming import corrected, formed, successor_of
from mindhold.beliefs.learning.gate import narrowest
from mindhold.beliefs.learning.likeness import (
    ALSO,
    INSTEAD,
    beyond,
    compatible,
    core,
    displaces,
    left,
    more_exact,
    settles,
    unversioned,
)
from mindhold.beliefs.learning.neighbours import Neighbours, own_names
from mindhold.beliefs.learning.tongues.tongue import Voice
from mindhold.beliefs.learning.usage.giving import give
from mindhold.beliefs.model import Belief, Epistemic, State, Type
from mindhold.beliefs.scope import UNIVERSAL
from mindhold.beliefs.valid import surface
from mindhold.beliefs.write import Write

_WAITS = "changes wait for their owner in this mode"
_BESIDE = 24  # characters beside a quote in which a word of change belongs to it
_CLAUSE_END = re.compile(r"[,;.!?]")
_APART = 2  # words beyond a name that make a belief about something else
_ANSWERS = frozenset({Type.DECISION, Type.ENTITY})


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What became of a proposal, and the belief that now stands for it."""

    outcome: str
    belief: Belief | None = None
    reason: str = ""


def merge(write: Write, near: Neighbours, case: Case) -> Merged:
    """Applies an admitted case; what the state machine refuses changes nothing."""
    made = case.proposal
    try:
        if isinstance(made, NewBelief):
            return _new(write, near, case, made)
        if isinstance(made, Update):
            return _update(write, near, case, made)
        if isinstance(made, AliasAdded):
            return _alias(write, near, case, made)
        return _answer(write, case, made)
    except BeliefError as exc:
        return Merged(outcome=REJECTED, reason=str(exc))


def quarantine(write: Write, case: Case) -> Belief | None:
    """Keeps what the gate found suspect where only its owner will see it, if it can be kept.

    Once: what is there already, or was rejected, is not put before them again.
    """
    if not isinstance(case.proposal, NewBelief) or not case.evidence:
        return None
    made = case.proposal
    scope = made.scopes if set(made.scopes) <= set(case.heard.said.scopes) else ()
    try:
        belief = formed(case, made)
        belief = replace(belief, scopes=scope or (narrowest(case.heard.said.scopes),))
        if case.place.forgotten(made):
            return None
        apart = table.waiting(write.connection, State.QUARANTINED)
        return next((one for one in apart if _same(one, belief)), None) or write.quarantine(belief)
    except BeliefError:
        return None


def _same(one: Belief, other: Belief) -> bool:
    return (one.content, one.scopes, one.user, one.agent) == (
        other.content, other.scopes, other.user, other.agent
    )  # fmt: skip


def standing(near: Neighbours, made: NewBelief) -> Belief | None:
    """What is held, or waits, in the place that a new belief would take: one place, one belief."""
    names = {made.canonical_name, unversioned(made.canonical_name)}
    named = [one for one in near.named(names, scopes=made.scopes)
             if not left(one, made.canonical_name)]  # fmt: skip
    twins = [one for one in named if one.canonical_name == made.canonical_name]
    alike = [one for one in named if one.type is made.type and _about(one, made)]
    found = [one for one in alike if one in twins] or alike or twins
    if not found:
        found = [o for o in near.saying(made.content, made.scopes) if o.type is made.type]
    if not found and made.type is Type.PREFERENCE and chosen(made.content):
        found = [
            one
            for one in near.tastes(made.content, made.scopes)
            if rivals(one.content, made.content)
        ]
    agreeing = (one for one in found if compatible(one, made))
    return next(agreeing, next((one for one in found if one.live), next(iter(found), None)))


def _about(one: Belief, made: NewBelief) -> bool:
    """Whether a belief is about what a new one has its name from, and does not only need it."""
    if one.canonical_name == made.canonical_name or one.type is Type.ENTITY:
        return True
    return beyond(one, made.canonical_name) < _APART or compatible(one, made)


def _new(write: Write, near: Neighbours, case: Case, made: NewBelief) -> Merged:
    belief, same = formed(case, made), case.target
    replaced = _replaced(near, case, made)
    if home := next((old for old in replaced if _of_the_user(old)), None):
        belief = replace(belief, type=home.type, scopes=home.scopes)
        replaced = [home]
    if made.type is Type.PREFERENCE:  # a taste takes the place of a taste, never of a decision
        replaced = [old for old in replaced if old.type is Type.PREFERENCE]
    if case.pending or any(old.pinned or old.user_edited for old in replaced):
        if same is not None and (same.state is State.PENDING or compatible(same, belief)):
            return Merged(outcome="known", belief=same, reason="it waits, or is held, already")
        doubted = [same] if same is not None and same.live else []
        return Merged(outcome=PENDING, belief=_pend(write, belief, replaced or doubted))
    if same is None:
        merged = _added(write, near, belief, replaced)
    else:
        merged = _beside(write, near, case, belief, same)
        if merged.belief is not None and merged.belief.live:
            for old in replaced:
                write.supersede(old.id, write.get(merged.belief.id))
    if merged.belief is not None and merged.belief.live:
        gone = [same] if same is not None and merged.outcome == "superseded" else []
        flag_leaning(write, near, [*replaced, *gone], made.replaces, merged.belief)
    return _answering(write, near, case, made, merged)


def _replaced(near: Neighbours, case: Case, made: NewBelief) -> list[Belief]:
    """What the new belief takes the place of: here, else where the user themselves is described.

    Who goes back to what was replaced replaces what had replaced it.
    """
    here = {*case.heard.said.scopes, *made.scopes}
    found = [one for name in made.replaces for one in near.closest(name, scopes=here)]
    if not found and made.type is Type.DECISION and made.replaces:
        wide = near.named(made.replaces, scopes=(UNIVERSAL,))
        found = list(filter(_of_the_user, wide))
    if not made.replaces and made.type is Type.DECISION and _changes(case):
        names = (*made.aliases[:1], made.canonical_name)
        found = near.heirs(names[-1], scopes=here) or near.leavers(names, scopes=here)
        if not found and INSTEAD.search(case.quotes) and not ALSO.search(case.quotes):
            found = near.framed(made)
    unlike = {one.id: one for one in found if case.target is None or one.id != case.target.id}
    return list(unlike.values())


def _of_the_user(belief: Belief) -> bool:
    """Whether it tells who or where the user is: "I live in Berlin"."""
    return belief.type is Type.ENTITY and UNIVERSAL in belief.scopes


def _added(write: Write, near: Neighbours, belief: Belief, replaced: list[Belief]) -> Merged:
    if weak_state(belief):
        return Merged(outcome=belief.state.value, belief=write.add(belief))
    heirs = near.heirs(belief.canonical_name, scopes=belief.scopes)
    if len(heirs) == 1 and not replaced and _takes_up(belief, heirs[0]):
        return Merged(outcome="contested", belief=write.contest(heirs[0].id, belief))
    for old in replaced:
        belief = write.supersede(old.id, belief)
        _end_challenge(write, near, old)
    stands = belief if replaced else write.add(belief)
    return Merged(outcome=stands.state.value, belief=stands)


def _takes_up(belief: Belief, heir: Belief) -> bool:
    """Whether it says outright that what another replaced is in use: one of them is not so."""
    free = not (heir.pinned or heir.user_edited)
    alone = beyond(belief, belief.canonical_name) == 0 and not support.negates(belief.content)
    return free and alone and belief.type is heir.type is Type.DECISION


def weak_state(belief: Belief) -> bool:
    """Whether it may not take another's place."""
    return belief.state is State.CANDIDATE


def _beside(  # noqa: PLR0911, one return a row of the table
    write: Write, near: Neighbours, case: Case, belief: Belief, same: Belief
) -> Merged:
    """Another belief has the name: the same thing again, more of it, a change, or a conflict."""
    if same.id in case.heard.said.injected and same.state is State.CANDIDATE:
        return Merged(outcome="known", belief=same, reason="it was given in this very request")
    instead = displaces(getattr(case.proposal, "replaces", ()), same, belief)
    agrees = not instead and compatible(same, belief)
    if agrees and same.state is not State.CANDIDATE and not _settles(same, belief):
        return _again(write, near, belief, same)
    changes = instead or _changes(case)
    hinted = belief.state is State.CANDIDATE and not (changes and same.live)
    if hinted or same.state is State.PENDING:
        if not agrees:
            reason = "a stronger belief says otherwise"
            return Merged(outcome=REJECTED, belief=same, reason=reason)
        return Merged(outcome="reinforced", belief=write.reinforce(same.id, belief.evidence[0]))
    if same.pinned or same.user_edited:
        return Merged(outcome=PENDING, belief=_pend(write, belief, [same]))
    unsettled = same.state in {State.CANDIDATE, State.EXPLORATORY}
    if unsettled or changes or not same.live:
        stands = write.supersede(same.id, belief)
        _end_challenge(write, near, same)
        return Merged(outcome="superseded", belief=stands)
    return Merged(outcome="contested", belief=write.contest(same.id, belief))


def _again(write: Write, near: Neighbours, belief: Belief, same: Belief) -> Merged:
    """It is said once more: that counts, tells more of it, and settles what was in doubt."""
    free = not (same.pinned or same.user_edited)
    says = belief if free and more_exact(same.content, belief.content) else same
    write.enrich(same.id, aliases=belief.aliases, content=says.content, why=says.why_it_matters)
    stands = write.reinforce(same.id, belief.evidence[0])
    if belief.state is not State.CANDIDATE:
        if same.state is State.CONTESTED:
            _end_challenge(write, near, same)
        if same.state is State.PENDING and near.doubted(same) and stands != same:
            return Merged(outcome="superseded", belief=write.promote(same.id))
    return Merged(outcome="reinforced", belief=write.get(same.id))


def _end_challenge(write: Write, near: Neighbours, belief: Belief) -> None:
    """What waited to take its place waits no more, unless its owner has had a hand in it."""
    for challenger in near.challengers(belief):
        if not (challenger.pinned or challenger.user_edited):
            write.retire(challenger.id)


def _changes(case: Case) -> bool:
    """Whether a word of change stands in the quote, or right before or after it in its clause."""
    one = case.clauses[0]
    lead, tail = one.before[-_BESIDE:], _CLAUSE_END.split(one.after)[0][:_BESIDE]
    return bool(_voice(case).change.search(f"{lead} {case.quotes} {tail}"))


def _voice(case: Case) -> Voice:
    return case.clauses[0].tongues[0].voice


def _settles(same: Belief, belief: Belief) -> bool:
    return same.state is State.EXPLORATORY and belief.epistemic is Epistemic.STATED


def _answering(
    write: Write, near: Neighbours, case: Case, made: NewBelief, merged: Merged
) -> Merged:
    """A decision settles the open questions of which it takes an option."""
    answer = merged.belief
    if answer is None or answer.state is not State.ACTIVE or made.type not in _ANSWERS:
        return merged
    names = (made.canonical_name, *made.aliases)
    meant = {surface(name) for name in made.resolves}
    for question in near.questions({*case.heard.said.scopes, *answer.scopes}):
        free = question.id != answer.id and not (question.pinned or question.user_edited)
        if free and (own_names(question) & meant or settles(question, names, made.content)):
            write.resolve(question.id, answer.id)
    return replace(merged, belief=write.get(answer.id))


def _update(write: Write, near: Neighbours, case: Case, made: Update) -> Merged:  # noqa: PLR0911, one an op
    target = case.target
    assert target is not None  # noqa: S101, the gate's last rule has found it
    if case.pending:
        return _held_back(write, case, target, made)
    wished = bool(_voice(case).forget.match(case.quotes))
    if made.op is Op.RETRACT and not wished and left(target, made.target):
        return Merged(outcome="known", belief=target, reason="it says so already")
    if made.op is Op.RETRACT and target.state is State.OPEN:
        return Merged(outcome="retracted", belief=write.drop(target.id))
    if made.op is Op.RETRACT:
        ended = write.forget(target.id) if wished else write.retire(target.id)
        if not wished:
            flag_leaning(write, near, [target], [made.target])
        return Merged(outcome="retracted", belief=ended)
    if made.op is Op.REINFORCE:
        if target.id in case.heard.said.injected and target.state is State.CANDIDATE:
            return Merged(outcome="known", belief=target)
        return Merged(outcome="reinforced", belief=write.reinforce(target.id, case.evidence[0]))
    if made.op is Op.ENRICH or not made.new_content:
        more = made.new_content if core(target.content) < core(made.new_content) else None
        widened = write.enrich(target.id, evidence=case.evidence, content=more)
        return Merged(outcome="enriched", belief=widened)
    successor = successor_of(case, target, made.new_content)
    if made.op is Op.CORRECT:
        successor = corrected(successor, target, made)
    if made.op is Op.CONTRADICT:
        return Merged(outcome="contested", belief=write.contest(target.id, successor))
    stands = write.supersede(target.id, successor)
    if made.op is Op.SUPERSEDE:
        flag_leaning(write, near, [target], (), stands)
    return Merged(outcome="superseded", belief=stands)


def _held_back(write: Write, case: Case, target: Belief, made: Update) -> Merged:
    """What would change a belief waits beside it; what would end it asks its owner whether."""
    if made.op is Op.RETRACT:
        return Merged(outcome=PENDING, belief=write.flag(target.id), reason=ENDS)
    if made.op in {Op.REINFORCE, Op.ENRICH} or not made.new_content:
        return Merged(outcome="known", belief=target, reason="it is held, or waits, already")
    successor = successor_of(case, target, made.new_content)
    if made.op is Op.CORRECT:
        successor = corrected(successor, target, made)
    for waiting in table.waiting(write.connection):
        if target.id in waiting.supersedes and waiting.content == successor.content:
            return Merged(outcome="known", belief=waiting, reason="it waits already")
    return Merged(outcome=PENDING, belief=_pend(write, successor, [target]))


def _alias(write: Write, near: Neighbours, case: Case, made: AliasAdded) -> Merged:
    target = case.target
    assert target is not None  # noqa: S101, the gate's last rule has found it
    if case.pending:
        return Merged(outcome=REJECTED, belief=target, reason=_WAITS)
    return Merged(outcome="enriched", belief=give(write, near, case, target, made.alias))


def _answer(write: Write, case: Case, made: Answered) -> Merged:
    question = case.target
    assert question is not None  # noqa: S101, the gate's last rule has found it
    if question.state is not State.OPEN:
        return Merged(outcome=REJECTED, reason="it is no open question")
    answer = replace(
        successor_of(case, question, made.answer),
        type=Type.DECISION,
        canonical_name=f"{question.canonical_name}_answer"[:80],
    )
    stands = write.add(answer)
    write.resolve(question.id, stands.id)
    return Merged(outcome=stands.state.value, belief=write.get(stands.id))


def _pend(write: Write, belief: Belief, instead_of: list[Belief]) -> Belief:
    ids = tuple(old.id for old in instead_of)
    return write.add(replace(belief, state=State.PENDING, supersedes=ids))
