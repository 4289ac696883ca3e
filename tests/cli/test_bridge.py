"""The bridge goes on, whatever a line holds: one answer for each."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

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


PLACE = ["project:a"]
JEST = {"_id": "b1", "type": "decision", "canonical_name": "jest", "aliases": ["Jest"],
        "content": "Uses Jest.", "why_it_matters": "Use Jest.", "scope": PLACE}  # fmt: skip
GRPC = {"_id": "q1", "type": "open_question", "canonical_name": "grpc_question",
        "aliases": ["gRPC", "REST"], "content": "Whether gRPC or REST.", "why_it_matters": "Ask.",
        "scope": PLACE}  # fmt: skip


def stands(answer: dict[str, Any]) -> list[tuple[str, str]]:
    """What stands after a conversation, by name and state."""
    return [(one["canonical_name"], one["state"]) for one in answer["beliefs"]]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ([], "A conversation is an object with a user_id, a scope and turns."),
        ({"scope": PLACE}, "The field 'turns' is missing."),
        ({"turns": []}, "The field 'scope' is missing."),
        ({"scope": "project:a", "turns": []}, "A conversation needs a list of scopes to learn in."),
        ({"scope": PLACE, "turns": None}, "The turns of a conversation are a list."),
        ({"scope": PLACE, "turns": ["Hi"]}, "Turn 1 is no object with a role and a text."),
        ({"scope": PLACE, "turns": [{"role": "user", "text": 7}]}, "Turn 1 is no object"),
        ({"scope": PLACE, "turns": [{"role": "user", "content": "Hi"}]}, "Turn 1 is no object"),
        ({"scope": PLACE, "turns": [], "existing": JEST}, "What exists is a list of beliefs"),
        ({"scope": PLACE, "turns": [], "user_id": 3}, "A user_id is a text."),
    ],
)
def test_a_conversation_that_is_none_is_refused_in_a_sentence(
    bridge: Bridging, given: object, told: str
) -> None:
    assert bridge.ask({"op": "learn", "conversation": given})["error"].startswith(told)


def test_only_user_turns_teach_and_only_an_answer_is_adopted(bridge: Bridging) -> None:
    learned = bridge.learn(
        ("system", "We use Mocha."), ("user", ""), ("human", "We use Ava."),
        ("user", "Which linter would you take?"), ("assistant", "I'd suggest Ruff."),
        ("tool", "I'd suggest Black."), ("user", "Yes, let's use that."), scope=PLACE,
    )  # fmt: skip
    assert stands(learned) == [("ruff", "active")]
    later = bridge.learn(
        ("assistant", "I'd suggest Ruff."), ("user", "Hm, wait."), ("user", "Let's use that."),
        scope=PLACE,
    )  # fmt: skip
    assert stands(later) == []


def test_turns_without_words_and_endless_ones_teach_nothing(bridge: Bridging) -> None:
    silent = {"role": "user", "text": None}
    talk = {"scope": PLACE, "turns": [silent, {"role": "user", "text": "blah " * 400_000}],
            "existing": []}  # fmt: skip
    assert bridge.ask({"op": "learn", "conversation": talk}) == {"beliefs": [], "decisions": []}


def test_without_existing_beliefs_what_was_held_stays_held(bridge: Bridging) -> None:
    bridge.learn(("user", "We use Jest."), scope=PLACE)
    again = bridge.learn(("user", "By the way, we use Jest."), scope=PLACE, existing=None)
    assert [one["outcome"] for one in again["decisions"]] == ["reinforced"]
    assert stands(again) == [("jest", "active")]


def test_what_an_agent_hears_is_that_agents(bridge: Bridging) -> None:
    learned = bridge.learn(("user", "We use Jest."), scope=PLACE, agent_id="bot")
    assert [one["agent_id"] for one in learned["beliefs"]] == ["bot"]
    asked = ASKED | {"query": "Jest?"}
    assert bridge.ask(asked)["relevant"] == []
    assert bridge.ask(asked | {"agent_id": "bot"})["relevant"] == [learned["beliefs"][0]["_id"]]


@pytest.mark.parametrize(
    ("said", "existing", "held"),
    [
        ("I like Rust.", [], [("rust", "candidate")]),
        ("We're considering Deno.", [], [("deno", "exploratory")]),
        ("By the way, we use Jest.", [JEST], [("jest", "active")]),
        ("We replaced Jest with Vitest.", [JEST], [("vitest", "active")]),
        ("We replaced Jest with Vitest.", [JEST | {"pinned": True}], [("vitest", "pending")]),
        ("We decided on gRPC.", [GRPC], [("grpc", "active")]),
        ("Should we use Ava?", [JEST], []),
    ],
)
def test_what_stands_because_of_a_conversation_is_told(
    bridge: Bridging, said: str, existing: list[object], held: list[tuple[str, str]]
) -> None:
    learned = bridge.learn(("user", said), scope=PLACE, existing=existing)
    assert stands(learned) == held
    fields = {"type", "state", "canonical_name", "aliases", "content", "why_it_matters",
              "epistemic_status", "scope", "supersedes", "resolves"}  # fmt: skip
    for belief in learned["beliefs"]:
        assert fields <= belief.keys()
        assert belief["supersedes"] == (["b1"] if belief["canonical_name"] == "vitest" else [])
        assert belief["resolves"] == (["q1"] if belief["canonical_name"] == "grpc" else [])
    for decision in learned["decisions"]:
        assert decision.keys() == {"rule", "quote", "outcome", "name", "reason"}


def test_a_decision_tells_the_rule_and_never_a_secret(bridge: Bridging) -> None:
    learned = bridge.learn(
        ("user", "My password is hunter2hunter2."), ("user", "For this answer, we use Jest."),
        scope=PLACE,
    )  # fmt: skip
    secret = learned["decisions"][0]
    assert (secret["rule"], secret["outcome"], secret["quote"]) == ("G6", "rejected", "")
    assert "hunter2" not in str(learned)


def test_a_row_that_is_no_belief_is_told_and_the_rest_is_held(bridge: Bridging) -> None:
    learned = bridge.learn(
        ("user", "By the way, we use Jest."), scope=PLACE, existing=[{"_id": "x"}, 7, JEST]
    )
    assert list(learned["problems"]) == ["x", "row 1"]
    assert stands(learned) == [("jest", "active")]


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
