"""Memory never breaks a chat: whatever fails, the client's own bytes go on, and it says so."""

import asyncio
import json
import shutil
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from injection.place import Place, add, assistant, belief, running, settings, user

from mindhold.beliefs import requests, switches
from mindhold.beliefs.store import Store
from mindhold.proxy.opened import Answer, Opened
from mindhold.proxy.settings import Inject
from mindhold.proxy.thread import Worker

ASKED = {"model": "m", "messages": [user("What of jest?")]}
ON = {"model": "m", "messages": [*ASKED["messages"], assistant("So."), user("And jest?")]}
HERE = {"X-Mindhold-Scope": "project:a"}
GIVEN = "injected=1; scopes=project:a;"


def raw(body: dict[str, Any]) -> bytes:
    return json.dumps(body, ensure_ascii=False).encode()


async def until(place: Place, state: str) -> None:
    """Waits, for at most ten seconds, until memory is in this state."""
    for _ in range(100):
        if place.memory.health()["memory"] == state:
            return
        await asyncio.sleep(0.1)
    raise AssertionError(place.memory.health())


def garbage(home: Path) -> None:
    (home / "store.db").write_bytes(b"not a store at all" * 400)


def newer(home: Path) -> None:
    connection = sqlite3.connect(home / "store.db")
    connection.execute("PRAGMA user_version = 999")
    connection.close()


@pytest.mark.parametrize(("spoil", "reason"), [(garbage, "broken"), (newer, "newer")])
def test_a_store_that_cannot_serve_is_left_alone_until_it_is_mended(
    tmp_path: Path, spoil: Callable[[Path], None], reason: str
) -> None:
    home = tmp_path / "home"
    add(home, belief("jest"))
    shutil.copytree(home, tmp_path / "good")
    spoil(home)
    spoiled = (home / "store.db").read_bytes()

    async def story() -> None:
        async with running(settings(home)) as place:
            made = await place.send(ASKED, headers=HERE)
            assert (made.header, made.body) == (f"bypass; reason=store {reason}", raw(ASKED))
            assert place.memory.health()["memory"] == "bypass"
            assert (home / "store.db").read_bytes() == spoiled
            shutil.copy(tmp_path / "good" / "store.db", home / "store.db")
            await until(place, "on")
            assert "We use jest." in (await place.send(ASKED, headers=HERE)).body.decode()

    asyncio.run(story())


def test_no_empty_store_is_made_where_one_has_vanished(tmp_path: Path) -> None:
    home = tmp_path / "home"
    add(home, belief("jest"))

    async def story() -> None:
        async with running(settings(home)) as place:
            await place.send(ASKED, headers=HERE)
            home.rename(tmp_path / "elsewhere")
            await until(place, "bypass")
            made = await place.send(ASKED, headers=HERE)
            assert (made.header, made.body) == ("bypass; reason=store missing", raw(ASKED))
            await asyncio.sleep(1.5)
            assert not (home / "store.db").exists()
            if home.exists():
                shutil.rmtree(home)
            (tmp_path / "elsewhere").rename(home)
            await until(place, "on")

    asyncio.run(story())


@pytest.mark.parametrize("left", [["store.lock"], ["store.db.new"], ["store.db.new", "store.key"]])
def test_a_first_start_that_was_cut_short_is_done_again(tmp_path: Path, left: list[str]) -> None:
    for name in left:
        (tmp_path / name).write_bytes(bytes(32))

    async def story() -> None:
        async with running(settings(tmp_path)) as place:
            assert place.memory.health()["memory"] == "on"

    asyncio.run(story())


def test_a_recall_that_raises_costs_the_new_block_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(tmp_path, belief("jest"))

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    async def story() -> None:
        async with running(settings(tmp_path)) as place:
            first = await place.send(ASKED, headers=HERE)
            monkeypatch.setattr(Opened, "answer", broken)
            other = {"model": "m", "messages": [user("jest, elsewhere?")]}
            made = await place.send(other, headers=HERE)
            assert (made.header, made.body) == ("bypass; reason=fault", raw(other))
            on = await place.send(ON, headers=HERE)
            assert on.header == "bypass; reason=fault"
            assert on.body.startswith(first.body[:-2])
            assert place.memory.health()["faults"] == 2
            monkeypatch.undo()
            later = {"model": "m", "messages": [*ON["messages"], assistant("A."), user("B.")]}
            again = await place.send(later, headers=HERE)
            assert again.body.startswith(on.body[:-2])

    asyncio.run(story())


@pytest.mark.parametrize("junk", [None, "junk", 7, [], Answer(drawn="junk")])
def test_a_recall_that_answers_junk_sends_the_very_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, junk: object
) -> None:
    async def story() -> None:
        async with running(settings(tmp_path)) as place:
            monkeypatch.setattr(Opened, "answer", lambda *_: junk)
            made = await place.send(ASKED, headers=HERE)
            assert (made.header, made.body) == ("bypass; reason=fault", raw(ASKED))
            assert place.memory.health()["faults"] == 1

    asyncio.run(story())


def test_a_ledger_that_raises_sends_the_very_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(tmp_path, belief("jest"))

    async def story() -> None:
        async with running(settings(tmp_path)) as place:
            opened = place.memory._holding.opened
            monkeypatch.setattr(opened, "ledger", None)
            made = await place.send(ASKED, headers=HERE)
            assert (made.header, made.body) == ("bypass; reason=fault", raw(ASKED))
            assert place.memory.health()["faults"] == 1

    asyncio.run(story())


def test_a_recall_that_hangs_is_waited_for_no_longer_than_the_deadline(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(tmp_path, belief("jest"))
    released = threading.Event()
    configured = settings(tmp_path, inject=Inject(deadline_ms=600))

    async def story() -> None:
        async with running(configured) as place:
            await asyncio.sleep(0.3)
            first = await place.send(ASKED, headers=HERE)
            monkeypatch.setattr(Opened, "answer", lambda *_: released.wait(60))
            started = time.monotonic()
            made = await place.send(ON, headers=HERE)
            assert made.header == "bypass; reason=recall late"
            assert made.body.startswith(first.body[:-2])
            assert 0.5 < time.monotonic() - started < 10
            for _ in range(3):  # nobody waits behind one that hangs
                started = time.monotonic()
                made = await place.send(ASKED, headers=HERE)
                assert (made.header, made.body) == ("bypass; reason=recall late", raw(ASKED))
                assert time.monotonic() - started < 0.5
            assert place.memory.health()["memory"] == "bypass"
            assert place.memory.health()["reason"] == "recall late"
            released.set()

    asyncio.run(story())


def test_a_recall_that_is_late_again_and_again_rests_and_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(tmp_path, belief("jest"))

    async def story() -> None:
        async with running(settings(tmp_path, inject=Inject(deadline_ms=200))) as place:
            await until(place, "on")
            answer = Opened.answer
            monkeypatch.setattr(Opened, "answer", lambda *_: time.sleep(0.8))
            for _ in range(3):
                made = await place.send(ASKED, headers=HERE)
                assert made.header == "bypass; reason=recall late"
                await asyncio.sleep(0.8)
            monkeypatch.setattr(Opened, "answer", answer)
            made = await place.send(ASKED, headers=HERE)
            assert (made.header, made.added_ms < 100) == ("bypass; reason=recall late", True)
            assert place.memory.health()["reason"] == "recall late"
            await asyncio.sleep(1)
            assert (await place.send(ASKED, headers=HERE)).header.startswith("injected=1;")

    asyncio.run(story())


def test_all_who_ask_at_once_wait_for_their_turn_and_put_nothing_to_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(tmp_path, belief("jest"))

    async def story() -> None:
        async with running(settings(tmp_path, inject=Inject(deadline_ms=1_000))) as place:
            await until(place, "on")
            monkeypatch.setattr(Opened, "answer", slower(0.04))
            made = await asyncio.gather(*(place.send(ASKED, headers=HERE) for _ in range(40)))
            assert {one.header.partition(" ms=")[0] for one in made} == {GIVEN}

    asyncio.run(story())


def test_recall_that_does_not_keep_up_is_waited_for_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(tmp_path, belief("jest"))

    async def story() -> None:
        async with running(settings(tmp_path, inject=Inject(deadline_ms=300))) as place:
            await until(place, "on")
            monkeypatch.setattr(Opened, "answer", slower(0.05))
            told, took = await crowd(place, 60)
            assert set(told) == {GIVEN, "bypass; reason=recall busy"}
            assert told[GIVEN] >= 20
            assert took < 3  # two seconds, and the machine's own time
            again, took = await crowd(place, 40)
            assert 1 <= again[GIVEN] < 12
            assert took < 1.5
            assert place.memory.health()["memory"] == "on"

    asyncio.run(story())


async def crowd(place: Place, size: int) -> tuple[Counter[str], float]:
    """What so many who ask at once are told, and the seconds until the last of them was."""
    started = time.monotonic()
    made = await asyncio.gather(*(place.send(ASKED, headers=HERE) for _ in range(size)))
    told = Counter(one.header.partition(" ms=")[0] for one in made)
    return told, time.monotonic() - started


def slower(seconds: float) -> Callable[..., Answer]:
    """Recall as it is, that much later."""
    answer = Opened.answer

    def answered(*given: Any) -> Answer:
        time.sleep(seconds)
        return answer(*given)

    return answered


def test_what_could_not_be_written_is_written_when_the_store_is_mended(tmp_path: Path) -> None:
    home = tmp_path / "home"
    add(home, belief("vitest"))
    told = {"model": "m", "messages": [user("We decided to use Postgres for the orders.")]}

    async def story() -> None:
        async with running(settings(home)) as place:
            await place.send(ASKED, headers=HERE)
            await place.settled()
            home.rename(tmp_path / "elsewhere")
            await place.send(told, headers=HERE)
            await place.settled()
            assert place.memory.health()["unwritten"] > 0
            (tmp_path / "elsewhere").rename(home)
            await until(place, "on")
            while place.memory.health()["unwritten"]:  # noqa: ASYNC110 - another thread's work
                await asyncio.sleep(0.05)

    asyncio.run(story())


def test_what_can_never_be_written_holds_up_nothing_beside_it(tmp_path: Path) -> None:
    async def story() -> None:
        async with running(settings(tmp_path)) as place:
            for words in ("What of jest?", "What of \ud800?", "What of vitest?"):
                made = {"model": words[8:-1], "messages": [user(words)]}
                await place.send(json.dumps(made).encode(), headers=HERE)
            await place.settled()
            assert place.memory.health()["failed"] == 1
            assert place.memory.health()["unwritten"] == 0
        with Store.open(tmp_path) as store:
            assert [one.model for one in requests.recent(store.database, 9)] == ["vitest", "jest"]

    asyncio.run(story())


def test_a_pause_takes_effect_at_once_and_ends_by_itself(tmp_path: Path) -> None:
    add(tmp_path, belief("jest"))

    async def story() -> None:
        async with running(settings(tmp_path)) as place:
            end = datetime.now(UTC) + timedelta(seconds=2)
            with Store.open(tmp_path) as store:
                switches.pause(store.database, "inject", end)
            made = await place.send(ASKED, headers=HERE)
            assert (made.header, made.body) == ("off", raw(ASKED))
            assert place.memory.health()["memory"] == "off"
            await asyncio.sleep(2.2)
            assert (await place.send(ASKED, headers=HERE)).header.startswith("injected=1")

    asyncio.run(story())


def test_an_opening_that_fails_unforeseen_is_counted_and_sends_the_very_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise RuntimeError("unforeseen")

    monkeypatch.setattr(Opened, "open", fails)

    async def story() -> None:
        async with running(settings(tmp_path)) as place:
            made = await place.send(ASKED, headers=HERE)
            assert (made.header, made.body) == ("bypass; reason=store fault", raw(ASKED))
            assert place.memory.health()["faults"] >= 1

    asyncio.run(story())


def test_a_writing_thread_that_begins_at_once_goes_on_being_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = Worker.post

    def overtaken(worker: Worker, *given: Any) -> bool:
        taken = post(worker, *given)
        time.sleep(0.1)  # the thread is through with it before who posted goes on
        return taken

    monkeypatch.setattr(Worker, "post", overtaken)

    async def story() -> None:
        async with running(settings(tmp_path)) as place:
            for _ in range(3):
                await place.settled()
                await place.send(ASKED, headers=HERE)
                until = time.monotonic() + 10
                while place.memory.health()["unwritten"]:
                    assert time.monotonic() < until
                    await asyncio.sleep(0.1)

    asyncio.run(story())
