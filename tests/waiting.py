"""Waiting for what comes true behind the scenes: never a fixed time, and never for ever."""

import time
from collections.abc import Callable

PATIENCE = 60.0  # seconds that anything may take on a busy machine; on a free one it takes none


def until(true: Callable[[], object], what: str = "it never came true") -> None:
    """Waits until something holds; fails with `what` where it does not in a minute."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, what
        time.sleep(0.01)
