"""Holding: the open store, or the reason why there is none, tried again until it is mended."""

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from mindhold.beliefs.errors import StoreError
from mindhold.beliefs.home import begun
from mindhold.beliefs.learning.background.waiting import Pace
from mindhold.beliefs.mishap import Mishaps
from mindhold.proxy.ledger import Ledger
from mindhold.proxy.opened import Opened
from mindhold.proxy.settings import Settings

_RETRY = 1.0  # seconds between attempts to open


class Holding:
    """`opened`, or else the `reason` in two words and since when; `ledger` is that of the last one
    opened."""

    def __init__(self, settings: Settings, clock: Callable[[], datetime], pace: Pace) -> None:
        self.opened: Opened | None = None
        self.ledger: Ledger | None = None
        self.reason = "store opening"
        self.since = clock()
        self.lost = 0  # stores that were open and had to be let go
        self._mishaps = Mishaps()
        self.beside: list[Callable[[], None]] = []  # how others in this process let go of the store
        self._settings = settings
        self._clock = clock
        self._pace = pace
        self._had_store = _begun(settings.home)
        self._next_try = 0.0

    @property
    def faults(self) -> int:
        """How many openings failed in a way nobody expected."""
        return self._mishaps.count

    @property
    def due(self) -> bool:
        """Whether it is time to try again."""
        return self.opened is None and time.monotonic() >= self._next_try

    def open(self) -> None:
        """Opens the store if it is not open; what failed is kept as the reason.

        A store is made on the very first start only: never over one that has gone.
        """
        if self.opened is not None:
            return
        self._next_try = time.monotonic() + _RETRY
        try:
            create = not self._had_store
            opened = Opened.open(self._settings, create=create, now=self._clock(), pace=self._pace)
        except StoreError as error:
            self.reason = self._told(error)
        except Exception as error:  # noqa: BLE001 - memory never breaks a chat: counted, in the header
            self._mishaps.note("opening the store", error)
            self.reason = "store fault"
        else:
            self._had_store = True
            self.ledger = opened.ledger
            self.opened = opened

    def broken(self, opened: Opened, error: StoreError) -> None:
        """Lets go of a store that cannot serve; once, whichever thread saw it first."""
        told = self._told(error)
        if self.opened is opened:
            self.reason, self.since, self.opened = told, self._clock(), None
            self.lost += 1
            self._next_try = time.monotonic() + _RETRY
            for let_go in (*self.beside, opened.close):
                _close(let_go)

    def close(self) -> None:
        """Closes the store for good."""
        opened, self.opened = self.opened, None
        if opened:
            _close(opened.close)

    def _told(self, error: StoreError) -> str:
        """Two words for the error; in a home that has gone, any call may be the one to fail."""
        if self._had_store and not _begun(self._settings.home):
            return "store missing"
        return error.words


def _begun(home: Path) -> bool:
    with suppress(OSError):
        return begun(home)
    return True  # nobody may look: nothing is made where a store may be


def _close(let_go: Callable[[], None]) -> None:
    with suppress(StoreError):  # it is given up in any case, and the reason for that is known
        let_go()
