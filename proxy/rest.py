"""Rest: recall that is late again and again is left alone for a while, and then tried again."""

import time
from datetime import UTC, datetime

_LATE = 3  # late answers in a row, after which it rests
_LONGEST = 30.0  # seconds; the first rest takes one, each further one twice as long


class Rest:
    """Whether recall is to be asked now; `since`: its first late answer after the last good one.

    A machine that is busy for a moment costs a second of memory; a recall that hangs soon costs
    the requests next to nothing.
    """

    def __init__(self) -> None:
        self.since: datetime | None = None
        self._late = 0
        self._until = 0.0

    @property
    def resting(self) -> bool:
        """Whether requests go on without asking it."""
        return time.monotonic() < self._until

    def late(self) -> None:
        """It was asked, and did not answer in time."""
        self.since = self.since or datetime.now(UTC)
        self._late += 1
        if self._late >= _LATE:
            self._until = time.monotonic() + min(2.0 ** (self._late - _LATE), _LONGEST)

    def well(self) -> None:
        """It answered."""
        self.since, self._late = None, 0
