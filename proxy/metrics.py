"""Metrics: what the proxy has done since it started, as counts only, in Prometheus' text format.

No name, scope, model or word of anybody is in them. The format is that of the exposition formats of
prometheus.io, version 0.0.4; the client library would add 33 ms to each start for these few lines.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate

KIND = "text/plain; version=0.0.4; charset=utf-8"
_BOUNDS = (0.5, 1, 2, 5, 10, 25, 50, 100, 250, 1000)  # milliseconds
_TOLD = re.compile(r"(injected=(\d+)|off|command|bypass; reason=([a-z ]+))(?:.* ms=([\d.]+))?")

Labels = tuple[tuple[str, str], ...]
Line = tuple[Labels, float]


class Histogram:
    """How many of the durations stayed within each bound, in milliseconds."""

    def __init__(self) -> None:
        self._within = [0] * (len(_BOUNDS) + 1)
        self._sum = 0.0

    def note(self, ms: float) -> None:
        """Count one duration."""
        self._within[bisect_left(_BOUNDS, ms)] += 1
        self._sum += ms

    def lines(self, name: str) -> Iterator[str]:
        """The lines of its buckets, its sum and its count."""
        bounds = [*map(str, _BOUNDS), "+Inf"]
        for bound, count in zip(bounds, accumulate(self._within), strict=True):
            yield f'{name}_bucket{{le="{bound}"}} {count}'
        yield f"{name}_sum {self._sum:g}"
        yield f"{name}_count {sum(self._within)}"


class Metrics:
    """Counts what goes through the boundary, each call by what its caller is told of it."""

    def __init__(self) -> None:
        self.open = 0  # calls under way
        self._calls: Counter[Labels] = Counter()
        self._bypasses: Counter[Labels] = Counter()
        self._errors: Counter[Labels] = Counter()
        self._injected = 0
        self._failed = 0
        self._recall = Histogram()
        self._added = Histogram()

    def answered(self, dialect: str, status: int, told: str) -> None:
        """An answer has begun; `told` is its X-Mindhold-Memory, empty where it has none."""
        found = _TOLD.match(told)
        if found:
            self._noted(found)
        outcome = re.split("[=;]", found[1])[0] if found and found[2] != "0" else "none"
        labels = (("dialect", dialect), ("status", f"{status // 100}xx"), ("memory", outcome))
        self._calls[labels] += 1

    def recalled(self, ms: float) -> None:
        """Recall took so long for one request."""
        self._recall.note(ms)

    def error(self, code: str) -> None:
        """A call was answered by an error of our own."""
        self._errors[(("code", code),)] += 1

    def failed(self) -> None:
        """A chat failed that memory had its hand in: this must never be."""
        self._failed += 1

    def text(self, counts: Mapping[str, int], beliefs: Mapping[str, int]) -> str:
        """Everything, with memory's own counts and how many beliefs are in which state."""
        return "\n".join([*self._lines(counts, beliefs), ""])

    def _noted(self, found: re.Match[str]) -> None:
        if found[2]:
            self._injected += int(found[2])
        if found[4]:
            self._added.note(float(found[4]))
        if found[3]:
            self._bypasses[(("reason", found[3]),)] += 1

    def _lines(self, counts: Mapping[str, int], beliefs: Mapping[str, int]) -> Iterator[str]:
        yield from _counter("mindhold_calls_total", self._calls.items())
        yield from _gauge("mindhold_calls_open", [((), self.open)])
        yield from _counter("mindhold_bypasses_total", self._bypasses.items())
        yield from _counter("mindhold_errors_total", self._errors.items())
        yield from _counter("mindhold_injected_beliefs_total", [((), self._injected)])
        yield from _counter("mindhold_memory_caused_failures_total", [((), self._failed)])
        for name, histogram in (("recall", self._recall), ("added", self._added)):
            yield f"# TYPE mindhold_{name}_milliseconds histogram"
            yield from histogram.lines(f"mindhold_{name}_milliseconds")
        for name, count in counts.items():
            draw = _gauge if name in GAUGES else _counter
            suffix = "" if name in GAUGES else "_total"
            yield from draw(f"mindhold_memory_{name}{suffix}", [((), count)])
        states = [((("state", state),), count) for state, count in beliefs.items()]
        yield from _gauge("mindhold_beliefs", states)


GAUGES = frozenset({"unwritten", "waiting"})
"""Those of memory's counts that fall again."""


def _counter(name: str, lines: Iterable[Line]) -> Iterator[str]:
    return _drawn(name, "counter", lines)


def _gauge(name: str, lines: Iterable[Line]) -> Iterator[str]:
    return _drawn(name, "gauge", lines)


def _drawn(name: str, kind: str, lines: Iterable[Line]) -> Iterator[str]:
    yield f"# TYPE {name} {kind}"
    for labels, value in lines:
        told = ",".join(f'{key}="{label}"' for key, label in labels)
        yield f"{name}{{{told}}} {value:g}" if told else f"{name} {value:g}"
