"""Kills: a real daemon that dies by SIGKILL while it learns, again and again, and what it holds.

The suite kills it a few times; `scripts/soak kills` as often as is asked for.
"""

import json
import random
import re
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import httpx
from daemon import daemon
from upstream import Seen, Step, Upstream, answer, chat

from mindhold.beliefs.model import Belief
from mindhold.beliefs.store import Store

ACKNOWLEDGED = 0.2  # seconds between the end of an answer and the kill, on a machine that is free
_LISTENER = "listener"
_PAUSE = 0.16  # seconds between turns at most: a queue that is full refuses, and that is no loss
_LOOKED = 1.2  # seconds after which the background extractor has looked for work
_TURNS = 6  # of a conversation, at which the background extractor asks
_SETTLED = 180.0  # seconds that all that waits may take in the end
_CONFIG = """\
upstreams:
  - {{name: scripted, dialect: openai, base_url: "{url}", key: none, local: true}}
learn:
  background: {background}
"""
_BACKGROUND = (
    "{upstream: scripted, model: listener, daily_tokens: 100000000, daily_cost: null,"
    " price_in: null, price_out: null}"
)
_HELD = re.compile(r"(\d+)\. (Our warehouse keeps (gizmo\d+y) upstairs\.)")


@dataclass(slots=True)
class Kills:
    """How often it was killed, the numbers of the turns that were sent, and of those that were
    answered well before a kill."""

    after: float
    killed: int = 0
    sent: set[int] = field(default_factory=set)
    answered: set[int] = field(default_factory=set)


def survive(
    home: Path, count: int, rng: random.Random, *, background: bool, after: float = ACKNOWLEDGED
) -> Kills:
    """Kills a daemon so often, while somebody chats with it; then lets it finish.

    What was answered `after` seconds before a kill must not be lost.

    Raises `AssertionError` where a turn is lost, learned twice or left waiting.
    """
    home.mkdir(parents=True, exist_ok=True)
    kills = Kills(after=after)
    upstream = Upstream()
    upstream.default = _scripted
    with upstream.running():
        chosen = _BACKGROUND if background else "null"
        (home / "config.yaml").write_text(_CONFIG.format(url=upstream.url, background=chosen))
        for _ in range(count):
            _killed(home, kills, rng)
        with daemon(home):
            _settle(home)
    _check(home, kills, background=background)
    return kills


def _scripted(seen: Seen) -> list[Step]:
    """Answers a chat, and as the model that reads along what it has read."""
    if seen.json.get("model") != _LISTENER:
        return chat(seen)
    asked = json.dumps(seen.json["messages"], ensure_ascii=False)
    made = [
        {
            "type": "decision", "canonical_name": name, "content": f"The warehouse keeps {name}.",
            "why_it_matters": f"Keep {name} in mind.", "confidence": 0.9, "aliases": [name],
            "evidence": [int(number)],
        }
        for number, _, name in _HELD.findall(asked)
    ]  # fmt: skip
    message = {"role": "assistant", "content": json.dumps({"new_beliefs": made})}
    choice = {"index": 0, "message": message, "finish_reason": "stop"}
    whole = {
        "id": "chatcmpl-2", "object": "chat.completion", "created": 1, "model": _LISTENER,
        "choices": [choice], "usage": {"prompt_tokens": 9, "completion_tokens": 9},
    }  # fmt: skip
    return [answer(json.dumps(whole).encode())]


def _killed(home: Path, kills: Kills, rng: random.Random) -> None:
    """One life: turns are sent one after the other until it is killed, at any moment."""
    ends: list[tuple[int, float]] = []
    died: list[float] = []
    with daemon(home) as running:

        def kill() -> None:
            running.child.kill()
            died.append(time.monotonic())

        timer = threading.Timer(rng.choice((0.02, 0.9, _LOOKED)) + rng.random() / 2, kill)
        timer.start()
        with httpx.Client(trust_env=False, timeout=10) as client:
            while not died:
                number = len(kills.sent)
                kills.sent.add(number)
                try:
                    _say(client, running.port, number, rng)
                except httpx.HTTPError:
                    break
                ends.append((number, time.monotonic()))
                time.sleep(rng.random() * _PAUSE)
        timer.join()
    kills.killed += 1
    kills.answered |= {number for number, end in ends if died[0] - end >= kills.after}


def _say(client: httpx.Client, port: int, number: int, rng: random.Random) -> None:
    first = number - number % _TURNS
    messages = [
        message
        for turn in range(first, number + 1)
        for message in (_turn(turn), {"role": "assistant", "content": "All right."})
    ]
    headers = {
        "user-agent": f"client{number % 97}/1", "x-mindhold-scope": "project:shop",
        "x-mindhold-conversation": f"talk-{number // _TURNS}",
    }  # fmt: skip
    body = {
        "model": "any", "stream": rng.random() < 0.5, "messages": messages[:-1],
    }  # fmt: skip
    url = f"http://127.0.0.1:{port}/v1/chat/completions"
    client.post(url, json=body, headers=headers).raise_for_status()


def _turn(number: int) -> dict[str, str]:
    text = f"We use tool{number}x. Our warehouse keeps gizmo{number}y upstairs."
    return {"role": "user", "content": text}


def _settle(home: Path) -> None:
    """Waits until nothing waits."""
    until = time.monotonic() + _SETTLED
    while time.monotonic() < until:
        with Store.open(home) as store:
            rows = store.database.rows
            left = [
                rows(f"SELECT count(*) FROM {table}")[0][0]
                for table in ("learning", "background_turns")
            ]
        if left == [0, 0]:
            return
        time.sleep(0.5)
    raise AssertionError(f"still waiting: {left}")


def _check(home: Path, kills: Kills, *, background: bool) -> None:
    """Each turn that was answered has taught once what it says, and none twice."""
    with Store.open(home) as store:
        held = list(store.select(user=None))
        assert list(store.select(user=None, at=datetime.now(UTC))) == held, "another story"
        assert not store.database.rows("SELECT 1 FROM learning"), "a turn was left waiting"
    names = Counter(belief.canonical_name for belief in held)
    wanted = ["tool{}x", "gizmo{}y"] if background else ["tool{}x"]
    for shape in wanted:
        lost = [n for n in sorted(kills.answered) if names[shape.format(n)] != 1]
        assert not lost, f"lost or twice: {shape} of {lost}"
    assert set(names) <= {shape.format(n) for n in kills.sent for shape in wanted}
    assert all(map(_once, held)), [belief.canonical_name for belief in held if not _once(belief)]
    if background:
        assert len(held) == 2 * sum(name.startswith("tool") for name in names)


def _once(belief: Belief) -> bool:
    return len(belief.evidence) == 1 and not belief.reinforced
