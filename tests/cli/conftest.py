"""A home of its own for each test, and the command line as a process."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data directory that this process and its children use."""
    place = tmp_path / "home"
    monkeypatch.setenv("MINDHOLD_HOME", str(place))
    monkeypatch.setenv("SHELL", "/bin/sh")
    monkeypatch.delenv("MINDHOLD_CONFIG", raising=False)
    return place


@pytest.fixture
def mindhold(home: Path) -> Run:
    """Runs the command to its end; `typed` is what it reads."""

    def run(
        *arguments: str, cwd: Path | None = None, typed: str | None = None
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-P", "-m", "mindhold", *arguments],
            input=typed,
            capture_output=True,
            text=True,
            check=False,
            cwd=cwd,
            env=dict(os.environ),
            timeout=60,
        )

    return run
