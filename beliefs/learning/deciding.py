"""Deciding: the proposals of a turn, through the gate and into what is held."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from mindhold.beliefs.learning import journal
from mindhold.beliefs.learning.candidate import NewBelief, Op, Proposal, Update
from mindhold.beliefs.learning.case import (
    ENDS,
    PENDING,
    QUARANTINED,
    REJECTED,
    RULES,
    Case,
    Place,
    Stop,
)
from mindhold.beliefs.learning.gate import admit, private
from mindhold.beliefs.learning.grounds import all_text, echoed
from mindhold.beliefs.learning.heard import Heard
from mindhold.beliefs.learning.journal import ADMITTED, Decision
from mindhold.beliefs.learning.merge import merge, quarantine, standing
from mindhold.beliefs.learning.neighbours import Neighbours
from mindhold.beliefs.learning.said import Said
from mindhold.beliefs.learning.succession import Proposed, succeeding
from mindhold.beliefs.learning.usage import flywheel
from mindhold.beliefs.model import Belief, State
from mindhold.beliefs.store import Store
from mindhold.beliefs.valid import surfaces
from mindhold.beliefs.write import Write


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """What a user turn led to: the beliefs that stand because of it, and every decision."""

    beliefs: tuple[Belief, ...] = ()
    decisions: tuple[Decision, ...] = ()


@dataclass(frozen=True, slots=True)
class _Course:
    """What the proposals of one turn have led to so far.

    `ended`: the words that have ended something. `settled`: those that changed what is held, and
    so state no more.
    """

    decisions: list[Decision] = field(default_factory=list)
    stands: dict[str, None] = field(default_factory=dict)
    ended: set[tuple[str, ...]] = field(default_factory=set)
    settled: set[tuple[str, ...]] = field(default_factory=set)

    def over(self, proposal: Proposal) -> bool:
        """Whether its words have done already what it would do with them."""
        return proposal.evidence in (self.ended if isinstance(proposal, Update) else self.settled)

    def mark(self, proposal: Proposal, decision: Decision, belief: Belief | None) -> None:
        """Remembers what the words of a change have done."""
        waits = decision.outcome == PENDING
        if isinstance(proposal, Update) and (waits or belief is not None):
            self.ended.add(proposal.evidence)
            if waits or proposal.op in {Op.CORRECT, Op.SUPERSEDE}:
                self.settled.add(proposal.evidence)

    def add(self, decision: Decision, belief: Belief | None) -> None:
        """One more decision, and what stands because of it."""
        self.decisions.append(decision)
        if belief is not None:
            self.stands[belief.id] = None

    def learned(self, write: Write) -> Learned:
        """All of it, and the beliefs that what waits now contests."""
        made = [write.get(id) for id in self.stands]
        doubted = [
            write.get(id) for one in made if one.state is State.PENDING for id in one.supersedes
        ]
        contested = [one for one in doubted if one.state is State.CONTESTED]
        every = {one.id: one for one in (*contested, *made)}
        return Learned(beliefs=tuple(every.values()), decisions=tuple(self.decisions))


class Deciding:
    """Decides over one store, in one mode."""

    def __init__(self, store: Store, mode: str) -> None:
        self._store = store
        self._mode = mode

    def decide(
        self,
        write: Write,
        heard: Heard,
        fingerprint: str,
        proposed: Iterable[Proposed],
        near: Sequence[Belief],
    ) -> Learned:
        """Applies what the gate admits of the proposals, in their order, and journals them all.

        `near` are the beliefs that the turn names.
        """
        around = Neighbours(write.connection, heard.said, near=near)
        table = frozenset(name for belief in near for name in surfaces(belief))
        place = self._place(write, around, heard.said, table)
        course = _Course()
        for extractor, proposal in succeeding(proposed, around, heard):
            belief = None
            if isinstance(proposal, Decision):
                decision = proposal
            else:
                guesses = extractor.name == RULES
                if guesses and course.over(proposal):
                    continue
                decision, belief = self._one(write, around, Case(
                    proposal=proposal, heard=heard, place=place, fingerprint=fingerprint,
                    extractor=extractor.name, extractor_version=extractor.version,
                ))  # fmt: skip
                if guesses and isinstance(proposal, Update) and _missed(decision):
                    continue  # one of several ways to name what it changes
                course.mark(proposal, decision, belief)
            course.add(decision, belief)
            self._journal(write, heard, fingerprint, [decision])  # the next is counted with it
        return course.learned(write)

    def name(self, write: Write, heard: Heard, fingerprint: str) -> Learned:
        """The names that the turn makes certain of what was given; a decision's content is one."""
        around = Neighbours(write.connection, heard.said)
        place = self._place(write, around, heard.said, frozenset())
        shown = flywheel.shown(write, around, heard, place=place, fingerprint=fingerprint)
        decided = [self._one(write, around, case) for case in shown]
        decisions = tuple(decision for decision, _ in decided)
        self._journal(write, heard, fingerprint, decisions)
        named = {belief.id: belief for _, belief in decided if belief}
        return Learned(beliefs=tuple(named.values()), decisions=decisions)

    def _journal(
        self, write: Write, heard: Heard, fingerprint: str, decisions: Iterable[Decision]
    ) -> None:
        for decision in decisions:
            journal.write_down(
                write.connection, self._store.database.key, heard.said, fingerprint, decision
            )

    def _one(self, write: Write, around: Neighbours, case: Case) -> tuple[Decision, Belief | None]:
        result = admit(case)
        if isinstance(result, Stop):
            belief = (
                quarantine(write, result.case or case) if result.outcome == QUARANTINED else None
            )
            return _decision(
                case, result.rule, result.outcome, result.reason, belief, redacted=result.redacted
            ), None
        made = result.proposal
        if isinstance(made, NewBelief) and echoed(
            result, around.bearing([made.canonical_name, *made.aliases])
        ):
            return _decision(case, "G3", REJECTED, "memory gave these words", None), None
        merged = merge(write, around, result)
        rule = ADMITTED if merged.outcome != REJECTED else "merge"
        decision = _decision(
            case, result.pending or rule, merged.outcome, merged.reason, merged.belief
        )
        return decision, None if merged.reason == ENDS else merged.belief

    def _place(self, write: Write, around: Neighbours, said: Said, table: frozenset[str]) -> Place:
        def same(made: NewBelief) -> Belief | None:
            return standing(around, made)

        def forgotten(made: NewBelief) -> bool:
            return self._store.forgotten(
                user=said.user, agent=said.agent, scopes=made.scopes,
                name=made.canonical_name, content=made.content,
            )  # fmt: skip

        return Place(
            mode=self._mode,
            table=table,
            target=around.target,
            same=same,
            forgotten=forgotten,
            admitted=lambda: journal.admitted(write.connection, said),
        )


def _missed(decision: Decision) -> bool:
    """Whether a change found nothing to change."""
    return decision.rule in {"G14", "merge"} and decision.outcome == REJECTED


def _decision(
    case: Case,
    rule: str,
    outcome: str,
    reason: str,
    belief: Belief | None,
    *,
    redacted: bool = False,
) -> Decision:
    made = case.proposal
    redacted = redacted or (belief is None and private(all_text(made)))
    return Decision(
        rule=rule,
        quote=case.quotes,
        outcome=outcome,
        name=made.canonical_name if isinstance(made, NewBelief) else made.target,
        content=getattr(made, "content", getattr(made, "alias", "")),
        reason=reason,
        extractor=case.extractor,
        belief=belief.id if belief else None,
        redacted=redacted,
    )
