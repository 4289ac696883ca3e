"""Merge: what an admitted proposal becomes beside what is held already."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from mindhold.beliefs import table
from mindhold.beliefs.errors import BeliefError
from mindhold.beliefs.learning.candidate import AliasAdded, Answered, NewBelief, Op, Update
from mindhold.beliefs.learning.case import ENDS, PENDING, REJECTED, Case
from mindhold.beliefs.learning.forming import corrected, formed, successor_of
from mindhold.beliefs.learning.gate import narrowest
from mindhold.beliefs.learning.leaning import gone
from mindhold.beliefs.learning.likeness import compatible, left
from mindhold.beliefs.learning.neighbours import Neighbours
from mindhold.beliefs.learning.tongues.tongue import Voice
from mindhold.beliefs.learning.usage.giving import give
from mindhold.beliefs.model import Belief, Epistemic, State, Type
from mindhold.beliefs.scope import UNIVERSAL
from mindhold.beliefs.write import Write

_WAITS = "changes wait for their owner in this mode"


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
    """Keeps what the gate found suspect where only its owner will see it, if it can be kept."""
    if not isinstance(case.proposal, NewBelief) or not case.evidence:
        return None
    made = case.proposal
    scope = made.scopes if set(made.scopes) <= set(case.heard.said.scopes) else ()
    try:
        belief = formed(case, made)
        return write.quarantine(
            replace(belief, scopes=scope or (narrowest(case.heard.said.scopes),))
        )
    except BeliefError:
        return None


def _new(write: Write, near: Neighbours, case: Case, made: NewBelief) -> Merged:
    belief, same = formed(case, made), case.target
    replaced = _replaced(near, case, made)
    if home := next((old for old in replaced if _of_the_user(old)), None):
        belief = replace(belief, type=home.type, scopes=home.scopes)
        replaced = [home]
    if made.type is Type.PREFERENCE:  # a taste takes the place of a taste, never of a decision
        replaced = [old for old in replaced if old.type is Type.PREFERENCE]
    if case.pending or any(old.pinned or old.user_edited for old in replaced):
        if same is not None:
            return Merged(outcome="known", belief=same, reason="it waits, or is held, already")
        return Merged(outcome=PENDING, belief=_pend(write, belief, replaced))
    if same is None:
        merged = _added(write, belief, replaced)
    else:
        merged = _beside(write, case, belief, same)
        if merged.belief is not None and merged.belief.live:
            for old in replaced:
                write.supersede(old.id, write.get(merged.belief.id))
    if merged.belief is not None and merged.belief.live:
        _flag(write, near, replaced, made.replaces, merged.belief)
    return _answering(write, near, made, merged)


def _replaced(near: Neighbours, case: Case, made: NewBelief) -> list[Belief]:
    """What the new belief names as replaced: here, else where the user themselves is described."""
    here = {*case.heard.said.scopes, *made.scopes}
    found = near.named(made.replaces, scopes=here) if made.replaces else []
    if not found and made.type is Type.DECISION and made.replaces:
        wide = near.named(made.replaces, scopes=(UNIVERSAL,))
        found = list(filter(_of_the_user, wide))
    return [old for old in found if case.target is None or old.id != case.target.id]


def _of_the_user(belief: Belief) -> bool:
    """Whether it tells who or where the user is: "I live in Berlin"."""
    return belief.type is Type.ENTITY and UNIVERSAL in belief.scopes


def _added(write: Write, belief: Belief, replaced: list[Belief]) -> Merged:
    if weak_state(belief):
        return Merged(outcome=belief.state.value, belief=write.add(belief))
    for old in replaced:
        belief = write.supersede(old.id, belief)
    stands = belief if replaced else write.add(belief)
    return Merged(outcome=stands.state.value, belief=stands)


def weak_state(belief: Belief) -> bool:
    """Whether it may not take another's place."""
    return belief.state is State.CANDIDATE


def _beside(write: Write, case: Case, belief: Belief, same: Belief) -> Merged:  # noqa: PLR0911, one return a row of the table
    """Another belief has the name: the same thing again, more of it, a change, or a conflict."""
    quote = belief.evidence[0]
    if same.id in case.heard.said.injected and same.state is State.CANDIDATE:
        return Merged(outcome="known", belief=same, reason="it was given in this very request")
    agrees = compatible(same, belief)
    if agrees and same.state is not State.CANDIDATE and not _settles(same, belief):
        write.enrich(same.id, aliases=belief.aliases)
        return Merged(outcome="reinforced", belief=write.reinforce(same.id, quote))
    if belief.state is State.CANDIDATE or same.state is State.PENDING:
        outcome = "reinforced" if agrees else REJECTED
        if not agrees:
            return Merged(outcome=outcome, belief=same, reason="a stronger belief says otherwise")
        return Merged(outcome=outcome, belief=write.reinforce(same.id, quote))
    if same.pinned or same.user_edited:
        return Merged(outcome=PENDING, belief=_pend(write, belief, [same]))
    unsettled = same.state in {State.CANDIDATE, State.EXPLORATORY}
    if unsettled or _voice(case).change.search(case.quotes) or not same.live:
        return Merged(outcome="superseded", belief=write.supersede(same.id, belief))
    return Merged(outcome="contested", belief=write.contest(same.id, belief))


def _voice(case: Case) -> Voice:
    return case.clauses[0].tongues[0].voice


def _settles(same: Belief, belief: Belief) -> bool:
    return same.state is State.EXPLORATORY and belief.epistemic is Epistemic.STATED


def _answering(write: Write, near: Neighbours, made: NewBelief, merged: Merged) -> Merged:
    """A decision settles the open questions that speak of the same."""
    answer = merged.belief
    if answer is None or answer.state is not State.ACTIVE:
        return merged
    names = {*made.resolves, *(made.aliases if made.type is Type.DECISION else ())}
    for question in near.questions(names):
        if question.id != answer.id and not (question.pinned or question.user_edited):
            write.resolve(question.id, answer.id)
    return replace(merged, belief=write.get(answer.id))


def _flag(
    write: Write,
    near: Neighbours,
    old: Iterable[Belief],
    told: Iterable[str],
    new: Belief | None = None,
) -> None:
    """What leans on what has changed is to be looked at again; nothing else is done to it."""
    replaced = list(old)
    where = new.scopes if new else [scope for one in replaced for scope in one.scopes]
    if not (replaced or told):
        return
    for belief in near.leaning(gone(replaced, told, new), where):
        if new is None or belief.id != new.id:
            write.flag(belief.id)


def _update(write: Write, near: Neighbours, case: Case, made: Update) -> Merged:  # noqa: PLR0911, one an op
    target = case.target
    assert target is not None  # noqa: S101, the gate's last rule has found it
    if case.pending:
        return _held_back(write, case, target, made)
    wished = bool(_voice(case).forget.match(case.quotes))
    if made.op is Op.RETRACT and not wished and left(target, made.target):
        return Merged(outcome="known", belief=target, reason="it says so already")
    if made.op is Op.RETRACT:
        ended = write.forget(target.id) if wished else write.retire(target.id)
        if not wished:
            _flag(write, near, [target], [made.target])
        return Merged(outcome="retracted", belief=ended)
    if made.op is Op.REINFORCE:
        if target.id in case.heard.said.injected and target.state is State.CANDIDATE:
            return Merged(outcome="known", belief=target)
        return Merged(outcome="reinforced", belief=write.reinforce(target.id, case.evidence[0]))
    if made.op is Op.ENRICH or not made.new_content:
        return Merged(outcome="enriched", belief=write.enrich(target.id, evidence=case.evidence))
    successor = successor_of(case, target, made.new_content)
    if made.op is Op.CORRECT:
        successor = corrected(successor, target, made)
    if made.op is Op.CONTRADICT:
        return Merged(outcome="contested", belief=write.contest(target.id, successor))
    stands = write.supersede(target.id, successor)
    if made.op is Op.SUPERSEDE:
        _flag(write, near, [target], (), stands)
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
