"""A person's machine: their own data directory, a running daemon, a provider on a real port."""

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from clients.completions import Completions, completions
from ports import free_port
from waiting import until

from mindhold.beliefs.store import Store

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Person:
    """Somebody who uses mindhold: their environment, their proxy's address, their provider."""

    home: Path
    port: int
    provider: Completions

    @property
    def environment(self) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.home),
            "MINDHOLD_HOME": str(self.home / "mindhold"),
            "PYTHONPATH": str(ROOT / "src"),
            "NO_COLOR": "1",
            "OPENAI_API_KEY": "sk-passthrough",
        }

    def base(self, scope: str | None = None) -> str:
        path = f"/scope/{scope}/v1" if scope else "/v1"
        return f"http://127.0.0.1:{self.port}{path}"

    def mindhold(self, *words: str, cwd: Path | None = None, code: int = 0) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "mindhold", *words],
            capture_output=True,
            text=True,
            check=False,
            env=self.environment,
            cwd=cwd or self.home,
            timeout=60,
        )
        assert done.returncode == code, f"{words}: {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def data(self, *words: str) -> Any:
        return json.loads(self.mindhold(*words, "--json"))

    def beliefs(self, scope: str) -> list[dict[str, Any]]:
        """What is held in one scope, and live."""
        held: list[dict[str, Any]] = self.data("beliefs", "list", "--scope", scope)
        return held

    def why(self, request: str) -> str:
        """What `mindhold why` says of a request; its row is written after the answer."""
        until(lambda: request in self.mindhold("why", "--list", "--json"), "it is not written down")
        return self.mindhold("why", request)

    def learned(self, name: str, scope: str) -> None:
        """Wait until a live belief is of `name`: learning comes after the answer."""
        with Store.open(self.home / "mindhold", create=False) as store:
            until(
                lambda: any(name in one.canonical_name for one in store.select(scopes=[scope])),
                f"nothing was learned of {name}",
            )


@pytest.fixture(scope="module")
def provider() -> Iterator[Completions]:
    with completions() as server:
        yield server


@pytest.fixture(scope="module")
def person(tmp_path_factory: pytest.TempPathFactory, provider: Completions) -> Iterator[Person]:
    """One daemon for the tests of a file; each keeps to a scope of its own."""
    me = Person(tmp_path_factory.mktemp("person"), free_port(), provider)
    home = me.home / "mindhold"
    home.mkdir(mode=0o700)
    (home / "config.yaml").write_text(
        f"listen: {{port: {me.port}}}\n"
        f"upstreams:\n  - {{name: provider, dialect: openai, base_url: '{provider.url}'}}\n"
    )
    me.mindhold("start")
    with urllib.request.urlopen(f"http://127.0.0.1:{me.port}/healthz") as answer:
        assert answer.status == 200
    yield me
    me.mindhold("stop")


@pytest.fixture
def scope(request: pytest.FixtureRequest) -> str:
    """A project that no other test talks of."""
    return f"project:{request.node.name.replace('_', '-')[5:60]}"
