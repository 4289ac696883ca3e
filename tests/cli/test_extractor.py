"""What the owner is told of the background extractor, by the command line and a real daemon."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from ports import free_port
from upstream import Seen, Step, Upstream, answer, chat
from waiting import until

from mindhold.beliefs.learning.background import calls
from mindhold.beliefs.learning.background.calls import FAILED, Call
from mindhold.beliefs.store import Store

from .conftest import Run


@pytest.fixture
def mindhold(within: Run) -> Run:
    """In this process: what is tried here is what it says."""
    return within


LINE = "{name: second, dialect: openai, base_url: 'http://127.0.0.1:%d/v1', key: none}"


def configure(home: Path, port: int = 1, learn: str = "", listen: int = 7999) -> None:
    home.mkdir(exist_ok=True)
    text = (
        f"listen: {{port: {listen}}}\nupstreams: [{LINE % port}]\n"
        f"learn: {{rules: false, background: {{upstream: second, model: tiny, {learn}}}}}\n"
    )
    (home / "config.yaml").write_text(text)


def record(home: Path, *reasons: str, cost: float | None = None, full: bool = False) -> None:
    """Calls of this day, each failed for a reason, or well for an empty one."""
    now = datetime.now(UTC) - timedelta(seconds=5)
    with Store.open(home) as store, store.database.transaction() as connection:
        for reason in reasons:
            call = Call(
                at=now, upstream="second", model="tiny", turns=2, tokens_in=300, tokens_out=20,
                cost=cost, outcome=FAILED if reason else "answered", reason=reason, ms=700,
            )  # fmt: skip
            calls.begin(connection, call)
        if full:
            calls.note_full(connection, now)


def told(mindhold: Run, *command: str) -> str:
    return mindhold(*command).stdout


def test_without_an_extractor_nothing_is_told_of_one(mindhold: Run, home: Path) -> None:
    record(home)
    assert json.loads(told(mindhold, "status", "--json"))["background"] is None
    assert "background" not in told(mindhold, "status")
    assert "has not asked its model yet" in told(mindhold, "learn", "--costs")


def test_the_status_sums_the_day_up(mindhold: Run, home: Path) -> None:
    configure(home, learn="daily_cost: 0.5, price_in: 1, price_out: 2, daily_tokens: 50000")
    record(home, "", "", cost=0.01)
    status = told(mindhold, "status")
    assert "2 calls to tiny today, 640 of 50,000 tokens, 0.0200 of 0.5; 0 turns wait" in status
    found = json.loads(told(mindhold, "status", "--json"))["background"]
    assert found["today"] == {"calls": 2, "failed": 0, "turns": 4, "tokens": 640, "cost": 0.02}


def test_an_open_circuit_is_told_since_when_and_what_to_do(mindhold: Run, home: Path) -> None:
    configure(home)
    record(home, *["It answered with 500."] * 5)
    for command in ("status", "doctor"):
        said = told(mindhold, command)
        assert "The background extractor rests: its last 5 calls have failed." in said
        assert "It answered with 500. It tries again at" in said
        assert re.search(r"rules learn alone\. Since \S.*, for \d+ ", said)
        assert "→ mindhold upstreams test second" in said
    assert mindhold("doctor").returncode == 1


def test_a_day_that_is_used_up_is_told_since_when_and_what_to_do(mindhold: Run, home: Path) -> None:
    configure(home, learn="daily_tokens: 700")
    record(home, "", "", full=True)
    for command in ("status", "doctor"):
        said = told(mindhold, command)
        assert "The background extractor's day is used up" in said
        assert re.search(r"tomorrow\. Since \d\d:\d\d, for ", said)
        assert "640 of 700 tokens" in said
        assert "raise learn.background.daily_tokens" in said


def test_costs_are_listed_by_day_and_call(mindhold: Run, home: Path) -> None:
    record(home, "", "It answered with 429: it wants to be asked less.", cost=0.0125)
    shown = told(mindhold, "learn", "--costs")
    assert f"{datetime.now().astimezone():%Y-%m-%d}" in shown
    assert "0.025" in shown
    assert "failed It answered with 429" in shown
    given = json.loads(told(mindhold, "learn", "--costs", "--json"))
    assert given["days"][0]["tokens"] == 640
    assert [call["outcome"] for call in given["calls"]] == ["failed", "answered"]


def test_learn_without_a_file_says_what_is_missing(mindhold: Run) -> None:
    done = mindhold("learn")
    assert done.returncode == 2
    assert "FILE is missing" in done.stderr


def test_a_config_that_names_no_upstream_is_refused_at_start(mindhold: Run, home: Path) -> None:
    configure(home)
    text = (home / "config.yaml").read_text().replace("upstream: second", "upstream: secnd")
    (home / "config.yaml").write_text(text)
    done = mindhold("start")
    assert done.returncode == 3
    assert "config.yaml:3: learn.background.upstream" in done.stderr
    assert "nearest is second" in done.stderr


@pytest.fixture
def daemon(mindhold: Run, home: Path, upstream: Upstream) -> Iterator[str]:
    """A real daemon, whose upstream answers chats and extracts a note; its URL."""
    note: dict[str, Any] = {
        "type": "decision", "canonical_name": "invoices", "evidence": [1], "confidence": 0.9,
        "content": "We keep our invoices in Lexoffice.", "why_it_matters": "Look in Lexoffice.",
    }  # fmt: skip

    def script(seen: Seen) -> list[Step]:
        if b'"tiny"' not in seen.body:
            return chat(seen)
        message = {"role": "assistant", "content": json.dumps({"new_beliefs": [note]})}
        return [answer(json.dumps({"choices": [{"message": message}]}).encode())]

    upstream.default = script
    port = free_port()
    configure(home, upstream.port, listen=port)
    assert mindhold("start").returncode == 0
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        mindhold("stop")


def test_six_turns_to_a_real_daemon_are_learned_from_at_once(
    mindhold: Run, daemon: str, upstream: Upstream
) -> None:
    messages: list[dict[str, str]] = []
    for number in range(6):
        text = f"We keep our invoices in Lexoffice, and letter {number} in the drawer."
        messages.append({"role": "user", "content": text})
        body = {"model": "m", "messages": messages}
        assert httpx.post(f"{daemon}/v1/chat/completions", json=body).status_code == 200
        messages.append({"role": "assistant", "content": "All right."})

    def found() -> list[dict[str, Any]]:
        listed: list[dict[str, Any]] = json.loads(told(mindhold, "beliefs", "list", "--json"))
        return [one for one in listed if one["canonical_name"] == "invoices"]

    until(found)
    assert sum(b'"tiny"' in seen.body for seen in upstream.seen) == 1
    assert "1 call to tiny today" in told(mindhold, "status")
