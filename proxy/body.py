"""A request's body: what has arrived of it, and what is still to come."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
from starlette.types import Receive

from mindhold.proxy.errors import ClientGone, Stalled

SILENCE = 60.0  # seconds between two pieces of a body, after which no more is expected


class Body(httpx.AsyncByteStream):
    """Iterated once: the bytes that were held, then the rest as it arrives, never all at once."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._held = bytearray()
        self._free = asyncio.Event()
        self.complete = False

    async def hold(self, limit: int) -> bytes | None:
        """The whole body; None when it has more than `limit` bytes, and the rest still streams.

        A limit below zero holds nothing at all.
        """
        while not self.complete and len(self._held) <= limit:
            self._held += await self._next()
        return bytes(self._held) if len(self._held) <= limit else None

    def swap(self, held: bytes | None, other: bytes | None) -> int | None:
        """Send `other` in place of a body that was `held` whole; its length if that changed."""
        if held is None or other is None or other == held:
            return None
        self._held = bytearray(other)
        return len(other)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        held, self._held = self._held, bytearray()
        if held:
            yield bytes(held)
        while not self.complete:
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
