"""Stores of earlier versions open as they were, also where the migration is killed midway."""

import os
import signal
import sqlite3
import warnings
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

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
        killed = opened_until(home, number)
        with closing(sqlite3.connect(home / "store.db")) as connection:
            reached.add(connection.execute("PRAGMA user_version").fetchone()[0])
            assert connection.execute("SELECT count(*) FROM beliefs").fetchone()[0] == len(HELD)
        check(home)
        number += 2
    assert number > 40
    assert reached == set(range(int(OLD[0].stem), len(MIGRATIONS) + 1))


def opened_until(home: Path, statement: int) -> bool:
    """Opens the store in a process that is killed before it begins this statement of SQL."""
    with warnings.catch_warnings(action="ignore", category=DeprecationWarning):
        child = os.fork()  # of a process with threads, none of which the child needs
    if not child:
        _die_before(statement)
        Store.open(home).close()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def _die_before(statement: int) -> None:
    connect, left = sqlite3.connect, [statement]

    def count(_: str) -> None:
        left[0] -= 1
        if left[0] < 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def connecting(*arguments: Any, **named: Any) -> sqlite3.Connection:
        made = connect(*arguments, **named)
        made.set_trace_callback(count)
        return made

    sqlite3.connect = connecting  # type: ignore[assignment]
