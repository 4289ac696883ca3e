"""The bridge goes on, whatever a line holds: one answer for each."""

from collections.abc import Iterator

import pytest
from bridging import Bridging

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
