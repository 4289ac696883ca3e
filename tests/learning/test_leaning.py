"""Leaning: when a fact changes, what rests on it is to be looked at, nothing more."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from made import belief, quote

from mindhold.beliefs.learning.learner import Learner
from mindhold.beliefs.learning.said import Said
from mindhold.beliefs.model import Alias, Belief, Type
from mindhold.beliefs.scope import UNIVERSAL
from mindhold.beliefs.store import Store

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
HERE = ("project:shop", "domain:code")
ME = (UNIVERSAL,)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "home") as opened:
        yield opened


def held(store: Store, content: str, *aliases: str, **fields: object) -> Belief:
    """Something that was said a month before."""
    before = AT - timedelta(days=30)
    given = {
        "type": Type.ENTITY, "content": content, "evidence": (quote(content, at=before),),
        "aliases": tuple(Alias(text=alias) for alias in aliases), "scopes": ME,
        "name": f"held_{store.count(user=None)}", **fields,
    }  # fmt: skip
    with store.write(actor="rules", now=before) as write:
        return write.add(belief(**given))  # type: ignore[arg-type]


def flagged(store: Store, *said: str, scopes: tuple[str, ...] = HERE) -> list[str]:
    """What is due for review after the user has said this."""
    for number, text in enumerate(said):
        Learner(store, zone=UTC).learn(
            Said(text=text, at=AT, scopes=scopes, conversation=f"c{number}")
        )
    due = [one for one in store.select() if one.review_by and one.review_by <= AT.date()]
    assert all(one.live for one in due)
    return [one.content for one in due]


HOME = [
    ("My commute is 20 minutes by bike through Kreuzberg.", True),
    ("My dentist is Dr Adler.", True),
    ("Our flat in Berlin has no lift.", True),
    ("I go to the pool in Berlin on Tuesdays.", True),
    ("The gym closes at ten.", True),
    ("I was born in Berlin.", False),
    ("I studied in Berlin.", False),
    ("I love Berlin techno.", False),
    ("My mother lives in Berlin.", False),
    ("Our client Meyer is in Berlin.", False),
    ("I take my coffee black.", False),
    ("My new gym in Hamburg opens at six.", False),
]


@pytest.mark.parametrize(("content", "stale"), HOME)
def test_who_moves_may_have_another_commute_and_the_same_taste(
    store: Store, content: str, stale: bool
) -> None:
    held(store, "I live in Berlin.", "home city", "Berlin", name="home_city")
    held(store, content)
    said = "We moved from Berlin to Hamburg last month."
    assert flagged(store, said) == [content] * stale


WORK = [
    ("For lunch I go to Kessler's canteen.", True),
    ("My manager is Dana.", True),
    ("My work laptop is a ThinkPad.", True),
    ("My badge opens the side door.", True),
    ("My friend Ole works at Kessler.", False),
    ("I live in Lisbon.", False),
    ("I prefer window seats.", False),
]


@pytest.mark.parametrize(("content", "stale"), WORK)
def test_who_changes_the_employer_may_eat_elsewhere(
    store: Store, content: str, stale: bool
) -> None:
    held(store, "I work at Kessler GmbH.", "employer", "Kessler", name="employer")
    held(store, content)
    said = "I no longer work at Kessler, I started at Nordlys on Monday."
    assert flagged(store, said) == [content] * stale


TOOLS = [
    ("Mock the timers with Jest's fake ones.", True),
    ("Coverage comes from Jest.", True),
    ("Never snapshot whole pages.", False),
    ("We moved from Jest to Vitest in the admin.", False),
    ("Write the jest of the story in one line.", False),
]


@pytest.mark.parametrize(("content", "stale"), TOOLS)
def test_what_names_a_tool_that_went_is_looked_at(store: Store, content: str, stale: bool) -> None:
    held(store, "We use Jest.", "Jest", name="jest", type=Type.DECISION, scopes=HERE[:1])
    held(store, content, type=Type.DECISION, scopes=HERE[:1])
    assert flagged(store, "We replaced Jest with Vitest.") == [content] * stale


def test_what_ends_without_a_successor_leaves_what_leans_on_it_in_doubt(store: Store) -> None:
    held(store, "We use webpack.", "webpack", name="webpack", type=Type.DECISION, scopes=HERE[:1])
    held(store, "Fonts go through webpack loaders.", type=Type.DECISION, scopes=HERE[:1])
    assert flagged(store, "We no longer use webpack.") == ["Fonts go through webpack loaders."]


def test_what_names_the_old_value_of_a_thing_is_looked_at(store: Store) -> None:
    held(store, "Our eight is the Heron.", "the eight", name="eight", scopes=HERE[:1])
    held(store, "The oars are set for the Heron.", scopes=HERE[:1])
    held(store, "Our coach is Dana.", scopes=HERE[:1])
    assert flagged(store, "Our eight is the Osprey now.") == ["The oars are set for the Heron."]


def test_another_project_and_another_user_lean_on_nothing_here(store: Store) -> None:
    held(store, "We use Jest.", "Jest", name="jest", type=Type.DECISION, scopes=HERE[:1])
    there = {"type": Type.DECISION, "scopes": ("project:blog",)}
    held(store, "Coverage comes from Jest.", **there)
    held(store, "Coverage comes from Jest.", type=Type.DECISION, scopes=HERE[:1], user="ann")
    held(store, "Coverage comes from Jest.", type=Type.DECISION, scopes=HERE[:1], agent="x")
    assert flagged(store, "We replaced Jest with Vitest.") == []


def test_a_flag_is_told_and_taken_back(store: Store) -> None:
    held(store, "We use Jest.", "Jest", name="jest", type=Type.DECISION, scopes=HERE[:1])
    leaning = held(store, "Coverage comes from Jest.", type=Type.DECISION, scopes=HERE[:1])
    assert flagged(store, "We replaced Jest with Vitest.")
    assert store.history(leaning.id)[-1].event == "flagged"
    with store.write(actor="owner", now=AT) as write:
        assert write.undo(leaning.id).review_by == leaning.review_by


def test_what_only_began_flags_nothing(store: Store) -> None:
    held(store, "My commute is short.")
    assert flagged(store, "I live in Hamburg.", "We use Vitest.", "I work at Nordlys.") == []
