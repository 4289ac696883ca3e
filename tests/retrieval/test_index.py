"""The index: always as fresh as the store, and never believed when it is wrong."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import tantivy
from holding import NOW, made, named

from mindhold.beliefs.model import Alias, Belief
from mindhold.beliefs.store import Store
from mindhold.retrieval.indexer import Indexer, Interrupted
from mindhold.retrieval.recall import Recall

Hold = Callable[..., Belief]


class TestFreshness:
    def test_a_belief_is_found_before_the_index_has_seen_it(self, store: Store, hold: Hold) -> None:
        with Recall(store) as recall:
            recall.catch_up()
            assert named(recall, "valkey?") == []
            hold("valkey")
            assert recall.indexed
            assert named(recall, "valkey?") == ["b0"]

    def test_what_another_process_writes_is_found_at_once(self, store: Store) -> None:
        with Recall(store) as recall, Store.open(store.database.home) as other:
            recall.catch_up()
            with other.write(actor="owner", now=NOW) as write:
                write.add(made("valkey", id="x"))
            assert named(recall, "valkey?") == ["x"]

    def test_catching_up_takes_each_change_once(self, store: Store, hold: Hold) -> None:
        with Recall(store) as recall:
            hold("valkey")
            hold("redis")
            recall.catch_up()
            hold("memcached")
            assert recall.catch_up() == 1
            assert recall.catch_up() == 0

    def test_a_name_that_was_changed_is_no_longer_found(self, store: Store, hold: Hold) -> None:
        belief = hold("valkey")
        with Recall(store) as recall:
            recall.catch_up()
            with store.write(actor="owner", now=NOW) as write:
                write.edit(belief.id, canonical_name="dragonfly")
            assert named(recall, "valkey?") == []
            recall.catch_up()
            assert named(recall, "valkey?") == []
            assert named(recall, "dragonfly?") == [belief.id]

    def test_a_superseded_belief_leads_to_its_successor_at_once(
        self, store: Store, hold: Hold
    ) -> None:
        old = hold("jest runner", "jest")
        with Recall(store) as recall:
            recall.catch_up()
            with store.write(actor="owner", now=NOW) as write:
                write.supersede(old.id, made("vitest", id="new"))
            assert named(recall, "set up jest") == ["new"]
            recall.catch_up()
            assert named(recall, "set up jest") == ["new"]

    def test_what_was_forgotten_for_good_leaves_the_files_of_the_index(
        self, store: Store, hold: Hold, tmp_path: Path
    ) -> None:
        belief = hold("xylophonic quagga", "dodecahedral")
        hold("valkey")
        with Recall(store, directory=tmp_path / "index") as recall:
            recall.catch_up()
            assert "dodecahedral" in words_kept(tmp_path / "index")
            with store.write(actor="owner", now=NOW) as write:
                write.forget_hard(belief.id)
            assert named(recall, "dodecahedral?") == []
            recall.catch_up()
            assert words_kept(tmp_path / "index") == {"valkey"}
            assert named(recall, "valkey?") == ["b1"]

    def test_more_changes_than_are_looked_at_directly_are_found_once_indexed(
        self, store: Store, hold: Hold
    ) -> None:
        with Recall(store) as recall:
            recall.catch_up()
            hold("first valkey")
            for number in range(80):
                hold(f"filler number {number}")
            recall.catch_up()
            assert named(recall, "first valkey") == ["b0"]


def test_a_question_that_nobody_waits_for_any_more_does_not_hold_up_the_index(
    store: Store, hold: Hold
) -> None:
    hold("valkey")
    indexer = Indexer(store, None, writes=True)
    with indexer.asked():
        assert indexer.catch_up() == 1
    indexer.close()


def test_what_gives_way_ends_when_it_is_told_to(store: Store, hold: Hold) -> None:
    one = hold("valkey")
    with Recall(store) as recall:
        recall.leave_off()
        with pytest.raises(Interrupted):
            list(recall.giving_way([one]))


def test_a_name_that_very_many_share_hides_no_other_and_is_known_where_few_have_it(
    store: Store,
) -> None:
    """More of them than are looked at."""
    crowd = [
        made(f"cache {number}", "Redis", id=f"c{number:03}", scopes=("domain:code",))
        for number in range(220)
    ]
    few = [made(f"store {n}", "Redis", id=f"s{n}", scopes=("project:shop",)) for n in range(2)]
    both = made("zorbal", "Redis", id="z", scopes=("domain:code",))
    with store.write(actor="owner", now=NOW) as write:
        for one in (*crowd, *few, both):
            write.put(one)
    with Recall(store) as recall:
        recall.catch_up()
        assert named(recall, "Redis?", scopes=("domain:code",)) == []
        found = named(recall, "Redis behind Zorbal, and cache 117?", scopes=("domain:code",))
        assert sorted(found) == ["c117", "z"]
        assert named(recall, "Redis?", scopes=("project:shop",)) == ["s0", "s1"]


def words_kept(index: Path) -> set[str]:
    """Every key in the files of every generation, those of deleted documents included."""
    return {
        key
        for generation in index.iterdir()
        if generation.is_dir()
        for key, _ in tantivy.Index.open(str(generation)).searcher().terms_with_prefix("key", "")
    }


def put(file: Path, data: bytes) -> None:
    """Puts a damaged file in the place of a whole one, which some thread may still have mapped."""
    damaged = file.with_name(file.name + ".damaged")
    damaged.write_bytes(data)
    damaged.replace(file)


def damage_missing(index: Path) -> None:
    for file in index.rglob("*.term"):
        file.unlink()


def damage_truncated(index: Path) -> None:
    for file in index.rglob("*.idx"):
        put(file, file.read_bytes()[:-40])


def damage_flipped(index: Path) -> None:
    for file in index.rglob("*.store"):
        data = bytearray(file.read_bytes())
        data[len(data) // 3] ^= 0xFF
        put(file, bytes(data))


def damage_meta(index: Path) -> None:
    for file in index.rglob("meta.json"):
        put(file, b"{}")


def damage_pointer(index: Path) -> None:
    (index / "current").write_text("../..")


def damage_empty(index: Path) -> None:
    for file in list(index.rglob("*")):
        if file.is_file():
            put(file, b"")


DAMAGES = [
    damage_missing, damage_truncated, damage_flipped, damage_meta, damage_pointer, damage_empty,
]  # fmt: skip


class TestDoubt:
    @pytest.fixture
    def index(self, store: Store, hold: Hold, tmp_path: Path) -> Path:
        """An index on disk that knows two beliefs."""
        hold("valkey", "the cache")
        hold("valkey novel", "the cache", scopes=("domain:writing",))
        with Recall(store, directory=tmp_path / "index") as recall:
            recall.catch_up()
        return tmp_path / "index"

    def test_a_whole_index_is_used_as_it_lies(self, store: Store, index: Path) -> None:
        with Recall(store, directory=index) as recall:
            assert recall.indexed
            assert named(recall, "the cache") == ["b0"]

    @pytest.mark.parametrize("harm", DAMAGES, ids=lambda harm: harm.__name__)
    def test_a_damaged_index_is_not_used_and_then_replaced(
        self, store: Store, index: Path, harm: Callable[[Path], None]
    ) -> None:
        harm(index)
        with Recall(store, directory=index) as recall:
            assert not recall.indexed
            assert named(recall, "the cache") == ["b0"]
            recall.catch_up()
            assert recall.indexed
            assert named(recall, "the cache") == ["b0"]
        with Recall(store, directory=index) as recall:
            assert recall.indexed

    def test_an_index_that_is_deleted_while_in_use_is_made_again(
        self, store: Store, hold: Hold, index: Path
    ) -> None:
        with Recall(store, directory=index) as recall:
            recall.catch_up()
            shutil.rmtree(index)
            hold("redis")
            recall.catch_up()
            assert named(recall, "redis?") == ["b2"]
        with Recall(store, directory=index) as recall:
            assert recall.indexed

    def test_an_old_index_put_back_catches_up_with_the_store(
        self, store: Store, hold: Hold, index: Path, tmp_path: Path
    ) -> None:
        shutil.copytree(index, tmp_path / "old")
        with Recall(store, directory=index) as recall:
            with store.write(actor="owner", now=NOW) as write:
                write.retire("b0")
            hold("dragonfly")
            recall.catch_up()
        shutil.rmtree(index)
        (tmp_path / "old").rename(index)
        with Recall(store, directory=index) as recall:
            assert recall.indexed
            assert named(recall, "the cache or dragonfly") == ["b2"]
            assert recall.catch_up() == 2
            assert named(recall, "the cache or dragonfly") == ["b2"]

    def test_an_index_of_another_store_is_not_used(self, index: Path, tmp_path: Path) -> None:
        with Store.open(tmp_path / "other") as other, Recall(other, directory=index) as recall:
            assert not recall.indexed
            assert named(recall, "the cache") == []

    def test_an_index_that_is_ahead_of_its_store_is_not_used(
        self, store: Store, index: Path, tmp_path: Path
    ) -> None:
        home = store.database.home
        store.database.rows("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copytree(home, tmp_path / "backup")
        with store.write(actor="owner", now=NOW) as write:
            write.retire("b0")
        with Recall(store, directory=index) as recall:
            recall.catch_up()
        with Store.open(tmp_path / "backup") as older, Recall(older, directory=index) as recall:
            assert not recall.indexed
            assert named(recall, "the cache") == ["b0"]

    def test_a_second_process_reads_the_index_and_leaves_it_alone(
        self, store: Store, hold: Hold, index: Path
    ) -> None:
        with Recall(store, directory=index) as first, Recall(store, directory=index) as second:
            hold("dragonfly")
            assert second.indexed
            assert named(second, "dragonfly and the cache") == ["b0", "b2"]
            assert second.catch_up() == 0
            assert first.catch_up() == 1

    def test_a_reader_far_behind_asks_the_store(
        self, store: Store, hold: Hold, index: Path
    ) -> None:
        hold("dragonfly")
        for number in range(70):
            hold(f"filler number {number}")
        with Recall(store, directory=index, writes=False) as recall:
            assert named(recall, "dragonfly and the cache") == ["b0", "b2"]

    def test_files_cut_short_in_use_are_not_those_that_are_read(
        self, store: Store, hold: Hold, index: Path
    ) -> None:
        with Recall(store, directory=index) as recall:
            for file in index.rglob("*"):
                if file.is_file():
                    os.truncate(file, 0)
            assert named(recall, "the cache") == ["b0"]
            hold("dragonfly")
            assert recall.catch_up() == 1
            assert recall.indexed
            assert named(recall, "dragonfly and the cache") == ["b0", "b2"]
        with Recall(store, directory=index) as recall:
            assert recall.indexed
            assert recall.catch_up() == 0

    def test_what_a_killed_process_left_in_memory_is_taken_down(
        self, store: Store, index: Path
    ) -> None:
        code = "import os; from mindhold.retrieval.shelter import Shelter; print(Shelter().path)"
        killed = subprocess.run(
            [sys.executable, "-u", "-c", f"{code}; os.kill(os.getpid(), 9)"],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        left = Path(killed.stdout.strip())
        assert left.name.startswith("mindhold-index-")  # any daemon that starts may have been there
        with Recall(store, directory=index):
            assert not left.exists()

    @pytest.mark.parametrize("damaged", [False, True], ids=["sound", "damaged on the disk"])
    def test_files_that_have_not_changed_are_not_written_again(
        self, store: Store, hold: Hold, tmp_path: Path, damaged: bool
    ) -> None:
        hold("valkey")
        directory = tmp_path / "index"
        with Recall(store, directory=directory) as recall:
            recall.catch_up()
            before = {file.name: file for file in directory.rglob("*.term")}
            places = {name: file.stat().st_ino for name, file in before.items()}
            if damaged:
                for file in before.values():
                    put(file, file.read_bytes()[:-9] + b"damaged..")
            hold("dragonfly")
            recall.catch_up()
        after = {file.name: file.stat().st_ino for file in directory.rglob("*.term")}
        kept = [name for name in places.keys() & after.keys() if after[name] == places[name]]
        assert bool(kept) is not damaged
        with Recall(store, directory=directory) as recall:
            assert recall.indexed
            assert named(recall, "valkey? dragonfly?") == ["b0", "b1"]

    def test_a_reader_makes_no_index(self, store: Store, hold: Hold, tmp_path: Path) -> None:
        hold("valkey")
        with Recall(store, directory=tmp_path / "none", writes=False) as recall:
            recall.catch_up()
            assert named(recall, "valkey?") == ["b0"]
        assert not (tmp_path / "none").exists()


def test_an_alias_learned_later_is_found(store: Store, hold: Hold) -> None:
    belief = hold("redis cache", "redis")
    with Recall(store) as recall:
        recall.catch_up()
        with store.write(actor="owner", now=NOW + timedelta(days=1)) as write:
            write.enrich(belief.id, aliases=(Alias(text="allkeys-lru"),))
        assert named(recall, "why allkeys-lru?") == [belief.id]
