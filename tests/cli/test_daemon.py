"""One daemon a store, by a lock that ends with its process."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mindhold.cli.daemon import Daemon, hold, running, url
from mindhold.cli.failure import Failed

ME = Daemon(pid=os.getpid(), host="localhost", port=7001, since=1.5)

HOLDER = """
import sys, time
from pathlib import Path
from mindhold.cli.daemon import Daemon, hold
import os
with hold(Path(sys.argv[1])) as announce:
    announce(Daemon(pid=os.getpid(), host="localhost", port=7000, since=1.0))
    print("held", flush=True)
    time.sleep(60)
"""

LOOKING = """
import sys
from pathlib import Path
from mindhold.cli.daemon import running
while True:
    running(Path(sys.argv[1]))
"""


def test_a_held_store_says_by_whom_and_is_free_again_afterwards(tmp_path: Path) -> None:
    assert running(tmp_path) is None
    with hold(tmp_path) as announce:
        announce(ME)
        assert running(tmp_path) == ME
        with pytest.raises(Failed, match=f"pid {os.getpid()}"), hold(tmp_path):
            pass
    assert running(tmp_path) is None


def test_a_killed_daemon_leaves_no_lock(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout
        assert other.stdout.readline() == "held\n"
        found = running(tmp_path)
        assert found
        assert found.pid == other.pid
        other.send_signal(signal.SIGKILL)
    with hold(tmp_path) as announce:
        assert running(tmp_path) is None  # the killed one's words are gone
        announce(ME)
        assert running(tmp_path) == ME


def test_a_look_at_the_lock_never_keeps_a_daemon_from_starting(tmp_path: Path) -> None:
    until = time.monotonic() + 0.5
    with subprocess.Popen([sys.executable, "-c", LOOKING, str(tmp_path)]) as other:
        while time.monotonic() < until:
            with hold(tmp_path):
                pass
        other.kill()


def test_a_directory_that_cannot_be_made_costs_the_lock_only(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with hold(tmp_path / "file" / "home"):
        assert running(tmp_path / "file" / "home") is None


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("localhost", "http://127.0.0.1:80"),
        ("0.0.0.0", "http://127.0.0.1:80"),
        ("::1", "http://[::1]:80"),
        ("memory.lan", "http://memory.lan:80"),
    ],
)
def test_the_url_is_one_that_a_client_of_this_machine_can_call(host: str, expected: str) -> None:
    assert url(host, 80) == expected
