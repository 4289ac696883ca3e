"""Metrics: what the proxy has done since it started, as counts only, in Prometheus' text format.

No name, scope, model or word of anybody is in them. The format is that of the exposition formats of
prometheus.io, version 0.0.4; the client library would add 33 ms to each start for these few lines.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

KIND = "text/plain; version=0.0.4; charset=utf-8"
_BOUNDS = (0.5, 1, 2, 5, 10, 25, 50, 100, 250, 1000)  # milliseconds
_TOLD = re.compile(r"(injected=(\d+)|off|command|bypass; reason=([a-z ]+))(?:.* ms=([\d.]+))?")

Labels = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One value; `suffix` is what a histogram adds to the name of its family."""

    value: float
    labels: Labels = ()
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Family:
    """All values of one name."""

    name: str
    kind: Literal["counter", "gauge", "histogram"]
    lines: Sequence[Line]


Families = Iterable[Family]


class Histogram:
    """How many of the durations stayed within each bound, in milliseconds."""

    def __init__(self) -> None:
        self._within = [0] * (len(_BOUNDS) + 1)
        self._sum = 0.0

    def note(self, ms: float) -> None:
        """Count one duration."""
        self._within[bisect_left(_BOUNDS, ms)] += 1
        self._sum += ms

    def family(self, name: str) -> Family:
        """Its buckets, its sum and its count."""
        bounds = zip([*map(str, _BOUNDS), "+Inf"], accumulate(self._within), strict=True)
        buckets = [
            Line(value=count, labels=(("le", bound),), suffix="_bucket") for bound, count in bounds
        ]
        total = Line(value=round(self._sum, 3), suffix="_sum")
        return Family(
            name, "histogram", [*buckets, total, Line(value=sum(self._within), suffix="_count")]
        )


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
        """A call ended with an error of our own."""
        self._errors[(("code", code),)] += 1

    def failed(self) -> None:
        """A chat failed that memory had its hand in: this must never be."""
        self._failed += 1

    def families(self) -> Families:
        """Everything."""
        yield _counted("mindhold_calls_total", self._calls)
        yield gauge("mindhold_calls_open", self.open)
        yield _counted("mindhold_bypasses_total", self._bypasses)
        yield _counted("mindhold_errors_total", self._errors)
        yield counter("mindhold_injected_beliefs_total", self._injected)
        yield counter("mindhold_memory_caused_failures_total", self._failed)
        yield self._recall.family("mindhold_recall_milliseconds")
        yield self._added.family("mindhold_added_milliseconds")

    def _noted(self, found: re.Match[str]) -> None:
        if found[2]:
            self._injected += int(found[2])
        if found[4]:
            self._added.note(float(found[4]))
        if found[3]:
            self._bypasses[(("reason", found[3]),)] += 1


def counter(name: str, value: float) -> Family:
    """A count that only grows, without labels."""
    return Family(name, "counter", [Line(value=value)])


def gauge(name: str, value: float) -> Family:
    """A value that rises and falls, without labels."""
    return Family(name, "gauge", [Line(value=value)])


def gauges(name: str, label: str, values: Iterable[tuple[str, float]]) -> Family:
    """Several of them, told apart by one label."""
    return Family(name, "gauge", [Line(value=n, labels=((label, one),)) for one, n in values])


def text(families: Families) -> str:
    """All of them in the text format."""
    return "".join(line for family in families for line in _drawn(family))


def _counted(name: str, counted: Counter[Labels]) -> Family:
    lines = [Line(value=count, labels=labels) for labels, count in counted.items()]
    return Family(name, "counter", lines)


def _drawn(family: Family) -> Iterator[str]:
    yield f"# TYPE {family.name} {family.kind}\n"
    for line in family.lines:
        told = ",".join(f'{key}="{label}"' for key, label in line.labels)
        labels = f"{{{told}}}" if told else ""
        yield f"{family.name}{line.suffix}{labels} {line.value!r}\n"
