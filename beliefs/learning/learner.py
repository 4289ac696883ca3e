"""The learner: one user turn in, what is held because of it out."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from mindhold.beliefs.errors import AlreadyDone, BeliefError, StoreError
from mindhold.beliefs.learning import journal, marks, turns
from mindhold.beliefs.learning.back import takes_back
from mindhold.beliefs.learning.background.late import in_time
from mindhold.beliefs.learning.background.turn import Turn
from mindhold.beliefs.learning.background.waiting import Waiting
from mindhold.beliefs.learning.candidate import (
    Extraction,
    Extractor,
    NewBelief,
    Op,
    Proposal,
    Update,
    read_extraction,
)
from mindhold.beliefs.learning.case import QUARANTINED, REJECTED, Case, Place, Stop
from mindhold.beliefs.learning.gate import admit, weak
from mindhold.beliefs.learning.heard import Heard, hear
from mindhold.beliefs.learning.journal import ADMITTED, WITHDRAWN, Decision
from mindhold.beliefs.learning.likeness import left
from mindhold.beliefs.learning.machine import machine_made
from mindhold.beliefs.learning.merge import merge, quarantine
from mindhold.beliefs.learning.neighbours import Neighbours
from mindhold.beliefs.learning.queue import Queue
from mindhold.beliefs.learning.rules.extractor import Rules
from mindhold.beliefs.learning.said import Said
from mindhold.beliefs.model import Belief, State
from mindhold.beliefs.store import Store
from mindhold.beliefs.valid import surfaces
from mindhold.beliefs.write import Write

_SHORT = 12  # words

Find = Callable[[str, Said], Sequence[Belief]]
"""The beliefs that a text names, where it was said."""

Proposed = tuple[Extractor, Proposal | Decision]


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """What a user turn led to: the beliefs that stand because of it, and every decision."""

    beliefs: tuple[Belief, ...] = ()
    decisions: tuple[Decision, ...] = ()


class _Rehearsed(Exception):
    """Ends a transaction that was only tried."""


class Learner:
    """Runs the extractors over a turn and applies what the gate admits, in one transaction.

    `zone` is the user's time zone, None the system's: their days count.
    """

    def __init__(
        self,
        store: Store,
        *,
        find: Find | None = None,
        mode: str = "auto",
        rules: bool = True,
        extractors: Sequence[Extractor] = (),
        zone: tzinfo | None = None,
        later: Waiting | None = None,
    ) -> None:
        """`later`: where each turn waits for the extractor that takes its time."""
        self._store = store
        self._find = find
        self._mode = mode
        self._later = later
        self._extractors = (*((Rules(),) if rules else ()), *extractors)
        self._zone = zone
        self.failures = 0  # turns that could not be worked on

    def learn(self, said: Said, *, job: str | None = None) -> Learned:
        """Learns from one newest user turn; a turn it has learned from before changes nothing.

        Raises `StoreError`.
        """
        mark = job or marks.job(self._store.database.key, said)
        turn = self._prepared(said)
        with (
            suppress(AlreadyDone),
            self._store.write(actor="learning", now=self._now(said), job=mark) as write,
        ):
            write.connection.execute("DELETE FROM learning WHERE mark = ?", (mark,))
            return self._turn(write, *turn)
        return Learned()

    def learn_late(
        self, turn: Turn, found: Extractor, more: Sequence[Decision] = (), *, now: datetime
    ) -> Learned:
        """Learns what was found later in a turn that was learned from before; once each turn.

        Nothing where the turn has been forgotten, edited or taken back meanwhile, nor what the
        rules made of the same words. Raises `StoreError`.
        """
        heard, at = turn.heard(), now.astimezone(self._zone)
        table = self._names(heard.said)
        with (
            suppress(AlreadyDone),
            self._store.write(actor="learning", now=at, job=turn.mark) as write,
        ):
            if self._later is None or self._later.done(write.connection, turn):
                made = (*_proposals(found, heard), *more)
                proposed = [(found, in_time(write.connection, turn, one)) for one in made]
                return self._decided(write, heard, turn.fingerprint, proposed, table)
        return Learned()

    def rehearse(self, *turns: Said) -> list[Learned]:
        """What learning from these turns, in their order, would lead to; leaves no trace.

        Raises `StoreError`.
        """
        prepared = [self._prepared(said) for said in turns]
        learned: list[Learned] = []
        now = self._now(turns[0])
        with suppress(_Rehearsed), self._store.write(actor="learning", now=now) as write:
            learned = [self._turn(write, *turn) for turn in prepared]
            raise _Rehearsed
        return learned

    def drain(self, queue: Queue) -> int:
        """Learns from every turn that waits; returns how many. Raises `StoreError`."""
        count = 0
        while job := queue.take():
            try:
                self.learn(job.said, job=job.id)
                queue.done(job)
            except StoreError:
                raise
            except Exception:  # noqa: BLE001, a turn that cannot be worked on must not stop the rest
                self.failures += 1
                queue.failed(job)
            count += 1
        return count

    def _now(self, said: Said) -> datetime:
        return said.at.astimezone(self._zone)

    def _prepared(self, said: Said) -> tuple[Heard, tuple[Proposed, ...], frozenset[str]]:
        """What is worked out before the store is held: proposals, and names that they may use."""
        heard = hear(said)
        proposed = tuple(self._proposed(heard))
        return heard, proposed, self._names(said) if proposed else frozenset()

    def _proposed(self, heard: Heard) -> Iterator[Proposed]:
        for extractor in self._extractors:
            for proposal in _proposals(extractor, heard):
                yield extractor, proposal

    def _names(self, said: Said) -> frozenset[str]:
        """How the beliefs that the turn names may be called."""
        near = self._find(said.text, said) if self._find else ()
        return frozenset(name for belief in near for name in surfaces(belief))

    def _turn(
        self, write: Write, heard: Heard, proposed: Iterable[Proposed], table: frozenset[str]
    ) -> Learned:
        said, key = heard.said, self._store.database.key
        print_ = marks.fingerprint(key, said.text)
        if self._mode == "off" or machine_made(said.text):
            return Learned()
        for old in turns.abandoned(write.connection, said, print_):
            self._withdraw(write, old, said, said.conversation)
        turns.note(write.connection, said, print_)
        back = self._taken_back(write, said)
        texts = turns.template(write.connection, said, marks.openings(key, said), print_)
        for text in () if _mere_taste(heard) else texts:
            self._withdraw(write, text, said, None)
        if texts and not _mere_taste(heard):
            return Learned(
                decisions=(
                    Decision(rule="G2", quote="", outcome=REJECTED, reason="a program's template"),
                )
            )
        learned = self._decided(write, heard, print_, proposed, table)
        if self._later:
            self._later.take_in(write.connection, heard, print_)
        return replace(learned, decisions=(*back, *learned.decisions))

    def _withdraw(
        self, write: Write, fingerprint: str, said: Said, conversation: str | None
    ) -> tuple[Belief, ...]:
        if self._later:
            self._later.withdraw(write.connection, fingerprint, conversation)
        return write.withdraw(fingerprint, conversation=conversation, user=said.user)

    def _taken_back(self, write: Write, said: Said) -> list[Decision]:
        """Withdraws what the turn before taught, if this one takes it back."""
        if said.conversation is None or not said.earlier:
            return []
        if not takes_back(said.text, said.earlier[-1]):
            return []
        key = self._store.database.key
        print_ = marks.fingerprint(key, said.earlier[-1])
        gone = self._withdraw(write, print_, said, said.conversation)
        decisions = [
            Decision(
                rule="G5", quote=said.text[:200], outcome=WITHDRAWN, name=belief.canonical_name,
                reason="it is taken back in the next turn", belief=belief.id,
            )
            for belief in gone
        ]  # fmt: skip
        for decision in decisions:
            journal.write_down(
                write.connection, key, said, marks.fingerprint(key, said.text), decision
            )
        return decisions

    def _decided(
        self,
        write: Write,
        heard: Heard,
        fingerprint: str,
        proposed: Iterable[Proposed],
        table: frozenset[str],
    ) -> Learned:
        around = Neighbours(write.connection, heard.said)
        place = self._place(write, around, heard.said, table)
        decisions: list[Decision] = []
        stands: dict[str, None] = {}
        ended: set[tuple[str, ...]] = set()
        settled: set[tuple[str, ...]] = set()  # words that changed what is held state no more
        for extractor, proposal in proposed:
            if isinstance(proposal, Decision):
                decisions.append(proposal)
                continue
            changes = isinstance(proposal, Update)
            if proposal.evidence in (ended if changes else settled):
                continue
            decision, belief = self._one(write, around, Case(
                proposal=proposal, heard=heard, place=place, fingerprint=fingerprint,
                extractor=extractor.name, extractor_version=extractor.version,
            ))  # fmt: skip
            if changes and belief is None and decision.rule in {"G14", "merge"}:
                if decision.outcome == REJECTED:
                    continue  # one of several ways to name what it changes
                settled.add(proposal.evidence)
            if isinstance(proposal, Update) and belief is not None:
                ended.add(proposal.evidence)
                if proposal.op in {Op.CORRECT, Op.SUPERSEDE}:
                    settled.add(proposal.evidence)
            decisions.append(decision)
            if belief is not None:
                stands[belief.id] = None
        for decision in decisions:
            journal.write_down(
                write.connection, self._store.database.key, heard.said, fingerprint, decision
            )
        made = [write.get(id) for id in stands]
        doubted = [
            write.get(id) for one in made if one.state is State.PENDING for id in one.supersedes
        ]
        contested = [one for one in doubted if one.state is State.CONTESTED]
        every = {one.id: one for one in (*contested, *made)}
        return Learned(beliefs=tuple(every.values()), decisions=tuple(decisions))

    def _one(self, write: Write, around: Neighbours, case: Case) -> tuple[Decision, Belief | None]:
        result = admit(case)
        if isinstance(result, Stop):
            belief = (
                quarantine(write, result.case or case) if result.outcome == QUARANTINED else None
            )
            return _decision(
                case, result.rule, result.outcome, result.reason, belief, redacted=result.redacted
            ), None
        merged = merge(write, around, result)
        rule = ADMITTED if merged.outcome != REJECTED else "merge"
        return _decision(
            case, result.pending or rule, merged.outcome, merged.reason, merged.belief
        ), merged.belief

    def _place(self, write: Write, around: Neighbours, said: Said, table: frozenset[str]) -> Place:
        def same(made: NewBelief) -> Belief | None:
            near = [
                one
                for one in around.named([made.canonical_name], scopes=made.scopes)
                if not left(one, made.canonical_name)  # "moved from A to B" is not about A
            ]
            alike = (one for one in near if one.type is made.type)
            twins = (one for one in near if one.canonical_name == made.canonical_name)
            return next(alike, next(twins, None))  # one name in one place is one belief

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
            admitted=lambda: _counted(write, said),
        )


def _mere_taste(heard: Heard) -> bool:
    """One short sentence of taste: a person repeats it, and it is by repetition that it counts."""
    if len(heard.sentences) != 1 or len(heard.text.split()) > _SHORT:
        return False
    made = Rules().extract(heard)
    return bool(made.new_beliefs) and all(map(weak, made.new_beliefs)) and not made.updates


def _counted(write: Write, said: Said) -> tuple[int, int]:
    return journal.admitted(write.connection, said)


def _proposals(extractor: Extractor, heard: Heard) -> Iterator[Proposal | Decision]:
    """Ends first, then what begins: "no longer A" must not end what the same words begin."""
    try:
        made: Extraction = read_extraction(extractor.extract(heard))
    except BeliefError as exc:
        yield Decision(
            rule="G1", quote="", outcome=REJECTED, reason=str(exc), extractor=extractor.name
        )
        return
    yield from made.updates
    yield from made.new_beliefs
    yield from made.open_questions
    yield from made.aliases_added
    yield from made.resolved_questions


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
    return Decision(
        rule=rule,
        quote=case.quotes,
        outcome=outcome,
        name=made.canonical_name if isinstance(made, NewBelief) else made.target,
        content=getattr(made, "content", ""),
        reason=reason,
        extractor=case.extractor,
        belief=belief.id if belief else None,
        redacted=redacted,
    )
