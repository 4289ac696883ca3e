"""A scripted upstream: a real server on a real port that does exactly what it is told.

It records the very bytes of every request, and answers with steps: bytes to send, seconds to
wait, CUT (close now), RESET (a hard reset), HANG (nothing more until the client leaves), HEARD
(nothing more until the client has some of the body).
"""

import asyncio
import json
import socket
import struct
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import Enum

Pair = tuple[bytes, bytes]


class Act(Enum):
    """What a server may do instead of sending."""

    CUT = "cut"
    RESET = "reset"
    HANG = "hang"
    HEARD = "heard"


CUT, RESET, HANG, HEARD = Act.CUT, Act.RESET, Act.HANG, Act.HEARD
PATIENCE = 2.0  # seconds that HEARD waits
Step = bytes | float | Act
Script = Callable[["Seen"], Iterable[Step]]


@dataclass(slots=True)
class Seen:
    """One request as it arrived; `raw` is every byte of it, `body` without chunk framing.

    `kept_back`: the client had nothing of the answer after HEARD had waited for it.
    """

    method: bytes
    target: bytes
    version: bytes
    headers: list[Pair]
    body: bytes = b""
    raw: bytes = b""
    left: threading.Event = field(default_factory=threading.Event)  # the client closed
    kept_back: bool = False

    def header(self, name: bytes) -> bytes | None:
        """The first header of that name, in any case."""
        return next((value for key, value in self.headers if key.lower() == name), None)

    @property
    def json(self) -> dict[str, object]:
        """The body, parsed."""
        parsed: dict[str, object] = json.loads(self.body)
        return parsed


class Upstream:
    """The server. `script` steps are for the next requests, in order; then `default` answers."""

    def __init__(self) -> None:
        self.seen: list[Seen] = []
        self.default: Script = chat
        self.scripts: deque[Script] = deque()
        self.heard = threading.Event()  # set by a client that has some of a body
        self.connections = 0
        self.port = 0
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name="upstream", daemon=True)

    @property
    def origin(self) -> str:
        """Where it listens, without a path."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        """Where it listens, as an OpenAI base URL."""
        return f"{self.origin}/v1"

    def script(self, *steps: Step) -> None:
        """Answer the next unscripted request with these steps."""
        self.scripts.append(lambda _: steps)

    def always(self, *steps: Step) -> None:
        """Answer every further request with these steps."""
        self.default = lambda _: steps

    @property
    def last(self) -> Seen:
        """The newest request."""
        return self.seen[-1]

    def forget(self) -> None:
        """Forget what was seen and scripted."""
        self.seen.clear()
        self.scripts.clear()
        self.heard.clear()
        self.default = chat

    @contextmanager
    def running(self) -> Iterator["Upstream"]:
        """Listen until the end of the block."""
        self._thread.start()
        assert self._ready.wait(60)
        try:
            yield self
        finally:
            self._loop.call_soon_threadsafe(self._stop.set)
            self._thread.join(10)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_until_complete(self._serve())
        finally:
            self._loop.close()

    async def _serve(self) -> None:
        self._stop = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        server = await asyncio.start_server(self._connection, "127.0.0.1", 0, backlog=1_024)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stop.wait()
        server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        task = asyncio.current_task()
        assert task
        self._tasks.add(task)
        seen: Seen | None = None
        try:
            while seen := await read_request(reader):
                self.seen.append(seen)
                script = self.scripts.popleft() if self.scripts else self.default
                if not await self._answer(seen, script(seen), reader, writer):
                    break
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            if seen:
                seen.left.set()
            self._tasks.discard(task)
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()

    async def _answer(
        self,
        seen: Seen,
        steps: Iterable[Step],
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> bool:
        """Whether the connection lives on."""
        for step in steps:
            if step is RESET:
                hard = struct.pack("ii", 1, 0)
                writer.get_extra_info("socket").setsockopt(
                    socket.SOL_SOCKET, socket.SO_LINGER, hard
                )
            if step is CUT or step is RESET:
                return False
            if step is HANG:
                await reader.read(1)
                seen.left.set()
                return False
            if step is HEARD:
                seen.kept_back = not await asyncio.to_thread(self.heard.wait, PATIENCE)
            elif isinstance(step, bytes):
                writer.write(step)
                await writer.drain()
            elif isinstance(step, float) and await _gone(reader, step):
                seen.left.set()
                return False
        return (seen.header(b"connection") or b"").lower() != b"close"


async def _gone(reader: asyncio.StreamReader, seconds: float) -> bool:
    """Whether the client left while we waited."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            return not await reader.read(1)
    return False


async def read_request(reader: asyncio.StreamReader) -> Seen | None:
    """The next request of a connection, to its last byte; None when it has closed."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return None
    first, *lines = head[:-4].split(b"\r\n")
    method, target, version = first.split(b" ", 2)
    pairs = [line.split(b":", 1) for line in lines]
    headers = [(name, value.strip()) for name, value in pairs]
    seen = Seen(method, target, version, headers, raw=head)
    if (seen.header(b"transfer-encoding") or b"").lower() == b"chunked":
        await _chunks(reader, seen)
    elif length := seen.header(b"content-length"):
        seen.body = await reader.readexactly(int(length))
        seen.raw += seen.body
    return seen


async def _chunks(reader: asyncio.StreamReader, seen: Seen) -> None:
    while True:
        line = await reader.readuntil(b"\r\n")
        size = int(line.split(b";")[0], 16)
        chunk = await reader.readexactly(size + 2)
        seen.raw += line + chunk
        seen.body += chunk[:-2]
        if not size:
            return


def answer(
    body: bytes = b"",
    *,
    status: bytes = b"200 OK",
    headers: Sequence[Pair] = ((b"Content-Type", b"application/json"),),
) -> bytes:
    """A whole answer with a content-length."""
    lines = [b"HTTP/1.1 " + status]
    lines += [name + b": " + value for name, value in headers]
    lines += [b"Content-Length: %d" % len(body)]
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


def chunked(
    *chunks: bytes,
    status: bytes = b"200 OK",
    headers: Sequence[Pair] = ((b"Content-Type", b"text/event-stream"),),
    end: bool = True,
) -> list[bytes]:
    """The pieces of a chunked answer, its head first; without `end` the last chunk is missing."""
    lines = [b"HTTP/1.1 " + status, b"Transfer-Encoding: chunked"]
    lines += [name + b": " + value for name, value in headers]
    pieces = [b"\r\n".join(lines) + b"\r\n\r\n"]
    pieces += [b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks]
    return [*pieces, b"0\r\n\r\n"] if end else pieces


def chat(seen: Seen, said: str = "All right.") -> list[Step]:
    """A plain OpenAI answer, streamed where that was asked for; whatever the path."""
    try:
        streamed = bool(seen.json.get("stream")) if seen.body else False
    except (ValueError, AttributeError):
        streamed = False
    named = {"id": "chatcmpl-1", "created": 1, "model": "scripted"}
    usage = {"prompt_tokens": 7, "completion_tokens": 2, "total_tokens": 9}
    if not streamed:
        message = {"role": "assistant", "content": said}
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        whole = {**named, "object": "chat.completion", "choices": [choice], "usage": usage}
        return [answer(json.dumps(whole).encode())]
    deltas = [{"role": "assistant", "content": ""}, {"content": "All "}, {"content": "right."}, {}]
    events = [
        {
            **named,
            "object": "chat.completion.chunk",
            "choices": [{"index": 0, "delta": delta, "finish_reason": None if delta else "stop"}],
        }
        for delta in deltas
    ]
    events.append({**named, "object": "chat.completion.chunk", "choices": [], "usage": usage})
    lines = [b"data: " + json.dumps(event).encode() + b"\n\n" for event in events]
    return [*chunked(*lines, b"data: [DONE]\n\n")]
