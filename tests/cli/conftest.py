"""A home of its own for each test, and the command line, as a process and within this one."""

import os
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from mindhold.cli.failure import exit_code
from mindhold.cli.main import app

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
def process(home: Path) -> Run:
    """Runs the command to its end, as a process; `typed` is what it reads."""

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


@pytest.fixture
def mindhold(process: Run) -> Run:
    """The command line."""
    return process


@pytest.fixture
def within(process: Run, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """The same in this process, for what commands say: a process spends its time on imports.

    What starts a daemon, as doctor does too, is a process all the same: nobody here would wait for
    its child.
    """

    def run(
        *arguments: str, cwd: Path | None = None, typed: str | None = None
    ) -> subprocess.CompletedProcess[str]:
        if arguments[0] in {"start", "doctor"}:
            return process(*arguments)
        capfd.readouterr()
        with monkeypatch.context() as changed:
            changed.setattr("sys.stdin", TextIOWrapper(BytesIO((typed or "").encode())))
            if cwd is not None:
                changed.chdir(cwd)
            code = exit_code(lambda: app([*arguments], standalone_mode=False))
        out, err = capfd.readouterr()
        return subprocess.CompletedProcess(arguments, code, out, err)

    return run
