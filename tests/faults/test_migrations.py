"""Stores of earlier versions open as they were, also where the migration is killed midway."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from dying import died

from mindhold.beliefs.learning.learner import Learner
from mindhold.beliefs.learning.queue import Queue
from mindhold.beliefs.schema import MIGRATIONS
from mindhold.beliefs.store import Store

OLD = sorted((Path(__file__).parent / "old").glob("*.sql"))
HELD = {
    "vitest": "active", "postgres": "active", "nomad": "superseded",
    "kubernetes": "active", "tabs": "active",
}  # fmt: skip


def written(home: Path, old: Path) -> Path:
    """A home with a store as an earlier version left it."""
    home.mkdir(mode=0o700)
    (home / "store.key").write_bytes(bytes(range(32)))
    with closing(sqlite3.connect(home / "store.db", isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.executescript(old.read_text("utf-8"))
    return home


def check(home: Path) -> None:
    """All that it held is there, its history agrees, and what waited is learned from."""
    with Store.open(home) as store:
        assert {one.canonical_name: one.state.value for one in store.select()} == HELD
        assert [one.canonical_name for one in store.select(pinned=True)] == ["postgres"]
        assert list(store.select(at=datetime.now(UTC))) == list(store.select())
        assert store.database.rows("PRAGMA integrity_check")[0][0] == "ok"
        assert store.database.rows("PRAGMA user_version")[0][0] == len(MIGRATIONS)
        Learner(store).drain(Queue(store))
        assert store.resolve("redis").live


@pytest.mark.parametrize("old", OLD, ids=lambda path: path.stem)
def test_an_old_store_opens_as_it_was(old: Path, tmp_path: Path) -> None:
    check(written(tmp_path / "home", old))


def test_a_migration_killed_at_any_statement_is_finished_by_the_next_to_open(
    tmp_path: Path,
) -> None:
    number, killed, reached = 0, True, set()
    while killed:
        home = written(tmp_path / str(number), OLD[0])
        killed = died(lambda home=home: Store.open(home).close(), before=number)
        with closing(sqlite3.connect(home / "store.db")) as connection:
            reached.add(connection.execute("PRAGMA user_version").fetchone()[0])
            assert connection.execute("SELECT count(*) FROM beliefs").fetchone()[0] == len(HELD)
        check(home)
        number += 3
    assert number > 40
    assert reached == set(range(int(OLD[0].stem), len(MIGRATIONS) + 1))
