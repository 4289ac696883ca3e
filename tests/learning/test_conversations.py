"""Whole conversations through the bridge: what stands after each, and what does not."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bridging import Bridging

from mindhold.cli.extraction import Outcome, read, run
from mindhold.cli.failure import Failed
from mindhold.cli.talks import KINDS, NEGATIVE, Talk, talks

CONVERSATIONS = Path(__file__).parent / "conversations"
LIVES = read([CONVERSATIONS])
TALKS = json.loads((CONVERSATIONS / "second.json").read_text("utf-8"))
Row = dict[str, Any]


@pytest.fixture(scope="module")
def bridge() -> Iterator[Bridging]:
    with Bridging() as running:
        yield running


@pytest.mark.parametrize("talk", TALKS, ids=[talk["name"] for talk in TALKS])
def test_a_conversation_leaves_just_what_was_stated(bridge: Bridging, talk: Row) -> None:
    existing = [{"user_id": "u", **row} for row in talk.get("existing", [])]
    given = {"existing": existing, "agent_id": talk.get("agent_id")}
    stands = bridge.learn(*talk["turns"], scope=talk["scope"], **given)["beliefs"]
    if not talk["expect"]:
        assert [one for one in stands if one["state"] != "quarantined"] == []
    for wanted in () if talk["expect"] == "any" else talk["expect"]:
        assert any(fits(one, wanted) for one in stands), (wanted, stands)
    assert len([one for one in stands if one["state"] != "pending"]) <= talk.get("max", 99)
    for unwanted in talk.get("never", []):
        assert not any(fits(one, unwanted) for one in stands), unwanted
    shown = given_for(bridge, talk)
    assert not shown & set(talk.get("gone", []))
    assert set(talk.get("stands", [])) <= shown


def given_for(bridge: Bridging, talk: Row) -> set[str]:
    """What a later message gets that names what was there before."""
    names = " ".join(alias for row in talk.get("existing", []) for alias in row["aliases"])
    asked = {"op": "retrieve", "user_id": "u", "scope": talk["scope"], "query": names}
    answer = bridge.ask(asked)
    return {*answer["pinned"], *answer["relevant"]}


def fits(belief: Row, wanted: Row) -> bool:
    """Whether a belief is as a conversation's author wanted it."""
    told = " ".join([belief["canonical_name"], belief["content"], *belief["aliases"]]).lower()
    aliases = [alias.lower() for alias in belief["aliases"]]
    same = {"id": "_id", "state": "state", "scope": "scope", "agent": "agent_id"}
    return (
        all(belief[field] == wanted[key] for key, field in same.items() if key in wanted)
        and all(word in told for word in wanted.get("has", []))
        and all(alias in aliases for alias in wanted.get("alias", []))
        and ("supersedes" not in wanted or belief["supersedes"] == wanted["supersedes"])
        and bool(re.search(wanted.get("why_like", ""), belief["why_it_matters"]))
    )


FLOORS = {
    "change": 75,
    "correction": 100,
    "adoption": 85,
    "decision": 100,
    "preference": 100,
    "question": 75,
    "lesson": 100,
    "entity": 100,
    "relation": 100,
    "name": 50,
    "hedge": 100,
    "move": 100,
    "reinforcement": 100,
    "end": 100,
    "beside-a-secret": 66,
    "asking": 100,
    "supposing": 100,
    "role-play": 100,
    "fiction": 100,
    "quotation": 100,
    "third-party": 100,
    "joke": 100,
    "taken-back": 100,
    "task": 100,
    "paste": 100,
    "off-record": 100,
    "injection": 100,
    "assistant": 100,
    "secret": 100,
    "small-talk": 100,
    "more change": 22,
    "more correction": 8,
    "more adoption": 80,
    "more decision": 0,
    "more question": 27,
    "more lesson": 40,
    "more relation": 100,
    "more hedge": 100,
    "more move": 0,
    "more reinforcement": 33,
    "more end": 37,
    "more asking": 100,
    "more supposing": 100,
    "more role-play": 80,
    "more fiction": 50,
    "more quotation": 100,
    "more third-party": 91,
    "more joke": 75,
    "more taken-back": 0,
    "more task": 80,
    "more paste": 100,
    "more off-record": 90,
    "more injection": 100,
    "more assistant": 100,
    "more secret": 100,
    "more preference": 0,
    "more small-talk": 100,
}
"""Percent of a kind that leaves just what it should: only a better product raises it.

The lives of the files `more-…` count for themselves.
"""


def group(talk: Talk) -> str:
    """The row of `FLOORS` in which a conversation counts."""
    return f"more {talk.kind}" if talk.file.startswith("more-") else talk.kind


@pytest.fixture(scope="module")
def outcomes() -> list[Outcome]:
    """What came of every conversation of the lives."""
    return run(LIVES)


@pytest.mark.parametrize("kind", FLOORS)
def test_no_kind_of_conversation_gets_worse(outcomes: list[Outcome], kind: str) -> None:
    of_it = [one for one in outcomes if group(one.talk) == kind]
    failed = [one for one in of_it if one.faults]
    exact = 100 * (len(of_it) - len(failed)) // len(of_it)
    assert exact >= FLOORS[kind], "\n".join(
        f"{one.talk.life}, {one.talk.title}: {'; '.join(one.faults)}: {one.talk.reason}"
        for one in failed
    )


def test_every_kind_has_a_floor() -> None:
    assert set(FLOORS) == {*KINDS, *map(group, LIVES)}


def test_the_lives_are_many_and_half_of_what_they_say_is_negative() -> None:
    negative = [talk for talk in LIVES if talk.negative]
    assert len(LIVES) >= 120
    assert len(negative) >= len(LIVES) / 2
    assert all(talk.kind in NEGATIVE for talk in negative)
    assert not any(talk.kind in NEGATIVE for talk in LIVES if not talk.negative)
    assert len({talk.life for talk in LIVES}) >= 8
    assert len({(talk.life, talk.title) for talk in LIVES}) == len(LIVES)
    assert all(len(talk.turns) <= 8 for talk in LIVES)
    assert sum(len(talk.turns) > 1 for talk in LIVES) >= 120


def test_a_label_speaks_of_what_is_there() -> None:
    for talk in LIVES:
        said = " ".join(text for turn in talk.turns for text in turn.values()).lower()
        words = {word for wish in (*talk.learns, *talk.may) for word in wish.has}
        assert all(word.lower() in said for word in words), talk.title
        changed = (talk.ends, talk.may_end, talk.contests, talk.resolves, talk.reinforces)
        spoken = {*talk.superseded, *talk.flags, *(id for ids in changed for id in ids)}
        assert spoken <= {row["_id"] for row in talk.held}, talk.title


def test_an_unknown_key_is_refused_with_its_line(tmp_path: Path) -> None:
    sheet = tmp_path / "life.yaml"
    sheet.write_text("life: a cook\nscopes: [project:x]\ntalks:\n  - {titel: soup}\n")
    with pytest.raises(Failed, match=r"life.yaml:4: unknown .*titel"):
        talks(sheet)
