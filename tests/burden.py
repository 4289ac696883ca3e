"""What a daemon bears: calls of every kind, at once or after each other, with memory on.

The upstream, the daemon and the clients are processes of their own. Every answer must be whole.
"""

import asyncio
import hashlib
import json
import random
import statistics
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from daemon import Daemon, daemon
from injection.place import add, belief
from line import Heard, Line, line
from ports import free_port
from provided import DIGEST, PAUSE, WORDS, provided
from speaking import WITH_HISTORY
from traffic import BELIEFS, Call, End, name, question, traffic

from mindhold.beliefs.model import Belief

_CONFIG = """\
upstreams:
  - {{name: openai, dialect: openai, base_url: "http://127.0.0.1:{port}/v1", key: none,
      models: [scripted]}}
  - {{name: nobody, dialect: openai, base_url: "http://127.0.0.1:{gone}/v1", key: none}}
  - {{name: claude, dialect: anthropic, base_url: "http://127.0.0.1:{port}", key: none}}
  - {{name: llama, dialect: ollama, base_url: "http://127.0.0.1:{port}", key: none}}
commands: true
inject: {{deadline_ms: {deadline}}}
"""
_READY = 30.0  # seconds that the index may take to be built
_SAMPLED = 0.5  # seconds between looks at what the daemon takes
TOGETHER = 16  # clients that ask one after the other
_MEMORY = "x-mindhold-memory"
_SOUND = ("faults", "failed", "refused", "unlearned")  # counts that must stay 0


@dataclass(slots=True, kw_only=True)
class Borne:
    """What a daemon bore: how many calls of each kind, what memory did with each answer, the
    milliseconds until each began, and at each look how many calls there had been, its memory
    (bytes) and its descriptors."""

    kinds: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)
    first: list[float] = field(default_factory=list)
    done: list[int] = field(default_factory=list)
    rss: list[int] = field(default_factory=list)
    descriptors: list[int] = field(default_factory=list)

    def note(self, heard: Heard) -> None:
        """Count one answer."""
        told = heard.headers.get(_MEMORY, "refused")
        self.outcomes["injected" if told.startswith("injected=") else told] += 1
        self.first.append(heard.first * 1e3)

    def look(self, running: Daemon) -> None:
        """Note what it takes now."""
        self.done.append(self.kinds.total())
        self.rss.append(running.rss())
        self.descriptors.append(running.descriptors())

    def within(self, share: float) -> float:
        """The milliseconds within which that share of all answers had begun."""
        times = sorted(self.first)
        return times[min(int(len(times) * share), len(times) - 1)]

    def drift(self) -> tuple[float, float]:
        """The median milliseconds of the first tenth of all answers, and of the last."""
        tenth = max(1, len(self.first) // 10)
        return statistics.median(self.first[:tenth]), statistics.median(self.first[-tenth:])

    def rise(self) -> float:
        """By how many bytes its memory rises over the last two thirds, by the line that fits."""
        late = next(at for at, done in enumerate(self.done) if done >= self.done[-1] / 3)
        slope, _ = statistics.linear_regression(self.done[late:], self.rss[late:])
        return slope * (self.done[-1] - self.done[late])

    def opened(self) -> float:
        """How many more descriptors it has at once in the last third than in the one before."""
        third = len(self.descriptors) // 3
        last, before = self.descriptors[-third:], self.descriptors[-2 * third : -third]
        return statistics.median(last) - statistics.median(before)

    def asked(self) -> str:
        """How many calls of which kind there were."""
        return f"{self.kinds.total():,} calls ({_counted(self.kinds)})"

    def told(self) -> str:
        """What became of all of them, in a sentence."""
        first, last = self.drift()
        return (
            f"memory: {_counted(self.outcomes)}; first byte p50 {self.within(0.5):,.0f} ms"
            f" (of the first tenth {first:,.0f}, of the last {last:,.0f}),"
            f" p99 {self.within(0.99):,.0f} ms; at most {max(self.rss) / 1e6:.0f} MB and"
            f" {max(self.descriptors):,} descriptors"
        )


@contextmanager
def burdened(home: Path, *, deadline_ms: int = 50) -> Iterator[Daemon]:
    """A daemon whose memory answers, with beliefs to give, in front of a provider."""
    home.mkdir(parents=True, exist_ok=True)
    with provided() as port:
        config = _CONFIG.format(port=port, gone=free_port(), deadline=deadline_ms)
        (home / "config.yaml").write_text(config)
        add(home, *map(_belief, range(BELIEFS)))
        with daemon(home) as running:
            asyncio.run(_warm(running))
            yield running


def streams(running: Daemon, count: int, *, pause: float, within: float = 0.0) -> Borne:
    """So many streams at once, begun `within` so many seconds, their words `pause` seconds apart.

    All of them are open when the last one begins. Raises `AssertionError` unless each is whole.
    """
    borne = Borne()
    words = 10 + int(within / pause)
    with _looking(running, borne):
        asyncio.run(_at_once(running, borne, count, within, _how(words, pause)))
    return borne


def requests(running: Daemon, count: int) -> Borne:
    """So many calls of all kinds, a few at a time; raises `AssertionError` for a wrong end, and
    where the daemon counts anything that went wrong with memory."""
    borne = Borne()
    with _looking(running, borne):
        asyncio.run(_after_each_other(running, borne, count))
    health = asyncio.run(_health(running))
    assert {health[count] for count in _SOUND} == {0}, health
    return borne


async def _at_once(
    running: Daemon, borne: Borne, count: int, within: float, how: dict[str, str]
) -> None:
    lines = [line(running.port) for _ in range(count)]
    opened = [await one.__aenter__() for one in lines]

    async def ask(one: Line, number: int) -> None:
        await asyncio.sleep(within * number / count)
        borne.note(await _chat(one, number, how))
        borne.kinds["a stream"] += 1

    async with asyncio.TaskGroup() as group:
        for number, one in enumerate(opened):
            group.create_task(ask(one, number))
    for one in lines:
        await one.__aexit__(None, None, None)


async def _after_each_other(running: Daemon, borne: Borne, count: int) -> None:
    async def client(seed: int) -> None:
        talk, heard = traffic(random.Random(seed)), None
        while borne.kinds.total() < count:
            async with line(running.port) as one:
                stays = True
                while stays and borne.kinds.total() < count:
                    call = talk.send(heard)
                    heard = await _called(one, call)
                    stays = heard is not None
                    borne.kinds[call.kind] += 1
                    if heard:
                        borne.note(heard)

    async with asyncio.TaskGroup() as group:
        for seed in range(TOGETHER):
            group.create_task(client(seed))


async def _called(one: Line, call: Call) -> Heard | None:
    """The answer, as it must be; None where the connection is over, as it must be too."""
    headers = {"content-type": "application/json", **call.headers}
    if call.end is End.UNSENT:
        one.send(call.path, call.body[: len(call.body) // 2], headers | _length(call.body))
        return None
    if call.end is End.UNREAD:
        one.send(call.path, call.body, headers)
        assert (await one.reader.readline()).startswith(b"HTTP/1.1 200")
        return None
    if call.end is End.CUT:
        with suppress(EOFError, ConnectionError):
            raise AssertionError(await one.ask(call.path, call.body, headers))
        return None
    return _right(await one.ask(call.path, call.body, headers, method=call.method), call.status)


def _right(heard: Heard, status: int) -> Heard:
    assert heard.status == status, heard
    digest = heard.headers.get(DIGEST)
    assert digest in {None, hashlib.sha256(heard.body).hexdigest()}, heard
    return heard


def _length(body: bytes) -> dict[str, str]:
    return {"content-length": str(len(body))}


async def _chat(one: Line, number: int, how: dict[str, str]) -> Heard:
    """A question of its own in one of the dialects, and its whole answer."""
    dialect = WITH_HISTORY[number % len(WITH_HISTORY)]
    body = dialect.request(("user", question(number)), stream=True, model="scripted")
    headers = {"content-type": "application/json", **how}
    heard = _right(await one.ask(dialect.path, json.dumps(body).encode(), headers), 200)
    assert DIGEST in heard.headers, heard
    return heard


async def _health(running: Daemon) -> dict[str, int]:
    async with line(running.port) as one:
        return dict(json.loads((await one.ask("/healthz", b"", {}, method="GET")).body))


def _how(words: int, pause: float) -> dict[str, str]:
    return {WORDS: str(words), PAUSE: str(pause)}


def _belief(number: int) -> Belief:
    content = f"{name(number)} is in drawer {number % 97}."
    return belief(name(number), content, scopes=("domain:general",))


def _counted(counts: Counter[str]) -> str:
    return ", ".join(f"{count:,} {what}" for what, count in counts.most_common())


@contextmanager
def _looking(running: Daemon, borne: Borne) -> Iterator[None]:
    """Looks from time to time at what it takes, from a thread: the loop is busy."""
    over = threading.Event()

    def watch() -> None:
        while not over.wait(_SAMPLED):
            borne.look(running)

    thread = threading.Thread(target=watch)
    borne.look(running)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
        borne.look(running)


async def _warm(running: Daemon) -> None:
    """Asks until memory answers: its index is built behind the first requests."""
    until = time.monotonic() + _READY
    async with line(running.port) as one:
        while True:
            told = (await _chat(one, 0, {})).headers[_MEMORY]
            if told.startswith("injected=1;"):
                return
            assert time.monotonic() < until, told
            await asyncio.sleep(0.2)
