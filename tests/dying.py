"""Dying: something is done in a process that is killed before one of its statements of SQL."""

import os
import signal
import sqlite3
import warnings
from collections.abc import Callable
from typing import Any


def died(act: Callable[[], object], *, before: int) -> bool:
    """Does it in a process that SIGKILL ends before it begins this statement, counted from 0.

    False where it came to its end first.
    """
    with warnings.catch_warnings(action="ignore", category=DeprecationWarning):
        child = os.fork()  # of a process with threads, none of which the child needs
    if not child:
        try:
            _die(before)
            act()
            os._exit(0)
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    assert status == 0 or os.WIFSIGNALED(status), f"it failed by itself: {status}"
    return os.WIFSIGNALED(status)


def _die(before: int) -> None:
    connect, left = sqlite3.connect, [before]

    def count(_: str) -> None:
        left[0] -= 1
        if left[0] < 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def connecting(*arguments: Any, **named: Any) -> sqlite3.Connection:
        made = connect(*arguments, **named)
        made.set_trace_callback(count)
        return made

    sqlite3.connect = connecting  # type: ignore[assignment]
