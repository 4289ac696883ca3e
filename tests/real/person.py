"""Somebody with a `mindhold serve` of their own in front of the scripted provider."""

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ports import free_port
from upstream import Upstream

CONFIG = """\
listen: {{port: {port}}}
inject: {{deadline_ms: 2000}}  # a loaded machine is no reason to find nothing remembered
upstreams:
  - {{name: openai, dialect: openai, base_url: '{origin}/v1', key: passthrough}}
  - {{name: anthropic, dialect: anthropic, base_url: '{origin}', key: passthrough}}
  - {{name: ollama, dialect: ollama, base_url: '{origin}', key: passthrough}}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Their data directory, their proxy's port, and the provider behind it."""

    home: Path
    port: int
    upstream: Upstream

    @property
    def origin(self) -> str:
        """Where a client finds the proxy when it names no scope."""
        return f"http://127.0.0.1:{self.port}"

    def url(self, scope: str) -> str:
        """Where a client finds the proxy for this scope, without /v1."""
        return f"{self.origin}/scope/{scope}"

    def mindhold(self, *words: str) -> str:
        """A command's output."""
        command = (sys.executable, "-P", "-m", "mindhold", *words)
        done = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, check=False, timeout=60
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def beliefs(self, scope: str) -> list[dict[str, Any]]:
        """What is held and live in this scope."""
        held: list[dict[str, Any]] = json.loads(
            self.mindhold("beliefs", "list", "--scope", scope, "--json")
        )
        return held

    def learned(self, name: str, scope: str) -> list[dict[str, Any]]:
        """What is held once a belief speaks of `name`: learning comes after the answer."""
        deadline = time.monotonic() + 15
        while time.monotonic() < deadline:
            held = self.beliefs(scope)
            if name.lower() in json.dumps(held).lower():
                return held
            time.sleep(0.1)
        raise AssertionError(f"nothing was learned of {name}: {self.beliefs(scope)}")

    @property
    def environment(self) -> dict[str, str]:
        """For commands and the server."""
        return {**os.environ, "MINDHOLD_HOME": str(self.home)}


@contextmanager
def serving(home: Path, upstream: Upstream) -> Iterator[Person]:
    """A person whose proxy runs until the end of the block."""
    me = Person(home=home, port=free_port(), upstream=upstream)
    home.mkdir(mode=0o700)
    (home / "config.yaml").write_text(CONFIG.format(port=me.port, origin=upstream.origin))
    command = (sys.executable, "-P", "-m", "mindhold", "serve")
    with (home / "serve.out").open("wb") as out:
        served = subprocess.Popen(command, env=me.environment, stdout=out, stderr=out)
        try:
            _wait(me)
            yield me
        finally:
            served.terminate()
            served.wait(40)


def _wait(me: Person) -> None:
    deadline = time.monotonic() + 20
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{me.port}/healthz"):
                return
        except OSError:
            assert time.monotonic() < deadline, (me.home / "serve.out").read_text()
            time.sleep(0.05)
