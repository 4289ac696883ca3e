"""The bridge goes on, whatever a line holds: one answer for each."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from bridging import Bridging

from mindhold.cli.lives import life
from mindhold.retrieval import seed
from mindhold.retrieval.probes import Probe

BELIEF = {
    "_id": "B-1",
    "user_id": "u",
    "type": "entity",
    "canonical_name": "engine",
    "aliases": ["Godot"],
    "content": "Godot 4.",
    "scope": ["project:a"],
}
ASKED = {"op": "retrieve", "user_id": "u", "scope": ["project:a"], "query": "Godot?"}


@pytest.fixture(scope="module")
def bridge() -> Iterator[Bridging]:
    with Bridging() as running:
        yield running


@pytest.mark.parametrize(
    "line",
    [b"{", b"[]", b"3", b"null", b"{}", b'{"op":"nope"}', b'{"op":["a"]}', b"\xff\xfe\xfa",
     b'{"op":"retrieve"}', b'{"op":"upsert"}', b'{"op":"delete","id":"none"}', b'{"op":"learn"}',
     b'{"op":"learn","conversation":{"user_id":"u","scope":[],"turns":[]}}', b"[" * 50_000],
)  # fmt: skip
def test_a_line_that_cannot_be_done_is_answered_with_an_error(
    bridge: Bridging, line: bytes
) -> None:
    assert set(bridge.line(line)) == {"error"}


def test_a_row_that_is_no_belief_does_not_spoil_a_reset(bridge: Bridging) -> None:
    answer = bridge.ask({"op": "reset", "beliefs": [{"_id": "x"}, BELIEF]})
    assert (answer["ok"], answer["loaded"], list(answer["problems"])) == (True, 1, ["x"])
    assert bridge.ask(ASKED)["relevant"] == ["B-1"]


def test_what_is_deleted_or_put_is_seen_by_the_next_line(bridge: Bridging) -> None:
    bridge.ask({"op": "upsert", "belief": BELIEF})
    assert bridge.ask(ASKED | {"budget": None})["relevant"] == ["B-1"]
    assert bridge.ask({"op": "delete", "id": "B-1"}) == {"ok": True}
    assert bridge.ask(ASKED)["relevant"] == []
    bridge.ask({"op": "upsert", "belief": BELIEF})
    answer = bridge.ask(ASKED | {"query": "\ud800 Godot"})
    assert answer["relevant"] == ["B-1"]
    assert answer["ms"] >= 0


def test_half_a_character_does_not_keep_a_turn_from_being_learned(bridge: Bridging) -> None:
    learned = bridge.learn(("user", "We use Redis for sessions. \ud83d"), scope=["project:a"])
    assert [belief["canonical_name"] for belief in learned["beliefs"]] == ["redis"]


def test_existing_beliefs_are_the_users_where_they_name_none(bridge: Bridging) -> None:
    slack = {key: value for key, value in BELIEF.items() if key != "user_id"}
    bridge.learn(("user", "Forget that we use Godot."), scope=["project:a"], existing=[slack])
    assert bridge.ask(ASKED)["relevant"] == []


LIVES = Path(__file__).parents[1] / "probes" / "developed"


@pytest.mark.parametrize("name", ["second-homelab", "second-law", "second-company"])
def test_tiers_agents_users_scopes_and_budgets_reach_through_the_bridge(
    bridge: Bridging, name: str
) -> None:
    held = life(LIVES / f"{name}.yaml")
    rows = [seed.unparse(belief) for belief in held.beliefs]
    assert bridge.ask({"op": "reset", "beliefs": rows}) == {"ok": True, "loaded": len(rows)}
    asked = [probe for talk in held.talks for probe in talk if probe.family in ("plain", "scope")]
    assert [probe.text for probe in asked if not right(bridge, probe)] == []


def right(bridge: Bridging, probe: Probe) -> bool:
    """Whether the answer is the one that the probe wants, in every tier it speaks of."""
    answer = bridge.ask(
        {
            "op": "retrieve",
            "user_id": probe.user,
            "agent_id": probe.agent,
            "scope": probe.scopes,
            "query": probe.text,
            "budget": {"maxBeliefs": probe.budget},
        }
    )
    return (
        set(answer["relevant"]) - set(probe.may) == set(probe.expect)
        and probe.pinned in (None, tuple(answer["pinned"]))
        and probe.questions in (None, tuple(answer["questions"]))
        and all(words in answer["prelude"] for words in probe.prelude)
        and not any(words in answer["prelude"] for words in probe.prelude_not)
    )
