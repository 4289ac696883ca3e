"""Sleeping: a machine that sleeps for a while with a chat on its way, and what is then as it was.

What a suspended machine does to a process SIGSTOP does too: its clocks go on, it does not.
"""

import os
import signal
import time
from pathlib import Path

import httpx
from faults.place import Place, settled
from upstream import chunked

PIECE = b"data: one\n\n"


def sleep(home: Path, seconds: float) -> float:
    """Sleeps so long; how many seconds after it memory was given to a chat again.

    Raises `AssertionError` where an open stream is cut, a pause does not end when its time is
    over, the clocks go wrong, or it does not go on by itself.
    """
    with settled(home) as place:
        paused = place.mindhold("pause", "learn", "--for", "1m")
        assert paused.returncode == 0, paused.stderr
        place.say("We use unheard0x.")
        _through(place, seconds)
        woken = time.monotonic()
        place.until(lambda: place.say("What of tool0x?").given)
        took = time.monotonic() - woken
        place.say("We use tool1x.")
        place.until(lambda: place.held() == ["tool0x", "tool1x"])
        told = place.health()
        assert (told["memory"], told["faults"], told["unwritten"]) == ("on", 0, 0), told
        assert place.stop() == 0
    return took


def _through(place: Place, seconds: float) -> None:
    """An open stream goes through the sleep."""
    place.upstream.scripts.append(lambda _: [*chunked(PIECE, end=False), 1.0, *chunked(PIECE)[1:]])
    body = {"model": "m", "stream": True, "messages": [{"role": "user", "content": "Hi."}]}
    url = f"{place.url}/v1/chat/completions"
    with httpx.stream("POST", url, json=body, timeout=seconds + 60, trust_env=False) as answer:
        pieces = answer.iter_raw()
        assert next(pieces) == PIECE
        os.kill(place.pid, signal.SIGSTOP)
        time.sleep(seconds)
        os.kill(place.pid, signal.SIGCONT)
        assert b"".join(pieces) == PIECE
