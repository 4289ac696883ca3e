"""A worker: one named thread that runs callables in order, off a bounded queue."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from typing import Any, TypeVar

T = TypeVar("T")


class Late(Exception):
    """No result by the deadline; the call is skipped if it had not begun."""


class Busy(Exception):
    """The queue is full; the call was not taken."""


class Worker:
    """Runs callables one at a time on a daemon thread, in the order they came.

    `size` bounds the calls that wait, give or take one for each thread that calls. `failed` counts
    posted calls that raised, `refused` those that found the queue full.
    """

    def __init__(self, name: str, *, size: int = 256) -> None:
        self.failed = 0
        self.refused = 0
        self._size = size
        self._calls: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._serve, name=name, daemon=True)
        self._stopped = False
        self._thread.start()

    @property
    def waiting(self) -> int:
        """How many calls have not begun."""
        return self._calls.qsize()

    async def run(self, function: Callable[..., T], *args: Any, deadline: float | None = None) -> T:
        """The result of `function(*args)`, or what it raises.

        Raises `Late` after `deadline` seconds and `Busy` when the queue is full. A call that has
        begun cannot be stopped: it runs on, and its result is dropped.
        """
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[T] = loop.create_future()
        self._put(lambda: _answer(loop, answer, function, args))
        timer = loop.call_later(deadline, _expire, answer) if deadline is not None else None
        try:
            return await answer
        finally:
            if timer:
                timer.cancel()

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
        except Exception:  # noqa: BLE001 - nobody waits for it: counted, and the thread lives on
            self.failed += 1

    def _serve(self) -> None:
        while call := self._calls.get():
            call()


def _answer(
    loop: asyncio.AbstractEventLoop,
    answer: "asyncio.Future[T]",
    function: Callable[..., T],
    args: tuple[Any, ...],
) -> None:
    if answer.done():  # late, or its caller has left
        return
    try:
        result = function(*args)
    except Exception as error:  # noqa: BLE001 - handed to the one who waits
        _tell(loop, answer, answer.set_exception, error)
    else:
        _tell(loop, answer, answer.set_result, result)


def _tell(
    loop: asyncio.AbstractEventLoop,
    answer: "asyncio.Future[T]",
    settle: Callable[[Any], None],
    value: object,
) -> None:
    try:
        loop.call_soon_threadsafe(lambda: None if answer.done() else settle(value))
    except RuntimeError:  # the loop has closed: nobody waits any more
        return


def _expire(answer: "asyncio.Future[Any]") -> None:
    if not answer.done():
        answer.set_exception(Late())
