"""Every failure is one line and a documented exit code."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from mindhold.beliefs.errors import NotFound, StoreBroken
from mindhold.cli.failure import Failed, exit_code
from mindhold.proxy.settings import ConfigError

from .conftest import Run


def raising(error: Exception) -> Callable[[], object]:
    def run() -> object:
        raise error

    return run


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (Failed("The port is taken."), 1),
        (NotFound("No belief is called that."), 1),
        (ConfigError("config.yaml:3: unknown key."), 3),
        (StoreBroken("The store is damaged."), 4),
    ],
)
def test_a_known_failure_is_its_own_sentence_and_its_code(
    error: Exception, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert exit_code(raising(error)) == code
    assert capsys.readouterr().err == f"mindhold: {error}\n"


def test_a_file_that_is_not_there_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code(lambda: Path("/nowhere/at/all").read_text()) == 1
    assert capsys.readouterr().err == "mindhold: /nowhere/at/all: No such file or directory.\n"


def test_an_unexpected_error_is_logged_without_the_words_it_carries(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MINDHOLD_HOME", str(tmp_path))
    assert exit_code(raising(RuntimeError("my daughter is called Ada"))) == 1
    told = capsys.readouterr().err
    log = (tmp_path / "logs" / "errors.log").read_text()
    assert told.count("\n") == 1
    assert "errors.log" in told
    assert "test_failure.py" in log
    assert "Ada" not in told + log


def test_a_locale_without_our_letters_is_no_failure(
    mindhold: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    typed = ("--type", "lesson", "--name", "size", "--content", "Größe zählt")
    assert mindhold("beliefs", "add", *typed).returncode == 0
    shown = mindhold("beliefs", "show", "size")
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "Größe zählt" in shown.stdout


@pytest.mark.parametrize(
    ("streams", "code", "told"),
    [
        ("<&- >&-", 0, ""),
        ("<&- >&- 2>&-", 0, ""),
        (">/dev/full", 1, "mindhold: What was to be written: No space left on device.\n"),
    ],
)
def test_who_closes_a_stream_or_has_no_room_behind_it_gets_no_traceback(
    home: Path, streams: str, code: int, told: str
) -> None:
    command = f'"{sys.executable}" -P -m mindhold tokens list {streams}'
    buffered = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    done = subprocess.run(
        ["sh", "-c", command], stderr=subprocess.PIPE, text=True, check=False, env=buffered
    )
    assert (done.returncode, done.stderr) == (code, told)
    assert not (home / "logs").exists()
