"""Beliefs out of one store and into another, line by line."""

import json
import time
from datetime import timedelta
from pathlib import Path

import pytest
from dying import died
from made import NOW, belief, quote

from mindhold.beliefs.errors import Invalid
from mindhold.beliefs.exchange import export, from_json, load, to_json
from mindhold.beliefs.model import Alias, State, Type
from mindhold.beliefs.store import Store

ROWS = 1_200  # more than two transactions
LATER = NOW + timedelta(days=9)


def lines(store: Store) -> list[str]:
    return [json.dumps(row) for row in export(store, user=None)]


def line(**fields: object) -> str:
    return json.dumps({**to_json(belief()), **fields})


@pytest.fixture
def full(tmp_path: Path) -> list[str]:
    with Store.open(tmp_path / "full") as store, store.write(actor="owner", now=NOW) as write:
        old = write.add(belief("jest", evidence=(quote("wir nutzen Jest — 東京"),)))
        middle = write.supersede(old.id, belief("vitest", aliases=(Alias(text="runner"),)))
        write.supersede(middle.id, belief("mocha"))
        write.forget(write.add(belief("secret_plan")).id)
        write.forget_hard(write.add(belief("gone")).id)
        write.contest(write.add(belief("x", content="1")).id, belief("x", content="2"))
        write.add(belief("which", type=Type.OPEN_QUESTION, user="someone", agent="helper"))
    with Store.open(tmp_path / "full") as store:
        return lines(store)


@pytest.mark.parametrize("order", [1, -1], ids=["as exported", "backwards"])
def test_what_was_exported_is_imported_as_it_was(full: list[str], store: Store, order: int) -> None:
    report = load(store, full[::order], now=LATER)
    assert (report.added, report.problems) == (7, ())
    assert sorted(lines(store)) == sorted(full)


def test_importing_again_changes_nothing(full: list[str], store: Store) -> None:
    load(store, full, now=LATER)
    before = store.sequence
    report = load(store, full, now=LATER)
    assert (report.added, report.updated, report.kept) == (0, 0, 7)
    assert store.sequence == before


def test_a_higher_version_wins_and_a_lower_one_does_not(store: Store) -> None:
    load(store, [line(id="b1", version=2)], now=NOW)
    report = load(store, [line(id="b1", version=3, content="newer")], now=NOW)
    assert (report.updated, store.get("b1").content) == (1, "newer")
    report = load(store, [line(id="b1", version=2, content="older")], now=NOW)
    assert (report.kept, store.get("b1").content) == (1, "newer")


BAD = {
    "no JSON": ("{", "not JSON"),
    "no object": ("[]", "object"),
    "not UTF-8": (b'{"content": "\xff"}', "not JSON"),
    "a field missing": ('{"content": "x"}', "missing"),
    "an unknown field": (line(aliasses=[]), "aliasses"),
    "an unknown type": (line(type="whim"), "field type"),
    "a wrong kind of value": (line(content=7), "field content"),
    "a broken rule": (line(content=""), "content"),
    "a secret": (line(content="it is ghp_" + "a1B2c3D4e5" * 4), "secret"),
    "a live name taken": (line(id="other", content="else"), "name"),
    "no successor": (line(state="superseded", superseded_by="nobody"), "successor"),
    "a successor of itself": (line(id="me", state="superseded", superseded_by="me"), "successor"),
}


@pytest.mark.parametrize(("bad", "reason"), BAD.values(), ids=BAD.keys())
def test_one_bad_line_is_named_and_does_not_stop_the_rest(
    store: Store, bad: str | bytes, reason: str
) -> None:
    good = [line(id="first"), "", line(id="last", canonical_name="jest")]
    report = load(store, [*good[:2], bad, good[2]], now=NOW)
    assert report.added == 2
    assert [problem.line for problem in report.problems] == [3]
    assert reason in report.problems[0].reason


def test_a_line_by_hand_needs_only_what_a_person_knows(store: Store) -> None:
    row = {
        "type": "preference",
        "canonical_name": "Short answers",
        "content": "Likes short answers",
        "why_it_matters": "Keep answers short",
        "scopes": ["user:universal"],
        "aliases": ["brevity"],
    }
    for _ in range(2):
        report = load(store, [json.dumps(row)], now=NOW)
        assert report.problems == ()
    (made,) = store.select()
    assert (made.canonical_name, made.state, made.user_edited) == (
        "short_answers",
        State.ACTIVE,
        True,
    )
    assert made.aliases == (Alias(text="brevity"),)
    assert made.created_at == NOW


def test_no_value_of_a_line_is_in_a_complaint_about_it() -> None:
    for fields in ({"type": "private"}, {"content": ["private"]}, {"created_at": "private"}):
        with pytest.raises(Invalid) as refusal:
            from_json({**to_json(belief()), **fields}, now=NOW)
        assert "private" not in str(refusal.value)


def test_ten_thousand_beliefs_come_in_within_ten_seconds(store: Store) -> None:
    rows = [
        line(id=f"b{n}", canonical_name=f"thing {n}", aliases=[f"part {n}", f"piece {n}"])
        for n in range(10_000)
    ]
    told: list[int] = []
    started = time.process_time()  # the machine may have other things to do
    report = load(store, rows, now=NOW, progress=told.append)
    assert time.process_time() - started < 10
    assert report.added == 10_000
    assert told[-1] == 10_000
    assert len(told) >= 10
    assert store.count() == 10_000


def test_an_import_that_is_killed_midway_is_finished_by_the_next(tmp_path: Path) -> None:
    rows = [line(id=f"b{n}", canonical_name=f"thing {n}") for n in range(ROWS)]
    left = set()
    for before in (10, 3 * ROWS, 6 * ROWS):  # statements
        home = tmp_path / str(before)
        assert died(lambda home=home: brought(home, rows), before=before)
        with Store.open(home) as store:
            had = store.count()
            again = load(store, rows, now=NOW)
            assert (again.added, again.problems) == (ROWS - had, ())
            assert load(store, rows, now=LATER).added == 0
            names = {one.canonical_name for one in store.select()}
            assert names == {f"thing_{n}" for n in range(ROWS)}
            left.add(had)
    assert len(left) > 1


def brought(home: Path, rows: list[str]) -> None:
    """Takes the rows in."""
    with Store.open(home) as store:
        load(store, rows, now=NOW)
