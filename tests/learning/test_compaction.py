"""Compaction: what is held twice becomes one, no word is lost, and all of it can be taken back."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from homes import passing_home
from hypothesis import given, settings
from hypothesis import strategies as st
from made import NOW, belief, quote

from mindhold.beliefs.learning.compaction import compact, duplicates
from mindhold.beliefs.model import LIVE, Alias, Belief, State, Type
from mindhold.beliefs.store import Store
from mindhold.beliefs.valid import surfaces


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "home") as opened:
        yield opened


def hold(store: Store, name: str, content: str, **fields: object) -> Belief:
    given = {"content": content, "evidence": (quote(content, conversation=name),), **fields}
    with store.write(actor="rules", now=NOW) as write:
        return write.add(belief(name, **given))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("We use Vitest for tests.", "We use Vitest for tests"),
        ("We use Vitest for tests.", "we use vitest for our tests"),
        ("Our deploy day is Friday.", "The deploy day is Friday."),
    ],
)
def test_what_says_the_same_becomes_one(store: Store, one: str, other: str) -> None:
    first = hold(store, "a", one, created_at=NOW - timedelta(days=1))
    second = hold(store, "b", other)
    with store.write(actor="compaction", now=NOW) as write:
        ((kept, gone),) = compact(write, store.select())
    assert (kept.id, gone.id) == (first.id, second.id)
    assert len(store.get(first.id).evidence) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("We moved from Jest to Vitest.", "We moved from Vitest to Jest."),
        ("We use Postgres 15.", "We use Postgres 16."),
        ("We use Redux.", "We do not use Redux."),
        ("We deploy on Fridays.", "We never deploy on Fridays."),
        ("Our deploy day is Friday.", "Our review day is Friday."),
    ],
)
def test_what_differs_in_a_word_that_counts_stays(store: Store, one: str, other: str) -> None:
    hold(store, "a", one)
    hold(store, "b", other)
    assert list(duplicates(store.select())) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"scopes": ("project:blog",)},
        {"user": "ann"},
        {"agent": "coder"},
        {"type": Type.ENTITY},
        {"state": State.PENDING},
        {"valid_until": NOW.date()},
        {"why_it_matters": "Do not use vitest."},
        {"user_edited": True},
    ],
)
def test_what_differs_in_its_place_or_is_the_owners_own_stays(
    store: Store, fields: dict[str, object]
) -> None:
    hold(store, "a", "We use Vitest.", user_edited="user_edited" in fields)
    hold(store, "b", "We use Vitest.", **fields)
    assert list(duplicates(store.select(user=None, states=set(State)))) == []


def test_what_its_owner_wrote_is_what_is_kept(store: Store) -> None:
    hold(store, "a", "We use Vitest.")
    mine = hold(store, "b", "We use Vitest.", user_edited=True)
    with store.write(actor="compaction", now=NOW) as write:
        ((kept, _),) = compact(write, store.select())
    assert kept.id == mine.id


CONTENTS = ("We use Vitest.", "we use vitest", "We use Jest.", "Our Vitest is in use.")
ROWS = st.lists(
    st.tuples(st.sampled_from(CONTENTS), st.lists(st.integers(0, 30), max_size=12, unique=True)),
    min_size=2,
    max_size=6,
)


@given(rows=ROWS)
@settings(max_examples=40)
def test_no_name_is_ever_lost_and_every_merge_can_be_taken_back(
    rows: list[tuple[str, list[int]]],
) -> None:
    with passing_home() as home, Store.open(home) as store:
        for number, (content, names) in enumerate(rows):
            aliases = tuple(Alias(text=f"alias {name}") for name in names)
            hold(store, f"name {number}", content, aliases=aliases)
        before = list(store.select())
        with store.write(actor="compaction", now=NOW) as write:
            merged = compact(write, before)
        live = list(store.select(states=LIVE))
        assert len(live) == len(before) - len(merged)
        assert {n for b in live for n in surfaces(b)} == {n for b in before for n in surfaces(b)}
        assert {q for b in live for q in b.evidence} == {q for b in before for q in b.evidence}
        with store.write(actor="owner", now=NOW) as write:
            for _, gone in merged:
                write.undo(gone.id)
        assert [bare(one) for one in store.select()] == [bare(one) for one in before]


def bare(one: Belief) -> Belief:
    """Without what only counts versions."""
    return replace(one, version=1, updated_at=NOW, reinforced=0, reinforced_at=None)
