"""The soaks: one function each, named as it is called, given a count; its text is the report.

A soak raises where something is wrong. What it returns goes into docs/soak/<name>.md.
"""

import platform
import sqlite3
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

REPORTS = Path(__file__).parent.parent / "docs" / "soak"


def invariants(count: int = 10_000) -> str:
    """Random sequences of changes to a store; every invariant is checked after every change."""
    from hypothesis import HealthCheck, given, seed, settings
    from lives import sequences, survive

    lived = []

    @seed(time.time_ns())
    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(sequences)
    def run(sequence: list[tuple[str, int, int, int, int]]) -> None:
        survive(sequence)
        lived.append(len(sequence))

    run()
    return f"{len(lived):,} sequences of {sum(lived):,} changes: no invariant was broken."


SOAKS: dict[str, Callable[..., str]] = {soak.__name__: soak for soak in (invariants,)}


def main(arguments: list[str]) -> int:
    """Runs the soak that is named, with the count if one is given, and writes its report."""
    if not arguments or arguments[0] not in SOAKS:
        for name, soak in SOAKS.items():
            print(f"{name}: {soak.__doc__}")
        return bool(arguments) * 2
    soak, counts = SOAKS[arguments[0]], [int(count) for count in arguments[1:2]]
    started = time.monotonic()
    found = soak(*counts)
    report = (
        f"# Soak: {arguments[0]}\n\n{soak.__doc__}\n\n{found}\n\n"
        f"{datetime.now(UTC):%Y-%m-%d}, {time.monotonic() - started:,.0f} s, "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, "
        f"{platform.system()} {platform.machine()}.\n"
    )
    REPORTS.mkdir(parents=True, exist_ok=True)
    (REPORTS / f"{arguments[0]}.md").write_text(report)
    print(report)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
