"""A worker: one named thread that runs callables in order, off a bounded queue."""

import asyncio
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from math import inf
from queue import SimpleQueue
from typing import Any, Generic, TypeVar

from mindhold.beliefs.mishap import Mishaps

T = TypeVar("T")


class Late(Exception):
    """The call took longer than its deadline."""


class Stuck(Exception):
    """The call never began: the one at work takes longer than the deadline."""


class Busy(Exception):
    """Too many calls wait: this one was not taken, or its turn did not come in time."""


class Worker:
    """Runs callables one at a time on a daemon thread, in the order they came.

    `size` bounds the calls that wait, give or take one for each thread that calls. `refused`
    counts posted calls that found the queue full.
    """

    def __init__(self, name: str, *, size: int = 256) -> None:
        self.refused = 0
        self._mishaps = Mishaps()
        self._name = name
        self._size = size
        self._calls: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._serve, name=name, daemon=True)
        self._stopped = False
        self._began: float | None = None  # when the call at work was taken
        self._thread.start()

    @property
    def failed(self) -> int:
        """How many posted calls have raised."""
        return self._mishaps.count

    @property
    def waiting(self) -> int:
        """How many calls have not begun."""
        return self._calls.qsize()

    def stuck(self, deadline: float) -> bool:
        """Whether the call at work takes longer than that."""
        began = self._began
        return began is not None and time.monotonic() - began > deadline

    async def run(
        self,
        function: Callable[..., T],
        *args: Any,
        deadline: float = inf,
        patience: float = inf,
    ) -> T:
        """The result of `function(*args)`, or what it raises.

        Raises `Late` when it works for more than `deadline` seconds, `Stuck` when the one before it
        does, and `Busy` when the queue is full or its turn has not come within `patience` seconds.
        A call that has begun cannot be stopped: it runs on, and its result is dropped.
        """
        if self.stuck(deadline):
            raise Stuck
        loop = asyncio.get_running_loop()
        asked: _Asked[T] = _Asked(loop=loop, answer=loop.create_future(), at=time.monotonic())
        self._put(lambda: asked.settle(function, args))
        if deadline < inf:
            asked.timer = loop.call_later(deadline, self._look, asked, deadline, patience)
        try:
            return await asked.answer
        finally:
            if asked.timer:
                asked.timer.cancel()

    def post(self, function: Callable[..., object], *args: Any) -> bool:
        """Run it some time; False, and counted, when the queue is full or the worker stopped."""
        try:
            self._put(lambda: self._posted(function, args))
        except Busy:
            self.refused += 1
            return False
        return True

    def drain(self, timeout: float) -> bool:
        """Wait up to `timeout` seconds until all that was given so far is done; from any thread."""
        done: Future[None] = Future()
        if not self.post(done.set_result, None):
            return False
        try:
            done.result(timeout)
        except TimeoutError:
            return False
        return True

    def stop(self, timeout: float = 5) -> bool:
        """Finish what waits, take nothing more; whether the thread ended within `timeout` s."""
        if not self._stopped:
            self._stopped = True
            self._calls.put(None)
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def _put(self, call: Callable[[], None]) -> None:
        if self._stopped or self._calls.qsize() >= self._size:
            raise Busy
        self._calls.put(call)

    def _posted(self, function: Callable[..., object], args: tuple[Any, ...]) -> None:
        try:
            function(*args)
        except Exception as error:  # noqa: BLE001 - nobody waits: counted, and the thread lives on
            self._mishaps.note(f"the thread {self._name}", error)

    def _serve(self) -> None:
        while call := self._calls.get():
            self._began = time.monotonic()
            call()
            self._began = None

    def _look(self, asked: "_Asked[Any]", deadline: float, patience: float) -> None:
        """Ends the waiting when it has been too long; else looks again when it may be."""
        if asked.over or asked.answer.done():
            return
        now = time.monotonic()
        late = (asked.began or self._began or now) + deadline - now
        turn = inf if asked.began else asked.at + patience - now
        if (left := min(late, turn)) > 0:
            asked.timer = asked.loop.call_later(left, self._look, asked, deadline, patience)
        elif asked.began:
            asked.answer.set_exception(Late())
        else:
            asked.answer.set_exception(Stuck() if late <= 0 else Busy())


@dataclass(slots=True, kw_only=True, eq=False)
class _Asked(Generic[T]):
    """A call that somebody waits for on a loop; `began`: when the worker took it.

    `over`: what came of it is on its way to the loop, which may be behind with its work.
    """

    loop: asyncio.AbstractEventLoop
    answer: "asyncio.Future[T]"
    at: float
    began: float | None = None
    over: bool = False
    timer: asyncio.TimerHandle | None = None

    def settle(self, function: Callable[..., T], args: tuple[Any, ...]) -> None:
        """Calls it, on the worker's thread, and tells the loop what came of it."""
        if self.answer.done():  # late, or its caller has left
            return
        self.began = time.monotonic()
        try:
            result = function(*args)
        except Exception as error:  # noqa: BLE001 - handed to the one who waits
            self._tell(self.answer.set_exception, error)
        else:
            self._tell(self.answer.set_result, result)

    def _tell(self, settle: Callable[[Any], None], value: object) -> None:
        self.over = True
        try:
            self.loop.call_soon_threadsafe(lambda: None if self.answer.done() else settle(value))
        except RuntimeError:  # the loop has closed: nobody waits any more
            return
