"""Targets: the gate's last rule, by which nobody changes a belief of which they do not speak."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from gating import AT, PLACE, USES, WE_USE, Made, new, tell

from mindhold.beliefs.learning.learner import Learner
from mindhold.beliefs.learning.said import Said
from mindhold.beliefs.model import State
from mindhold.beliefs.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "home") as opened:
        yield opened


# G14: the target of an update


def held(store: Store, *, pinned: bool = False) -> str:
    """The id of a belief that is held: we use Postgres."""
    made = new(USES, WE_USE, canonical_name="postgres")
    (belief,) = tell(store, WE_USE, new_beliefs=[made]).beliefs
    if pinned:
        with store.write(actor="owner", now=AT) as write:
            write.pin(belief.id)
    return belief.id


@pytest.mark.parametrize(
    ("text", "op", "reason"),
    [
        ("We use Redis.", "retract", "the quote does not speak of it"),
        ("We use Redis.", "reinforce", "the quote does not speak of it"),
        ("We use Redis.", "enrich", "the quote does not speak of it"),
        ("We use Redis with Postgres.", "retract", "the quote does not end it"),
        ("We no longer use Postgres.", "reinforce", "the quote says otherwise"),
        ("We use Postgres now.", "supersede", "it says nothing new"),
    ],
)
def test_g14_stops_a_change_that_nobody_made(store: Store, text: str, op: str, reason: str) -> None:
    target = held(store)
    update = {"target": target, "op": op, "evidence": [text]}
    (decision,) = tell(store, text, updates=[update]).decisions
    assert (decision.rule, decision.outcome, decision.reason) == ("G14", "rejected", reason)
    assert store.get(target).state is State.ACTIVE
    assert not store.get(target).reinforced


@pytest.mark.parametrize(
    ("text", "op", "content", "outcome"),
    [
        ("We no longer use Postgres.", "retract", "", "retracted"),
        ("Forget that we use Postgres.", "retract", "", "retracted"),
        ("The orders service moved from Postgres to MySQL.", "supersede",
         "The orders service uses MySQL, not Postgres.", "superseded"),
        ("We use Postgres for the orders service, as ever.", "reinforce", "", "reinforced"),
    ],
)  # fmt: skip
def test_g14_passes_a_change_of_which_the_quote_speaks(
    store: Store, text: str, op: str, content: str, outcome: str
) -> None:
    update = {"target": held(store), "op": op, "evidence": [text], "new_content": content}
    (decision,) = tell(store, text, updates=[update]).decisions
    assert (decision.outcome, decision.reason) == (outcome, "")


def test_g14_stops_what_is_not_there_and_waits_with_what_is_pinned(store: Store) -> None:
    target, text = held(store, pinned=True), "We no longer use Postgres."
    updates = [{"target": one, "op": "retract", "evidence": [text]} for one in ("nobody", target)]
    missing, pinned = tell(store, text, updates=updates).decisions
    assert (missing.rule, missing.reason) == ("G14", "nothing here answers to its name")
    assert (pinned.rule, pinned.outcome) == ("G14", "pending")
    assert store.get(target).state is State.ACTIVE


def test_g14_settles_only_a_question_of_which_the_quote_speaks(store: Store) -> None:
    asked = "I'm not sure whether to use gRPC or REST."
    question = new("Whether to use gRPC or REST.", asked, type="open_question",
                   canonical_name="grpc_or_rest")  # fmt: skip
    (belief,) = tell(store, asked, open_questions=[question]).beliefs
    for text, answer, state in (
        ("We use Postgres 16.", "Uses Postgres 16.", State.OPEN),
        ("We decided on gRPC.", "Decided on gRPC.", State.RESOLVED),
    ):
        answered = {"target": belief.id, "answer": answer, "evidence": [text]}
        tell(store, text, resolved_questions=[answered])
        assert store.get(belief.id).state is state


@pytest.mark.parametrize(
    "where",
    [
        pytest.param({"user": "mallory"}, id="another user"),
        pytest.param({"agent": "bot"}, id="an agent"),
        pytest.param({"scopes": ("project:other",)}, id="another project"),
    ],
)
@pytest.mark.parametrize("op", ["retract", "supersede", "contradict", "reinforce", "enrich"])
def test_g14_does_not_see_what_is_held_elsewhere(store: Store, where: Made, op: str) -> None:
    said: Made = {"text": "We use Redis.", "scopes": PLACE, "at": AT} | where
    (redis,) = Learner(store).learn(Said(**said)).beliefs
    text = "We no longer use Redis, we use Postgres."
    new_content = "" if op in {"retract", "reinforce", "enrich"} else "Uses Postgres, not Redis."
    update = {"target": redis.id, "op": op, "evidence": [text], "new_content": new_content}
    (decision,) = tell(store, text, updates=[update]).decisions
    assert (decision.rule, decision.reason) == ("G14", "nothing here answers to its name")
    assert store.get(redis.id) == redis
