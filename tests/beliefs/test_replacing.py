"""Another store in the place of this one: whole, at whatever step it is killed, the old kept."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from made import NOW, belief

from mindhold.beliefs import replacing, snapshots
from mindhold.beliefs.errors import StoreBroken, StoreError, StoreNewer
from mindhold.beliefs.home import begun
from mindhold.beliefs.schema import MIGRATIONS
from mindhold.beliefs.soundness import examine
from mindhold.beliefs.store import Store

# Every call that changes the disk is counted; a process dies before each of them.
KILLED = """
import os, pathlib, shutil, signal, sys
from datetime import UTC, datetime
from mindhold.beliefs import replacing, snapshots

CHANGES = {"os.rename", "os.mkdir", "os.remove", "os.rmdir", "shutil.rmtree"}
whole, folder = map(pathlib.Path, sys.argv[1:])

def die(before):
    done = 0
    def watch(event, arguments):
        nonlocal done
        writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & 3
        if event in CHANGES or writes:
            done += 1
            if done == before:
                os.kill(os.getpid(), signal.SIGKILL)
    sys.addaudithook(watch)

def restore(home):
    (snapshot,) = snapshots.listed(home)
    with snapshots.copying(home), replacing.room(home) as ready:
        snapshots.lay(home, snapshot, ready)
        replacing.replace(home, ready, datetime.now(UTC))

step, status = 0, signal.SIGKILL
while status == signal.SIGKILL:
    step += 1
    shutil.copytree(whole, folder / str(step))
    if not (child := os.fork()):
        die(step)
        restore(folder / str(step))
        os._exit(0)
    status = os.waitpid(child, 0)[1]
print(step, status)
"""


def names(home: Path) -> set[str]:
    with Store.open(home, create=False) as store:
        return {one.canonical_name for one in store.select()}


def lived(home: Path) -> None:
    """A store with a snapshot of `old`, and since then `new`, some of it in the log only."""
    with Store.open(home) as store:
        with store.write(actor="owner", now=NOW) as write:
            write.add(belief("old"))
        snapshots.take(home, NOW, keep=7)
        with store.write(actor="owner", now=NOW) as write:
            write.add(belief("new"))
        (home / "index").mkdir()
        wal = (home / "store.db-wal").read_bytes()
        database = (home / "store.db").read_bytes()
    (home / "store.db").write_bytes(database)
    (home / "store.db-wal").write_bytes(wal)


def test_killed_at_every_step_the_store_is_the_old_one_or_the_new_one(
    tmp_path: Path, pythonpath: dict[str, str]
) -> None:
    whole = tmp_path / "whole"
    lived(whole)
    done = subprocess.run(
        [sys.executable, "-c", KILLED, whole, tmp_path],
        env=pythonpath, capture_output=True, text=True, check=True,
    )  # fmt: skip
    last, status = map(int, done.stdout.split())
    assert status == 0, done.stderr
    assert last > 10
    seen = []
    for step in range(1, last + 1):
        home = tmp_path / str(step)
        assert begun(home)
        found = names(home)
        assert found in ({"old", "new"}, {"old"})
        seen.append(found == {"old"})
        if seen[-1]:
            (left,) = replacing.aside(home)
            assert not (home / "index").exists()
            assert names(left) == {"old", "new"}
        assert not list(home.glob("restored"))
    assert seen == sorted(seen), "it was the new one, and then the old one again"
    assert {True, False} == set(seen)


def test_what_comes_from_another_store_takes_the_old_ones_snapshots_along(tmp_path: Path) -> None:
    home, other = tmp_path / "home", tmp_path / "other"
    lived(home)
    with Store.open(other) as store, store.write(actor="owner", now=NOW) as write:
        write.add(belief("other"))
    with replacing.room(home) as ready:
        for name in ("store.db", "store.key"):
            (other / name).rename(ready / name)
        left = replacing.replace(home, ready, NOW)
    assert names(home) == {"other"}
    assert snapshots.listed(home) == []
    assert len(snapshots.listed(left)) == 1
    assert names(left) == {"old", "new"}


def test_two_in_one_second_set_two_stores_aside(tmp_path: Path) -> None:
    lived(tmp_path)
    (snapshot,) = snapshots.listed(tmp_path)
    for _ in range(2):
        with replacing.room(tmp_path) as ready:
            snapshots.lay(tmp_path, snapshot, ready)
            replacing.replace(tmp_path, ready, NOW)
    assert [names(left) for left in replacing.aside(tmp_path)] == [{"old", "new"}, {"old"}]


def test_what_is_forgotten_for_good_is_in_no_store_that_was_set_aside(tmp_path: Path) -> None:
    lived(tmp_path)
    (snapshot,) = snapshots.listed(tmp_path)
    with replacing.room(tmp_path) as ready:
        snapshots.lay(tmp_path, snapshot, ready)
        replacing.replace(tmp_path, ready, NOW)
    with Store.open(tmp_path) as store, store.write(actor="owner", now=NOW) as write:
        write.forget_hard(store.resolve("old").id)
    assert replacing.aside(tmp_path) == []


def test_a_damaged_snapshot_is_passed_over(tmp_path: Path) -> None:
    lived(tmp_path)
    with Store.open(tmp_path):
        newer = snapshots.take(tmp_path, NOW + timedelta(days=1), keep=7)
    spoiled = bytearray(newer.path.read_bytes())
    for page in range(3, len(spoiled) // 4096):
        spoiled[page * 4096 : page * 4096 + 64] = b"\xff" * 64
    newer.path.write_bytes(spoiled)
    assert [(one.at, held.beliefs) for one, held in snapshots.good(tmp_path, NOW)] == [(NOW, 1)]


def test_only_what_is_whole_of_this_key_and_not_newer_is_sound(tmp_path: Path) -> None:
    lived(tmp_path)
    path, key = snapshots.listed(tmp_path)[0].path, (tmp_path / "store.key").read_bytes()
    assert examine(path, key).format == len(MIGRATIONS)
    with pytest.raises(StoreBroken, match="key"):
        examine(path, b"x" * 32)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version={len(MIGRATIONS) + 1}")
    with pytest.raises(StoreNewer):
        examine(path, key)
    path.write_bytes(b"no store")
    with pytest.raises(StoreError):
        examine(path, key)
