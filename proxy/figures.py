"""Figures: how much there is of everything behind the requests, as counts and times alone."""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from mindhold.beliefs import snapshots
from mindhold.beliefs.home import DATABASE, INDEX
from mindhold.beliefs.learning.background import waiting
from mindhold.beliefs.learning.queue import standing
from mindhold.beliefs.switches import SWITCHES
from mindhold.proxy.metrics import Families, Family, gauge, gauges
from mindhold.proxy.opened import Opened


def figures(opened: Opened, home: Path, now: datetime) -> list[Family]:
    """Of an open store; for the writing thread. Raises `StoreError`."""
    return [*_held(opened, now), *_waiting(opened, now), *_files(home)]


def seconds(since: datetime | None, now: datetime) -> float:
    """For how long; 0 for what is not."""
    return max(0.0, (now - since).total_seconds()) if since else 0.0


def _held(opened: Opened, now: datetime) -> Families:
    states = opened.states().items()
    yield gauges("mindhold_beliefs", "state", states)
    yield gauge("mindhold_ledger_turns", len(opened.ledger))
    paused = [(one, int(opened.pauses.paused(one, now))) for one in SWITCHES]
    yield gauges("mindhold_paused", "switch", paused)
    lag = opened.recall.lag
    yield gauge("mindhold_index_behind", lag.entries)
    yield gauge("mindhold_index_behind_seconds", seconds(lag.since, now))


def _waiting(opened: Opened, now: datetime) -> Families:
    database = opened.writing.database
    count, since = standing(database)
    yield gauge("mindhold_learning_waiting", count)
    yield gauge("mindhold_learning_waiting_seconds", seconds(since, now))
    if opened.desk:
        count, since = waiting.standing(database)
        yield gauge("mindhold_background_waiting", count)
        yield gauge("mindhold_background_waiting_seconds", seconds(since, now))
        yield gauge("mindhold_background_resting", int(opened.desk.circuit(now).open))


def _files(home: Path) -> Families:
    kept = [one for one in snapshots.listed(home) if not one.migration]
    yield gauge("mindhold_snapshots", len(kept))
    if kept:
        yield gauge("mindhold_snapshot_timestamp_seconds", kept[0].at.timestamp())
    index = sum(size for path in (home / INDEX).rglob("*") for size in _size(path))
    sizes = [("index", index)]
    for name, file in (("database", DATABASE), ("log", f"{DATABASE}-wal")):
        sizes += [(name, size) for size in _size(home / file)]
    yield gauges("mindhold_file_bytes", "file", sizes)
    disk = os.statvfs(home)
    yield gauge("mindhold_disk_free_bytes", disk.f_bavail * disk.f_frsize)


def _size(path: Path) -> Iterator[int]:
    """Nothing for what is no file, or has just gone."""
    try:
        if path.is_file():
            yield path.stat().st_size
    except OSError:
        return
