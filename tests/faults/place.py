"""A place for faults: a real daemon with a home of its own in front of a scripted upstream."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from ports import free_port
from upstream import Upstream

from mindhold.beliefs.errors import StoreError
from mindhold.beliefs.store import Store
from mindhold.cli.places import Places

PATIENCE = 90.0  # seconds that anything may take on a busy machine
_CONFIG = """\
upstreams:
  - {{name: scripted, dialect: openai, base_url: "{url}", key: none, local: true}}
inject: {{deadline_ms: 5000}}
listen: {{port: {port}}}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One chat: what was sent, what the upstream saw of it, and what came back."""

    status: int
    memory: str
    sent: bytes
    seen: bytes
    answered: bytes

    @property
    def given(self) -> bool:
        """Whether memory added something."""
        return self.memory.startswith("injected=") and not self.memory.startswith("injected=0")


class Place:
    """One daemon, its home and its upstream."""

    def __init__(self, home: Path, upstream: Upstream) -> None:
        self.home = home
        self.upstream = upstream
        self.port = free_port()
        self.child: subprocess.Popen[str] | None = None
        self.log = home.parent / "stderr"
        self.well = True  # until a fault was the end of it
        self._client = httpx.Client(trust_env=False, timeout=PATIENCE)
        self._talks = 0
        home.mkdir(mode=0o700, exist_ok=True)
        self.config = home.parent / "config.yaml"  # where people have it: not with the data
        self.config.write_text(_CONFIG.format(url=upstream.url, port=self.port))

    @property
    def url(self) -> str:
        """Where the daemon listens."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def places(self) -> Places:
        """Where everything of it lies, for what a command does."""
        return Places.find(self._named)

    @property
    def pid(self) -> int:
        """The process of the daemon."""
        assert self.child
        return self.child.pid

    def start(self) -> None:
        """`mindhold serve` in the foreground, until it answers."""
        before = signal.signal(signal.SIGHUP, signal.SIG_DFL)  # under nohup it is ignored
        with self.log.open("a") as log:
            self.child = subprocess.Popen(
                [sys.executable, "-P", "-m", "mindhold", "serve", f"--port={self.port}"],
                stdout=subprocess.DEVNULL, stderr=log, text=True, env=self._environment(),
            )  # fmt: skip
        signal.signal(signal.SIGHUP, before)
        self.until(self.answers)

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Ends the daemon; its exit code."""
        assert self.child
        self.child.send_signal(number)
        return self.child.wait(60)

    def close(self) -> None:
        """Leaves nothing running."""
        self._client.close()
        if self.child:
            self.child.kill()
            self.child.wait()

    def mindhold(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """A command on the same store."""
        return subprocess.run(
            [sys.executable, "-P", "-m", "mindhold", *arguments],
            capture_output=True, text=True, check=False, timeout=60, env=self._environment(),
        )  # fmt: skip

    def say(self, text: str) -> Said:
        """A chat of one turn, in a conversation of its own."""
        self._talks += 1
        body = {"model": "m", "messages": [{"role": "user", "content": text}]}
        sent = json.dumps(body).encode()
        headers = {
            "content-type": "application/json", "x-mindhold-scope": "project:a",
            "x-mindhold-conversation": f"talk-{self._talks}",
        }  # fmt: skip
        answer = self._client.post(f"{self.url}/v1/chat/completions", content=sent, headers=headers)
        return Said(
            status=answer.status_code,
            memory=answer.headers["x-mindhold-memory"],
            sent=sent,
            seen=self.upstream.last.body,
            answered=answer.content,
        )

    def health(self) -> dict[str, Any]:
        """What /healthz says."""
        told: dict[str, Any] = self._client.get(f"{self.url}/healthz").json()
        return told

    def held(self) -> list[str]:
        """The names of what the store holds; none while it cannot be read."""
        try:
            with Store.open(self.home, create=False) as store:
                return sorted(belief.canonical_name for belief in store.select())
        except StoreError:
            return []

    def until(self, true: Callable[[], object], patience: float = PATIENCE) -> None:
        """Waits until something is true."""
        end = time.monotonic() + patience
        while not true():
            assert time.monotonic() < end, (true, self.log.read_text()[-2000:])
            assert self.child is None or self.child.poll() is None, self.log.read_text()[-2000:]
            time.sleep(0.05)

    def answers(self) -> bool:
        """Whether it answers at all."""
        try:
            return bool(self.health())
        except httpx.HTTPError:
            return False

    def _environment(self) -> dict[str, str]:
        return os.environ | self._named

    @property
    def _named(self) -> dict[str, str]:
        return {"MINDHOLD_HOME": str(self.home), "MINDHOLD_CONFIG": str(self.config)}


@contextmanager
def settled(home: Path) -> Iterator[Place]:
    """A running daemon that serves memory and holds one belief, `tool0x`."""
    with Upstream().running() as upstream:
        place = Place(home, upstream)
        try:
            place.start()
            place.until(lambda: place.health()["memory"] == "on")
            place.say("We use tool0x.")
            place.until(lambda: place.held() == ["tool0x"])
            yield place
        finally:
            place.close()
