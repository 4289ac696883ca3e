"""The store's files: private, never overwritten, refused in one sentence when not ours."""

import os
import random
import shutil
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest
from made import NOW, belief

from mindhold.beliefs.database import Database
from mindhold.beliefs.errors import (
    StoreBroken,
    StoreError,
    StoreLocked,
    StoreMissing,
    StoreNewer,
    StoreUnwritable,
)
from mindhold.beliefs.faults import translated
from mindhold.beliefs.schema import MIGRATIONS
from mindhold.beliefs.store import Store
from mindhold.beliefs.storelock import StoreLock


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "deep" / "home"
    with Store.open(home) as store, store.write(actor="owner", now=NOW) as write:
        write.add(belief())
    return home


def raw(home: Path, *statements: str) -> None:
    with closing(sqlite3.connect(home / "store.db", isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def test_only_the_owner_can_read_any_of_the_files(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        with Store.open(tmp_path / "home") as store:
            with store.write(actor="owner", now=NOW) as write:
                write.add(belief())
            modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in store.database.home.iterdir()}
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "home").stat().st_mode) == 0o700
    assert {"store.db", "store.db-wal", "store.db-shm", "store.key", "store.lock"} == modes.keys()
    assert set(modes.values()) == {0o600}


def test_a_commit_is_on_the_disk_when_it_returns(home: Path) -> None:
    with Database.open(home) as database:
        assert database.rows("PRAGMA synchronous")[0][0] == 2
        assert database.rows("PRAGMA journal_mode")[0][0] == "wal"


def test_identity_and_key_stay_for_life(home: Path) -> None:
    with Database.open(home) as first, Database.open(home) as second:
        assert first.identity == second.identity
        assert first.key == second.key
        assert len(first.key) == 32


def test_a_store_that_is_not_there_is_not_made_by_a_reader(tmp_path: Path) -> None:
    for options in ({"create": False}, {"readonly": True}):
        with pytest.raises(StoreMissing):
            Database.open(tmp_path / "nowhere", **options)
    assert not (tmp_path / "nowhere").exists()


def test_a_lost_store_is_not_replaced_by_an_empty_one(home: Path) -> None:
    (home / "store.db").unlink()
    with pytest.raises(StoreMissing):
        Database.open(home)
    assert not (home / "store.db").exists()


def test_a_creation_that_was_interrupted_is_begun_again(home: Path) -> None:
    (home / "store.db").rename(home / "store.db.new")
    with Store.open(home) as store:
        assert store.count() == 0
    assert not (home / "store.db.new").exists()


FILES: dict[str, Callable[[Path], object]] = {
    "text": lambda path: path.write_text("not a database at all, " * 50),
    "nothing": lambda path: path.write_bytes(b""),
    "half of itself": lambda path: path.write_bytes(path.read_bytes()[:100]),
    "another program's database": lambda path: raw(path.parent, "PRAGMA application_id=7"),
}


@pytest.mark.parametrize("spoil", FILES.values(), ids=FILES.keys())
def test_a_file_that_is_no_store_is_refused_and_left_alone(
    home: Path, spoil: Callable[[Path], object]
) -> None:
    spoil(home / "store.db")
    before = (home / "store.db").read_bytes()
    for readonly in (True, False):
        with pytest.raises(StoreBroken):
            Database.open(home, readonly=readonly)
    assert (home / "store.db").read_bytes() == before


def test_a_newer_store_is_refused_and_left_alone(home: Path) -> None:
    raw(home, f"PRAGMA user_version={len(MIGRATIONS) + 1}")
    before = (home / "store.db").read_bytes()
    with pytest.raises(StoreNewer, match="upgrade"):
        Database.open(home)
    assert (home / "store.db").read_bytes() == before


@pytest.mark.parametrize("key", [None, b"x" * 32, b""])
def test_a_store_is_not_opened_without_its_own_key(home: Path, key: bytes | None) -> None:
    (home / "store.key").unlink()
    if key is not None:
        (home / "store.key").write_bytes(key)
    with pytest.raises(StoreBroken, match="key"):
        Database.open(home)


def test_a_reader_sees_what_another_commits_and_writes_nothing(home: Path) -> None:
    with Store.open(home, readonly=True) as reader, Store.open(home) as writer:
        seen = reader.database.data_version()
        with writer.write(actor="owner", now=NOW) as write:
            write.add(belief("jest"))
            assert reader.count() == 1
        assert reader.count() == 2
        assert reader.database.data_version() != seen
        with pytest.raises(StoreUnwritable), reader.write(actor="owner", now=NOW):
            pytest.fail("entered")


def test_a_store_taken_away_under_a_writer_is_missed(home: Path) -> None:
    with Store.open(home) as store:
        shutil.rmtree(home)
        with pytest.raises(StoreMissing), store.write(actor="owner", now=NOW):
            pytest.fail("entered")
        with pytest.raises(StoreMissing):
            store.database.data_version()


def test_a_closed_store_says_so(home: Path) -> None:
    store = Store.open(home)
    store.close()
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.count()


def test_who_waits_too_long_for_the_lock_is_told(tmp_path: Path) -> None:
    first, second = StoreLock(tmp_path / "lock"), StoreLock(tmp_path / "lock")
    with first.held(1), pytest.raises(StoreLocked), second.held(0.05):
        pytest.fail("entered")
    with second.held(0.05):
        pass
    first.close()
    second.close()


def test_a_transaction_that_fails_leaves_nothing_and_the_next_one_works(home: Path) -> None:
    with Store.open(home) as store:
        with suppress(ZeroDivisionError), store.write(actor="owner", now=NOW) as write:
            write.add(belief("jest"))
            raise ZeroDivisionError
        assert store.count() == 1
        with store.write(actor="owner", now=NOW) as write:
            write.add(belief("jest"))
        assert store.count() == 2


def test_every_error_of_sqlite_becomes_one_of_ours() -> None:
    codes = {
        name: value
        for name, value in vars(sqlite3).items()
        if name.startswith("SQLITE_") and isinstance(value, int)
    }
    kinds = [kind for kind in vars(sqlite3).values() if isinstance(kind, type)]
    errors = [kind for kind in kinds if issubclass(kind, sqlite3.Error)]
    assert len(errors) >= 9
    for kind in errors:
        for code in codes.values():
            error = kind("SELECT 'private text'")
            error.sqlite_errorcode = code
            ours = translated(error)
            assert isinstance(ours, StoreError)
            assert "private" not in str(ours)
        assert isinstance(translated(kind("no code at all")), StoreError)
    busy = sqlite3.OperationalError()
    busy.sqlite_errorcode = sqlite3.SQLITE_BUSY_SNAPSHOT
    assert isinstance(translated(busy), StoreLocked)
    full = sqlite3.OperationalError()
    full.sqlite_errorcode = sqlite3.SQLITE_FULL
    assert isinstance(translated(full), StoreUnwritable)


def test_flipped_bytes_are_never_more_than_a_store_error(home: Path, tmp_path: Path) -> None:
    good = (home / "store.db").read_bytes()
    dice, refused = random.Random(7), 0
    for number in range(60):
        spoiled = bytearray(good)
        for _ in range(20):
            spoiled[dice.randrange(len(good))] ^= 1 << dice.randrange(8)
        copy = tmp_path / str(number)
        shutil.copytree(home, copy)
        (copy / "store.db").write_bytes(spoiled)
        try:
            with Store.open(copy) as store:
                list(store.select())
                for found in store.select():
                    store.history(found.id)
        except StoreError:
            refused += 1
    assert refused > 30


def old_store(home: Path, version: int) -> None:
    """Takes the store in `home` back to an earlier version of its tables, beliefs kept."""
    new = home / "store.db"
    old = home / "old.db"
    with closing(sqlite3.connect(old, isolation_level=None)) as connection:
        for script in MIGRATIONS[:version]:
            connection.executescript(script)
        connection.execute("ATTACH ? AS new", (str(new),))
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type='table'").fetchall()
        for (table,) in tables:
            columns = [row[1] for row in connection.execute(f"PRAGMA main.table_info({table})")]
            kept = ", ".join(f'"{column}"' for column in columns)
            connection.execute(f"INSERT INTO {table} SELECT {kept} FROM new.{table}")
        identity = connection.execute("PRAGMA new.application_id").fetchone()[0]
        connection.execute(f"PRAGMA application_id={identity}")
        connection.execute(f"PRAGMA user_version={version}")
    old.rename(new)


def test_an_older_store_is_brought_up_to_date_and_a_copy_kept(home: Path) -> None:
    old_store(home, 1)
    before = (home / "store.db").read_bytes()
    with Store.open(home, readonly=True) as store:
        assert store.count() == 1
        assert store.database.rows("PRAGMA user_version")[0][0] == len(MIGRATIONS)
    (copy,) = home.glob("snapshots/*-before-*.db")
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone()[0] == 1
        assert connection.execute("SELECT count(*) FROM beliefs").fetchone()[0] == 1
    assert len(before) == copy.stat().st_size


def test_a_migration_that_fails_leaves_the_old_store(home: Path) -> None:
    with Database.open(home) as database:
        tables = {row[0] for row in database.rows("SELECT name FROM sqlite_master")}
    old_store(home, 1)
    with closing(sqlite3.connect(home / "store.db")) as connection:
        older = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    if not tables - older:
        pytest.skip("no later migration makes a table yet")
    raw(home, f"CREATE TABLE {min(tables - older)} (in_the_way)")
    with pytest.raises(StoreBroken):
        Database.open(home)
    with closing(sqlite3.connect(home / "store.db")) as connection:
        assert connection.execute("PRAGMA user_version").fetchone()[0] < len(MIGRATIONS)
        assert connection.execute("SELECT count(*) FROM beliefs").fetchone()[0] == 1
