"""Retention: what a log may hold goes when its time is over, and what is held stays."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

from injection.place import belief, running, settings, user

from mindhold.beliefs.database import Database
from mindhold.beliefs.model import State
from mindhold.beliefs.store import Store

LOGS = ("requests", "turns", "decisions")
MARKS = ("offered", "jobs", "turns_heard", "openings")


def lived(home: Path, days: int, say: str = "") -> dict[str, int]:
    """How many rows are left after a start, a message and an end, so many days from now."""

    async def day() -> None:
        now = datetime.now(UTC) + timedelta(days=days)
        async with running(settings(home), clock=lambda: now) as place:
            if say:
                await place.ask([user(say)], headers={"X-Mindhold-Conversation": "c"})
            await place.settled()

    asyncio.run(day())
    with Database.open(home) as database:
        return {
            table: database.rows(f"SELECT count(*) FROM {table}")[0][0] for table in LOGS + MARKS
        }


def test_logs_go_after_their_retention_and_marks_of_turns_after_theirs(tmp_path: Path) -> None:
    fresh = lived(tmp_path, 0, "We decided to use Vitest.")
    assert all(fresh.values())
    assert lived(tmp_path, 29) == fresh
    assert lived(tmp_path, 31) == fresh | dict.fromkeys(LOGS, 0)
    assert not any(lived(tmp_path, 91).values())
    with Store.open(tmp_path) as store:
        assert [belief.canonical_name for belief in store.select()] == ["vitest"]


def test_a_daemon_lets_expire_what_has_its_last_day_behind_it(tmp_path: Path) -> None:
    today = datetime.now(UTC).date()
    freeze, policy = belief("freeze", valid_until=today), belief("policy")
    with Store.open(tmp_path) as store:
        with store.write(actor="owner", now=datetime.now(UTC)) as write:
            write.add(freeze)
            write.add(policy)
        lived(tmp_path, 2)
        assert store.get(freeze.id).state is State.EXPIRED
        assert store.get(policy.id).state is State.ACTIVE
        assert [entry.actor for entry in store.history(freeze.id)] == ["owner", "clock"]
