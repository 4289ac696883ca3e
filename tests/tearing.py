"""Tearing: a write-ahead log cut short or turned at any byte, and what the store then holds."""

import random
import shutil
from pathlib import Path

from made import NOW, belief

from mindhold.beliefs.store import Store

COMMITS = 40


def tear(home: Path, count: int, rng: random.Random) -> list[int]:
    """Damages the log of one store in so many ways; how many commits each of them left.

    Raises `AssertionError` where what is left is not what stood after one of the commits.
    """
    whole = _written(home / "whole")
    log = (whole / "store.db-wal").read_bytes()
    left = []
    for number in range(count):
        torn = shutil.copytree(whole, home / f"torn-{number}")
        (torn / "store.db-wal").write_bytes(_damaged(log, rng))
        left.append(_held(torn))
        shutil.rmtree(torn)
    return left


def _written(home: Path) -> Path:
    """A copy of a store that was written to and not closed: all commits are in its log."""
    open_ = home.with_name("open")
    with Store.open(open_) as store:
        store.database.rows("PRAGMA wal_checkpoint(TRUNCATE)")
        for number in range(COMMITS):
            with store.write(actor="owner", now=NOW) as write:
                write.add(belief(f"belief_{number:02}"))
        home.mkdir(mode=0o700)
        for name in ("store.db", "store.db-wal", "store.key"):
            shutil.copy(open_ / name, home / name)
    return home


def _damaged(log: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(log))
    if rng.random() < 0.5:
        return log[:at]
    return log[:at] + bytes([log[at] ^ (1 << rng.randrange(8))]) + log[at + 1 :]


def _held(home: Path) -> int:
    """How many commits stand, each of them whole and none after a missing one."""
    with Store.open(home) as store:
        names = sorted(one.canonical_name for one in store.select())
        assert names == [f"belief_{number:02}" for number in range(len(names))], names
        assert store.sequence == len(names)
        assert list(store.select(at=NOW)) == list(store.select())
        assert store.database.rows("PRAGMA integrity_check")[0][0] == "ok"
        with store.write(actor="owner", now=NOW) as write:
            write.add(belief("after"))
    return len(names)
