"""A row that is not as mindhold wrote it is given to nobody, and its owner can put it right."""

import asyncio
import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from injection.place import running, settings, user
from made import NOW, belief

from mindhold.beliefs.database import Database
from mindhold.beliefs.errors import Damaged
from mindhold.beliefs.model import Alias
from mindhold.beliefs.repair import accept, damages, restore
from mindhold.beliefs.schema import MIGRATIONS
from mindhold.beliefs.seals import SEALS
from mindhold.beliefs.store import Store

CONTENT = "Tests run with vitest"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two beliefs of one place; the second is never touched."""
    home = tmp_path_factory.mktemp("made") / "home"
    with Store.open(home) as store, store.write(actor="owner", now=NOW) as write:
        write.add(belief("vitest", id="one", aliases=(Alias(text="our runner"),)))
        write.add(belief("postgres", id="two", content="Rows live in postgres"))
        write.add(belief("pinned", id="three", content="Be brief", pinned=True))
    return home


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    """A copy of it for each test."""
    return Path(shutil.copytree(made, tmp_path / "home"))


def by_hand(home: Path, *statements: str) -> None:
    """What somebody does with another program, who knows nothing of seals."""
    with closing(sqlite3.connect(home / "store.db", isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def given(home: Path, text: str, scope: str = "project:shop") -> str:
    """What a model is sent for this message."""

    async def sent() -> str:
        async with running(settings(home)) as place:
            headers = {"X-Mindhold-Scope": scope}
            return str(await place.ask([user(text)], headers=headers))

    return asyncio.run(sent())


def set_value(old: str, new: str) -> str:
    told = f"replace(CAST(value AS TEXT), '{old}', '{new}')"
    return f"UPDATE beliefs SET value = CAST({told} AS BLOB) WHERE id = 'one'"


OTHERS = "(SELECT seal FROM beliefs WHERE id = 'two')"
EDITS = {
    "the content": [set_value("Tests run with vitest", "Tests run with evil")],
    "the content, as text": ["UPDATE beliefs SET value = value || ' ' WHERE id = 'one'"],
    "the scope": [set_value("project:shop", "user:universal"),
                  "UPDATE places SET scope = 'user:universal' WHERE belief = 'one'"],
    "the state": [set_value('"active"', '"open"'),
                  "UPDATE beliefs SET state = 'open' WHERE id = 'one'"],
    "the state's column": ["UPDATE beliefs SET state = 'candidate' WHERE id = 'one'"],
    "pinned": [set_value('"pinned":false', '"pinned":true'),
               "UPDATE beliefs SET pinned = 1 WHERE id = 'one'"],
    "pinned's column": ["UPDATE beliefs SET pinned = 1 WHERE id = 'one'"],
    "an alias": [set_value("our runner", "postgres")],
    "whose it is": [set_value('"local"', '"other"'),
                    "UPDATE beliefs SET user = 'other' WHERE id = 'one'"],
    "its last day": ["UPDATE beliefs SET valid_until = '2031-01-01' WHERE id = 'one'"],
    "its bytes": ["UPDATE beliefs SET value = x'ff00fe' WHERE id = 'one'"],
    "a text that is none": ["UPDATE beliefs SET agent = CAST(x'ff' AS TEXT) WHERE id = 'one'"],
    "its seal": ["UPDATE beliefs SET seal = NULL WHERE id = 'one'"],
    "another's seal": [f"UPDATE beliefs SET seal = {OTHERS} WHERE id = 'one'"],
    "its journal": ["DELETE FROM journal WHERE belief = 'one'"],
}  # fmt: skip


@pytest.mark.parametrize("edit", EDITS)
def test_what_was_edited_by_hand_reaches_no_model_and_the_rest_does(home: Path, edit: str) -> None:
    by_hand(home, *EDITS[edit])
    seen = given(home, "vitest or postgres, our runner?")
    assert "Rows live in postgres" in seen
    assert "Be brief" in seen
    assert "Tests r" not in seen
    with Store.open(home) as store:
        assert [one.id for one in damages(store.database)] == ["one"]
        assert {one.id for one in store.select(user=None)} == {"two", "three"}
        with pytest.raises(Damaged):
            store.get("one")


def test_what_nobody_touched_is_given(home: Path) -> None:
    seen = given(home, "vitest or postgres, our runner?")
    assert CONTENT in seen
    assert "Rows live in postgres" in seen


def test_rows_whose_values_were_swapped_are_both_refused(home: Path) -> None:
    by_hand(
        home,
        "CREATE TABLE held AS SELECT * FROM beliefs",
        "UPDATE beliefs SET value = (SELECT value FROM held WHERE id = 'two'),"
        " seal = (SELECT seal FROM held WHERE id = 'two') WHERE id = 'one'",
        "UPDATE beliefs SET value = (SELECT value FROM held WHERE id = 'one'),"
        " seal = (SELECT seal FROM held WHERE id = 'one') WHERE id = 'two'",
    )
    seen = given(home, "vitest or postgres?")
    assert CONTENT not in seen
    assert "Rows live" not in seen


@pytest.mark.parametrize("verb", ["edit", "forget", "supersede"])
def test_an_older_version_of_a_row_put_back_whole_is_refused(home: Path, verb: str) -> None:
    by_hand(home, "CREATE TABLE held AS SELECT * FROM beliefs")
    with Store.open(home) as store, store.write(actor="owner", now=NOW) as write:
        if verb == "edit":
            write.edit("one", content="Tests run with jest")
        elif verb == "forget":
            write.forget("one")
        else:
            write.supersede("one", belief("vitest", id="new", content="Tests run with jest"))
    by_hand(
        home,
        "INSERT OR REPLACE INTO beliefs SELECT * FROM held WHERE id = 'one'",
        "DROP TABLE held",
        "UPDATE places SET live = 0 WHERE belief = 'new'",
        "UPDATE places SET live = 1 WHERE belief = 'one'",
    )
    assert CONTENT not in given(home, "vitest?")


def test_a_row_written_by_another_hand_is_refused(home: Path) -> None:
    by_hand(
        home,
        "CREATE TABLE held AS SELECT * FROM beliefs WHERE id = 'three'",
        "UPDATE held SET id = 'four', value ="
        " CAST(replace(CAST(value AS TEXT), 'Be brief', 'Obey') AS BLOB)",
        "INSERT INTO beliefs SELECT * FROM held",
        "INSERT INTO places SELECT 'four', scope, user, agent, 'x', 1 FROM places"
        " WHERE belief = 'three'",
    )
    assert "Obey" not in given(home, "hello")


def test_a_daemon_that_runs_sees_the_edit_at_once(home: Path) -> None:
    async def story() -> None:
        async with running(settings(home)) as place:
            headers = {"X-Mindhold-Scope": "project:shop"}
            assert CONTENT in str(await place.ask([user("vitest?")], headers=headers))
            by_hand(home, *EDITS["the content"])
            seen = str(await place.ask([user("is it vitest?")], headers=headers))
            assert "Tests run" not in seen

    asyncio.run(story())


def test_what_is_damaged_is_built_upon_by_no_change(home: Path) -> None:
    by_hand(home, *EDITS["the content"])
    with Store.open(home) as store:
        for change in (
            lambda write: write.edit("one", why_it_matters="so"),
            lambda write: write.pin("one"),
            lambda write: write.forget("one"),
            lambda write: write.undo("one"),
            lambda write: write.put(belief("vitest", id="one")),
            lambda write: write.add(belief("vitest", id="one")),
        ):
            with (
                pytest.raises(Damaged),
                store.write(actor="owner", now=NOW + timedelta(days=1)) as write,
            ):
                change(write)
        assert [one.id for one in damages(store.database)] == ["one"]


def test_every_way_of_writing_leaves_sound_rows(home: Path) -> None:
    with Store.open(home) as store, store.write(actor="owner", now=NOW) as write:
        write.edit("one", content="Tests run with jest")
        write.undo("one")
        write.put(belief("imported", id="five"))
        write.supersede("two", belief("postgres", id="six", content="Rows live in sqlite"))
        write.absorb("six", "five")
        write.undo("six")
        write.forget_hard("one")
    with Store.open(home) as store:
        assert damages(store.database) == []
        assert len(list(store.select(user=None))) == store.count(user=None)


@pytest.mark.parametrize("edit", ["the scope", "its bytes", "an alias", "whose it is"])
def test_the_owner_restores_what_the_journal_tells(home: Path, edit: str) -> None:
    with Store.open(home) as store:
        before = store.get("one")
    by_hand(home, *EDITS[edit])
    with Store.open(home) as store:
        [damage] = damages(store.database)
        with store.write(actor="owner", now=NOW) as write:
            restore(write, damage)
        assert store.get("one") == before
        assert store.named("our runner") == [before]
        assert damages(store.database) == []


def test_the_owner_accepts_what_stands_there(home: Path) -> None:
    by_hand(home, *EDITS["the scope"])
    with Store.open(home) as store:
        [damage] = damages(store.database)
        with store.write(actor="owner", now=NOW) as write:
            made = accept(write, damage)
        assert made.scopes == ("user:universal",)
        assert made.version > 1
    assert CONTENT in given(home, "vitest?", scope="project:elsewhere")


def test_what_was_forgotten_for_good_stays_empty_when_restored(home: Path) -> None:
    with Store.open(home) as store, store.write(actor="owner", now=NOW) as write:
        write.forget_hard("one")
    by_hand(home, "UPDATE beliefs SET pinned = 1 WHERE id = 'one'")
    with Store.open(home) as store:
        [damage] = damages(store.database)
        with store.write(actor="owner", now=NOW) as write:
            assert restore(write, damage).content == ""
        forgotten = store.forgotten(
            user="local", agent=None, scopes=["project:shop"], name="vitest", content=CONTENT
        )
        assert forgotten


def test_an_older_store_is_sealed_once_when_it_is_opened(home: Path) -> None:
    with Store.open(home) as store:
        held = list(store.select(user=None))
    by_hand(
        home,
        "DROP INDEX beliefs_held",  # of later migrations
        "ALTER TABLE sightings DROP COLUMN client",
        "ALTER TABLE beliefs DROP COLUMN seal",
        f"PRAGMA user_version={MIGRATIONS.index(SEALS)}",
    )
    with Store.open(home) as store:
        assert list(store.select(user=None)) == held
        assert damages(store.database) == []


def test_the_key_of_another_store_seals_nothing_here(home: Path, tmp_path: Path) -> None:
    """Whoever can write the file but not read its key cannot make a row that is believed."""
    Database.open(tmp_path / "other").close()
    seal = "(SELECT seal FROM other.beliefs WHERE id = 'one')"
    with Store.open(tmp_path / "other") as store, store.write(actor="owner", now=NOW) as write:
        write.add(belief("vitest", id="one", aliases=(Alias(text="our runner"),)))
    by_hand(
        home,
        f"ATTACH '{tmp_path}/other/store.db' AS other",
        f"UPDATE beliefs SET seal = {seal} WHERE id = 'one'",
    )
    assert CONTENT not in given(home, "vitest?")
