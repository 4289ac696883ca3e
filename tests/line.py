"""A client's line to the proxy: one connection, asked again and again, cheaply and to the byte."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """One answer, its body without framing; `first`: seconds until the body's first byte."""

    status: int
    headers: dict[str, str]
    body: bytes
    first: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An open connection to 127.0.0.1."""

    port: int
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def ask(
        self, path: str, body: bytes, headers: dict[str, str], *, method: str = "POST"
    ) -> Heard:
        """Send a call and hear the answer to its end; raises `EOFError` where it is cut."""
        began = time.perf_counter()
        self.send(path, body, headers, method=method)
        status, told = await self._head()
        said, first = [], 0.0
        async for piece in self._body(told):
            first = first or time.perf_counter() - began
            said.append(piece)
        return Heard(status=status, headers=told, body=b"".join(said), first=first)

    def send(
        self, path: str, body: bytes, headers: dict[str, str], *, method: str = "POST"
    ) -> None:
        """Send a call, and leave its answer to whoever reads."""
        pairs = {"host": f"127.0.0.1:{self.port}", "content-length": str(len(body)), **headers}
        head = "".join(f"{name}: {value}\r\n" for name, value in pairs.items())
        self.writer.write(f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + body)

    async def _head(self) -> tuple[int, dict[str, str]]:
        first, *lines = (await self.reader.readuntil(b"\r\n\r\n"))[:-4].decode().split("\r\n")
        pairs = (line.split(":", 1) for line in lines)
        return int(first.split()[1]), {name.lower(): value.strip() for name, value in pairs}

    async def _body(self, headers: dict[str, str]) -> AsyncIterator[bytes]:
        if "content-length" in headers:
            yield await self.reader.readexactly(int(headers["content-length"]))
            return
        while size := int(await self.reader.readuntil(b"\r\n"), 16):
            yield await self.reader.readexactly(size)
            await self.reader.readexactly(2)
        await self.reader.readexactly(2)


@asynccontextmanager
async def line(port: int) -> AsyncIterator[Line]:
    """A connection, closed at the end of the block."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 20)
    try:
        yield Line(port=port, reader=reader, writer=writer)
    finally:
        writer.close()
