"""What the owner sees of the names that use has given, and how one is ended."""

import json
from datetime import UTC, datetime
from pathlib import Path

from mindhold.beliefs.learning.learner import Learner
from mindhold.beliefs.learning.said import Said
from mindhold.beliefs.store import Store

ADD = ("beliefs", "add", "--type", "entity", "--name", "staging_server", "--alias", "staging box",
       "--content", "The staging server stands at Hetzner.", "--scope", "project:a")  # fmt: skip
TOLD = "The staging box (we call it duckpond) is down."


def observe(home: Path, talk: str = "one") -> None:
    """Says it in a conversation to whose request the belief was given."""
    with Store.open(home) as store:
        (belief,) = (one for one in store.select() if one.live)
        said = Said(text=f"{TOLD} {talk}", scopes=("project:a",), at=datetime.now(UTC),
                    conversation=talk, injected=(belief.id,))  # fmt: skip
        Learner(store).learn(said)


def test_show_and_history_tell_what_was_observed_since_when_and_why(mindhold, home: Path):
    mindhold(*ADD)
    observe(home)
    shown = mindhold("beliefs", "show", "staging_server").out
    assert "staging box, duckpond (observed, since " in shown
    told = mindhold("beliefs", "history", "staging_server").out
    assert "“The staging box (we call it duckpond)”" in told
    assert "+ duckpond" in told
    held = json.loads(mindhold("beliefs", "show", "staging_server", "--json").out)
    assert {"text": "duckpond", "origin": "observed", "muted": False} in held["aliases"]


def test_what_the_owner_undoes_or_mutes_is_not_observed_again(mindhold, home: Path):
    mindhold(*ADD)
    observe(home)
    assert mindhold("beliefs", "undo").code == 0
    observe(home, "two")
    assert "duckpond" not in mindhold("beliefs", "show", "staging_server", "--json").out


def test_a_muted_name_stays_muted(mindhold, home: Path):
    mindhold(*ADD)
    observe(home)
    assert mindhold("beliefs", "mute", "staging_server", "duckpond").code == 0
    observe(home, "two")
    assert "duckpond (observed, since " in (
        shown := mindhold("beliefs", "show", "staging_server").out
    )
    assert "muted)" in shown
