"""The owner's own probes, as the store keeps them."""

from dataclasses import replace
from datetime import timedelta

import pytest
from made import NOW

from mindhold.beliefs import probes
from mindhold.beliefs.errors import Ambiguous, Invalid, NotFound
from mindhold.beliefs.probes import Probe
from mindhold.beliefs.store import Store

PROBE = Probe(
    id="p1", at=NOW, text="is it up?", scopes=("project:b", "project:a"), belief="b1", due=True
)


def record(store: Store, *made: Probe) -> list[Probe]:
    with store.database.transaction() as transaction:
        return [probes.record(transaction, probe) for probe in made]


def test_a_probe_is_kept_with_its_scopes_in_order(store: Store) -> None:
    record(store, PROBE)
    assert probes.read(store.database) == [replace(PROBE, scopes=("project:a", "project:b"))]


def test_of_two_judgements_of_one_message_the_later_stands(store: Store) -> None:
    later = replace(PROBE, id="p2", at=NOW + timedelta(1), due=False)
    record(store, PROBE, later)
    record(store, PROBE)
    [kept] = probes.read(store.database)
    assert (kept.id, kept.due) == ("p2", False)


@pytest.mark.parametrize(
    "other",
    [{"user": "someone"}, {"agent": "helper"}, {"belief": "b2"}, {"scopes": ("project:a",)}],
    ids=["user", "agent", "belief", "scope"],
)
def test_the_same_message_elsewhere_is_another_probe(store: Store, other: dict[str, str]) -> None:
    record(store, PROBE, replace(PROBE, id="p2", **other))
    assert len(probes.read(store.database)) == 2


def test_an_id_that_is_known_is_asked_anew(store: Store) -> None:
    record(store, PROBE, replace(PROBE, text="is it down?"))
    assert [probe.text for probe in probes.read(store.database)] == ["is it down?"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": " "},
        {"text": "x" * 20_001},
        {"text": "half \ud800"},
        {"scopes": ()},
        {"scopes": ("nowhere",)},
        {"at": NOW.replace(tzinfo=None)},
        {"belief": ""},
    ],
    ids=["no words", "too long", "half a character", "no scope", "no such scope", "no zone", "id"],
)
def test_what_is_no_probe_is_refused(store: Store, wrong: dict[str, object]) -> None:
    with pytest.raises(Invalid):
        record(store, replace(PROBE, **wrong))
    assert probes.read(store.database) == []


def test_what_is_written_as_json_is_read_as_it_was() -> None:
    probe = probes.checked(PROBE)
    assert probes.from_json(probes.to_json(probe)) == probe
    for broken in ({"probe": "p1"}, {**probes.to_json(probe), "due": "perhaps"}):
        with pytest.raises(Invalid):
            probes.from_json(broken)


def test_a_probe_is_dropped_by_the_beginning_of_its_id(store: Store) -> None:
    record(store, PROBE, replace(PROBE, id="p2", text="another"))
    for reference, error in (("p", Ambiguous), ("x", NotFound), ("", NotFound)):
        with pytest.raises(error), store.database.transaction() as transaction:
            probes.drop(transaction, reference)
    with store.database.transaction() as transaction:
        assert probes.drop(transaction, "p2").text == "another"
    assert [probe.id for probe in probes.read(store.database)] == ["p1"]


def test_a_renamed_scope_is_renamed_in_probes_and_two_of_one_message_become_one(
    store: Store,
) -> None:
    record(store, replace(PROBE, scopes=("project:a",)))
    record(store, replace(PROBE, id="p2", scopes=("project:b",)))
    with store.database.transaction() as transaction:
        probes.rescope(transaction, "project:a", "project:b")
    assert [probe.scopes for probe in probes.read(store.database)] == [("project:b",)]
