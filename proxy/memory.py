"""Memory: everything stateful behind the proxy, which never breaks a chat.

Two threads of its own: one recalls, with a deadline; one writes, behind the requests. Whatever
goes wrong here, the client's own bytes go on, a counter grows and the header says so.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any, TypeVar

from mindhold.beliefs import ledger, projects, requests, switches
from mindhold.beliefs.database import Transaction
from mindhold.beliefs.errors import StoreError
from mindhold.beliefs.learning.background.waiting import Pace
from mindhold.beliefs.mishap import Mishaps
from mindhold.beliefs.projects import Project, Projects
from mindhold.beliefs.text.long import shortened
from mindhold.beliefs.text.machine import Errand
from mindhold.proxy.behind import Behind
from mindhold.proxy.condition import Condition
from mindhold.proxy.dialects.speech.spoken import Speech
from mindhold.proxy.holding import Holding
from mindhold.proxy.inject import Drawn
from mindhold.proxy.ledger import Trace
from mindhold.proxy.logged import Injection, Outcome, logged, passed, said
from mindhold.proxy.obedience import FAILED, UNREACHED, obey, speech
from mindhold.proxy.opened import Answer, Opened, plain
from mindhold.proxy.project import KnownProjects
from mindhold.proxy.rest import Rest
from mindhold.proxy.settings import Settings
from mindhold.proxy.settled import settled
from mindhold.proxy.thread import Busy, Late, Stuck, Worker
from mindhold.proxy.turn import Bypass, Turn

T = TypeVar("T")

_TICK = 0.2  # seconds between looks at what waits and what others wrote
_START = 3.0  # seconds that a start waits for the store; after that it opens behind the requests
_STOP = 10.0  # seconds to write what waits
_CROWD = 1_024  # requests that may wait for their turn


class Memory:
    """The store, its index and its learner, as the requests see them; for one event loop."""

    def __init__(
        self,
        settings: Settings,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        pace: Pace = Pace(),  # noqa: B008 - a frozen value
    ) -> None:
        self._settings = settings
        self.now = clock
        self.pace = pace
        self._holding = Holding(settings, clock, pace)
        self._rest = Rest()
        self._counts = Counter(late=0, busy=0, bypassed=0)
        self._mishaps = Mishaps()
        self._timer: asyncio.TimerHandle | None = None
        self.projects = KnownProjects(Projects(self._projects))

    def beside(self, let_go: Callable[[], None]) -> None:
        """Has somebody else with the store open let go of it whenever memory does.

        Files that were taken away stay in use as long as anybody in this process has them open.
        """
        self._holding.beside.append(let_go)

    async def start(self) -> None:
        """Opens the store, or serves in bypass until it can be opened."""
        self._reader = Worker("mindhold-recall", size=_CROWD)
        self._behind = Behind(self._settings, self._holding, self.projects, self.now)
        self._condition = Condition(
            settings=self._settings,
            holding=self._holding,
            rest=self._rest,
            reader=self._reader,
            behind=self._behind,
            clock=self.now,
        )
        try:
            await self._reader.run(self._holding.open, deadline=_START)
        except Late:
            self._counts["late"] += 1
        self._tick()

    async def stop(self) -> None:
        """Writes what waits, then closes."""
        if self._timer:
            self._timer.cancel()
        await asyncio.to_thread(self._behind.stop, _STOP)
        await asyncio.to_thread(self._reader.stop, _STOP)
        self._holding.close()

    async def inject(self, turn: Turn) -> Injection:
        """What to send upstream; the client's own bytes where memory has nothing or fails."""
        started = time.perf_counter()
        try:
            made = await self._inject(turn)
        except Exception as error:  # noqa: BLE001 - memory never breaks a chat: counted, in the header
            self.fault("memory", error)
            made = self._bypass(turn, "fault")
        added = (time.perf_counter() - started) * 1e3
        return replace(made, added_ms=added, header=made.header.replace("ms=", f"ms={added:.1f}"))

    async def obey(self, turn: Turn) -> Speech:
        """Does what a command of the user asks, and says so; never raises."""
        try:
            text = await self._obey(turn)
        except Exception as error:  # noqa: BLE001 - a command has no upstream: counted, told in words
            self.fault("a command", error)
            text = FAILED
        return speech(turn, text, self.now())

    def finished(
        self,
        turn: Turn,
        injection: Injection,
        *,
        status: int | None,
        usage: dict[str, Any] | None = None,
        response_id: str | None = None,
        answer: str = "",
    ) -> None:
        """Logs what became of a request, and offers the user's words to learning after a 2xx."""
        outcome = Outcome(at=self.now(), status=status, usage=usage, response=response_id)
        if outcome.good and response_id:
            whole = usage is not None
            self.answering(turn, injection, response_id, answer=answer, whole=whole)
        self._behind.write(partial(_finish, turn, injection, outcome))

    def answering(
        self,
        turn: Turn,
        injection: Injection,
        response_id: str,
        *,
        answer: str = "",
        whole: bool,
    ) -> None:
        """Notes that a good answer goes by this id, with what it says once that is known.

        Only one that is `whole` has become part of its conversation.
        """
        opened, trace, drawn = self._holding.opened, injection.trace, injection.drawn
        if opened and trace and turn.dialogue.keeps:
            stable = drawn.stable if drawn else trace.stable
            # fmt: off
            opened.ledger.answered(
                turn, trace, injection.turns, stable=stable, response=response_id, answer=answer,
                whole=whole,
            )
            # fmt: on

    def passed(
        self,
        bypass: Bypass,
        *,
        status: int | None,
        usage: dict[str, Any] | None = None,
        response_id: str | None = None,
    ) -> None:
        """Logs what became of a request that memory could not serve."""
        outcome = Outcome(at=self.now(), status=status, usage=usage, response=response_id)
        self._behind.write(partial(_pass, bypass, outcome))

    async def behind(self, job: Callable[[Opened], T]) -> T | None:
        """What the job returns, done between requests on the writing thread; None if it cannot."""
        return await self._behind.run(job)

    def fault(self, part: str, error: Exception) -> None:
        """Counts what nobody expected of a part of memory; a call goes on without that."""
        self._mishaps.note(part, error)

    def condition(self) -> Condition:
        """How memory is just now."""
        self._condition.look(self._counts, faults=self._mishaps.count)
        return self._condition

    def health(self) -> dict[str, Any]:
        """Whether memory serves, since when not, and what it gave up; no private text."""
        return self.condition().told()

    async def _obey(self, turn: Turn) -> str:
        if turn.commands.asks_why:  # the answer before may just be ending: its row comes behind it
            await asyncio.sleep(_TICK)
        opened, now = self._holding.opened, self.now()
        told = settled(turn)
        made = Injection(body=turn.body, header=turn.commands.header)
        if opened:
            trace = opened.ledger.trace(turn, now)
            made = replace(made, trace=trace, entry=opened.ledger.note(trace))
            told = told or await self._behind.run(partial(obey, turn, trace, now))
        self._behind.write(partial(_note, turn, made, Outcome(at=now, status=200)))
        return told or UNREACHED

    async def _inject(self, turn: Turn) -> Injection:
        opened = self._holding.opened
        if turn.errand is Errand.ASIDE:
            return Injection(body=turn.body, header="off; reason=errand")
        off = Injection(body=turn.body, header="off")
        if turn.temporary:
            return off
        if opened is None:
            made = self._bypass(turn, self._holding.reason) if turn.inject else off
            trace = self._remembered(turn)
            return replace(made, trace=trace, unheard=trace is None)
        trace = opened.ledger.trace(turn, self.now())
        answer, reason = await self._ask(opened, turn, trace)
        if answer.gone:
            opened.ledger.drop(answer.gone)
            trace = opened.ledger.trace(turn, self.now())
            answer, reason = await self._ask(opened, turn, trace)
        if answer.paused:  # recorded as bare: later requests still know which conversation it is
            entry, turns = opened.ledger.record(trace, stable=trace.stable, block=None)
            return Injection(body=turn.body, header="off", trace=trace, entry=entry, turns=turns)
        drawn = Drawn(stable=trace.stable) if reason else answer.drawn
        body = self._body(turn, trace, drawn)
        entry, turns = opened.ledger.record(trace, stable=drawn.stable, block=drawn.turn)
        made = Injection(
            body=body,
            header="",
            trace=trace,
            drawn=drawn,
            entry=entry,
            turns=turns,
            recall_ms=answer.recall_ms,
        )
        self._counts["bypassed"] += bool(reason)
        told = f"injected={len(made.injected)}; scopes={','.join(turn.scopes)}; ms="
        return replace(made, header=f"bypass; reason={reason}" if reason else told)

    async def _ask(self, opened: Opened, turn: Turn, trace: Trace) -> tuple[Answer, str]:
        """What memory says, or nothing and the reason why not; never later than the deadline."""
        if not turn.inject:
            return Answer(paused=True), ""
        if self._rest.resting:
            return Answer(), "recall late"
        deadline = self._settings.inject.deadline_ms / 1e3
        try:
            answer = await self._reader.run(
                opened.answer,
                turn,
                trace,
                self.now(),
                deadline=deadline,
                patience=self._rest.patience(deadline),
            )
        except Exception as error:  # noqa: BLE001 - costs the new block only; the old ones go on
            return Answer(), self._failed(opened, error)
        self._rest.well()
        return answer, ""

    def _failed(self, opened: Opened, error: Exception) -> str:
        """Why a request goes without what recall would have said; counted."""
        if isinstance(error, Busy):  # a crowd at the door says nothing against recall
            self._counts["busy"] += 1
            self._rest.overrun()
            return "recall busy"
        if isinstance(error, Late | Stuck):
            self._counts["late"] += 1
            if isinstance(error, Late):
                self._rest.late()
            return "recall late"
        self.fault("recall", error)
        if isinstance(error, StoreError):
            self._reader.post(self._holding.broken, opened, error)
            return "store fault"
        return "fault"

    def _body(self, turn: Turn, trace: Trace, drawn: Drawn) -> bytes:
        stable = drawn.stable.text if drawn.stable else ""
        turns = {number: block.text for number, block in trace.blocks()}
        if drawn.turn:
            turns[len(trace.entries)] = drawn.turn.text
        if self._settings.inject.placement == "system":
            stable, turns = "\n\n".join(filter(None, (stable, *turns.values()))), {}
        return turn.dialogue.with_blocks(stable, turns) if stable or turns else turn.body

    def _bypass(self, turn: Turn, reason: str) -> Injection:
        self._counts["bypassed"] += 1
        return Injection(body=turn.body, header=f"bypass; reason={reason}")

    def _remembered(self, turn: Turn) -> Trace | None:
        """What was known of it when the store was lost: so it is learned from once that is back."""
        ledger = self._holding.ledger
        return ledger.trace(turn, self.now()) if ledger else None

    def _projects(self) -> Iterable[Project]:
        """The table as it stands, for a project that is not known yet."""
        opened = self._holding.opened
        try:
            return projects.read(opened.reading.database) if opened else ()
        except StoreError:  # what is in memory will do; recall finds out and says so
            return ()

    def _tick(self) -> None:
        if self._holding.due:
            self._reader.post(self._holding.open)
        self._behind.look()
        self.condition()
        self._timer = asyncio.get_running_loop().call_later(_TICK, self._tick)


def _finish(
    turn: Turn, injection: Injection, outcome: Outcome, opened: Opened, transaction: Transaction
) -> None:
    """The rows of one request, and what it says to learning; on the writing thread."""
    if injection.unheard:
        injection = replace(injection, trace=opened.remembered.trace(turn, outcome.at))
    words = _words(turn, injection, outcome, opened)
    row = logged(turn, injection, outcome, query=words)
    if injection.entry:
        ledger.write(transaction, injection.entry)
    if not ledger.write_blocks(transaction, [block for _, block in injection.blocks()]):
        row = replace(row, query=None, left_out=())  # it may name what is forgotten
    requests.write(transaction, row)
    if words and injection.trace and outcome.good:
        heard = said(turn, injection, injection.trace, words, outcome.at)
        opened.queue.take_in(transaction, heard)


def _note(
    turn: Turn, injection: Injection, outcome: Outcome, _: Opened, transaction: Transaction
) -> None:
    """The rows of a command, without its words."""
    if injection.entry:
        ledger.write(transaction, injection.entry)
    requests.write(transaction, logged(turn, injection, outcome, query=None))


def _pass(bypass: Bypass, outcome: Outcome, _: Opened, transaction: Transaction) -> None:
    requests.write(transaction, passed(bypass, outcome))


def _words(turn: Turn, injection: Injection, outcome: Outcome, opened: Opened) -> str | None:
    """The newest user text, unless the owner wants nothing learned from it."""
    newest = injection.trace.newest if injection.trace else None
    if not newest or not turn.learn:
        return None
    paused = switches.read(opened.writing.database).paused("learn", outcome.at)
    return None if paused else plain(shortened(turn.own(newest.text)))
