"""Rest: recall that is late again and again is left alone for a while, and then tried again."""

import time
from datetime import UTC, datetime

_LATE = 3  # late answers in a row, after which it rests
_LONGEST = 30.0  # seconds; the first rest takes one, each further one twice as long
_CROWD = 2.0  # seconds that a request waits for its turn: in one, recall answers a thousand
_TURNS = 4  # deadlines that it waits at least, on a slow machine whose owner made them longer
_OVERRUN = 30.0  # seconds in which nobody waits as long again, once that was not enough


class Rest:
    """Whether recall is to be asked now; `since`: its first late answer after the last good one.

    A machine that is busy for a moment costs a second of memory; a recall that hangs soon costs
    the requests next to nothing. Hundreds who ask in one moment are all answered; where more come
    than it can ever answer, only the first of them wait long for nothing.
    """

    def __init__(self) -> None:
        self.since: datetime | None = None
        self._late = 0
        self._until = 0.0
        self._overrun = 0.0

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

    def patience(self, deadline: float) -> float:
        """How many seconds a request may wait for its turn behind others."""
        overrun = time.monotonic() < self._overrun
        return deadline if overrun else max(_TURNS * deadline, _CROWD)

    def overrun(self) -> None:
        """Somebody's turn did not come in time."""
        self._overrun = time.monotonic() + _OVERRUN
