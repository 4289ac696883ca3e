"""Points: a real daemon that dies by SIGKILL at a named point of its work, and what it leaves.

The suite kills it once at each point; `scripts/soak points` as often as is asked for.
"""

import random
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import httpx
from daemon import daemon
from doomed import Fork, Point, forked
from made import NOW, belief
from upstream import Upstream

from mindhold.beliefs.errors import NotFound
from mindhold.beliefs.store import Store
from mindhold.retrieval.query import Query
from mindhold.retrieval.recall import INDEX, Recall

CAUGHT_UP = 5.0  # seconds that the index may take after a kill
_TIMES = 8  # at most so many times a point is passed before the last
_TURNS = 60  # that are sent at most before it dies
_PAUSE = 0.12  # seconds between turns at most
_SETTLED = 60.0  # seconds that all that waits may take in the end
_SCOPE = "project:shop"
_CONFIG = """\
upstreams:
  - {{name: scripted, dialect: openai, base_url: "{url}", key: none, local: true}}
"""


POINTS = {
    "before the upstream is asked": Point("proxy.upstream:Upstreams.open"),
    "before the first byte of the answer goes on": Point("proxy.app:relay"),
    "when memory hears that a chat has ended": Point("proxy.memory:Memory.finished"),
    "before what was said is written": Point("proxy.behind:Behind._write_waiting"),
    "before the row of a request": Point("beliefs.requests:write"),
    "before a turn is queued": Point("INSERT INTO learning"),
    "before a commit": Point("COMMIT"),
    "after a commit": Point("proxy.behind:Behind._commit", after=True),
    "when the learner has taken a turn": Point("beliefs.learning.queue:Queue.take", after=True),
    "before what was said is read": Point("beliefs.learning.learner:Learner._prepared"),
    "before a belief is added": Point("beliefs.write:Write.add"),
    "before a line of the journal": Point("INSERT INTO journal"),
    "before a turn leaves the queue": Point("DELETE FROM learning"),
    "when a turn has been learned from": Point("beliefs.learning.learner:Learner.learn", True),
    "before the index is written": Point("retrieval.index:Index.put"),
    "when the index has been written": Point("retrieval.index:Index.put", after=True),
    "before a copy of the index is kept": Point("retrieval.generations:_whole", True, once=True),
    "before a snapshot is named": Point("beliefs.creation:_read_into", after=True, once=True),
    "while the store is opened": Point("proxy.opened:Opened._warm", once=True),
    "while old rows are pruned": Point("proxy.behind:Behind._prune", once=True),
}


@dataclass(slots=True)
class Found:
    """What came of it: kills by point, turns that were sent and answered well before a kill, and
    how long the index then took, in seconds."""

    after: float
    killed: dict[str, int] = field(default_factory=dict)
    first: int = 0  # of this life
    sent: int = 0
    answered: set[int] = field(default_factory=set)
    caught_up: list[float] = field(default_factory=list)


def survive(home: Path, times: int, rng: random.Random, *, held: int, after: float) -> Found:
    """Kills a daemon so often at each point, whose store held so many beliefs before.

    Raises `AssertionError` where what is left is no prefix of what was said, or lacks what was
    answered `after` seconds before a kill, or the index takes too long.
    """
    home.mkdir(parents=True, exist_ok=True)
    found = Found(after=after)
    with Upstream().running() as upstream, forked(home) as fork:
        (home / "config.yaml").write_text(_CONFIG.format(url=upstream.url))
        _fill(home, held)
        for _ in range(times):
            for name, point in POINTS.items():
                found.first = found.sent
                port = fork.begin(point, 1 if point.once else rng.randint(1, _TIMES))
                _life(home, found, fork, port, rng)
                found.killed[name] = found.killed.get(name, 0) + 1
        _last_life(home, found, held)
    return found


def _fill(home: Path, held: int) -> None:
    with Store.open(home) as store, store.write(actor="owner", now=NOW) as write:
        for number in range(held):
            write.add(belief(f"held_{number}x", scopes=(_SCOPE,)))


def _life(home: Path, found: Found, fork: Fork, port: int, rng: random.Random) -> None:
    """Turns are sent one after the other until it dies."""
    ends: dict[int, float] = {}  # of the turns that memory has heard
    with httpx.Client(trust_env=False, timeout=30) as client:
        while found.sent < found.first + _TURNS and (told := _said(client, port, fork, found)):
            if not told.startswith("bypass"):
                ends[found.sent - 1] = time.monotonic()
            time.sleep(rng.random() * _PAUSE)
    died = fork.died()
    answered = {number for number, end in ends.items() if died - end >= found.after}
    found.answered |= answered
    _check(home, found, answered)
    for snapshot in home.glob("snapshots/*.db"):
        snapshot.unlink()  # that of this day is made in every life


def _check(home: Path, found: Found, answered: set[int]) -> None:
    """What is kept of a life are its first turns, all that were answered among them."""
    said = range(found.first, found.sent)
    with Store.open(home) as store:
        learned, waiting = _kept(store, said)
        kept = [number for number in said if number in learned | waiting]
        assert not learned & waiting, f"learned, and waiting still: {learned & waiting}"
        assert kept == [*said][: len(kept)], f"no prefix: {kept} of {said}"
        assert answered <= set(kept), f"{answered} were answered, {kept} are kept"
        found.caught_up.append(_caught_up(store, max(learned, default=None)))


def _said(client: httpx.Client, port: int, fork: Fork, found: Found) -> str | None:
    """Sends the next turn; what memory says of it, None where the daemon has died meanwhile."""
    number = found.sent
    found.sent += 1
    body = {"model": "any", "messages": [{"role": "user", "content": f"We use tool{number}x."}]}
    headers = {
        "user-agent": f"client{number % 97}/1", "x-mindhold-scope": _SCOPE,
        "x-mindhold-conversation": f"talk-{number}",
    }  # fmt: skip
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            url = f"http://127.0.0.1:{port}/v1/chat/completions"
            answer = client.post(url, json=body, headers=headers).raise_for_status()
        except httpx.ConnectError:
            if fork.dead():
                return None
            time.sleep(0.02)
        except httpx.HTTPError:
            return None
        else:
            return answer.headers["x-mindhold-memory"]
    raise AssertionError("the daemon did not start")


def _kept(store: Store, numbers: range) -> tuple[set[int], set[int]]:
    """Which turns were learned from, once each, and which wait."""
    learned = set()
    for number in numbers:
        try:
            one = store.resolve(f"tool{number}x")
        except NotFound:
            continue
        assert (len(one.evidence), one.reinforced) == (1, 0), f"learned twice: {number}"
        learned.add(number)
    texts = [row["text"] for row in store.database.rows("SELECT text FROM learning")]
    return learned, {number for number in numbers if f"We use tool{number}x." in texts}


def _caught_up(store: Store, newest: int | None) -> float:
    """How long the index takes to know all that is held, from the files that were left.

    It is this process's own work that counts, whatever else the machine does.
    """
    started = time.process_time()
    with Recall(store, directory=store.database.home / INDEX) as recall:
        recall.catch_up()
        took = time.process_time() - started
        assert recall.indexed
        if newest is not None:
            query = Query(text=f"What of tool{newest}x?", scopes=(_SCOPE,), now=datetime.now(UTC))
            given = [one.canonical_name for one in recall.recall(query).beliefs()]
            assert given == [f"tool{newest}x"], f"{given} instead of tool{newest}x"
    assert took < CAUGHT_UP, f"the index took {took:.1f} s"
    return took


def _last_life(home: Path, found: Found, held: int) -> None:
    """It finishes what waits: each turn that was kept has taught once what it says."""
    with Store.open(home) as store:
        learned, waiting = _kept(store, range(found.sent))
    with daemon(home):
        until = time.monotonic() + _SETTLED
        while time.monotonic() < until and _waits(home):
            time.sleep(0.2)
    with Store.open(home) as store:
        assert _kept(store, range(found.sent)) == (learned | waiting, set())
        assert found.answered <= learned | waiting
        assert store.count() == held + len(learned | waiting)
        assert list(store.select(at=datetime.now(UTC))) == list(store.select())
        assert store.database.rows("PRAGMA integrity_check")[0][0] == "ok"


def _waits(home: Path) -> bool:
    with Store.open(home) as store:
        return bool(store.database.rows("SELECT 1 FROM learning"))
