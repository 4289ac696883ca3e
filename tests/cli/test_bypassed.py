"""Whatever is wrong with memory is said in a sentence, with since when and what to do."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from serving import Served

from mindhold.beliefs.errors import StoreError
from mindhold.cli import unwell
from mindhold.cli.bypassed import bypassed
from mindhold.cli.daemon import Daemon
from mindhold.cli.moments import lasting
from mindhold.cli.trouble import Trouble

REASONS = (
    "recall late",
    "store opening",
    *(error.words for error in StoreError.__subclasses__()),
)
EARLIER = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=3, minutes=5)
DAEMON = Daemon(pid=7, host="localhost", port=7, since=EARLIER.timestamp())


def test_every_reason_is_told_in_a_sentence_of_its_own() -> None:
    told = {bypassed(reason, EARLIER) for reason in REASONS}
    assert len({one.said for one in told}) == len(REASONS)
    for one in told:
        assert one.said.startswith("Chat goes on without memory: ")
        assert "a part of it failed" not in one.said
        assert one.sentence.endswith(", for 3 hours.")
        assert (one.weight, bool(one.todo)) == ("out", True)


def test_a_reason_that_nobody_foresaw_is_named() -> None:
    assert "(store fault)" in bypassed("store fault").said


def test_every_count_of_memory_has_its_sentence(proxy: Served) -> None:
    health = httpx.get(f"{proxy.origin}/healthz").json()
    counted = {name for name, value in health.items() if type(value) is int}
    once = {"count": 1, "since": EARLIER.isoformat(), "last": EARLIER.isoformat()}
    health["lately"] = dict.fromkeys(counted, once)
    told = list(unwell.lately(health, everything=True))
    untold = {"bypassed", "unwritten", "keys_missing"}  # by their reasons, and as they stand
    assert len({one.said for one in told}) == len(counted - untold)
    assert all(one.todo and "once within a day, last at " in one.said for one in told)
    seldom = list(unwell.lately(health, everything=False))
    assert len(seldom) == len(told) - 2  # a busy moment is no news


STATES: list[tuple[str, dict[str, Any], str, str]] = [
    (
        "calls wait while the store is out",
        {"memory": "bypass", "unwritten": 2, "unwritten_since": EARLIER.isoformat()},
        "2 finished calls wait to be written down",
        "by itself once the store can be written",
    ),
    (
        "no copy of the day can be made",
        {"snapshots": {"failing": "store unwritable", "since": EARLIER.isoformat()}},
        "The daily copy of the store cannot be made: the disk is full or read-only.",
        "every ten minutes",
    ),
    (
        "the index is being built",
        {"index": {"entries": 9, "since": EARLIER.isoformat(), "whole": True, "disk": True}},
        "The index is being built",
        "mindhold logs",
    ),
    (
        "the index is behind",
        {"index": {"entries": 1, "since": EARLIER.isoformat(), "whole": False, "disk": True}},
        "The index is 1 change behind the store",
        "mindhold logs",
    ),
    (
        "a key could not be read",
        {"keys_missing": 1},
        "1 upstream has a key that the daemon could not read",
        "mindhold doctor",
    ),
]


@pytest.mark.parametrize(
    ("health", "said", "todo"), [state[1:] for state in STATES], ids=[state[0] for state in STATES]
)
def test_every_state_is_told_with_since_when_and_what_to_do(
    health: dict[str, Any], said: str, todo: str
) -> None:
    (told,) = unwell.behind(DAEMON, {"memory": "on", **health})
    assert (said in told.said, todo in told.todo) == (True, True), told
    assert told.sentence.endswith(", for 3 hours.")
    assert told.row()["since"] == EARLIER.astimezone().isoformat()


def test_what_is_behind_for_a_moment_is_no_trouble() -> None:
    now = datetime.now(UTC).isoformat()
    index = {"entries": 1, "since": now, "whole": False, "disk": True}
    assert not list(
        unwell.behind(
            DAEMON, {"memory": "on", "unwritten": 1, "unwritten_since": now, "index": index}
        )
    )


def test_a_span_is_told_in_its_largest_unit() -> None:
    spans = {1: "1 second", 59: "59 seconds", 60: "1 minute", 7200: "2 hours", 172_800: "2 days"}
    assert {seconds: lasting(timedelta(seconds=seconds)) for seconds in spans} == spans
    assert Trouble(part="x", said="So.").sentence == "So."


def test_what_waits_to_be_learned_is_told_only_when_it_waits_long(tmp_path: Path) -> None:
    from mindhold.beliefs.learning.queue import Queue
    from mindhold.beliefs.learning.said import Said
    from mindhold.beliefs.store import Store

    with Store.open(tmp_path) as store:
        said = Said(text="We use tool1x.", scopes=("project:a",), at=datetime.now(UTC))
        Queue(store).offer(said)
        assert not list(unwell.unlearned(store.database, running=True))
        with store.database.transaction() as connection:
            connection.execute("UPDATE offered SET at = at - 720000000")
        (told,) = unwell.unlearned(store.database, running=False)
    assert told.said == "1 thing you said waits to be learned."
    assert told.sentence.endswith(", for 12 minutes.")
    assert told.todo == "mindhold start"
