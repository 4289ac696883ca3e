"""The learner: one user turn in, what is held because of it out."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
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
    Proposal,
    read_extraction,
)
from mindhold.beliefs.learning.case import REJECTED
from mindhold.beliefs.learning.deciding import Deciding, Learned
from mindhold.beliefs.learning.heard import Heard, hear
from mindhold.beliefs.learning.journal import WITHDRAWN, Decision
from mindhold.beliefs.learning.neighbours import Neighbours
from mindhold.beliefs.learning.queue import Queue
from mindhold.beliefs.learning.restating import restated
from mindhold.beliefs.learning.rules.extractor import Rules
from mindhold.beliefs.learning.said import Said
from mindhold.beliefs.learning.succession import Proposed
from mindhold.beliefs.learning.usage import flywheel
from mindhold.beliefs.learning.usage.spans import key
from mindhold.beliefs.mishap import Mishaps
from mindhold.beliefs.model import Belief
from mindhold.beliefs.store import Store
from mindhold.beliefs.text.machine import machine_made
from mindhold.beliefs.write import Write

_SHORT = 25  # words

Find = Callable[[str, Said], Sequence[Belief]]
"""The beliefs that a text names, where it was said."""


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
        self._deciding = Deciding(store, mode)
        self._later = later
        self._rules = Rules() if rules else None
        self._extractors = (*((self._rules,) if self._rules else ()), *extractors)
        self._zone = zone
        self._mishaps = Mishaps()

    @property
    def failures(self) -> int:
        """How many turns could not be worked on, and how often an extractor broke."""
        return self._mishaps.count

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
        found_near = self._near(heard.said)
        with (
            suppress(AlreadyDone),
            self._store.write(actor="learning", now=at, job=turn.mark) as write,
        ):
            if self._later is None or self._later.done(write.connection, turn):
                made = (*self._proposals(found, heard), *more)
                proposed = [(found, in_time(write.connection, turn, one)) for one in made]
                return self._deciding.decide(write, heard, turn.fingerprint, proposed, found_near)
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

    def drain(self, queue: Queue, most: int | None = None) -> int:
        """Learns from the turns that wait, or the `most` oldest of them; returns how many.

        Raises `StoreError`.
        """
        count = 0
        while count != most and (job := queue.take()):
            try:
                self.learn(job.said, job=job.id)
                queue.done(job)
            except StoreError:
                raise
            except Exception as exc:  # noqa: BLE001, a turn that cannot be worked on must not stop the rest
                self._mishaps.note("learning from a turn", exc)
                queue.failed(job)
            count += 1
        return count

    def _now(self, said: Said) -> datetime:
        return said.at.astimezone(self._zone)

    def _prepared(self, said: Said) -> tuple[Heard, tuple[Proposed, ...], Sequence[Belief]]:
        """What is worked out before the store is held: proposals, and beliefs that it names."""
        heard = hear(said)
        proposed = tuple(self._proposed(heard))
        return heard, proposed, self._near(said) if proposed or self._rules else ()

    def _proposed(self, heard: Heard) -> Iterator[Proposed]:
        for extractor in self._extractors:
            for proposal in self._proposals(extractor, heard):
                yield extractor, proposal

    def _proposals(self, extractor: Extractor, heard: Heard) -> Iterator[Proposal | Decision]:
        """Ends first, then what begins: "no longer A" must not end what the same words begin."""
        try:
            made: Extraction = read_extraction(extractor.extract(heard))
        except BeliefError as exc:
            yield _refused(extractor, str(exc))
            return
        except Exception as exc:  # noqa: BLE001, one that breaks must not cost what others propose
            self._mishaps.note("an extractor", exc)
            yield _refused(extractor, f"The extractor broke ({type(exc).__name__}).")
            return
        yield from made.updates
        yield from made.new_beliefs
        yield from made.open_questions
        yield from made.aliases_added
        yield from made.resolved_questions

    def _restated(
        self, write: Write, heard: Heard, proposed: Iterable[Proposed], near: Sequence[Belief]
    ) -> Iterator[Proposed]:
        """What only who knows what is held can hear; it is proposed in the name of the rules."""
        if self._rules and near:
            told = [quote for _, made in proposed for quote in getattr(made, "evidence", ())]
            around = Neighbours(write.connection, heard.said, near=near)
            for made in restated(around, heard, told):
                yield self._rules, made

    def _near(self, said: Said) -> Sequence[Belief]:
        """The beliefs that the turn names."""
        return self._find(said.text, said) if self._find else ()

    def _turn(
        self, write: Write, heard: Heard, proposed: Iterable[Proposed], near: Sequence[Belief]
    ) -> Learned:
        said, secret = heard.said, self._store.database.key
        print_ = marks.fingerprint(secret, said.text)
        if self._mode == "off" or machine_made(said.text):
            return Learned()
        for old in turns.abandoned(write.connection, said, print_):
            self._withdraw(write, old, said, said.conversation)
        turns.note(write.connection, said, print_)
        back = self._taken_back(write, said)
        texts = turns.template(write.connection, said, marks.openings(secret, said), print_)
        if texts and not (said.command or _own_word(heard)):
            for text in texts:
                self._withdraw(write, text, said, None)
            return Learned(
                decisions=(
                    Decision(rule="G2", quote="", outcome=REJECTED, reason="a program's template"),
                )
            )
        named = self._deciding.name(write, heard, print_)
        proposed = [*_further(proposed, named), *self._restated(write, heard, proposed, near)]
        learned = self._deciding.decide(write, heard, print_, proposed, near)
        if self._later:
            self._later.take_in(write.connection, heard, print_)
        beliefs = {one.id: one for one in (*named.beliefs, *learned.beliefs)}
        decisions = (*back, *named.decisions, *learned.decisions)
        return Learned(beliefs=tuple(beliefs.values()), decisions=decisions)

    def _withdraw(
        self, write: Write, fingerprint: str, said: Said, conversation: str | None
    ) -> tuple[Belief, ...]:
        if self._later:
            self._later.withdraw(write.connection, fingerprint, conversation)
        flywheel.withdraw(write, said, fingerprint, conversation)
        return write.withdraw(fingerprint, conversation=conversation, user=said.user)

    def _taken_back(self, write: Write, said: Said) -> list[Decision]:
        """Withdraws what the turn before taught, if this one takes it back."""
        if said.conversation is None or not said.earlier:
            return []
        if not takes_back(said.text, said.earlier[-1]):
            return []
        secret = self._store.database.key
        print_ = marks.fingerprint(secret, said.earlier[-1])
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
                write.connection, secret, said, marks.fingerprint(secret, said.text), decision
            )
        return decisions


def _further(proposed: Iterable[Proposed], named: Learned) -> Iterator[Proposed]:
    """The proposals, but for a belief of its own that only is another name of what is held."""
    names = {key(one.content) for one in named.decisions if one.outcome != REJECTED}
    for extractor, made in proposed:
        if not isinstance(made, NewBelief) or key(made.canonical_name) not in names:
            yield extractor, made


def _own_word(heard: Heard) -> bool:
    """Whether it is one short statement and nothing besides: a person says it again and means it.

    A program sends its statements with something to do.
    """
    if len(heard.sentences) != 1 or len(heard.text.split()) > _SHORT:
        return False
    made = Rules().extract(heard)
    return any((made.new_beliefs, made.updates, made.open_questions))


def _refused(extractor: Extractor, reason: str) -> Decision:
    return Decision(rule="G1", quote="", outcome=REJECTED, reason=reason, extractor=extractor.name)
