"""Moments as people write and read them, in the owner's time zone.

`local` is that zone; None is the system's, summer time and all.
"""

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo

_UNITS = {
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
    "month": timedelta(days=30),
    "year": timedelta(days=365),
}
_SPANS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_SIZES = ((86_400, "day"), (3600, "hour"), (60, "minute"))
_AGO = re.compile(rf"(an?|\d{{1,4}})\s+({'|'.join(_UNITS)})s?\s+ago")
_DAYS = {"today": 0, "yesterday": 1}
FORMS = "2026-11-12, '2026-11-12 14:30', yesterday or '3 days ago'"


def parse(text: str, *, now: datetime, local: tzinfo | None) -> datetime:
    """The moment meant, aware and in UTC; raises `ValueError`.

    A day without a time means its end: what was held when that day was over.
    """
    words = " ".join(text.lower().split())
    if words == "now":
        return now
    if words in _DAYS:
        return _end(now.astimezone(local).date() - timedelta(days=_DAYS[words]), local)
    if ago := _AGO.fullmatch(words):
        count = int(ago[1]) if ago[1].isdigit() else 1
        return now - count * _UNITS[ago[2]]
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", words):
        return _end(date.fromisoformat(words), local)
    return _known(datetime.fromisoformat(text.strip()), local)


def begun(text: str, *, now: datetime, local: tzinfo | None) -> datetime:
    """As `parse`; a day without a time means its beginning."""
    made = parse(text, now=now, local=local)
    there = made.astimezone(local)
    if there.time() != time.max:
        return made
    return _known(datetime.combine(there.date(), time.min), local)


def span(text: str) -> timedelta:
    """How long `30m`, `1h`, `2d` or `1w` is; raises `ValueError`."""
    found = re.fullmatch(r"(\d{1,6})\s*([smhdw])", text.strip().lower())
    if not found or not int(found[1]):
        raise ValueError(f"{text!r} is no span of time: write 30m, 1h, 2d or 1w.")
    return timedelta(**{_SPANS[found[2]]: int(found[1])})


def lasting(span: timedelta) -> str:
    """`40 seconds`, `12 minutes`, `3 hours`, `2 days`: whole ones, of the largest unit there is."""
    seconds = max(0, int(span.total_seconds()))
    for size, name in _SIZES:
        if seconds >= size:
            return f"{seconds // size} {name}{'' if seconds // size == 1 else 's'}"
    return f"{seconds} second{'' if seconds == 1 else 's'}"


def _end(day: date, local: tzinfo | None) -> datetime:
    return _known(datetime.combine(day, time.max), local)


def _known(moment: datetime, local: tzinfo | None) -> datetime:
    return (moment if moment.tzinfo else moment.replace(tzinfo=local)).astimezone(UTC)


def day(moment: datetime | date, local: tzinfo | None, *, now: datetime) -> str:
    """`12 Nov`, with the year where it is not this one."""
    there = moment.astimezone(local) if isinstance(moment, datetime) else moment
    year = "" if there.year == now.astimezone(local).year else f" {there.year}"
    return f"{there.day} {there:%b}{year}"


def clock(moment: datetime, local: tzinfo | None, *, now: datetime) -> str:
    """`12 Nov, 14:03`, with the year where it is not this one."""
    return f"{day(moment, local, now=now)}, {moment.astimezone(local):%H:%M}"
