"""Attention: connections that listen while they send, so that an early answer is not lost.

And that go to nobody's metadata service, whatever a name has come to mean (DNS rebinding).

A server may refuse a large upload by its head alone, and close. Stock httpx sends everything
before it reads, and finds the connection broken instead of the answer.
"""

import re
import socket
from contextlib import suppress
from typing import Any

import anyio
import httpcore
import httpx

from mindhold.proxy.address import BadAddress, check_peer
from mindhold.proxy.pool import Pool

_SMALL = 64 * 1024  # bytes; so few are sent before anybody could answer
_LARGE = 1024 * 1024  # bytes; before so many a server that will not have them is given
_WORD = 0.005  # seconds to say so: if it then resets, what it said is lost to whoever still sends
_LOOK = 0.05  # seconds between looks at a connection that takes nothing more
_HOUSEKEEPING = 0.01  # seconds in which what was only a matter of TLS shows to be no answer
# What may have arrived and not been read: asyncio takes all that there is at once, and without a
# limit a client that does not read costs megabytes. 50 ms away it allows for 2.5 MB/s.
_ARRIVING = (socket.SOL_SOCKET, socket.SO_RCVBUF, 64 * 1024)  # Linux takes it twofold
_HEARD = 64 * 1024  # bytes that are read before all is sent
_FINAL = re.compile(rb"(?:HTTP/1\.\d 1\d\d[^\r\n]*\r\n(?:[^\r\n]+\r\n)*\r\n)*HTTP/1\.\d [2-9]")


class Attentive(httpx.AsyncHTTPTransport):
    """httpx's transport; what it sends is cut short once the answer is there."""

    def __init__(self, *, limits: httpx.Limits, **options: Any) -> None:
        super().__init__(limits=limits, **options, socket_options=[_ARRIVING])
        # httpcore takes a backend as an argument, and httpx has none to hand on.
        self._pool._network_backend = _Backend(self._pool._network_backend)  # noqa: SLF001
        self._pool = Pool(self._pool, idle=limits.max_keepalive_connections)  # type: ignore[assignment]


class _Backend(httpcore.AsyncNetworkBackend):
    def __init__(self, backend: httpcore.AsyncNetworkBackend) -> None:
        self._backend = backend

    async def connect_tcp(self, *args: Any, **options: Any) -> httpcore.AsyncNetworkStream:
        stream = await self._backend.connect_tcp(*args, **options)
        try:
            check_peer(stream.get_extra_info("server_addr")[0])
        except BadAddress as error:
            await stream.aclose()
            raise httpcore.ConnectError(str(error)) from error
        return _Stream(stream)

    async def connect_unix_socket(self, *args: Any, **options: Any) -> httpcore.AsyncNetworkStream:
        return _Stream(await self._backend.connect_unix_socket(*args, **options))

    async def sleep(self, seconds: float) -> None:
        await self._backend.sleep(seconds)


class _Stream(httpcore.AsyncNetworkStream):
    """Raises `WriteError` instead of sending more once it is answered; httpcore then reads on.

    What was read until then is what is read first. A small request goes in one piece: its head is
    kept back until its body is there, which an empty buffer says, or a read.
    """

    def __init__(self, stream: httpcore.AsyncNetworkStream) -> None:
        self._stream = stream
        self._heard = bytearray()
        self._kept = b""  # written, and not sent yet
        self._sent = 0  # bytes since something was read

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109
        with suppress(httpcore.WriteError):  # whoever closed may have answered before
            await self._flush(timeout)
        self._sent = 0
        if not self._heard:
            return await self._stream.read(max_bytes, timeout)
        heard = bytes(self._heard[:max_bytes])
        del self._heard[:max_bytes]
        return heard

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109
        self._sent += len(buffer)
        if buffer and self._sent <= _SMALL:
            self._kept += buffer
            return
        await self._flush(timeout)
        if len(buffer) > _LARGE:
            await anyio.sleep(_WORD)
        if not buffer:
            return
        if await self._answered() or not await self._written(buffer, timeout):
            raise httpcore.WriteError("answered before everything was sent")

    async def _flush(self, timeout: float | None) -> None:  # noqa: ASYNC109
        kept, self._kept = self._kept, b""
        if kept:
            await self._stream.write(kept, timeout)

    async def _written(self, buffer: bytes, timeout: float | None) -> bool:  # noqa: ASYNC109
        """Whether it could be sent before the answer was there."""
        whole = False
        async with anyio.create_task_group() as group:
            group.start_soon(self._listen, group.cancel_scope)
            with suppress(httpcore.WriteError):
                await self._stream.write(buffer, timeout)
                whole = True
            group.cancel_scope.cancel()
        return whole

    async def aclose(self) -> None:
        await self._stream.aclose()

    async def start_tls(self, *args: Any, **options: Any) -> httpcore.AsyncNetworkStream:
        return _Stream(await self._stream.start_tls(*args, **options))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)

    async def _listen(self, writing: anyio.CancelScope) -> None:
        while not await self._answered():  # noqa: ASYNC110 - nobody tells
            await anyio.sleep(_LOOK)
        writing.cancel()

    async def _answered(self) -> bool:
        """Whether an answer has begun, or the other side has closed."""
        if not self._stream.get_extra_info("is_readable"):
            return False
        try:
            heard = await self._stream.read(_HEARD, _HOUSEKEEPING)
        except httpcore.ReadTimeout:
            return False
        except httpcore.ReadError:
            return True
        self._heard += heard
        return not heard or _final(self._heard)


def _final(heard: bytes | bytearray) -> bool:
    """Whether this is more than `100 Continue` and the like."""
    return len(heard) >= _HEARD or _FINAL.match(heard) is not None
