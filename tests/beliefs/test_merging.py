"""Merging: two beliefs that say the same become one, with all words of both."""

from dataclasses import replace
from datetime import timedelta

import pytest
from made import NOW, belief, quote

from mindhold.beliefs.errors import Conflict, Refused
from mindhold.beliefs.model import Alias, Belief, Origin, State
from mindhold.beliefs.store import Store
from mindhold.beliefs.valid import surfaces


def two(store: Store, **other: object) -> tuple[Belief, Belief]:
    """A belief, and another that says the same in another conversation."""
    with store.write(actor="rules", now=NOW) as write:
        kept = write.add(
            belief("vitest", aliases=(Alias(text="test runner"),), evidence=(quote(),))
        )
        said = quote("tests run with Vitest", conversation="c2")
        given = {"evidence": (said,), "aliases": (Alias(text="specs"),), **other}
        gone = write.add(belief("unit_tests", **given))
    return kept, gone


def test_one_of_two_that_say_the_same_has_the_words_of_both(store: Store) -> None:
    kept, gone = two(store)
    with store.write(actor="owner", now=NOW) as write:
        made = write.absorb(kept.id, gone.id)
    assert surfaces(made) == surfaces(kept) | surfaces(gone)
    assert made.evidence == (*kept.evidence, *gone.evidence)
    assert made.reinforced == 1
    assert store.get(gone.id).superseded_by == kept.id
    assert store.resolve("specs") == made
    assert not made.user_edited


def test_a_merge_is_taken_back_whole_from_either_side(store: Store) -> None:
    kept, gone = two(store)
    with store.write(actor="owner", now=NOW) as write:
        write.absorb(kept.id, gone.id)
        write.undo(gone.id)
        assert replace(write.get(kept.id), version=1) == kept
        assert replace(write.get(gone.id), version=1) == gone
        assert write.undo(kept.id).supersedes == (gone.id,)


def test_what_was_muted_stays_muted(store: Store) -> None:
    kept, gone = two(store, muted=True)
    with store.write(actor="owner", now=NOW) as write:
        made = write.absorb(kept.id, gone.id)
    assert {a.text: a.muted for a in made.aliases} == {
        "test runner": False,
        "specs": True,
        "unit tests": True,
    }


def test_no_surface_is_lost_for_want_of_room(store: Store) -> None:
    many = tuple(Alias(text=f"name {n}") for n in range(24))
    kept, gone = two(store, aliases=many)
    with store.write(actor="owner", now=NOW) as write, pytest.raises(Conflict):
        write.absorb(kept.id, gone.id)
    assert store.get(gone.id) == gone


def test_a_challenger_that_says_the_same_after_all_settles_the_contest(store: Store) -> None:
    kept, _ = two(store)
    with store.write(actor="rules", now=NOW) as write:
        rival = write.contest(kept.id, belief("vitest", evidence=(quote(conversation="c3"),)))
    with store.write(actor="owner", now=NOW) as write:
        assert write.absorb(kept.id, rival.id).state is State.ACTIVE
        with pytest.raises(Refused):
            write.absorb(rival.id, kept.id)
        write.undo()
        assert write.get(kept.id).state is State.CONTESTED
        assert write.get(rival.id).state is State.PENDING


def test_two_that_wait_become_one_that_waits(store: Store) -> None:
    kept, gone = two(store)
    with store.write(actor="rules", now=NOW) as write:
        one, other = (
            write.add(replace(one, id=f"w{one.id}", state=State.PENDING)) for one in (kept, gone)
        )
    with store.write(actor="owner", now=NOW) as write:
        assert write.absorb(one.id, other.id).state is State.PENDING
        assert write.get(other.id).state is State.RETRACTED


def test_to_forget_one_is_to_forget_what_was_merged_into_it(store: Store) -> None:
    kept, gone = two(store, content="The specs run with Vitest 3")
    with store.write(actor="owner", now=NOW) as write:
        write.absorb(kept.id, gone.id)
        write.forget(kept.id)
    for name, content in (("unit_tests", "x"), ("x", "The specs run with Vitest 3")):
        assert store.forgotten(
            user="local", agent=None, scopes=kept.scopes, name=name, content=content
        )


@pytest.mark.parametrize("which", [0, 1])
def test_no_word_of_a_merged_belief_outlives_a_hard_forget(store: Store, which: int) -> None:
    kept, gone = two(
        store,
        content="Zanzibarium it is",
        evidence=(quote("take Zanzibarium", fingerprint="f2", conversation="c2"),),
        aliases=(Alias(text="Zanzibarium", origin=Origin.EXTRACTED),),
    )
    with store.write(actor="owner", now=NOW) as write:
        write.absorb(kept.id, gone.id)
        write.forget_hard((kept, gone)[which].id)
    assert store.get(kept.id).live == bool(which)
    files = store.database.home.iterdir()
    assert not any(b"anzibarium" in path.read_bytes() for path in files if path.is_file())


def test_what_has_its_last_day_behind_it_expires_and_nothing_else(store: Store) -> None:
    with store.write(actor="owner", now=NOW) as write:
        over = write.add(belief("freeze", valid_until=NOW.date()))
        write.add(belief("vitest", valid_until=NOW.date() + timedelta(days=1)))
        write.add(belief("jest"))
        assert write.sweep() == ()
    with store.write(actor="clock", now=NOW + timedelta(days=1)) as write:
        assert [one.id for one in write.sweep()] == [over.id]
        assert write.sweep() == ()
    assert store.get(over.id).state is State.EXPIRED
