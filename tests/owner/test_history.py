"""What happened, told as a story."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from mindhold.beliefs.ids import new_id
from mindhold.beliefs.model import Alias, Belief, Evidence, Origin, Type
from mindhold.beliefs.store import Store

THEN = datetime(2026, 1, 12, 14, 3, tzinfo=UTC)


def said(words: str, at: datetime) -> Evidence:
    return Evidence(
        quote=words, start=0, end=len(words), at=at, fingerprint=words, conversation=f"c{at}",
        client="aider", model="gpt-4o", extractor="rules",
    )  # fmt: skip


def belief(name: str, content: str, quote: Evidence) -> Belief:
    return Belief(
        id=new_id(quote.at),
        type=Type.DECISION,
        canonical_name=name,
        content=content,
        why_it_matters=f"Use {name}.",
        scopes=("project:shop",),
        aliases=(Alias(text=name),),
        created_at=quote.at,
        updated_at=quote.at,
        evidence=(quote,),
    )


@pytest.fixture
def learned(home) -> str:
    """Jest was learned, then Vitest in its place, which was said again; Vitest's id."""
    moved = THEN + timedelta(days=2)
    jest = belief("jest", "We use Jest.", said("we use Jest here", THEN))
    vitest = belief("vitest", "We use Vitest.", said("we moved from Jest to Vitest", moved))
    again = said("as I said, Vitest", moved + timedelta(days=1))
    with Store.open(home) as store:
        with store.write(actor="rules", now=THEN) as write:
            write.add(jest)
        with store.write(actor="rules", now=moved) as write:
            write.supersede(jest.id, vitest)
        with store.write(actor="rules", now=again.at) as write:
            write.reinforce(vitest.id, again)
    return vitest.id


def test_the_story_of_a_belief_tells_the_words_and_what_came_of_them(
    mindhold, learned, monkeypatch
):
    monkeypatch.setenv("COLUMNS", "100")
    told = [line.rstrip() for line in mindhold("beliefs", "history", learned).out.splitlines()]
    year = "" if datetime.now(UTC).year == 2026 else " 2026"
    assert told == [
        f"14 Jan{year}, 14:03  you said in aider: “we moved from Jest to Vitest”",
        " " * len(year) + "               → learned; replaces jest",
        f"15 Jan{year}, 14:03  you said in aider: “as I said, Vitest”",
        " " * len(year) + "               → said again",
    ]


def test_what_took_the_place_of_a_mere_name_says_so(mindhold, home):
    quote = said("we moved from Mocha to Vitest", THEN)
    made = replace(
        belief("vitest", "We use Vitest.", quote),
        aliases=(Alias(text="Mocha", origin=Origin.COUNTER),),
    )
    with Store.open(home) as store, store.write(actor="learning", now=THEN) as write:
        write.add(made)
    assert "→ learned; in the place of Mocha" in mindhold("beliefs", "history", "vitest").out


def test_the_story_of_all_names_each_belief(mindhold, learned):
    told = mindhold("beliefs", "history").out
    assert "jest: you said in aider: “we use Jest here”" in told
    assert "jest: replaced with vitest" in told


def test_an_edit_shows_what_was_and_what_is(mindhold, learned):
    mindhold("beliefs", "edit", learned, "--content", "We use Vitest 3.", "--alias", "vite test")
    told = mindhold("beliefs", "history", learned, "--limit", "1").out
    assert "you edited it" in told
    assert "− We use Vitest.\n" in "\n".join(map(str.strip, told.splitlines()))
    assert "+ We use Vitest 3." in told
    assert "also called: + vite test" in told


def test_times_are_those_of_the_owner(mindhold, learned, home):
    (home / "config.yaml").write_text("timezone: Asia/Tokyo\n")
    assert "23:03" in mindhold("beliefs", "history", learned).out
    assert "14 Jan" in mindhold("beliefs", "show", learned).out
    assert mindhold("beliefs", "list", "--at", "2026-01-12 23:02", "--json").json() == []
    assert mindhold("beliefs", "list", "--at", "2026-01-12 23:03", "--json").json()


def test_the_past_is_told_up_to_a_moment(mindhold, learned):
    whole = mindhold("beliefs", "history", "--json").json()
    early = mindhold("beliefs", "history", "--at", "2026-01-13", "--json").json()
    assert [entry["event"] for entry in early] == ["added"]
    assert whole[: len(early)] == early
    assert [belief["canonical_name"] for belief in mindhold(
        "beliefs", "list", "--at", "2026-01-13", "--json").json()] == ["jest"]  # fmt: skip


def test_show_gives_every_quote_with_where_and_when(mindhold, learned):
    told = mindhold("beliefs", "show", learned).out
    assert "“we moved from Jest to Vitest”" in told
    assert "14 Jan" in told
    assert "aider · gpt-4o" in told
    assert "replaces     jest (" in told
    assert "in 1 conversation" in told
