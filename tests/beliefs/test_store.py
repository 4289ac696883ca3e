"""The store through its front door, on a real file."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mindhold.beliefs.errors import AlreadyDone, Conflict, Invalid, NotFound
from mindhold.beliefs.ids import new_id
from mindhold.beliefs.model import Alias, Belief, Evidence, Origin, State, Type
from mindhold.beliefs.store import Store

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)


def belief(name: str = "vitest", **fields: object) -> Belief:
    made = Belief(
        id=new_id(NOW),
        type=Type.DECISION,
        canonical_name=name,
        content=f"Tests run with {name}",
        why_it_matters=f"Use {name} for tests",
        scopes=("project:shop",),
        created_at=NOW,
        updated_at=NOW,
    )
    return replace(made, **fields)


@pytest.fixture
def store(tmp_path: Path):
    with Store.open(tmp_path / "home") as opened:
        yield opened


def test_what_was_added_is_read_back(store: Store) -> None:
    quote = Evidence(quote="we use Vitest", start=0, end=13, at=NOW, fingerprint="f1")
    made = belief(aliases=(Alias(text="test runner"),), evidence=(quote,))
    with store.write(actor="rules", now=NOW) as write:
        write.add(made)
    assert store.get(made.id) == made
    assert list(store.select()) == [made]


def test_a_successor_is_found_by_the_name_it_replaced(store: Store) -> None:
    old, new = belief("jest"), belief("vitest")
    with store.write(actor="owner", now=NOW) as write:
        write.add(old)
    with store.write(actor="owner", now=NOW + timedelta(days=1)) as write:
        write.supersede(old.id, new)
    assert store.resolve("jest").id == new.id
    assert store.get(old.id).state is State.SUPERSEDED
    assert store.get(new.id).aliases == (Alias(text="jest", origin=Origin.COUNTER),)
    with store.write(actor="owner", now=NOW + timedelta(days=2)) as write:
        write.undo(old.id)
    assert store.get(old.id).state is State.ACTIVE
    assert store.get(new.id).state is State.SUPERSEDED
    with store.write(actor="owner", now=NOW + timedelta(days=3)) as write:
        write.undo()
    assert store.get(new.id).state is State.ACTIVE
    assert [b.state for b in store.select(at=NOW)] == [State.ACTIVE]


def test_two_live_beliefs_never_share_a_name_in_a_scope(store: Store) -> None:
    with store.write(actor="owner", now=NOW) as write:
        write.add(belief())
        with pytest.raises(Conflict):
            write.add(belief())
    assert store.count() == 1


def test_a_job_is_done_once(store: Store) -> None:
    with store.write(actor="owner", now=NOW, job="j") as write:
        write.add(belief())
    with pytest.raises(AlreadyDone), store.write(actor="owner", now=NOW, job="j"):
        pytest.fail("entered")


def test_what_is_forgotten_for_good_leaves_no_byte(store: Store) -> None:
    made = belief("canaryname", content="canarycontent")
    with store.write(actor="owner", now=NOW) as write:
        write.add(made)
        write.edit(made.id, content="canarysecond")
    with store.write(actor="owner", now=NOW) as write:
        write.forget_hard(made.id)
    files = [f.read_bytes() for f in store.database.home.iterdir()]
    assert not any(b"canary" in content for content in files)
    assert store.forgotten(
        user="local", agent=None, scopes=("project:shop",), name="Canaryname", content="x"
    )


def test_a_live_belief_needs_evidence_or_its_owner(store: Store) -> None:
    with pytest.raises(Invalid), store.write(actor="rules", now=NOW) as write:
        write.add(belief())
    with pytest.raises(NotFound):
        store.resolve("vitest")
