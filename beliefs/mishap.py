"""Mishaps: what nobody expected and work goes on from; counted, and told by its place alone."""

import logging
import time
import traceback

_QUIET = 60.0  # seconds in which one place is told once: it may be in the way of every call

log = logging.getLogger("mindhold.memory")


class Mishaps:
    """Counts them, for one thread; each place gets a line of the log, at most one a minute."""

    def __init__(self) -> None:
        self.count = 0
        self._told: dict[str, float] = {}

    def note(self, part: str, error: BaseException, *, request: str = "") -> None:
        """One more, in this part; `request` where it is not the one at work."""
        self.count += 1
        where, now = place(error), time.monotonic()
        if now - self._told.get(where, -_QUIET) >= _QUIET:
            self._told[where] = now
            extra = {"request": request} if request else {}
            log.error("fault in %s: %s", part, where, extra=extra)


def place(error: BaseException) -> str:
    """The type and where it was raised; never the message, which may quote somebody."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "nowhere"
    return f"{type(error).__name__} at {where}"
