"""Condition: whether memory serves, since when not, and what it gave up to spare the chat."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from mindhold.proxy.behind import Behind
from mindhold.proxy.holding import Holding
from mindhold.proxy.lapses import Lapses
from mindhold.proxy.rest import Rest
from mindhold.proxy.settings import Settings
from mindhold.proxy.thread import Worker
from mindhold.retrieval.indexer import Lag

LATE = "recall late"

log = logging.getLogger("mindhold.memory")


class Condition:
    """Looked at on the event loop, a few times a second; reads memory alone."""

    def __init__(
        self,
        *,
        settings: Settings,
        holding: Holding,
        rest: Rest,
        reader: Worker,
        behind: Behind,
        clock: Callable[[], datetime],
    ) -> None:
        self._settings = settings
        self._holding = holding
        self._rest = rest
        self._reader = reader
        self._behind = behind
        self._clock = clock
        self._lapses = Lapses()
        self._asked = Lapses()
        self._out: tuple[str, datetime] | None = None

    @property
    def counts(self) -> Mapping[str, int]:
        """What was given up since the start, by kind."""
        return self._lapses.counts

    @property
    def asked(self) -> Mapping[str, int]:
        """What the background extractor asked of its model since the start; empty without one."""
        return self._asked.counts

    @property
    def now(self) -> datetime:
        """The moment at which it is looked at."""
        return self._clock()

    @property
    def out_since(self) -> datetime | None:
        """Since when memory is out; None while it serves."""
        return self._out[1] if self._out else None

    @property
    def unwritten(self) -> tuple[int, datetime | None]:
        """How many jobs wait for the store, and since when the first of them does."""
        return self._behind.waiting

    @property
    def memory(self) -> str:
        """`on`, `off` where its owner wants that, or `bypass`."""
        opened = self._holding.opened
        paused = opened is not None and opened.pauses.paused("inject", self._clock())
        off = not self._settings.inject.enabled or paused
        return "bypass" if self._out else "off" if off else "on"

    def look(self, counts: Mapping[str, int], *, faults: int) -> None:
        """Notes what has changed; a change for the worse or the better is a line of the log."""
        faults += self._holding.faults + self._reader.failed
        given_up = {**counts, "faults": faults, "lost": self._holding.lost}
        self._lapses.see(given_up | self._behind.counts(), self._clock())
        if (opened := self._holding.opened) and opened.desk:
            self._asked.see(opened.desk.spent, self._clock())
        before, self._out = self._out, self._reason()
        if self._out and (before is None or before[0] != self._out[0]):
            log.warning("memory is out: %s", self._out[0])
        elif before and not self._out:
            log.info("memory is back")

    def told(self) -> dict[str, Any]:
        """As /healthz tells it: no word of anybody, times in ISO 8601."""
        reason, since = self._out or (None, None)
        unwritten, waits = self.unwritten
        opened, failing = self._holding.opened, self._behind.copying.failing
        return {
            "memory": self.memory,
            "reason": reason,
            "since": _iso(since),
            **self.counts,
            "unwritten": unwritten,
            "unwritten_since": _iso(waits),
            "index": _index(opened.recall.lag) if opened else None,
            "snapshots": {"failing": failing[0], "since": _iso(failing[1])} if failing else None,
            "lately": {
                name: {"count": one.count, "since": _iso(one.since), "last": _iso(one.last)}
                for name, one in self._lapses.lately(self._clock()).items()
            },
        }

    def _reason(self) -> tuple[str, datetime] | None:
        """Why memory is out, and since when; None while it serves."""
        if self._holding.opened is None:
            return self._holding.reason, self._holding.since
        stuck = self._reader.stuck(self._settings.inject.deadline_ms / 1e3)
        if self._rest.resting or stuck:
            began = self._out[1] if self._out and self._out[0] == LATE else self._clock()
            return LATE, self._rest.since or began
        return None


def _index(lag: Lag) -> dict[str, Any]:
    return {**asdict(lag), "since": _iso(lag.since)}


def _iso(moment: datetime | None) -> str | None:
    return moment.astimezone().isoformat(timespec="seconds") if moment else None
