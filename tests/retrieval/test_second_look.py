"""A second author's messages, through the bridge: other lives, tiers, agents, users and scopes.

The families `named` and `silence` are promises. `homonym`, `soft` and `paste` are counted: they
hold what lexical rules cannot decide, or do not yet reach (docs/retrieval.md has the figures).
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bridging import Bridging

LIVES = {
    path.stem: json.loads(path.read_text("utf-8"))
    for path in sorted((Path(__file__).parent / "second").glob("*.json"))
}
CASES = [(name, case) for name, life in LIVES.items() for case in life["cases"]]
Row = dict[str, Any]


@pytest.fixture(scope="module")
def bridge() -> Iterator[Bridging]:
    with Bridging() as running:
        yield running


@pytest.mark.parametrize("life", LIVES)
def test_a_message_brings_its_beliefs_in_their_tiers(bridge: Bridging, life: str) -> None:
    settle(bridge, LIVES[life])
    promised = [case for case in LIVES[life]["cases"] if not case.get("family")]
    mistaken = [case["text"] for case in promised if not right(bridge, LIVES[life], case)]
    assert mistaken == []


def test_what_words_alone_cannot_decide_does_not_get_worse(bridge: Bridging) -> None:
    done = 0
    for life in LIVES.values():
        settle(bridge, life)
        doubtful = [case for case in life["cases"] if case.get("family")]
        done += sum(right(bridge, life, case) for case in doubtful)
    assert done >= 12


def settle(bridge: Bridging, life: Row) -> None:
    """Puts a life's beliefs, and no others, into the bridge."""
    common = {"user_id": "u", "why_it_matters": "Keep to it.", "scope": life["scope"]}
    beliefs = [common | belief for belief in life["beliefs"]]
    answer = bridge.ask({"op": "reset", "beliefs": beliefs})
    assert answer == {"ok": True, "loaded": len(beliefs)}


def right(bridge: Bridging, life: Row, case: Row) -> bool:
    """Whether the answer is the one that the case wants, in every tier it speaks of."""
    answer = bridge.ask(
        {
            "op": "retrieve",
            "user_id": case.get("user", "u"),
            "agent_id": case.get("agent"),
            "scope": case.get("scope", life["scope"]),
            "query": case["text"],
            "budget": case.get("budget"),
        }
    )
    return (
        sorted(answer["relevant"]) == sorted(case["expect"])
        and all(answer[tier] == case[tier] for tier in ("pinned", "questions") if tier in case)
        and all(words in answer["prelude"] for words in case.get("prelude", []))
        and not any(words in answer["prelude"] for words in case.get("prelude_not", []))
    )
