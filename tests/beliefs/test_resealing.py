"""The key of the seals can be held apart from the store, moved, and lost without a forged row."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from made import NOW, belief

from mindhold.beliefs import sealkey, seals, snapshots
from mindhold.beliefs.database import Database
from mindhold.beliefs.errors import SealKeyLost, StoreKeyLost, StoreLocked, StoreSealed
from mindhold.beliefs.keyholder import in_file
from mindhold.beliefs.repair import damages
from mindhold.beliefs.resealing import Resealed, accept, bring, look, reseal
from mindhold.beliefs.store import Store

FORGED = "replace(CAST(value AS TEXT), 'runs', 'fails')"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Two beliefs."""
    home = tmp_path / "home"
    with Store.open(home) as store, store.write(actor="owner", now=NOW) as write:
        write.add(belief("vitest", id="one", content="Vitest runs"))
        write.add(belief("postgres", id="two", content="Postgres runs"))
    return home


@pytest.fixture
def apart(tmp_path: Path) -> str:
    """A place that is not the store's."""
    return in_file(tmp_path / "key")


def held(home: Path) -> list[str]:
    with Store.open(home, create=False) as store:
        return [one.content for one in store.select()]


def forge(home: Path, *, key: bytes | None = None) -> None:
    """Changes a row by hand; who has a key seals it as well."""
    with closing(sqlite3.connect(home / "store.db", isolation_level=None)) as connection:
        connection.execute(f"UPDATE beliefs SET value = CAST({FORGED} AS BLOB) WHERE id = 'one'")
        if key is not None:
            seals.prepare(connection, key)
            seals.renew(connection, "one")


def test_who_has_the_files_only_cannot_seal_what_they_change(home: Path, apart: str) -> None:
    forge(home, key=(home / "store.key").read_bytes())
    assert held(home) == ["Vitest fails", "Postgres runs"], "beside it is no obstacle to a thief"
    assert reseal(home, apart) == Resealed(sealed=2, damaged=0)
    assert held(home) == ["Vitest fails", "Postgres runs"]
    forge(home, key=(home / "store.key").read_bytes())
    assert held(home) == ["Postgres runs"]


def test_moved_there_and_back_all_is_as_it_was_and_no_key_is_left(
    home: Path, apart: str, tmp_path: Path
) -> None:
    assert reseal(home, apart) == Resealed(sealed=2, damaged=0)
    with Store.open(home) as store, store.write(actor="owner", now=NOW) as write:
        write.add(belief("go", id="three", content="Go runs"))
    assert reseal(home, None) == Resealed(sealed=3, damaged=0)
    assert held(home) == ["Vitest runs", "Go runs", "Postgres runs"]
    assert not (tmp_path / "key").exists()


def test_what_was_damaged_before_is_not_sealed(home: Path, apart: str) -> None:
    forge(home)
    assert reseal(home, apart) == Resealed(sealed=1, damaged=1)
    with Store.open(home) as store:
        assert [one.id for one in damages(store.database)] == ["one"]


def test_nothing_is_moved_while_somebody_has_the_store_open(home: Path, apart: str) -> None:
    with Store.open(home), pytest.raises(StoreLocked):
        reseal(home, apart)
    assert held(home) == ["Vitest runs", "Postgres runs"]


def test_without_it_all_can_be_read_and_nothing_changed(
    home: Path, apart: str, tmp_path: Path
) -> None:
    reseal(home, apart)
    (tmp_path / "key").rename(tmp_path / "away")
    with Store.open(home) as store:
        assert [one.content for one in store.select()] == ["Vitest runs", "Postgres runs"]
        with pytest.raises(StoreSealed), store.write(actor="owner", now=NOW) as write:
            write.retire("one")
        with pytest.raises(StoreSealed):
            damages(store.database)
    with pytest.raises(StoreSealed):
        reseal(home, None)
    (tmp_path / "away").rename(tmp_path / "key")
    with Store.open(home) as store, store.write(actor="owner", now=NOW) as write:
        write.retire("one")


def test_a_lost_one_is_replaced_by_their_word_and_no_forged_row_is_sealed(
    home: Path, apart: str, tmp_path: Path
) -> None:
    reseal(home, apart)
    (tmp_path / "key").unlink()
    forge(home)
    with Database.open(home, proving=True) as database, pytest.raises(SealKeyLost):
        database.demand_proof()
    assert look(home) == accept(home, None) == Resealed(sealed=1, damaged=1)
    assert held(home) == ["Postgres runs"]


@pytest.mark.parametrize("there", [None, b"of another store, 32 bytes long."])
def test_the_stores_own_key_can_be_replaced_too(home: Path, there: bytes | None) -> None:
    (home / "store.key").unlink()
    if there:
        (home / "store.key").write_bytes(there)
    forge(home)
    with pytest.raises(StoreKeyLost):
        Store.open(home)
    assert accept(home, None) == Resealed(sealed=1, damaged=1)
    assert held(home) == ["Postgres runs"]
    assert [file.read_bytes() for file in home.glob("store.key.other")] == [there] * bool(there)


def test_the_snapshots_keep_the_stores_own_key(home: Path) -> None:
    snapshots.take(home, NOW, keep=7)
    key = (home / "store.key").read_bytes()
    (home / "store.key").unlink()
    assert held(home) == ["Vitest runs", "Postgres runs"]
    assert (home / "store.key").read_bytes() == key
    (home / "store.key").write_bytes(b"of another store")
    with pytest.raises(StoreKeyLost):
        Store.open(home)
    assert (home / "store.key").read_bytes() == b"of another store"
    assert snapshots.keyed(home)


def test_a_snapshot_from_before_it_was_moved_opens_with_the_key_of_then(
    home: Path, apart: str
) -> None:
    made = snapshots.take(home, NOW, keep=7)
    reseal(home, apart)
    made.path.replace(home / "store.db")
    assert held(home) == ["Vitest runs", "Postgres runs"]


def test_a_store_that_comes_without_its_place_is_sealed_beside(
    home: Path, apart: str, tmp_path: Path
) -> None:
    reseal(home, apart)
    with Database.open(home) as database:
        key = sealkey.held(home, apart, database.identity)
    (tmp_path / "key").unlink()
    assert not bring(home, key)
    with Store.open(home) as store:
        assert store.database.seal_place is None
        assert store.count() == 2
        assert not damages(store.database)
