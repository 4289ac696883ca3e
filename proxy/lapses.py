"""Lapses: how often memory gave something up instead of failing a chat, since the start and lately.

Who gives something up only counts. Here the counts are looked at again and again, which gives
them their times, and keeps them when what counted is made anew.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lapse:
    """How often in the last day, in which hour it began, and when it was seen last."""

    count: int
    since: datetime
    last: datetime


class Lapses:
    """Sums of counts that others keep; for one thread."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self._seen: dict[str, int] = {}
        self._hours: dict[str, list[Lapse]] = {}  # at most one an hour, of the last day

    def see(self, counts: Mapping[str, int], now: datetime) -> None:
        """Looks at all counts; one that has become less was begun anew."""
        for name, count in counts.items():
            before = self._seen.get(name, 0)
            grown = count - before if count >= before else count
            self._seen[name] = count
            self.counts[name] += grown
            if grown:
                self._note(name, grown, now)

    def lately(self, now: datetime) -> dict[str, Lapse]:
        """Those of the last day, by their names."""
        found = {name: self._kept(name, now) for name in self._hours}
        return {
            name: Lapse(
                count=sum(one.count for one in hours), since=hours[0].since, last=hours[-1].last
            )
            for name, hours in found.items()
            if hours
        }

    def _note(self, name: str, grown: int, now: datetime) -> None:
        hours = self._kept(name, now)
        if hours and now - hours[-1].since < _HOUR:
            grown, since = grown + hours[-1].count, hours.pop().since
        else:
            since = now
        self._hours[name] = [*hours, Lapse(count=grown, since=since, last=now)]

    def _kept(self, name: str, now: datetime) -> list[Lapse]:
        """Without what is a day old; what is to come was told by a clock that was wrong."""
        return [one for one in self._hours.get(name, ()) if now - _DAY < one.last <= now]
