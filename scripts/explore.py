"""Many values of one strategy of hypothesis, in runs of a few hundred."""

import time
from collections.abc import Callable
from typing import Any

_RUN = 500  # values of one run


def explore(strategy: Any, live: Callable[[Any], object], count: int) -> None:
    """Calls `live` with `count` values that hypothesis makes, and shrinks one that fails.

    Hypothesis remembers all that it has tried: runs of a few hundred keep memory flat.
    """
    for done in range(0, count, _RUN):
        _run(strategy, live, min(_RUN, count - done))


def _run(strategy: Any, live: Callable[[Any], object], count: int) -> None:
    from hypothesis import HealthCheck, given, seed, settings

    @seed(time.time_ns())
    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def run(value: Any) -> None:
        live(value)

    run()
