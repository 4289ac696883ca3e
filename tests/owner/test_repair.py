"""`mindhold beliefs repair`: what was edited past mindhold is shown, restored or accepted."""

import sqlite3
from contextlib import closing

import pytest

from mindhold.cli import stored
from mindhold.cli.places import Places


@pytest.fixture
def edited(home, mindhold, vitest):
    """The id of a belief whose words somebody changed in the file."""
    told = "replace(CAST(value AS TEXT), 'not Jest', 'and Jest')"
    with closing(sqlite3.connect(home / "store.db")) as file, file:
        file.execute(f"UPDATE beliefs SET value = CAST({told} AS BLOB)")
    return vitest


def test_it_is_not_shown_as_if_it_were_held_and_one_is_told_what_to_do(mindhold, edited):
    shown = mindhold("beliefs", "show", "vitest")
    assert shown.code == 1
    assert f"mindhold beliefs repair {edited}" in shown.err
    assert mindhold("beliefs", "list", "--json").json() == []


@pytest.mark.usefixtures("edited")
def test_doctor_counts_it():
    found = stored.store(Places.find())
    assert not found.well
    assert found.said.startswith("1 of its beliefs not as mindhold wrote them")


def test_both_versions_are_shown(mindhold, edited):
    said = mindhold("beliefs", "repair").out
    assert "− We use Vitest, not Jest." in said
    assert "+ We use Vitest, and Jest." in said
    [one] = mindhold("beliefs", "repair", "--json").json()
    assert one["told"]["content"] == "We use Vitest, not Jest."
    assert one["found"]["content"] == "We use Vitest, and Jest."


@pytest.mark.parametrize(("how", "left"), [("--restore", "not Jest"), ("--accept", "and Jest")])
def test_one_of_them_is_held_again(mindhold, edited, how, left):
    assert mindhold("beliefs", "repair", edited[:8], how).code == 0
    assert left in mindhold("beliefs", "show", "vitest").out
    assert mindhold("beliefs", "repair", "--json").json() == []
    assert "its row was damaged" in mindhold("beliefs", "history", "vitest").out


def test_neither_is_done_without_a_word_on_which(mindhold, edited):
    assert mindhold("beliefs", "repair", "--restore").code == 1
    assert mindhold("beliefs", "repair", "zzzz", "--accept").code == 1
    assert mindhold("beliefs", "repair", edited, "--accept", "--restore").code == 2
    assert len(mindhold("beliefs", "repair", "--json").json()) == 1
