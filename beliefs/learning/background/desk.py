"""The desk: which call to the model is next, what it may cost, and what becomes of its answer.

It knows no wire: who asks the model takes a job here and brings the answer back. All of it is
for one thread at a time, and each step is one transaction or none.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from mindhold.beliefs import switches
from mindhold.beliefs.database import Transaction
from mindhold.beliefs.errors import Invalid, StoreError
from mindhold.beliefs.learning.background import calls
from mindhold.beliefs.learning.background.answer import Reading, read
from mindhold.beliefs.learning.background.batch import Shown, batch
from mindhold.beliefs.learning.background.budget import Model, room
from mindhold.beliefs.learning.background.calls import ANSWERED, FAILED, Call, Day
from mindhold.beliefs.learning.background.circuit import Circuit
from mindhold.beliefs.learning.background.prompt import NOTES, VERSION, Prompt, prompt
from mindhold.beliefs.learning.background.turn import Turn
from mindhold.beliefs.learning.background.waiting import NAME, Waiting
from mindhold.beliefs.learning.case import REJECTED
from mindhold.beliefs.learning.deciding import Learned
from mindhold.beliefs.learning.heard import MASK
from mindhold.beliefs.learning.journal import Decision
from mindhold.beliefs.learning.learner import Find, Learner
from mindhold.beliefs.mishap import Mishaps
from mindhold.beliefs.model import Belief
from mindhold.beliefs.store import Store

_UNFIT = Decision(
    rule="G1", quote="", outcome=REJECTED, reason="it does not fit the contract", extractor=NAME
)
_BROKE = "what it wrote could not be worked on"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One call to make: `tokens` is the most that its answer may have."""

    id: int
    call: Call
    shown: tuple[Shown, ...]
    prompt: Prompt
    tokens: int

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The turns that it is about."""
        return tuple(one.turn for one in self.shown)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What the model wrote; tokens are None where its server does not count."""

    text: str
    tokens_in: int | None = None
    tokens_out: int | None = None


class Desk:
    """Hands out jobs, one at a time, and takes their answers; over one store.

    `estimate` counts the tokens of a text, `extra` are those that the form of the question costs
    beside its words. `spent`: how calls ended, and what they took, since it was made.
    """

    def __init__(
        self,
        store: Store,
        learner: Learner,
        waiting: Waiting,
        model: Model,
        *,
        estimate: Callable[[str], int],
        day: Day,
        find: Find | None = None,
    ) -> None:
        self._store = store
        self._learner = learner
        self._model = model
        self._estimate = estimate
        self._day = day
        self._find = find
        self.waiting = waiting
        self.spent = Counter(answered=0, failed=0, tokens_in=0, tokens_out=0)
        self._mishaps = Mishaps()
        self._asked = False
        self._full: datetime | None = None  # the day that had no room for another call

    @property
    def failures(self) -> int:
        """How many turns could not be worked on."""
        return self._mishaps.count

    def next(self, now: datetime) -> Job | None:
        """The call that is due; None when nothing is, or none may be made. Raises `StoreError`."""
        if not self.waiting.some or not (turns := self.waiting.due(now)):
            return None
        if self._full == self._day(now) or self._rests(now):
            return None
        if (job := self.job(turns, now)) is None:
            self._full = self._day(now)
        self._asked = True
        return job

    def job(self, turns: Sequence[Turn], now: datetime) -> Job | None:
        """A call about these turns, or the first of them; what it may cost is set aside.

        None when the day's budget has no room for it. Raises `StoreError`.
        """
        shown = batch(turns)
        asked = prompt(shown, self._notes(shown))
        tokens_in = self._estimate(asked.system) + self._estimate(asked.user)
        with self._store.database.transaction() as connection:
            since = self._day(now)
            spent = calls.spent(self._store.database, since)
            tokens = room(self._model, spent, tokens_in)
            if not tokens:
                if calls.full(self._store.database, since) is None:
                    calls.note_full(connection, now)
                return None
            calls.note_room(connection)
            call = Call(
                at=now, upstream=self._model.upstream, model=self._model.model, turns=len(shown),
                tokens_in=tokens_in, tokens_out=tokens,
                cost=self._model.cost(tokens_in, tokens),
            )  # fmt: skip
            id = calls.begin(connection, call)
        return Job(id=id, call=call, shown=shown, prompt=asked, tokens=tokens)

    def circuit(self, now: datetime) -> Circuit:
        """Whether the model keeps failing. Raises `StoreError`."""
        return calls.breaker(self._store.database, self._model, now)

    def answered(self, job: Job, reply: Reply, now: datetime, *, ms: int) -> list[Learned]:
        """Learns from an answer; what is none counts as a failure. Raises `StoreError`."""
        call = self._counted(job, reply, ms)
        try:
            readings = read(reply.text, job.shown, version=f"{VERSION} {self._model.model}")
        except Invalid as error:
            self._failed(job, replace(call, outcome=FAILED, reason=str(error)), now)
            return []
        with self._store.database.transaction() as connection:
            self._end(connection, job, call)
        if switches.read(self._store.database).paused("learn", now):
            return []  # the turns wait, and are asked about again
        return [learned for one in readings if (learned := self._learned(one, now))]

    def failed(
        self, job: Job, reason: str, now: datetime, *, ms: int, asked: bool = True,
        after: float = 0.0,
    ) -> None:  # fmt: skip
        """The call brought no answer; its turns wait, for `after` seconds at least, or are dropped.

        `asked`: the server may have counted it. Raises `StoreError`.
        """
        call = replace(job.call, outcome=FAILED, reason=reason, ms=ms)
        if not asked:
            call = replace(call, tokens_in=0, tokens_out=0, cost=self._model.cost(0, 0))
        self._failed(job, call, now, after=after)

    def _rests(self, now: datetime) -> bool:
        """Whether learning is paused, or the model fails; a new process tries it once."""
        if switches.read(self._store.database).paused("learn", now):
            return True
        return self._asked and self.circuit(now).open

    def _notes(self, shown: Sequence[Shown]) -> list[Belief]:
        """What is held near these turns, the newest turn's first."""
        found: dict[str, Belief] = {}
        for one in reversed(shown) if self._find else ():
            assert self._find is not None  # noqa: S101, for the type checker
            said = one.turn.said
            found |= {
                near.id: near
                for near in self._find(said.text.replace(MASK, " "), said)
                if near.id not in found
            }
        return list(found.values())[:NOTES]

    def _counted(self, job: Job, reply: Reply, ms: int) -> Call:
        """The call with the server's own count, or ours."""
        own = reply.tokens_in is None or reply.tokens_out is None
        tokens_in = job.call.tokens_in if reply.tokens_in is None else reply.tokens_in
        tokens_out = reply.tokens_out
        if tokens_out is None:
            tokens_out = self._estimate(reply.text)
        return replace(
            job.call, tokens_in=tokens_in, tokens_out=tokens_out, estimated=own, outcome=ANSWERED,
            cost=self._model.cost(tokens_in, tokens_out), ms=ms,
        )  # fmt: skip

    def _learned(self, reading: Reading, now: datetime) -> Learned | None:
        turn = reading.shown.turn
        try:
            unfit = (_UNFIT,) * reading.refused
            return self._learner.learn_late(turn, reading, unfit, now=now)
        except StoreError:
            raise
        except Exception as error:  # noqa: BLE001 - a turn that cannot be worked on costs no other
            self._mishaps.note("learning from what a model read", error)
            with self._store.database.transaction() as connection:
                self.waiting.failed(connection, (turn,), _BROKE, now)
            return None

    def _end(self, connection: Transaction, job: Job, call: Call) -> None:
        calls.end(connection, job.id, call)
        took = {"tokens_in": call.tokens_in, "tokens_out": call.tokens_out}
        self.spent.update({call.outcome: 1, **took})

    def _failed(self, job: Job, call: Call, now: datetime, *, after: float = 0.0) -> None:
        with self._store.database.transaction() as connection:
            self._end(connection, job, call)
            self.waiting.failed(connection, job.turns, call.reason, now, after=after)
