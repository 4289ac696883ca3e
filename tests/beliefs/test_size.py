"""What is asked again and again costs as much in a large store as in a small one."""

import gc
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from made import NOW, belief, quote

from mindhold.beliefs.learning.compaction import duplicates, suspects
from mindhold.beliefs.model import Belief, State
from mindhold.beliefs.store import Store
from mindhold.retrieval.search import plain_words, search


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "home") as opened:
        yield opened


def many(count: int) -> Iterator[Belief]:
    for number in range(count):
        content = f"Thing{number}x is in drawer{number % 7}y."
        name = f"thing{number}x"
        yield belief(name, id=f"b{number:04}", content=content, evidence=(quote(content),))


def fill(store: Store, count: int) -> None:
    with store.write(actor="owner", now=NOW) as write:
        for one in many(count):
            write.put(one)


def steps(store: Store, ask: Callable[[], object]) -> int:
    """How many instructions SQLite runs to answer."""
    ticks: list[int] = []
    with store.database.transaction() as connection:
        connection.set_progress_handler(lambda: ticks.append(1), 1)
        ask()
        connection.set_progress_handler(None, 0)
    return len(ticks)


def test_looking_for_what_has_ended_reads_no_other_belief(store: Store) -> None:
    fill(store, 20)
    small = steps(store, lambda: store.overdue(NOW.date()))
    fill(store, 400)
    assert steps(store, lambda: store.overdue(NOW.date())) == small


def test_beliefs_are_counted_by_state_without_reading_them(store: Store) -> None:
    fill(store, 40)
    with store.write(actor="owner", now=NOW) as write:
        write.forget("b0007")
    counted = store.states()
    assert (counted[State.ACTIVE], counted[State.RETRACTED], counted[State.OPEN]) == (39, 1, 0)
    assert set(counted) == set(State)
    (plan,) = store.database.rows("EXPLAIN QUERY PLAN SELECT count(*) FROM beliefs WHERE user = ''")
    assert "COVERING INDEX" in plan["detail"]


def test_a_page_of_one_type_is_not_sorted_out_of_all(store: Store) -> None:
    fill(store, 1_500)  # three pages
    listed = steps(store, lambda: next(store.select()))
    types, states = [belief().type], [State.ACTIVE]
    assert steps(store, lambda: next(store.select(types=types, states=states))) < 2 * listed


@pytest.mark.parametrize(
    ("content", "asked"),
    [
        ("Das Café am Eck.", "cafe"),
        ("The CAFE at the corner.", "Café"),
        ("STRASSE 7", "straße"),
        ("Ｆｕｌｌ width", "FULL"),
        ("ΣΊΓΜΑ runs", "σίγμα runs"),
        ('He said "Quit_now".', "quit now"),
        ("鶴見沢 台帳", "台帳"),
    ],
)
def test_a_search_that_leaves_beliefs_unread_finds_no_fewer(
    store: Store, content: str, asked: str
) -> None:
    fill(store, 20)
    with store.write(actor="owner", now=NOW) as write:
        write.put(belief("it", id="x", content=content))
    held = store.select(words=plain_words(asked))
    assert [one.id for one in search(asked, held)] == ["x"]
    assert len(list(store.select(words=["drawer3y"]))) <= 4  # what is not ASCII comes along


def test_live_beliefs_are_counted_by_scope(store: Store) -> None:
    fill(store, 5)
    with store.write(actor="owner", now=NOW) as write:
        write.forget("b0003")
        write.put(belief("it", id="x", scopes=("project:shop", "domain:code")))
    assert store.scopes() == {"project:shop": 5, "domain:code": 1}


def test_what_is_held_twice_is_found_without_holding_all(store: Store) -> None:
    fill(store, 600)
    again = [replace(one, id=f"c{one.id}", canonical_name=f"again_{one.id}") for one in many(3)]
    with store.write(actor="owner", now=NOW) as write:
        for one in again:
            write.put(one)
    held: list[int] = []

    def read() -> Iterator[Belief]:
        yield from store.select()
        held.append(alive() - before)

    def alive() -> int:
        return sum(isinstance(one, Belief) for one in gc.get_objects())

    gc.collect()
    before = alive()  # other tests of the process keep theirs
    page = 500 + 50  # that the store reads at a time
    found = {one.id for one in suspects(read)}
    pairs = list(duplicates(store.select()))
    assert found == {one.id for pair in pairs for one in pair}
    assert len(pairs) == 3
    assert max(held) < page
