"""Snapshots: consistent while others write, checked, few, and gone with what was forgotten."""

import shutil
import sqlite3
import stat
import threading
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from faults.fault import disk
from made import NOW, belief
from writers import paired, writing

from mindhold.beliefs import snapshots
from mindhold.beliefs.errors import StoreBroken, StoreLocked, StoreMissing, StoreUnwritable
from mindhold.beliefs.store import Store


def names(snapshot: Path) -> set[str]:
    """What a copy holds, once SQLite has found it whole."""
    with closing(sqlite3.connect(f"file:{snapshot}?mode=ro&immutable=1", uri=True)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        sql = "SELECT json_extract(CAST(value AS TEXT), '$.canonical_name') FROM beliefs"
        return {row[0] for row in connection.execute(sql)}


def add(store: Store, *beliefs: str) -> None:
    with store.write(actor="owner", now=NOW) as write:
        for name in beliefs:
            write.add(belief(name))


def on_day(number: int) -> datetime:
    return NOW + timedelta(days=number)


def test_a_copy_made_while_four_processes_write_is_one_moment_of_all(store: Store) -> None:
    home = store.database.home
    add(store, *(f"before_{number}" for number in range(300)))
    with writing(home, 4):
        for number in range(5):
            before = {one.canonical_name for one in store.select()}
            held = names(snapshots.take(home, on_day(number), keep=7).path)
            assert before <= held
            assert paired({name for name in held if not name.startswith("before")})


def test_a_snapshot_is_for_its_owner_alone_and_leaves_nothing_beside_it(store: Store) -> None:
    home = store.database.home
    add(store, "vitest")
    made = snapshots.take(home, NOW, keep=7)
    assert made.name == "2026-03-01T090000Z"
    assert stat.S_IMODE((home / "snapshots").stat().st_mode) == 0o700
    beside = {path.name for path in (home / "snapshots").iterdir()}
    assert beside == {made.path.name, "lock", "store.key"}
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o600
    assert names(made.path) == {"vitest"}


def test_the_newest_are_kept_and_one_is_made_a_day(store: Store) -> None:
    home = store.database.home
    for number in range(10):
        assert snapshots.due(home, on_day(number))
        snapshots.take(home, on_day(number), keep=7)
        assert not snapshots.due(home, on_day(number) + timedelta(hours=23))
    assert [one.at for one in snapshots.listed(home)] == [on_day(n) for n in range(9, 2, -1)]


def test_a_clock_that_ran_ahead_stops_no_snapshot_and_pushes_out_no_new_one(store: Store) -> None:
    home = store.database.home
    for number in range(365, 368):
        snapshots.take(home, on_day(number), keep=3)
    assert snapshots.due(home, NOW)
    made = snapshots.take(home, NOW, keep=3)
    assert made in snapshots.listed(home)
    assert not snapshots.due(home, NOW)
    newest, _ = next(snapshots.good(home, NOW))
    assert newest == made


def test_the_last_room_of_a_disk_is_not_taken_by_a_copy(tmp_path: Path) -> None:
    with disk(tmp_path / "home", "8m"), Store.open(tmp_path / "home") as store:
        add(store, "vitest")
        free = shutil.disk_usage(tmp_path / "home").free
        (tmp_path / "home" / "filler").write_bytes(bytes(free - 300_000))
        with pytest.raises(StoreUnwritable, match="too little room"):
            snapshots.take(tmp_path / "home", NOW, keep=7)
        add(store, "postgres")
        assert snapshots.listed(tmp_path / "home") == []


def test_one_comes_back_although_the_key_beside_the_store_is_anothers(store: Store) -> None:
    home = store.database.home
    add(store, "vitest")
    made = snapshots.take(home, NOW, keep=7)
    (home / "store.key").write_bytes(b"of another store")
    assert [one for one, _ in snapshots.good(home, NOW)] == [made]


def test_of_what_migrations_left_the_newest_copy_stays(store: Store) -> None:
    home = store.database.home
    snapshots.take(home, NOW, keep=7)
    for name in ("2026-01-01T000000Z-before-9.db", "2026-02-01T000000Z-before-10.db"):
        (home / "snapshots" / name).write_bytes(b"")
    snapshots.rotate(home, NOW, keep=0)
    (left,) = snapshots.listed(home)
    assert (left.name, left.migration) == ("2026-02-01T000000Z-before-10", True)


def test_what_is_forgotten_for_good_is_in_no_snapshot_either(store: Store) -> None:
    home = store.database.home
    add(store, "canaryname")
    snapshots.take(home, NOW, keep=7)
    copied = (home / "snapshots" / "2026-03-01T090000Z.db").read_bytes()
    (home / "snapshots" / "2026-02-01T000000Z-before-10.db").write_bytes(copied)
    (home / "snapshots" / "2026-02-01T000000Z.db.new").write_bytes(copied)
    assert b"canaryname" in copied
    with store.write(actor="owner", now=NOW) as write:
        write.forget_hard(store.resolve("canaryname").id)
    files = [path for path in home.rglob("*") if path.is_file()]
    assert not [path for path in files if b"canary" in path.read_bytes()]
    assert snapshots.due(home, NOW)


def test_an_erasure_in_the_middle_of_a_copy_is_not_outlived_by_it(store: Store) -> None:
    home = store.database.home
    add(store, "canaryname", *(f"filler_{number}" for number in range(800)))  # two megabytes
    begun = threading.Event()

    def pause() -> None:
        first = not begun.is_set()
        begun.set()
        while first and list((home / "snapshots").glob("*.new")) and erasing.is_alive():
            time.sleep(0.01)

    def erase() -> None:
        begun.wait(20)
        with store.write(actor="owner", now=NOW) as write:
            write.forget_hard(store.resolve("canaryname").id)

    erasing = threading.Thread(target=erase)
    erasing.start()
    made = snapshots.take(home, NOW, keep=7, pause=pause)
    erasing.join()
    assert b"canaryname" not in made.path.read_bytes()
    assert len(names(made.path)) == 801


def test_a_damaged_store_is_not_copied_over_good_snapshots(store: Store) -> None:
    home = store.database.home
    add(store, *(f"filler_{number}" for number in range(500)))
    good = snapshots.take(home, NOW, keep=1)
    store.close()
    spoiled = bytearray((home / "store.db").read_bytes())
    for page in range(20, len(spoiled) // 4096):
        spoiled[page * 4096 : page * 4096 + 64] = b"\xff" * 64
    (home / "store.db").write_bytes(spoiled)
    with pytest.raises(StoreBroken):
        snapshots.take(home, on_day(1), keep=1)
    assert snapshots.listed(home) == [good]
    assert {path.name for path in (home / "snapshots").iterdir()} == {
        good.path.name,
        "lock",
        "store.key",
    }


def test_what_a_killed_one_left_is_cleared_away_by_the_next(store: Store) -> None:
    home = store.database.home
    snapshots.take(home, NOW, keep=7)
    (home / "snapshots" / "2026-02-28T090000Z.db.new").write_bytes(b"half")
    (home / "snapshots" / "2026-02-28T090000Z.db.new-journal").write_bytes(b"half")
    snapshots.take(home, on_day(1), keep=7)
    assert not list((home / "snapshots").glob("*.new*"))


def test_where_the_store_has_gone_nothing_is_made(tmp_path: Path) -> None:
    with pytest.raises(StoreMissing):
        snapshots.take(tmp_path, NOW, keep=7)
    assert list(tmp_path.iterdir()) == []


def test_two_at_once_wait_for_each_other(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshots, "PATIENCE", 0.05)
    home = store.database.home
    with snapshots.copying(home), pytest.raises(StoreLocked):
        snapshots.take(home, datetime.now(UTC), keep=7)
