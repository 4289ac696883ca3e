"""Snapshots of a daemon: made behind the requests, as many as asked for, given up at its end."""

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from injection.place import add, belief, running, settings, user

from mindhold.beliefs import snapshots
from mindhold.proxy.settings import Retention


def lived(home: Path, day: int = 0, keep: int = 7) -> list[int]:
    """How many days ago each snapshot was made, after a short life of a daemon on that day."""
    now = datetime.now(UTC) + timedelta(days=day)
    configured = replace(settings(home), retention=Retention(snapshots=keep))

    async def live() -> None:
        async with running(configured, clock=lambda: now) as place:
            await place.ask([user("Hello.")])
            await place.settled()
            await asyncio.to_thread(place.memory._behind.copying._worker.drain, 20)

    asyncio.run(live())
    return [round((now - one.at) / timedelta(days=1)) for one in snapshots.listed(home)]


def test_one_is_made_a_day_and_the_last_seven_are_kept(tmp_path: Path) -> None:
    assert lived(tmp_path) == [], "there is nothing to keep"
    add(tmp_path, belief("vitest"))
    assert lived(tmp_path) == [0]
    assert lived(tmp_path) == [0]
    for day in range(1, 9):
        made = lived(tmp_path, day)
    assert made == [0, 1, 2, 3, 4, 5, 6]
    assert lived(tmp_path, 9, keep=2) == [0, 1]
    assert lived(tmp_path, 10, keep=0) == []


def test_a_daemon_that_ends_waits_for_no_copy_and_leaves_no_half_of_one(tmp_path: Path) -> None:
    add(tmp_path, belief("vitest"))
    with closing(sqlite3.connect(tmp_path / "store.db")) as connection, connection:
        connection.execute("INSERT INTO blocks VALUES ('large', zeroblob(100000000), '[]')")

    async def live() -> None:
        async with running(settings(tmp_path)):
            while not list((tmp_path / "snapshots").glob("*.new")):  # noqa: ASYNC110
                await asyncio.sleep(0.01)

    asyncio.run(live())
    assert [path.name for path in (tmp_path / "snapshots").iterdir()] == ["lock"]
