"""What a stuck background extractor costs the chats: nothing, within the noise of the machine.

.venv/bin/python bench/extractor.py [--beliefs 10000] [--rounds 60] [--calls 25]

The same proxy without an extractor (twice, to see the noise), with one whose server never answers,
and with one whose server trickles bytes; in turns within one run, each with a call under way all
the time. Every message is a new statement, so that each is learned from and waits.
"""

import argparse
import asyncio
import itertools
import tempfile
from collections.abc import Callable
from contextlib import AsyncExitStack
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

from latency import ANSWER, Way, call, fill, p50, p99, report, run, started, upstream

from mindhold.beliefs.learning.background.budget import Model
from mindhold.beliefs.learning.background.waiting import Pace
from mindhold.proxy.settings import Learn, Settings, Upstream

_EVERY = 0.005  # seconds between the bytes of a trickle
_BODY = (
    b'{"model":"m","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":'
    b'"We keep thing %d beside Redis, by the way. How do I set up the tests of thing 77?"}]}'
)
NAMES = (
    "without an extractor",
    "without, once more",
    "a server that never answers",
    "a server that trickles",
)
_numbers = itertools.count(1)


def stuck(pipe: Connection, _: int, __: Path, *, trickle: bool) -> None:
    """A model server that takes every question and never finishes an answer."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        if trickle:
            writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 9000000\r\n\r\n")
        while not writer.is_closing():
            await asyncio.sleep(_EVERY)
            if trickle:
                writer.write(b" ")

    async def main() -> None:
        server = await asyncio.start_server(answer, "127.0.0.1", 0)
        report(pipe, server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(main())


def proxy(pipe: Connection, port: int, home: Path, *, model: int) -> None:
    """The proxy as people run it; `model`: the port of the extractor's server, 0 for none."""
    from mindhold.proxy.app import create_app
    from mindhold.proxy.memory import Memory
    from mindhold.proxy.server import configuration

    second = Upstream(
        name="second", dialect="openai", base_url=f"http://127.0.0.1:{model}/v1", key="none"
    )
    first = Upstream(name="a", dialect="openai", base_url=f"http://127.0.0.1:{port}/v1")
    chosen = Model(upstream="second", model="stuck") if model else None
    learn = Learn(background=chosen)
    settings = Settings(home=home, upstreams=(first, second), learn=learn)
    memory = Memory(settings, pace=Pace(idle=0.1, call=3600))  # one call for the whole run
    run(pipe, configuration(create_app(settings, memory=memory)))


async def measured(home: Path, rounds: int, calls: int) -> list[Way]:
    """Every way, in turns."""
    async with AsyncExitStack() as stack:

        async def begin(name: str, serve: Callable[..., None], port: int = 0) -> Way:
            return await stack.enter_async_context(started(name, serve, port, home / name))

        chats = await begin("chats", upstream)
        hung = await begin("hung", partial(stuck, trickle=False))
        slow = await begin("slow", partial(stuck, trickle=True))
        ways = [
            await begin(name, partial(proxy, model=model), chats.port)
            for name, model in zip(NAMES, (0, 0, hung.port, slow.port), strict=True)
        ]
        for number in range(rounds + 3):
            for way in ways:
                await one_round(way, calls)
                if number < 3:  # the first calls warm up, and the extractor's call begins
                    way.whole = []
            if number < 3:
                await asyncio.sleep(1)
        return ways


async def one_round(way: Way, calls: int) -> None:
    """Some chats one after the other on one connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", way.port)
    for _ in range(calls):
        way.whole.append(await call(reader, writer, _BODY % next(_numbers), last=ANSWER))
    writer.close()
    await writer.wait_closed()


def main() -> None:
    """Print the table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--beliefs", type=int, default=10_000)
    arguments.add_argument("--rounds", type=int, default=60)
    arguments.add_argument("--calls", type=int, default=25, help="calls a way and round")
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for name in NAMES:
            fill(Path(folder) / name, chosen.beliefs)
        ways = asyncio.run(measured(Path(folder), chosen.rounds, chosen.calls))
    plain = ways[0].whole
    print(f"{'':30}{'p50':>11}{'p99':>11}{'+p50':>11}{'+p99':>11}")
    for way in ways:
        more = p50(way.whole) - p50(plain), p99(way.whole) - p99(plain)
        times = (p50(way.whole), p99(way.whole), *more)
        print(f"{way.name:30}" + "".join(f"{one * 1e3:8.2f} ms" for one in times))


if __name__ == "__main__":
    main()
