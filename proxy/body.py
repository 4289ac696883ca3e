"""A request's body: what has arrived of it, and what is still to come.

What is held of all bodies together has a limit, too: one that finds no room passes as it comes.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO

import httpx
from starlette.types import Receive

from mindhold.proxy.errors import ClientGone, Stalled

SILENCE = 30.0  # seconds between two pieces of a body, after which no more is expected


class Room:
    """How many bytes of bodies may be held at one time, those of all calls together."""

    def __init__(self, size: int) -> None:
        self._left = size

    def take(self, size: int) -> bool:
        """Whether there was room for so many bytes more."""
        if size > self._left:
            return False
        self._left -= size
        return True

    def give_back(self, size: int) -> None:
        """So many are held no longer."""
        self._left += size


class Body(httpx.AsyncByteStream):
    """Iterated once: the bytes that were held, then the rest as it arrives, never all at once.

    Before it waits for more it yields an empty piece: what was gathered may go on.
    `crowded`: it was not held because others are.
    """

    def __init__(self, receive: Receive, room: Room) -> None:
        self._receive = receive
        self._room = room
        self._taken = 0
        self._held = b""
        self._free = asyncio.Event()
        self.complete = False
        self.crowded = False

    async def hold(self, limit: int) -> bytes | None:
        """The whole body; None when it has more than `limit` bytes, and the rest still streams.

        A limit below zero holds nothing at all.
        """
        held = BytesIO()  # whose value is no copy of what it was given
        try:
            while not self.complete and not self.crowded and held.tell() <= limit:
                chunk = await self._next()
                held.write(chunk)
                self.crowded = held.tell() <= limit and not self._took(len(chunk))
        finally:
            self._held = held.getvalue()
        return None if self.crowded or len(self._held) > limit else self._held

    @property
    def unheld(self) -> str:
        """Why it was not held, if it was not."""
        return "no room" if self.crowded else "body too large"

    def swap(self, held: bytes | None, other: bytes | None) -> int | None:
        """Send `other` in place of a body that was `held` whole; its length if that changed."""
        if held is None or other is None or other == held:
            return None
        self._held = other
        return len(other)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        held, self._held = self._held, b""
        if held:
            yield held
        del held
        while not self.complete:
            yield b""
            if chunk := await self._next():
                yield chunk

    @asynccontextmanager
    async def while_connected(self) -> AsyncIterator[None]:
        """Cancels what is inside, and raises `ClientGone` in a group, once the client has left."""
        async with asyncio.TaskGroup() as group:
            watch = group.create_task(self._watch())
            yield
            watch.cancel()

    def release(self) -> None:
        """Nobody will read on: what still arrives is dropped, and only the leaving counts."""
        self._free.set()
        self.leave()

    def leave(self) -> None:
        """Give back the room that was taken; the call goes on, or is over."""
        taken, self._taken = self._taken, 0
        self._room.give_back(taken)

    def _took(self, size: int) -> bool:
        if not self._room.take(size):
            return False
        self._taken += size
        return True

    async def _watch(self) -> None:
        await self._free.wait()  # one reader at a time
        while (await self._receive())["type"] != "http.disconnect":
            pass
        raise ClientGone

    async def _next(self) -> bytes:
        try:
            async with asyncio.timeout(SILENCE):
                message = await self._receive()
        except TimeoutError:
            raise Stalled(f"No more of the body came for {SILENCE:g} seconds.") from None
        if message["type"] == "http.disconnect":
            raise ClientGone
        if not message.get("more_body", False):
            self.complete = True
            self._free.set()
        chunk: bytes = message.get("body", b"")
        return chunk
