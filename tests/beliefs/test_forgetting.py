"""Forgetting: three ways to let go, and what each leaves behind."""

import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest
from made import NOW, belief, quote

from mindhold.beliefs.errors import Refused
from mindhold.beliefs.journal import Hand
from mindhold.beliefs.model import Alias, Belief, State
from mindhold.beliefs.naming import changed
from mindhold.beliefs.store import Store
from mindhold.beliefs.write import Write

LATER = NOW + timedelta(days=1)


def relearns(store: Store, like: Belief, **fields: object) -> bool:
    told = {
        "user": like.user,
        "agent": like.agent,
        "scopes": like.scopes,
        "name": like.canonical_name,
        "content": like.content,
    }
    return not store.forgotten(**{**told, **fields})


@pytest.fixture
def made(store: Store) -> Belief:
    with store.write(actor="rules", now=NOW) as write:
        return write.add(
            belief(
                "canaryname",
                content="canarycontent",
                why_it_matters="canarywhy",
                aliases=(Alias(text="canaryalias"),),
                evidence=(quote("canaryquote", request="r1"),),
            )
        )


def bytes_of(store: Store) -> bytes:
    home = store.database.home
    return b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())


def test_a_retired_belief_may_be_learned_again(store: Store, made: Belief) -> None:
    with store.write(actor="owner", now=LATER) as write:
        write.retire(made.id)
    assert store.get(made.id).state is State.RETRACTED
    assert relearns(store, made)


def test_a_forgotten_belief_is_not_learned_again(store: Store, made: Belief) -> None:
    with store.write(actor="owner", now=LATER) as write:
        write.forget(made.id)
    assert store.get(made.id).state is State.RETRACTED
    assert not relearns(store, made)
    assert not relearns(store, made, content="other words for it")
    assert not relearns(store, made, name="other_name", content="Canarycontent ")
    assert not relearns(store, made, agent="helper")
    assert relearns(store, made, name="other", content="other")
    assert relearns(store, made, user="someone")


def test_what_was_retired_can_still_be_forgotten(store: Store, made: Belief) -> None:
    with store.write(actor="owner", now=LATER) as write:
        write.retire(made.id)
        write.forget(made.id)
    assert not relearns(store, made)
    with store.write(actor="owner", now=LATER) as write:
        write.undo(made.id)
    assert relearns(store, made)


def test_what_one_agent_forgot_the_others_may_learn(store: Store) -> None:
    with store.write(actor="owner", now=NOW) as write:
        mine = write.add(belief(agent="helper"))
        write.forget(mine.id)
    assert not relearns(store, mine)
    assert relearns(store, mine, agent=None)
    assert relearns(store, mine, agent="other")


def test_forgetting_can_be_undone_and_done_again(store: Store, made: Belief) -> None:
    with store.write(actor="owner", now=LATER) as write:
        write.forget(made.id)
    for learnable, state in ((True, State.ACTIVE), (False, State.RETRACTED), (True, State.ACTIVE)):
        with store.write(actor="owner", now=LATER) as write:
            assert write.undo(made.id).state is state
        assert relearns(store, made) is learnable


def test_nothing_of_an_erased_belief_is_left_in_any_file(store: Store, made: Belief) -> None:
    with store.write(actor="owner", now=LATER, reason="canaryreason") as write:
        write.edit(made.id, content="canarysecond")
    with Store.open(store.database.home, readonly=True) as reader:
        assert reader.get(made.id).content == "canarysecond"
        with store.write(actor="owner", now=LATER) as write:
            write.forget_hard(made.id)
        assert b"canary" not in bytes_of(store)
    left = store.get(made.id)
    assert (left.state, left.content, left.aliases, left.evidence) == (State.RETRACTED, "", (), ())
    assert not relearns(store, made)
    for content in ("canarycontent", "canarysecond"):
        assert not relearns(store, made, name="other", content=content)
    assert [entry.event for entry in store.history(made.id)] == ["added", "edited", "erased"]
    assert list(store.select(at=NOW)) == []
    assert list(store.select(at=LATER)) == list(store.select()) == [left]


def test_an_erased_belief_stays_erased(store: Store, made: Belief) -> None:
    with store.write(actor="owner", now=LATER) as write:
        write.forget_hard(made.id)
        for verb in (write.undo, write.promote, write.retire):
            with pytest.raises(Refused):
                verb(made.id)
        assert write.forget_hard(made.id) == store.get(made.id)


def test_a_successor_loses_the_surfaces_it_had_from_an_erased_belief(
    store: Store, made: Belief
) -> None:
    with store.write(actor="owner", now=LATER) as write:
        heir = write.supersede(made.id, belief("vitest", aliases=(Alias(text="runner"),)))
        assert {alias.text for alias in heir.aliases} == {"runner", "canaryname", "canaryalias"}
        write.pin(heir.id)
    with store.write(actor="owner", now=LATER) as write:
        write.forget_hard(made.id)
    assert [alias.text for alias in store.get(heir.id).aliases] == ["runner"]
    assert store.get(heir.id).state is State.ACTIVE
    assert b"canary" not in bytes_of(store)


def test_whoever_keeps_an_index_hears_of_an_erased_belief(store: Store, made: Belief) -> None:
    before = store.sequence
    with store.write(actor="owner", now=LATER) as write:
        write.forget_hard(made.id)
    assert changed(store.database, before, 10) == [made.id]


def test_an_erasure_that_was_cut_short_is_finished_by_the_next_to_open(
    store: Store, made: Belief
) -> None:
    home = store.database.home
    with store.database.transaction() as connection:  # killed between the commit and the scrub
        hand = Hand(actor="owner", at=LATER)
        Write(connection, hand, store.database.key).forget_hard(made.id)
    assert b"canary" in bytes_of(store)
    Store.open(home).close()
    assert b"canary" not in bytes_of(store)
    assert not scrub_is_due(store)


def test_what_a_reader_holds_open_is_erased_by_the_next_to_open(store: Store, made: Belief) -> None:
    home = store.database.home
    store.database.rows("PRAGMA busy_timeout=50")
    with closing(sqlite3.connect(home / "store.db")) as reader:
        reader.execute("BEGIN")
        assert reader.execute("SELECT count(*) FROM beliefs").fetchone() == (1,)
        with store.write(actor="owner", now=LATER) as write:
            write.forget_hard(made.id)
        assert scrub_is_due(store)
    Store.open(home).close()
    assert b"canary" not in bytes_of(store)
    assert not scrub_is_due(store)


def scrub_is_due(store: Store) -> bool:
    return bool(store.database.rows("SELECT 1 FROM meta WHERE key = 'scrub'"))
