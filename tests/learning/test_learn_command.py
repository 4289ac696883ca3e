"""`mindhold learn` and the bridge's `learn`, as a person and a benchmark call them."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from mindhold.cli.bridge import Bridge

STORY = [
    {"role": "system", "content": "We use Mocha."},
    {"role": "user", "content": "we moved from Jest to Vitest. Do we use tox?"},
    {"role": "assistant", "content": "Noted: we use Karma."},
    {"role": "user", "content": [{"type": "text", "text": "Remember that I'm vegetarian."}]},
]


def run(home: Path, *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "mindhold", *arguments],
        input=given, capture_output=True, text=True, check=False, cwd=home.parent,
        env=os.environ | {"MINDHOLD_HOME": str(home), "NO_COLOR": "1", "COLUMNS": "160"},
    )  # fmt: skip


def test_a_dry_run_shows_each_proposal_and_the_rule_and_makes_no_store(tmp_path: Path) -> None:
    file = tmp_path / "talk.json"
    file.write_text(json.dumps({"messages": STORY}))
    shown = run(tmp_path / "home", "learn", str(file), "--dry-run", "--scope", "project:shop")
    assert shown.returncode == 0, shown.stderr
    assert "we moved from Jest to Vitest" in shown.stdout
    assert "admitted" in shown.stdout
    assert "Mocha" not in shown.stdout
    assert not (tmp_path / "home" / "store.db").exists()


def test_a_conversation_is_learned_from_once(tmp_path: Path) -> None:
    given = json.dumps(STORY)
    home = tmp_path / "home"
    first = json.loads(
        run(home, "learn", "-", "--json", "--scope", "project:a", given=given).stdout
    )
    again = json.loads(
        run(home, "learn", "-", "--json", "--scope", "project:a", given=given).stdout
    )
    assert {belief["canonical_name"] for belief in first["beliefs"]} == {"vitest", "vegetarian"}
    assert again == {"beliefs": [], "decisions": []}


@pytest.mark.parametrize(
    "given", ["", "nonsense", "[1]", '{"messages": 3}', "[" * 100_000, '"text"', "\ufeff{}"]
)
def test_what_is_no_conversation_is_refused_in_one_line(tmp_path: Path, given: str) -> None:
    told = run(tmp_path / "home", "learn", "-", given=given)
    assert told.returncode == 1
    assert len(told.stderr.strip().splitlines()) == 1
    assert "Traceback" not in told.stderr


def ask(bridge: Bridge, **conversation: Any) -> dict[str, Any]:
    given = {"user_id": "u1", "scope": ["project:shop"], "existing": [], **conversation}
    answer: dict[str, Any] = bridge.answer(json.dumps({"op": "learn", "conversation": given}))
    return answer


def user(*texts: str) -> list[dict[str, str]]:
    return [{"role": "user", "text": text} for text in texts]


def test_the_bridge_learns_from_each_user_turn_in_order() -> None:
    with Bridge() as bridge:
        turns = [*user("We use Jest."), {"role": "assistant", "text": "We use Ava."}]
        turns += user("We switched from Jest to Vitest.", "Our deploy day is Monday.")
        answer = ask(bridge, turns=turns)
    assert [belief["canonical_name"] for belief in answer["beliefs"]] == ["vitest", "deploy_day"]
    assert {"rule", "quote", "outcome"} <= answer["decisions"][0].keys()


def test_the_bridge_learns_beside_what_exists() -> None:
    existing = {
        "_id": "b1", "user_id": "u1", "type": "decision", "canonical_name": "jest",
        "aliases": ["Jest"], "content": "Uses Jest.", "why_it_matters": "Use Jest.",
        "scope": ["project:shop"], "epistemic_status": "active",
    }  # fmt: skip
    with Bridge() as bridge:
        answer = ask(bridge, turns=user("We replaced Jest with Vitest."), existing=[existing])
        assert answer["beliefs"][0]["supersedes"] == ["b1"]
        assert bridge.store.get("b1").superseded_by == answer["beliefs"][0]["_id"]
