"""What the proxy costs a call, against a direct one and a minimal Starlette + httpx pass-through.

.venv/bin/python bench/latency.py [--beliefs 10000] [--rounds 40] [--calls 25]

Every server is a process of its own; the ways are taken in turns within one run, so that a noisy
machine is noisy for all of them. Added is minus the direct call.
"""

import argparse
import asyncio
import multiprocessing
import socket
import statistics
import tempfile
import threading
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path

from mindhold.beliefs.model import Belief, Evidence, Type
from mindhold.beliefs.store import Store
from mindhold.proxy.settings import Inject, Learn, Settings, Upstream

NOW = datetime(2026, 1, 1, tzinfo=UTC)
BODY = (
    b'{"model":"m","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":'
    b'"How do I set up tests for the landing page of thing 77 with Redis behind it?"}]'
)
WHOLE, STREAMED = BODY + b"}", BODY + b',"stream":true}'
ANSWER = b'{"id":"c-1","choices":[{"index":0,"message":{"role":"assistant","content":"Yes."}}]}'
EVENT = b'data: {"id":"c-1","choices":[{"index":0,"delta":{"content":"word "}}]}\n\n'
EVENTS = 50


class Answering(asyncio.Protocol):
    """The upstream: answers at once, as cheaply as Python can."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport, self._got = transport, b""

    def data_received(self, data: bytes) -> None:
        self._got += data
        head, found, body = self._got.partition(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length: ")[2].split(b"\r\n")[0] or 0)
        if not found or len(body) < length:
            return
        self._got = b""
        if b'"stream":true' not in body:
            self._transport.write(
                b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%s"
                % (len(ANSWER), ANSWER)
            )
            return
        self._transport.write(
            b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n"
            b"transfer-encoding: chunked\r\n\r\n"
        )
        self._event(EVENTS)

    def _event(self, left: int) -> None:
        if not left:
            self._transport.write(b"0\r\n\r\n")
            return
        self._transport.write(b"%x\r\n%s\r\n" % (len(EVENT), EVENT))
        asyncio.get_running_loop().call_later(0.001, self._event, left - 1)


def upstream(pipe: Connection, _: int, __: Path) -> None:
    """Serve the answers."""

    async def main() -> None:
        server = await asyncio.get_running_loop().create_server(Answering, "127.0.0.1", 0)
        report(pipe, server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(main())


def minimal(pipe: Connection, port: int, _: Path) -> None:
    """The pass-through that anybody writes first, well tuned: one client, one stream."""
    import httpx
    import uvicorn
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import StreamingResponse
    from starlette.routing import Route

    client = httpx.AsyncClient(timeout=None)

    async def pass_on(request: Request) -> StreamingResponse:
        headers = [(k, v) for k, v in request.headers.raw if k not in (b"host", b"connection")]
        url = f"http://127.0.0.1:{port}{request.url.path}"
        made = client.build_request("POST", url, headers=headers, content=await request.body())
        answer = await client.send(made, stream=True)
        kept = {k: v for k, v in answer.headers.items() if k != "transfer-encoding"}
        return StreamingResponse(answer.aiter_raw(), answer.status_code, kept)

    app = Starlette(routes=[Route("/{path:path}", pass_on, methods=["POST"])])
    run(pipe, uvicorn.Config(app, log_config=None, access_log=False))


def memory_off(pipe: Connection, port: int, home: Path) -> None:
    """The proxy, told to add and learn nothing."""
    mindhold(pipe, port, home / "off", on=False)


def memory_on(pipe: Connection, port: int, home: Path) -> None:
    """The proxy as people run it."""
    mindhold(pipe, port, home / "on", on=True)


def mindhold(pipe: Connection, port: int, home: Path, *, on: bool) -> None:
    """Serve the application over the store in `home`."""
    from mindhold.proxy.app import create_app
    from mindhold.proxy.server import configuration

    line = Upstream(name="a", dialect="openai", base_url=f"http://127.0.0.1:{port}/v1")
    settings = Settings(home=home, upstreams=(line,))
    if not on:
        settings = replace(settings, inject=Inject(enabled=False), learn=Learn(mode="off"))
    run(pipe, configuration(create_app(settings)))


def run(pipe: Connection, config: object) -> None:
    """Run uvicorn on a free port, and tell it."""
    import uvicorn

    assert isinstance(config, uvicorn.Config)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        report(pipe, listener.getsockname()[1])
        uvicorn.Server(config).run([listener])


def report(pipe: Connection, port: int) -> None:
    """Tell the port, and from now on the seconds of CPU spent, whenever asked."""

    def answer() -> None:
        while pipe.recv():
            pipe.send(time.process_time())

    pipe.send(port)
    threading.Thread(target=answer, daemon=True).start()


@dataclass(slots=True)
class Way:
    """One way to the upstream, and what it took."""

    name: str
    port: int
    pipe: Connection
    whole: list[float] = field(default_factory=list)
    first: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def spent(self) -> float:
        """Seconds of CPU of the server so far."""
        self.pipe.send(True)
        return float(self.pipe.recv())


def main() -> None:
    """Print the table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--beliefs", type=int, default=10_000)
    arguments.add_argument("--rounds", type=int, default=40)
    arguments.add_argument("--calls", type=int, default=25, help="calls a way and round")
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        fill(home / "on", chosen.beliefs)
        ways = asyncio.run(measured(home, chosen.rounds, chosen.calls))
    direct, floor = ways[0], ways[1]
    print(f"{'':28}{'added p50':>12}{'added p99':>12}{'added to first':>16}{'CPU/call':>10}  ratio")
    for way in ways[1:]:
        added = (p50(way.whole) - p50(direct.whole)) * 1e3
        ratio = added / ((p50(floor.whole) - p50(direct.whole)) * 1e3)
        tail = (p99(way.whole) - p99(direct.whole)) * 1e3
        first = (p50(way.first) - p50(direct.first)) * 1e3
        cpu = p50(way.cpu) * 1e6
        print(
            f"{way.name:28}{added:9.2f} ms{tail:9.2f} ms{first:13.2f} ms{cpu:7.0f} µs{ratio:6.2f}x"
        )
    print(f"direct: {p50(direct.whole) * 1e3:.2f} ms, to first {p50(direct.first) * 1e3:.2f} ms")


def fill(home: Path, beliefs: int) -> None:
    """A store of that many invented beliefs, some of which the message names."""
    with Store.open(home) as store, store.write(actor="import", now=NOW) as write:
        for number in range(beliefs):
            content = f"Thing {number} is kept in drawer {number % 97}."
            said = Evidence(quote=content, start=0, end=len(content), at=NOW, extractor="import")
            write.put(
                Belief(
                    id=f"b{number:07}",
                    type=Type.DECISION,
                    canonical_name=f"thing_{number}",
                    content=content,
                    why_it_matters="Look there.",
                    scopes=("domain:general",),
                    created_at=NOW,
                    updated_at=NOW,
                    evidence=(said,),
                )
            )


async def measured(home: Path, rounds: int, calls: int) -> list[Way]:
    """Every way, measured in turns."""
    async with AsyncExitStack() as stack:
        direct = await stack.enter_async_context(started("direct", upstream, 0, home))
        ways = [direct]
        for name, serve in (
            ("minimal Starlette + httpx", minimal),
            ("mindhold, memory off", memory_off),
            ("mindhold, memory on", memory_on),
        ):
            ways.append(await stack.enter_async_context(started(name, serve, direct.port, home)))
        for number in range(rounds + 2):
            for way in ways:
                await one_round(way, calls)
                if number < 2:  # the first calls warm up
                    way.whole, way.first, way.cpu = [], [], []
    return ways


@asynccontextmanager
async def started(
    name: str, serve: Callable[[Connection, int, Path], None], port: int, home: Path
) -> AsyncIterator[Way]:
    """A server in a process of its own, listening."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=serve, args=(there, port, home))
    process.start()
    try:
        way = Way(name=name, port=here.recv(), pipe=here)
        await asyncio.sleep(2)  # the application starts, the index is built
        yield way
    finally:
        process.terminate()
        process.join()


async def one_round(way: Way, calls: int) -> None:
    """Some calls one after the other on one connection, whole ones and then streams."""
    reader, writer = await asyncio.open_connection("127.0.0.1", way.port)
    before = way.spent()
    for _ in range(calls):
        way.whole.append(await call(reader, writer, WHOLE, last=ANSWER))
    way.cpu.append((way.spent() - before) / calls)
    for _ in range(max(1, calls // 10)):
        way.first.append(await call(reader, writer, STREAMED, last=b"0\r\n\r\n"))
    writer.close()
    await writer.wait_closed()


async def call(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, body: bytes, *, last: bytes
) -> float:
    """Seconds to the first event of a stream, or to the end of a whole answer."""
    began = time.perf_counter()
    writer.write(
        b"POST /v1/chat/completions HTTP/1.1\r\nhost: 127.0.0.1:%d\r\n"
        b"authorization: Bearer sk-1\r\ncontent-type: application/json\r\n"
        b"content-length: %d\r\n\r\n%s" % (writer.get_extra_info("peername")[1], len(body), body)
    )
    got, first = b"", 0.0
    while not got.endswith(last):
        got += await reader.read(1 << 16)
        if not first and (ANSWER in got or EVENT in got):
            first = time.perf_counter() - began
    return first


def p50(times: list[float]) -> float:
    """The median."""
    return statistics.median(times)


def p99(times: list[float]) -> float:
    """The time that one in a hundred exceeds."""
    return sorted(times)[int(len(times) * 0.99)]


if __name__ == "__main__":
    main()
