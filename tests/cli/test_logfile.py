"""The log says where things break and never what was written."""

import json
import logging
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from mindhold.cli.logfile import NAME, configure, tell_all
from mindhold.proxy.current import REQUEST
from mindhold.proxy.settings import Log


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    """The log file; the test runner gets its own handlers back afterwards."""
    root, raising = logging.getLogger(), logging.raiseExceptions
    handlers, level = root.handlers[:], root.level
    yield tmp_path / NAME
    for handler in root.handlers:
        handler.close()
    root.handlers[:], logging.raiseExceptions = handlers, raising
    root.setLevel(level)
    logging.getLogger("mindhold").setLevel(logging.NOTSET)


def fail() -> None:
    raise ValueError("my daughter is called Ada")


def test_an_exception_is_told_by_its_place(log: Path) -> None:
    configure(Log(), log.parent, None)
    try:
        fail()
    except ValueError:
        logging.getLogger("uvicorn.error").exception("Exception in ASGI application\nAda")
    written = log.read_text()
    assert "ValueError at " in written
    assert "test_logfile.py" in written
    assert "Ada" not in written
    assert written.count("\n") == 1


def test_what_ends_a_thread_is_told_by_its_place(
    log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    monkeypatch.setattr(sys, "unraisablehook", sys.unraisablehook)
    configure(Log(), log.parent, None)
    tell_all()
    try:
        ended = threading.Thread(target=fail)
        ended.start()
        ended.join()
        with warnings.catch_warnings():
            warnings.simplefilter("always")
            warnings.warn("of Ada", stacklevel=1)
    finally:
        logging.captureWarnings(capture=False)
    written = log.read_text()
    assert "a thread has ended: ValueError at " in written
    assert written.count("test_logfile.py") == 2
    assert "Ada" not in written


def test_a_line_says_of_which_request_it_is(log: Path) -> None:
    configure(Log(), log.parent, None)
    logging.getLogger("mindhold").info("hello")
    token = REQUEST.set("01R")
    logging.getLogger("mindhold").info("hello")
    REQUEST.reset(token)
    logging.getLogger("mindhold").info("hello", extra={"request": "02R"})
    told = [line.split()[2:] for line in log.read_text().splitlines()]
    assert told == [["-", "hello"], ["01R", "hello"], ["02R", "hello"]]


def test_others_messages_end_before_the_first_value(log: Path) -> None:
    configure(Log(), log.parent, None)
    logging.getLogger("asyncio").error("Exception in callback Ada.ended(%r)", "Ada")
    logging.getLogger("asyncio").error("Task was destroyed but it is pending!\ntask: <%s>", "Ada")
    first, second = log.read_text().splitlines()
    assert first.endswith("- Exception in callback Ada.ended")  # a name in the code
    assert second.endswith("- Task was destroyed but it is pending!")


def test_a_line_for_programs_is_an_object(log: Path) -> None:
    configure(Log(format="json", level="debug"), log.parent, None)
    logging.getLogger("mindhold.x").debug("hello %s", "there")
    line = json.loads(log.read_text())
    assert (line["level"], line["logger"], line["message"]) == (
        "debug",
        "mindhold.x",
        "hello there",
    )


def test_the_log_rotates_and_three_older_files_are_kept(log: Path) -> None:
    configure(Log(), log.parent, None)
    for _ in range(28):
        logging.getLogger("mindhold").info("x" * (1 << 20))
    assert len(list(log.parent.iterdir())) == 4
    assert all(file.stat().st_size < 6 << 20 for file in log.parent.iterdir())


def test_a_place_that_cannot_be_written_costs_the_log_only(log: Path) -> None:
    (log.parent / "file").write_text("")
    configure(Log(), log.parent / "file" / "logs", None)
    logging.getLogger("mindhold").info("hello")


def test_following_goes_on_over_a_rotation(home: Path) -> None:
    log = home / "logs" / NAME
    log.parent.mkdir(parents=True)
    log.write_text("one\ntwo\n")
    with subprocess.Popen(
        [sys.executable, "-P", "-m", "mindhold", "logs", "-f", "-n", "1"],
        stdout=subprocess.PIPE,
        text=True,
    ) as following:
        assert following.stdout
        assert following.stdout.readline() == "two\n"
        time.sleep(0.3)
        log.rename(log.with_suffix(".1"))
        log.write_text("three\n")
        assert following.stdout.readline() == "three\n"
        following.kill()
