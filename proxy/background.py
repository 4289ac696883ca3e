"""The background extractor at work: asks its model about what waits, one call at a time.

It shares the event loop with the chats and waits for its server there; everything else that it
does is done on the writing thread.
"""

import asyncio
import logging
import time

from mindhold.beliefs.learning.background.desk import Job, Reply
from mindhold.proxy.asking import Asking, NoAnswer
from mindhold.proxy.memory import Memory
from mindhold.proxy.opened import Opened

log = logging.getLogger("mindhold.background")


class Background:
    """Runs until it is cancelled; a call that is cut off then counts as unfinished."""

    def __init__(
        self,
        memory: Memory,
        asking: Asking,
    ) -> None:
        self._memory = memory
        self._asking = asking
        self._told = ""

    async def run(self) -> None:
        """Looks for turns that are due, for ever."""
        while True:
            await asyncio.sleep(self._memory.pace.look)
            try:
                while await self._once():
                    pass
            except Exception as error:  # noqa: BLE001 - learning never ends a chat: counted, tried again
                self._memory.fault("the background extractor", error)
                await asyncio.sleep(10 * self._memory.pace.look)

    async def _once(self) -> bool:
        """One call, if one is due."""
        job = await self._memory.behind(self._next)
        if job is None:
            return False
        begun = time.monotonic()
        try:
            reply = await self._asking.ask(job)
        except NoAnswer as error:
            failed, took = error, _ms(begun)
            self._tell(str(error))
            await self._memory.behind(lambda opened: self._failed(opened, job, failed, took))
        else:
            took = _ms(begun)
            self._tell("")
            await self._memory.behind(lambda opened: self._answered(opened, job, reply, took))
        return True

    def _next(self, opened: Opened) -> Job | None:
        return opened.desk.next(self._memory.now()) if opened.desk else None

    def _answered(self, opened: Opened, job: Job, reply: Reply, ms: int) -> None:
        if opened.desk:
            opened.desk.answered(job, reply, self._memory.now(), ms=ms)

    def _failed(self, opened: Opened, job: Job, error: NoAnswer, ms: int) -> None:
        if opened.desk:
            opened.desk.failed(
                job, str(error), self._memory.now(), ms=ms, asked=error.counted, after=error.after
            )

    def _tell(self, reason: str) -> None:
        """Into the log, once as long as it stays the same."""
        if reason and reason != self._told:
            log.warning("background extractor: %s", reason)
        self._told = reason


def _ms(begun: float) -> int:
    return round((time.monotonic() - begun) * 1e3)
