"""Whole conversations through the bridge: what stands after each, and what does not."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bridging import Bridging

TALKS = json.loads((Path(__file__).parent / "conversations" / "second.json").read_text("utf-8"))
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
