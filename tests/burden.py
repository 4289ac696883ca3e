"""What a daemon bears: chats of every dialect, at once or after each other, with memory on.

The upstream, the daemon and the clients are processes of their own. Every answer must be whole.
"""

import asyncio
import random
import statistics
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from daemon import Daemon, daemon
from injection.place import add, belief
from line import Heard, Line, line
from provided import DIGEST, PAUSE, WORDS, provided
from speaking import WITH_HISTORY

from mindhold.beliefs.model import Belief

BELIEFS = 1_000
_CONFIG = """\
upstreams:
  - {{name: openai, dialect: openai, base_url: "http://127.0.0.1:{port}/v1", key: none}}
  - {{name: claude, dialect: anthropic, base_url: "http://127.0.0.1:{port}", key: none}}
  - {{name: llama, dialect: ollama, base_url: "http://127.0.0.1:{port}", key: none}}
"""
_READY = 30.0  # seconds that the index may take to be built
_SAMPLED = 0.5  # seconds between looks at what the daemon takes
_TOOLS = 50  # things that are said to be in use, again and again
_TURNS = 4  # of a conversation at most
_TOGETHER = 16  # clients that ask one after the other


@dataclass(slots=True, kw_only=True)
class Borne:
    """What a daemon bore: what memory did with each answer, the milliseconds until each began, and
    at each look how many there had been, its memory (bytes) and its descriptors."""

    outcomes: Counter[str] = field(default_factory=Counter)
    first: list[float] = field(default_factory=list)
    done: list[int] = field(default_factory=list)
    rss: list[int] = field(default_factory=list)
    descriptors: list[int] = field(default_factory=list)

    def note(self, heard: Heard) -> None:
        """Count one answer."""
        told = heard.headers["x-mindhold-memory"]
        self.outcomes["injected" if told.startswith("injected=") else told] += 1
        self.first.append(heard.first * 1e3)

    def look(self, running: Daemon) -> None:
        """Note what it takes now."""
        self.done.append(len(self.first))
        self.rss.append(running.rss())
        self.descriptors.append(running.descriptors())

    def within(self, share: float) -> float:
        """The milliseconds within which that share of all answers had begun."""
        times = sorted(self.first)
        return times[min(int(len(times) * share), len(times) - 1)]

    def rise(self) -> float:
        """By how many bytes its memory rises over the last two thirds, by the line that fits."""
        late = len(self.done) // 3
        slope, _ = statistics.linear_regression(self.done[late:], self.rss[late:])
        return slope * (self.done[-1] - self.done[late])

    def opened(self) -> int:
        """How many more descriptors it has in the last third than it had in the first at most."""
        third = len(self.descriptors) // 3
        return max(self.descriptors[-third:]) - max(self.descriptors[:third])

    def told(self) -> str:
        """What became of all of them, in a sentence."""
        shares = ", ".join(f"{count:,} {what}" for what, count in self.outcomes.most_common())
        return (
            f"memory: {shares}; first byte p50 {self.within(0.5):,.0f} ms,"
            f" p99 {self.within(0.99):,.0f} ms; at most {max(self.rss) / 1e6:.0f} MB and"
            f" {max(self.descriptors):,} descriptors"
        )


@contextmanager
def burdened(home: Path, *, deadline_ms: int = 50) -> Iterator[Daemon]:
    """A daemon whose memory answers, with beliefs to give, in front of a provider."""
    home.mkdir(parents=True, exist_ok=True)
    with provided() as port:
        config = f"{_CONFIG.format(port=port)}\ninject: {{deadline_ms: {deadline_ms}}}\n"
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
    """So many requests, a few at a time, in conversations of some turns; each answer is whole."""
    borne = Borne()
    with _looking(running, borne):
        asyncio.run(_after_each_other(running, borne, count))
    return borne


async def _at_once(
    running: Daemon, borne: Borne, count: int, within: float, how: dict[str, str]
) -> None:
    lines = [line(running.port) for _ in range(count)]
    opened = [await one.__aenter__() for one in lines]

    async def ask(one: Line, number: int) -> None:
        await asyncio.sleep(within * number / count)
        borne.note(await _chat(one, number, [_question(number)], how))

    async with asyncio.TaskGroup() as group:
        for number, one in enumerate(opened):
            group.create_task(ask(one, number))
    for one in lines:
        await one.__aexit__(None, None, None)


async def _after_each_other(running: Daemon, borne: Borne, count: int) -> None:
    async def client(seed: int) -> None:
        rng = random.Random(seed)
        async with line(running.port) as one:
            while len(borne.first) < count:
                turns = [_said(rng) for _ in range(rng.randint(1, _TURNS))]
                for end in range(1, len(turns) + 1):
                    number = rng.randrange(1 << 30)
                    borne.note(await _chat(one, number, turns[:end], {}))

    async with asyncio.TaskGroup() as group:
        for seed in range(_TOGETHER):
            group.create_task(client(seed))


async def _chat(one: Line, number: int, turns: list[str], how: dict[str, str]) -> Heard:
    """One question behind some turns; raises `AssertionError` unless its answer is whole."""
    dialect = WITH_HISTORY[number % len(WITH_HISTORY)]
    *before, newest = turns
    said = [pair for turn in before for pair in (("user", turn), ("assistant", "All right."))]
    slow = bool(how) or number % 3 != 0
    asked = dialect.request(*said, ("user", newest), stream=slow, model="scripted")
    heard = await one.ask(dialect.path, asked, {"content-type": "application/json", **how})
    assert heard.status == 200, heard
    assert heard.digest == heard.headers[DIGEST], heard
    return heard


def _how(words: int, pause: float) -> dict[str, str]:
    return {WORDS: str(words), PAUSE: str(pause)}


def _said(rng: random.Random) -> str:
    """What a person says next: mostly a question, now and then what is in use."""
    if rng.random() < 0.1:
        return f"We use tool{rng.randrange(_TOOLS)}x."
    return _question(rng.randrange(1 << 20))


def _question(number: int) -> str:
    return f"Where is {_name(number % BELIEFS)}? That is question {number}."


def _belief(number: int) -> Belief:
    name = _name(number)
    return belief(name, f"{name} is in drawer {number % 97}.", scopes=("domain:general",))


def _name(number: int) -> str:
    """A word that no language has."""
    digits = [int(digit) for digit in f"{number:04}"]
    return "k" + "".join("aeiou"[digit % 5] + "bcdfghjlmn"[digit] for digit in digits)


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
            told = (await _chat(one, 0, [_question(0)], {})).headers["x-mindhold-memory"]
            if told.startswith("injected=1;"):
                return
            assert time.monotonic() < until, told
            await asyncio.sleep(0.2)
