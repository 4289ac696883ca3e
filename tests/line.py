"""A client's line to the proxy: one connection, asked again and again, cheaply and to the byte."""

import asyncio
import hashlib
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """One answer; `first` and `whole`: seconds until the body's first byte and its last.

    `digest`: SHA-256 of the body without its framing; `begins`: its first piece.
    """

    status: int
    headers: dict[str, str]
    digest: str
    begins: bytes
    first: float
    whole: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An open connection to 127.0.0.1."""

    port: int
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def ask(self, path: str, body: dict[str, Any], headers: dict[str, str]) -> Heard:
        """Post the body and hear the answer to its end; raises `EOFError` where it is cut."""
        sent = json.dumps(body).encode()
        pairs = {"host": f"127.0.0.1:{self.port}", "content-length": len(sent), **headers}
        head = "".join(f"{name}: {value}\r\n" for name, value in pairs.items())
        began = time.perf_counter()
        self.writer.write(f"POST {path} HTTP/1.1\r\n{head}\r\n".encode() + sent)
        status, told = await self._head()
        hashed, begins, first = hashlib.sha256(), b"", 0.0
        async for piece in self._body(told):
            begins, first = begins or piece, first or time.perf_counter() - began
            hashed.update(piece)
        return Heard(
            status=status,
            headers=told,
            digest=hashed.hexdigest(),
            begins=begins,
            first=first,
            whole=time.perf_counter() - began,
        )

    async def _head(self) -> tuple[int, dict[str, str]]:
        first, *lines = (await self.reader.readuntil(b"\r\n\r\n"))[:-4].decode().split("\r\n")
        pairs = (line.split(":", 1) for line in lines)
        return int(first.split()[1]), {name.lower(): value.strip() for name, value in pairs}

    async def _body(self, headers: dict[str, str]) -> AsyncIterator[bytes]:
        if "content-length" in headers:
            yield await self.reader.readexactly(int(headers["content-length"]))
            return
        while size := int(await self.reader.readline(), 16):
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
