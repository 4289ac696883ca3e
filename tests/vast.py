"""What a daemon over a great many beliefs takes: to start, to answer, to keep what is new.

The store is filled by `mindhold import`, once where it is kept, and everything is measured from
outside: a real daemon, the commands as people run them.
"""

import asyncio
import json
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from daemon import Daemon, daemon
from line import Line, line
from multitude import Asked, asked, given, lines, name
from provided import provided
from speaking import CHAT

from mindhold.beliefs.store import Store

SHORT, LONG = 300, 20_000  # characters of a message: about fifty words, and a long paste's worth
_CONFIG = """\
upstreams: [{{name: a, dialect: openai, base_url: "http://127.0.0.1:{port}/v1", key: none}}]
retention: {{snapshots: 0}}
inject: {{deadline_ms: {deadline}}}
"""
_FINDING = ("status", "doctor")  # commands that exit with 1 where something is wrong
_PATIENCE = 3_600.0  # seconds that an index may take on a busy machine
_SHARED = Path("/dev/shm")


@dataclass(slots=True, kw_only=True)
class Vast:
    """What was measured: a line of a table each; seconds, bytes, milliseconds as they say."""

    rows: list[tuple[str, str]] = field(default_factory=list)

    def note(self, what: str, told: str) -> None:
        """One more line."""
        self.rows.append((what, told))
        print(f"{what}: {told}", flush=True)  # noqa: T201 - an hour is long without a word

    def table(self) -> str:
        """All of them."""
        return "\n".join(
            ["| | |", "|---|---|", *(f"| {what} | {told} |" for what, told in self.rows)]
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What memory did with a message: how many beliefs it added, in how many milliseconds."""

    injected: int
    ms: float
    memory: str


def measured(home: Path, count: int, *, asks: int = 1_000, commands: bool = True) -> Vast:
    """Everything, over a store of so many beliefs that is made in `home` unless it is there.

    Raises `AssertionError` where a short message does not bring the belief that it names.
    """
    vast = Vast()
    home.mkdir(parents=True, exist_ok=True)
    fill(home, count, vast)
    with provided() as port:
        config = home / "config.yaml"
        if not (home / "index").is_dir():
            config.write_text(_CONFIG.format(port=port, deadline=50))
            _first_start(home, count, vast)
        config.write_text(_CONFIG.format(port=port, deadline=10_000))  # all are to be measured
        with _started(home, "start", vast) as running:
            asyncio.run(_answering(running, count, vast, asks))
            vast.note("memory after that", _memory(running))
            asyncio.run(_learning(running, home, vast))
            if commands:
                _commands(home, count, vast)
                vast.note("memory at the end", _memory(running))
    return vast


def fill(home: Path, count: int, vast: Vast) -> None:
    """Imports the beliefs, unless that has been done."""
    with Store.open(home) as store:
        held = store.count(user=None)
    if held >= count:
        return
    file = home / "beliefs.jsonl"
    with file.open("w", encoding="utf-8") as out:
        out.writelines(f"{one}\n" for one in lines(count))
    took = _run(home, "import", str(file))
    vast.note("import", f"{took:,.0f} s, {took / count * 1e6:,.0f} µs a belief")
    file.unlink()


def _first_start(home: Path, count: int, vast: Vast) -> None:
    """Without an index: it is built behind the requests."""
    with _started(home, "first start, without an index", vast) as running:
        most = [0]
        before = _spent(running)
        took = asyncio.run(_until(running, _naming(count), lambda: most.append(_held(running))))
        spent = _spent(running) - before
        vast.note("the index is built in", f"{took:,.0f} s, {spent:,.0f} s of CPU")
        vast.note("memory meanwhile, at most", f"{max(most) / 1e6:,.0f} MB")


@contextmanager
def _started(home: Path, what: str, vast: Vast) -> Iterator[Daemon]:
    """A daemon; notes when it served a request, and what it holds then."""
    began = time.perf_counter()
    with daemon(home) as running:
        first = asyncio.run(_one(running, Asked(text="Hello.", scope="domain:code", number=-1)))
        served, spent = time.perf_counter() - began, _spent(running)
        told = f"{served:.2f} s until a request is served, {spent:.2f} s of CPU"
        vast.note(what, f"{told}; memory: {first.memory}")
        yield running


async def _answering(running: Daemon, count: int, vast: Vast, asks: int) -> None:
    """Until memory answers; then varied messages of two lengths, each of which names a belief."""
    took = await _until(running, _naming(count), _idle)
    vast.note("until memory answers, after that", f"{took:.2f} s; memory {_memory(running)}")
    for what, characters, times in (
        ("50 words", SHORT, asks),
        ("20,000 characters", LONG, asks // 10),
    ):
        chance = random.Random(characters)
        numbers = [n for n in (chance.randrange(count) for _ in range(times * 2)) if given(n)][
            :times
        ]
        before = _spent(running)
        heard = [await _one(running, asked(number, characters)) for number in numbers]
        missing = [n for n, one in zip(numbers, heard, strict=True) if not one.injected]
        # A long message names more than there is room for, or reads as somebody else's text.
        assert not missing or characters > SHORT, f"{missing} are named and not brought"
        spent = (_spent(running) - before) / len(heard) * 1e3
        vast.note(f"a message of {what}", f"{_spread(heard)}; {spent:.1f} ms of CPU a call")


def _spread(heard: list[Answered]) -> str:
    times = sorted(one.ms for one in heard)
    p99 = times[int(len(times) * 0.99)]
    return f"memory adds {statistics.median(times):.1f} ms p50, {p99:.1f} ms p99 ({len(times):,})"


async def _learning(running: Daemon, home: Path, vast: Vast) -> None:
    """What is stated in a chat, and what a command adds: how soon a message brings it."""
    said = Asked(
        text="Remember that the Quagmirion is in drawer nine.", scope="domain:code", number=-1
    )
    await _one(running, said)
    wanted = Asked(text="Where is the Quagmirion?", scope="domain:code", number=-1)
    vast.note(
        "learned from a chat, and given", f"after {await _until(running, wanted, _idle):.2f} s"
    )
    told = ("--name=wolfenbeam", "--content=The Wolfenbeam is on the roof.", "--scope=domain:code")
    took = _run(home, "beliefs", "add", "--type=entity", *told)
    vast.note("mindhold beliefs add", f"{took:.2f} s")
    wanted = Asked(text="Where is the Wolfenbeam?", scope="domain:code", number=-1)
    vast.note("added by hand, and given", f"after {await _until(running, wanted, _idle):.2f} s")


def _commands(home: Path, count: int, vast: Vast) -> None:
    """The commands that read, as whole processes."""
    beside = home.with_name(f"{home.name}.backup")
    called = name(next(n for n in range(count // 2, count) if given(n)))
    for command in (
        ("status",),
        ("doctor",),
        ("beliefs", "list", "--limit", "20"),
        ("beliefs", "show", called.lower()),
        ("beliefs", "search", called),
        ("recall", f"How is {called} set up?", "--scope", "domain:code"),
        ("scopes", "list"),
        ("backup", str(beside), "--force", "--passphrase-file", _passphrase(home)),
        ("beliefs", "forget", "--hard", "--yes", called),
    ):
        took = _run(home, *command)
        told = " ".join(part for part in command if not part.startswith(str(home.parent)))
        vast.note(f"mindhold {told}", f"{took:,.1f} s")


def _passphrase(home: Path) -> str:
    file = home / "passphrase"
    file.write_text("a long enough passphrase\n")
    return str(file)


def _run(home: Path, *command: str) -> float:
    """Seconds that the command takes as a process of its own; raises where it fails."""
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-P", "-m", "mindhold", *command],
        env={**os.environ, "MINDHOLD_HOME": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode not in (0, 1) or (done.returncode and command[0] not in _FINDING):
        raise AssertionError(f"{command}: {done.returncode} {done.stderr}")
    return time.perf_counter() - began


def _naming(count: int) -> Asked:
    return asked(next(number for number in range(count // 3, count) if given(number)), SHORT)


def _idle() -> None:
    return


async def _until(running: Daemon, wanted: Asked, meanwhile: Callable[[], object]) -> float:
    """Asks until memory brings a belief; seconds."""
    began = time.perf_counter()
    async with line(running.port) as open_line:
        while not (heard := await _ask(open_line, wanted)).injected:
            assert time.perf_counter() - began < _PATIENCE, heard
            meanwhile()
            await asyncio.sleep(0.05)
    return time.perf_counter() - began


async def _one(running: Daemon, wanted: Asked) -> Answered:
    async with line(running.port) as open_line:
        return await _ask(open_line, wanted)


async def _ask(open_line: Line, wanted: Asked) -> Answered:
    body = CHAT.request(("user", wanted.text), model="scripted")
    headers = {"content-type": "application/json", "x-mindhold-scope": wanted.scope}
    heard = await open_line.ask(CHAT.path, json.dumps(body).encode(), headers)
    assert heard.status == 200, heard
    told = heard.headers["x-mindhold-memory"]
    parts = dict(part.strip().partition("=")[::2] for part in told.split(";"))
    return Answered(
        injected=int(parts.get("injected", 0)), ms=float(parts.get("ms", 0)), memory=told
    )


def _spent(running: Daemon) -> float:
    """Seconds of CPU: on a machine that has other things to do, they say more than the clock."""
    told = Path(f"/proc/{running.child.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def _held(running: Daemon) -> int:
    """Bytes of memory: what is its own, and its files in shared memory, touched or not."""
    told = Path(f"/proc/{running.child.pid}/status").read_text()
    kept = dict(line.split(":", 1) for line in told.splitlines())
    own = sum(int(kept[part].split()[0]) for part in ("RssAnon", "RssFile")) * 1024
    return own + _sheltered(running)


def _sheltered(running: Daemon) -> int:
    """Bytes of its index that lie in shared memory: of the directory whose lock it has open."""
    links = (
        Path(f"/proc/{running.child.pid}/fd") / fd
        for fd in os.listdir(f"/proc/{running.child.pid}/fd")
    )
    opened = {str(link.readlink()) for link in links if link.is_symlink()}
    homes = {
        Path(one).parent for one in opened if one.startswith(str(_SHARED)) and one.endswith("lock")
    }
    return sum(file.stat().st_size for home in homes for file in home.rglob("*") if file.is_file())


def _memory(running: Daemon) -> str:
    return (
        f"{_held(running) / 1e6:,.0f} MB, of which {_sheltered(running) / 1e6:,.0f} are the index"
    )
