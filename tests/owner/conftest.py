"""A terminal: the real command line in a home of its own, in process and so quick."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from injection.place import Place, running, settings, user

from mindhold.cli.failure import exit_code
from mindhold.cli.main import app


@dataclass(frozen=True, slots=True)
class Done:
    """What a command left behind."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        """What it printed, as a program reads it."""
        return json.loads(self.out)


Terminal = Callable[..., Done]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home, and a directory that is in no repository to stand in."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    monkeypatch.setenv("MINDHOLD_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.delenv("MINDHOLD_CONFIG", raising=False)
    return tmp_path / "home"


@pytest.fixture
def mindhold(home: Path, capsys: pytest.CaptureFixture[str]) -> Terminal:
    """Run `mindhold` with these arguments."""

    def run(*arguments: str) -> Done:
        capsys.readouterr()
        code = exit_code(lambda: app([*arguments], standalone_mode=False))
        return Done(code, *capsys.readouterr())

    return run


@pytest.fixture
def vitest(mindhold: Terminal) -> str:
    """The id of a belief that is there: a decision of the project shop, called test_runner."""
    done = mindhold(
        "beliefs", "add", "--type", "decision", "--name", "test_runner",
        "--content", "We use Vitest, not Jest.", "--why", "Use Vitest in every example.",
        "--alias", "vitest", "--scope", "project:shop", "--json",
    )  # fmt: skip
    assert done.code == 0, done.err
    identity: str = done.json()["id"]
    return identity


SCOPED = {"X-Mindhold-Scope": "project:shop", "User-Agent": "aider/0.86"}


@pytest.fixture
def talk(home: Path) -> Callable[..., None]:
    """Says something through the proxy's memory, each text in a conversation of its own."""

    def say(*texts: str, path: bytes = b"/v1/chat/completions", **headers: str) -> None:
        more = {name.replace("_", "-"): value for name, value in headers.items()}

        async def story() -> None:
            async with running(settings(home)) as place:
                for text in texts:
                    await _send(place, text, path, SCOPED | more)

        asyncio.run(story())

    return say


async def _send(place: Place, text: str, path: bytes, headers: dict[str, str]) -> None:
    body = {"model": "gpt-4o", "messages": [user(text)]}
    await place.send(body, headers=headers, path=path)
