"""The proxy as a process: started, told apart, drained, killed, and serving on without a store."""

import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from ports import free_port
from upstream import Upstream, chunked

from .conftest import Run

ASK = json.dumps({"model": "demo", "messages": [{"role": "user", "content": "Hello."}]}).encode()
Start = Callable[..., "Process"]


class Process:
    """`mindhold serve` and what it printed up to its curl line."""

    def __init__(self, *arguments: str) -> None:
        self.port = free_port()
        self.child = subprocess.Popen(
            [sys.executable, "-P", "-m", "mindhold", "serve", f"--port={self.port}", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.child.stdout
        self.printed = ""
        while not re.search(r"^curl ", self.printed, re.M):
            line = self.child.stdout.readline()
            assert line, self.child.communicate()[1]
            self.printed += line

    def end(self, number: int = signal.SIGTERM) -> int:
        self.child.send_signal(number)
        return self.child.wait(40)


@pytest.fixture
def start(home: Path) -> Iterator[Start]:
    """Starts `mindhold serve` on a free port; what still runs at the end is killed."""
    running: list[Process] = []

    def begin(*arguments: str) -> Process:
        running.append(Process(*arguments))
        return running[-1]

    yield begin
    for one in running:
        one.child.kill()
        one.child.communicate()


def ask(port: int, path: str = "/v1/chat/completions", **headers: str) -> tuple[int, str]:
    """The status and the memory header of a call to the demo model."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}",
        data=ASK,
        headers={"content-type": "application/json", **headers},
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        answer.read()
        return answer.status, answer.headers["x-mindhold-memory"]


def configure(home: Path, text: str) -> None:
    home.mkdir(exist_ok=True)
    (home / "config.yaml").write_text(text)


def test_the_printed_curl_line_works_as_pasted(start: Start) -> None:
    printed = start().printed
    curl = next(line for line in printed.splitlines() if line.startswith("curl "))
    assert '"model": "demo"' in curl
    shown = subprocess.run(["bash", "-c", curl], capture_output=True, text=True, check=True)
    assert "You wrote" in shown.stdout


def test_the_printed_curl_line_brings_a_token_where_one_is_demanded(
    start: Start, home: Path
) -> None:
    configure(home, "auth: {require_token: always}\n")
    served = start()
    with pytest.raises(urllib.error.HTTPError, match="401"):
        ask(served.port)
    curl = next(line for line in served.printed.splitlines() if line.startswith("curl "))
    shown = subprocess.run(["bash", "-c", curl], capture_output=True, text=True, check=True)
    assert "You wrote" in shown.stdout


def test_the_printed_command_reaches_this_store_from_anywhere(start: Start) -> None:
    served = start()
    command = re.search(r"elsewhere +(.+) status", served.printed)
    assert command
    bare = {"PATH": os.environ["PATH"], "HOME": "/nowhere"}
    shown = subprocess.run(
        ["bash", "-c", f"{command[1]} status --json"],
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
        env=bare,
    )
    assert json.loads(shown.stdout)["base_url"] == f"http://127.0.0.1:{served.port}/v1"


def test_a_second_one_for_the_same_store_leaves_at_once_and_names_the_first(
    start: Start, mindhold: Run
) -> None:
    served = start()
    began = time.monotonic()
    done = mindhold("serve", f"--port={free_port()}")
    assert done.returncode == 1
    assert f"pid {served.child.pid}" in done.stderr
    assert done.stderr.count("\n") == 1
    assert time.monotonic() - began < 5


def test_after_a_kill_the_next_one_starts(start: Start) -> None:
    assert start().end(signal.SIGKILL) == -signal.SIGKILL
    assert ask(start().port)[0] == 200


def test_a_taken_port_is_told_with_its_holder(mindhold: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        for command in ("serve", "start"):
            done = mindhold(command, f"--port={port}")
            assert done.returncode == 1
            assert f"Port {port} is taken" in done.stderr
            assert f"(pid {os.getpid()})" in done.stderr
            assert done.stderr.count("\n") == 1


def test_start_is_not_fooled_by_another_proxy_on_its_port(
    start: Start, mindhold: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = start()
    monkeypatch.setenv("MINDHOLD_HOME", str(tmp_path / "another"))
    done = mindhold("start", f"--port={other.port}")
    assert done.returncode == 1
    assert f"(pid {other.child.pid})" in done.stderr
    assert mindhold("status").returncode == 1


def test_two_starts_at_once_end_with_one_daemon(home: Path, mindhold: Run) -> None:
    configure(home, f"listen: {{port: {free_port()}}}\n")
    command = [sys.executable, "-P", "-m", "mindhold", "start"]
    try:
        both = [
            subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            for _ in range(2)
        ]
        said = [one.communicate(timeout=60) for one in both]
        assert [one.returncode for one in both] == [0, 0], said
        first, second = (re.search(r"pid (\d+)", out) for out, _ in said)
        assert first
        assert second
        assert first[1] == second[1]
    finally:
        mindhold("stop")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_with_0(start: Start, number: int) -> None:
    assert start().end(number) == 0


def test_open_streams_are_drained_before_the_end(
    start: Start, home: Path, upstream: Upstream
) -> None:
    configure(
        home,
        f"upstreams: [{{name: x, dialect: openai, base_url: '{upstream.url}', key: none}}]\n",
    )
    head, first, second, end = chunked(b"data: one\n\n", b"data: two\n\n")
    upstream.always(head, first, 2.0, second, end)
    served = start()
    asked = urllib.request.Request(
        f"http://127.0.0.1:{served.port}/v1/chat/completions",
        data=ASK.replace(b"demo", b"other"),
        headers={"content-type": "application/json"},
    )
    with ExitStack() as stack:
        answers = [
            stack.enter_context(urllib.request.urlopen(asked, timeout=30)) for _ in range(50)
        ]
        assert all(one.readline() == b"data: one\n" for one in answers)
        served.child.send_signal(signal.SIGTERM)
        assert all(one.read().endswith(b"data: two\n\n") for one in answers)
    assert served.child.wait(10) == 0


@pytest.mark.parametrize("arguments", [["serve"], ["start"], ["env"], ["run", "true"]])
def test_a_config_that_cannot_be_followed_ends_with_3(
    mindhold: Run, home: Path, arguments: list[str]
) -> None:
    configure(home, "\nlisten: {prot: 7}\n")
    done = mindhold(*arguments)
    assert done.returncode == 3
    assert f"{home}/config.yaml:2: " in done.stderr
    assert "listen.port" in done.stderr
    assert done.stderr.count("\n") == 1


def test_status_leads_with_a_config_that_cannot_be_followed(mindhold: Run, home: Path) -> None:
    configure(home, "\nlisten: {prot: 7}\n")
    done = mindhold("status")
    assert done.returncode == 3
    assert f"{home}/config.yaml:2: " in done.stdout.splitlines()[0]


def test_a_broken_store_is_said_and_chat_goes_on(start: Start, mindhold: Run, home: Path) -> None:
    home.mkdir()
    broken = b"certainly no database of beliefs" * 100
    (home / "store.db").write_bytes(broken)
    served = start()
    assert "without memory" in served.printed
    status, memory = ask(served.port)
    assert status == 200
    assert memory.startswith("bypass")
    shown = mindhold("status")
    assert shown.returncode == 4
    assert shown.stdout.startswith("!")
    assert mindhold("beliefs", "list").returncode == 4
    assert served.end() == 0
    assert (home / "store.db").read_bytes() == broken


def test_what_the_owner_has_paused_is_no_fault(start: Start, mindhold: Run) -> None:
    served = start()
    mindhold("pause", "inject")
    assert ask(served.port)[1] == "off"
    shown = mindhold("status")
    assert shown.returncode == 0
    assert "puts nothing into requests: that is paused" in shown.stdout
    assert served.end() == 0


def test_start_says_of_a_newer_store_what_serve_says_and_starts(mindhold: Run, home: Path) -> None:
    mindhold("tokens", "list")
    with closing(sqlite3.connect(home / "store.db")) as store:
        store.execute("PRAGMA user_version=99")
    port = free_port()
    try:
        done = mindhold("start", f"--port={port}")
        assert done.returncode == 0
        assert "newer mindhold" in done.stderr
        assert ask(port)[1].startswith("bypass")
    finally:
        mindhold("stop")
    assert mindhold("tokens", "list").returncode == 4


def test_others_are_let_in_only_by_the_command_line_and_never_without_a_token(
    mindhold: Run, home: Path, start: Start
) -> None:
    configure(home, "listen: {host: 0.0.0.0}\n")
    done = mindhold("serve", f"--port={free_port()}")
    assert done.returncode == 1
    assert "--host 0.0.0.0" in done.stderr
    configure(home, "auth: {require_token: never}\n")
    assert mindhold("serve", "--host=0.0.0.0", f"--port={free_port()}").returncode == 1
    configure(home, "")
    with pytest.raises(urllib.error.HTTPError, match="401"):
        ask(start("--host=0.0.0.0").port)


def test_start_returns_when_it_answers_and_stop_when_it_has_ended(
    mindhold: Run, home: Path
) -> None:
    port = free_port()
    began = mindhold("start", f"--port={port}")
    try:
        assert began.returncode == 0, began.stderr
        assert f"http://127.0.0.1:{port}/v1" in began.stdout
        assert ask(port)[0] == 200
        assert "already" in mindhold("start").stdout
        again = mindhold("restart", f"--port={port}")
        assert again.returncode == 0, again.stderr
        assert again.stdout != began.stdout
        assert mindhold("status").returncode == 0
        assert "listening" in mindhold("logs").stdout
    finally:
        ended = mindhold("stop")
    assert ended.returncode == 0
    assert mindhold("status").returncode == 1
    assert mindhold("stop").returncode == 0
    assert (home / "logs" / "mindhold.log").stat().st_mode & 0o077 == 0


def test_run_gives_its_place_to_the_program_and_starts_the_daemon(
    mindhold: Run, home: Path, tmp_path: Path
) -> None:
    port = free_port()
    configure(home, f"listen: {{port: {port}}}\n")
    work = tmp_path / "my-app"
    work.mkdir()
    try:
        code = 'import os; print(os.environ["OPENAI_BASE_URL"]); raise SystemExit(7)'
        done = mindhold("run", "--", sys.executable, "-c", code, cwd=work)
        assert done.returncode == 7
        assert done.stdout == f"http://127.0.0.1:{port}/scope/project:my-app,domain:code/v1\n"
        base = done.stdout.strip().removeprefix(f"http://127.0.0.1:{port}")
        assert ask(port, f"{base}/chat/completions")[0] == 200
        killed = mindhold("run", "--scope", "domain:x", "sh", "-c", "kill -TERM $$")
        assert killed.returncode == -signal.SIGTERM
        assert mindhold("run", "no-such-program-at-all").returncode == 1
        assert mindhold("run", "--scope", "everything", "true").returncode == 1
    finally:
        mindhold("stop")


def test_status_leads_with_a_store_that_was_lost(mindhold: Run, home: Path) -> None:
    assert mindhold("tokens", "list").returncode == 0
    assert mindhold("status").returncode == 1
    for file in home.glob("store.db*"):
        file.unlink()
    done = mindhold("status")
    assert done.returncode == 4
    assert "has gone, its key is still there" in done.stdout.splitlines()[0]
    assert "has gone, its key is still there" in mindhold("beliefs", "list").stderr


def test_no_empty_store_is_begun_where_a_disk_is_not_mounted(
    start: Start, mindhold: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = Path("/mnt") / f"none-{os.getpid()}"
    if not disk.parent.is_dir():
        pytest.skip("this system has no /mnt")
    monkeypatch.setenv("MINDHOLD_HOME", str(disk / "mindhold"))
    for command in ("start", "tokens list"):
        done = mindhold(*command.split())
        assert done.returncode == 4
        assert (
            done.stderr == f"mindhold: {disk} is not there: mount its disk, or make it by hand.\n"
        )
    served = start()
    assert f"{disk} is not there" in served.printed
    assert ask(served.port) == (200, "bypass; reason=store missing")
    assert not disk.exists()
