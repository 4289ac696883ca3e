"""The circuit: whether a model that keeps failing is asked at all; pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

THRESHOLD = 5  # failures in a row
REST = timedelta(minutes=1)  # after so many; each further failure doubles it
LONGEST = timedelta(hours=1)
SEEN = THRESHOLD + 8  # calls that are looked at: more failures rest no longer


@dataclass(frozen=True, slots=True, kw_only=True)
class Circuit:
    """Open since the failure that was one too many, until one call may try again; or closed."""

    open: bool = False
    since: datetime | None = None
    until: datetime | None = None
    failures: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a call ended; an empty reason: well."""

    at: datetime
    reason: str = ""


def circuit(ended: Sequence[Ended], now: datetime, rest: timedelta = REST) -> Circuit:
    """The state after these calls, the newest first.

    A moment in the future comes from a clock that was wrong, and keeps nobody waiting.
    """
    row = []
    for one in ended:
        if not one.reason:
            break
        row.append(one)
    if len(row) < THRESHOLD:
        return Circuit(failures=len(row))
    newest = row[0]
    until = newest.at + min(rest * 2 ** (len(row) - THRESHOLD), max(rest, LONGEST))
    return Circuit(
        open=newest.at <= now < until,
        since=row[-THRESHOLD].at if len(row) < SEEN else row[-1].at,
        until=until,
        failures=len(row),
        reason=newest.reason,
    )
