"""A clock that jumps by a year changes neither what came first nor what holds."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from injection.place import Place, running, settings, user

from mindhold.beliefs.store import Store

YEAR = timedelta(days=365)
SAID = ("We use Jest.", "We moved from Jest to Vitest.", "We moved from Vitest to Ava.")


@pytest.mark.parametrize("jumps", [(YEAR, -YEAR), (-YEAR, YEAR), (-YEAR, -YEAR)])
def test_what_was_said_last_holds(tmp_path: Path, jumps: tuple[timedelta, timedelta]) -> None:
    now = [datetime.now(UTC)]

    async def story() -> None:
        async with running(settings(tmp_path), clock=lambda: now[0]) as place:
            for said, jump in zip(SAID, (*jumps, timedelta()), strict=True):
                await say(place, said)
                now[0] += jump
            asked = await place.ask([user("How do we set up Jest?")])
            assert "Ava" in str(asked)
        async with running(settings(tmp_path), clock=lambda: now[0]) as place:
            asked = await place.ask([user("Is Ava set up?")])
            assert "Vitest to Ava" in str(asked)

    asyncio.run(story())
    with Store.open(tmp_path) as store:
        states = {one.canonical_name: one.state.value for one in store.select()}
        assert states == {"jest": "superseded", "vitest": "superseded", "ava": "active"}
        assert list(store.select(at=now[0] + 3 * YEAR)) == list(store.select())
        begun = [entry for entry in store.journal(limit=99) if entry.first and entry.after]
        names = [entry.after.canonical_name for entry in begun if entry.after]
        assert names == ["ava", "vitest", "jest"]
        assert store.resolve("jest").canonical_name == "ava"


async def say(place: Place, text: str) -> None:
    await place.ask([user(text)])
    await place.settled()
