"""Faults of the process itself: stopped, starved, drained, and asked to start with a bad config."""

import os
import resource
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack

import httpx
import pytest
from upstream import chunked

from .place import Place, settled

STREAMS = 50


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A running daemon; the last test of this file ends it."""
    with settled(tmp_path_factory.mktemp("process") / "home") as running:
        yield running


@pytest.mark.skipif(sys.platform != "linux", reason="limits another process")
def test_it_serves_again_when_there_are_descriptors_again(place: Place) -> None:
    place.until(lambda: [*place.home.glob("snapshots/*.db")])  # it opens files of its own
    soft, hard = resource.prlimit(place.pid, resource.RLIMIT_NOFILE)
    used = len(os.listdir(f"/proc/{place.pid}/fd"))
    resource.prlimit(place.pid, resource.RLIMIT_NOFILE, (used + 6, hard))
    try:
        with ExitStack() as held:

            def crowded() -> bool:
                assert place.say("What of tool0x?").status == 200  # who is connected stays so
                for _ in range(10):
                    address = ("127.0.0.1", place.port)
                    held.enter_context(socket.create_connection(address, timeout=5))
                return len(os.listdir(f"/proc/{place.pid}/fd")) >= used + 4

            place.until(crowded)
            assert place.say("What of tool0x?").status == 200
        place.until(place.answers)
        place.until(lambda: place.say("What of tool0x?").given)
    finally:
        resource.prlimit(place.pid, resource.RLIMIT_NOFILE, (soft, hard))
    place.say("We use tool1x.")
    place.until(lambda: "tool1x" in place.held())


def test_it_goes_on_where_it_was_when_the_machine_wakes_up(place: Place) -> None:
    piece = b"data: one\n\n"
    place.upstream.scripts.append(lambda _: [*chunked(piece, end=False), 0.5, *chunked(piece)[1:]])
    with httpx.stream(
        "POST", f"{place.url}/v1/chat/completions", timeout=30, trust_env=False,
        json={"model": "m", "stream": True, "messages": [{"role": "user", "content": "Hi."}]},
    ) as answer:  # fmt: skip
        pieces = answer.iter_raw()
        assert next(pieces) == piece
        os.kill(place.pid, signal.SIGSTOP)
        time.sleep(2.0)
        os.kill(place.pid, signal.SIGCONT)
        assert b"".join(pieces) == piece
    assert place.say("What of tool0x?").given
    place.say("We use tool2x.")
    place.until(lambda: "tool2x" in place.held())


def test_a_restart_with_a_config_that_cannot_be_followed_stops_nothing(place: Place) -> None:
    config = place.config
    good = config.read_text()
    config.write_text(good.replace("inject:", "injekt:"))
    done = place.mindhold("restart")
    assert done.returncode == 3
    assert f"{config}:3: " in done.stderr
    assert "inject" in done.stderr
    assert "goes on" in done.stderr
    assert done.stderr.count("\n") == 1
    assert place.say("What of tool0x?").given
    assert place.child
    assert place.child.poll() is None
    config.write_text(good)


def test_who_leaves_at_any_moment_has_said_what_they_said_once(place: Place) -> None:
    pieces = [b"data: %04d\n\n" % number for number in range(20)]
    place.upstream.seen.clear()
    for leaving in range(len(pieces)):
        place.upstream.scripts.append(lambda _: [*chunked(*pieces, end=False), 20.0])
        said = {"role": "user", "content": f"We use leaver{leaving}x."}
        with httpx.stream(
            "POST", f"{place.url}/v1/chat/completions", timeout=30, trust_env=False,
            json={"model": "m", "stream": True, "messages": [said]},
            headers={"x-mindhold-scope": "project:a", "x-mindhold-conversation": f"l{leaving}"},
        ) as answer:  # fmt: skip
            heard = answer.iter_raw()
            while leaving * len(pieces[0]) >= answer.num_bytes_downloaded:
                next(heard)
    assert all(seen.left.wait(5) for seen in place.upstream.seen)
    assert len(place.upstream.seen) == len(pieces)
    wanted = sorted(f"leaver{number}x" for number in range(len(pieces)))
    place.until(lambda: [name for name in place.held() if name.startswith("leaver")] == wanted)


def test_a_terminal_that_is_closed_ends_it_in_order(place: Place) -> None:
    place.say("We use tool3x.")
    assert place.stop(signal.SIGHUP) == 0
    assert "tool3x" in place.held()
    place.start()


def test_a_signal_lets_fifty_open_streams_end_and_then_it_exits_with_0(place: Place) -> None:
    piece = b"data: one\n\n"
    place.upstream.default = lambda _: [*chunked(piece, end=False), 1.5, *chunked(piece)[1:]]
    place.upstream.seen.clear()
    whole: list[bytes] = []

    def stream() -> None:
        with httpx.stream(
            "POST", f"{place.url}/v1/chat/completions", timeout=30, trust_env=False,
            json={"model": "m", "stream": True, "messages": [{"role": "user", "content": "Hi."}]},
        ) as answer:  # fmt: skip
            whole.append(answer.read())

    threads = [threading.Thread(target=stream) for _ in range(STREAMS)]
    for thread in threads:
        thread.start()
    place.until(lambda: len(place.upstream.seen) == STREAMS)
    started = time.monotonic()
    assert place.stop() == 0
    assert time.monotonic() - started < 30
    for thread in threads:
        thread.join()
    assert whole == [piece * 2] * STREAMS
