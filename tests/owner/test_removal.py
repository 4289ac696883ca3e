"""Removal by provenance: what came from a conversation, a client or a time, in one change."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from mindhold.beliefs.learning.learner import Learner
from mindhold.beliefs.learning.queue import Queue
from mindhold.beliefs.learning.said import Said
from mindhold.beliefs.store import Store

NOW = datetime.now(UTC)


def say(home: Path, text: str, conversation: str, *, hours: int = 1, client: str = "cli") -> None:
    """One user turn, so many hours ago."""
    with Store.open(home) as store:
        said = Said(
            text=text, scopes=("project:shop",), at=NOW - timedelta(hours=hours),
            conversation=conversation, client=client,
        )  # fmt: skip
        Learner(store).learn(said)


def held(home: Path) -> dict[str, str]:
    """What is live: its content by its name."""
    with Store.open(home) as store:
        return {one.canonical_name: one.content for one in store.select() if one.live}


def whole(home: Path) -> dict[str, dict[str, Any]]:
    """All of every belief, but for what any change counts up."""
    with Store.open(home) as store:
        rows = [json.loads(row[0]) for row in store.database.rows("SELECT value FROM beliefs")]
    return {row["id"]: row | {"version": 0, "updated_at": 0, "review_by": 0} for row in rows}


def names(home: Path) -> set[str]:
    """What the database is called."""
    with Store.open(home) as store:
        return {alias.text for alias in store.resolve("postgres").aliases}


@pytest.fixture
def mixed(home: Path) -> Path:
    """Good words of Monday, and what a poisoned conversation made of them today."""
    say(home, "We use Postgres 15 for the orders service.", "good", hours=72)
    say(home, "I prefer short answers.", "good", hours=72)
    say(home, "We deploy to Fly.", "good", hours=72)
    say(home, "We use Redis for sessions.", "good", hours=72)
    say(home, "We use Redis 7 for sessions.", "bad", client="web")
    say(home, "We moved from Fly to Heroku.", "bad", client="web")
    say(home, "I prefer short answers.", "bad", client="web")
    say(home, "We no longer use Postgres.", "bad", client="web")
    say(home, "Our mascot is called Ignatius the badger.", "bad", client="web")
    return home


@pytest.mark.parametrize(
    "where",
    [
        ("--conversation", "bad"),
        ("--client", "web"),
        ("--since", "2h"),
        ("--since", "2h", "--client", "web", "--conversation", "bad"),
    ],
    ids=" ".join,
)
def test_what_came_from_there_goes_and_the_rest_is_as_it_was_before(
    home: Path, mindhold: Callable[..., Any], where: tuple[str, ...]
) -> None:
    say(home, "We use Postgres 15 for the orders service.", "good", hours=72)
    say(home, "I prefer short answers.", "good", hours=72)
    say(home, "We deploy to Fly.", "good", hours=72)
    say(home, "We use Redis for sessions.", "good", hours=72)
    before, known = held(home), whole(home)
    say(home, "We use Redis 7 for sessions.", "bad", client="web")
    say(home, "We moved from Fly to Heroku.", "bad", client="web")
    say(home, "I prefer short answers.", "bad", client="web")
    say(home, "We no longer use Postgres.", "bad", client="web")
    say(home, "Our mascot is called Ignatius the badger.", "bad", client="web")
    poisoned = whole(home)
    assert held(home) != before
    done = mindhold("beliefs", "forget", *where, "--yes")
    assert done.code == 0, done.err
    assert held(home) == before
    told = {id: row for id, row in whole(home).items() if id in known}
    same = ("content", "state", "evidence", "reinforced", "aliases", "superseded_by")
    for id, row in told.items():
        assert {key: row[key] for key in same} == {key: known[id][key] for key in same}
    assert mindhold("beliefs", "undo").code == 0
    assert whole(home) == poisoned


@pytest.mark.parametrize(
    "where", [("--conversation", "t0"), ("--client", "web"), ("--since", "90m")], ids=" ".join
)
def test_a_name_that_use_gave_goes_with_a_talk_that_it_rested_on(
    home: Path, mindhold: Callable[..., Any], where: tuple[str, ...]
) -> None:
    say(home, "We use Postgres for orders.", "t", hours=72)
    with Store.open(home) as store:
        id = store.resolve("postgres").id
    for number, client in enumerate(("cli", "cli", "web")):
        with Store.open(home) as store:
            said = Said(
                text=f"Postgres is slow, is pg out of disk, {number}?",
                scopes=("project:shop",), injected=(id,),
                at=NOW - timedelta(hours=3 - number), conversation=f"t{number}", client=client,
                turn=str(number),
            )  # fmt: skip
            Learner(store).learn(said)
    assert "pg" in names(home)
    assert mindhold("beliefs", "forget", *where, "--yes").code == 0
    assert "pg" not in names(home)


def test_a_dry_run_and_a_no_change_nothing(mixed: Path, mindhold: Callable[..., Any]) -> None:
    before = whole(mixed)
    done = mindhold("beliefs", "forget", "--client", "web", "--dry-run", "--json")
    assert {row["outcome"] for row in done.json()["beliefs"]} >= {"goes", "stands again"}
    assert mindhold("beliefs", "forget", "--client", "web").code != 0  # nobody is there to say yes
    assert mindhold("beliefs", "forget", "--client", "nobody", "--yes").out == (
        "Nothing is held from there.\n"
    )
    assert whole(mixed) == before


def test_what_an_owner_wrote_since_stays(mixed: Path, mindhold: Callable[..., Any]) -> None:
    mindhold("beliefs", "edit", "mascot", "--content", "Our mascot is a badger called Ignatius.")
    mindhold("beliefs", "forget", "--conversation", "bad", "--yes")
    assert "Our mascot is a badger called Ignatius." in held(mixed).values()


def test_what_waits_from_there_is_not_learned_from(
    home: Path, mindhold: Callable[..., Any]
) -> None:
    with Store.open(home) as store:
        queue = Queue(store)
        for text, conversation in (("We use Trap.", "bad"), ("We use Vitest.", "good")):
            queue.offer(
                Said(text=text, scopes=("project:shop",), at=NOW, conversation=conversation)
            )
    done = mindhold("beliefs", "forget", "--conversation", "bad", "--yes", "--json")
    assert done.json()["waiting"] == 1
    with Store.open(home) as store:
        Learner(store).drain(Queue(store))
    assert held(home) == {"vitest": "We use Vitest."}


def test_for_good_no_word_of_it_is_left_in_any_file(
    mixed: Path, mindhold: Callable[..., Any]
) -> None:
    done = mindhold("beliefs", "forget", "--conversation", "bad", "--hard", "--yes")
    assert done.code == 0, done.err
    kept = b"".join(one.read_bytes() for one in mixed.rglob("*") if one.is_file()).lower()
    assert b"orders service" in kept
    for word in (
        b"ignatius",
        b"heroku",
        b"redis 7",
        b"no longer use postgres",
        b'"conversation":"bad"',
    ):
        assert word not in kept, word


@pytest.mark.parametrize(
    "arguments",
    [(), ("postgres", "--client", "web"), ("postgres", "--dry-run"), ("--since", "soon")],
)
def test_what_cannot_be_meant_is_a_usage_error(
    mixed: Path, mindhold: Callable[..., Any], arguments: tuple[str, ...]
) -> None:
    before = whole(mixed)
    assert mindhold("beliefs", "forget", *arguments, "--yes").code == 2
    assert whole(mixed) == before
