"""The background extractor through the front door: a real proxy, a real server as its model."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from serving import Served, serving
from upstream import HANG, Seen, Step, Upstream, answer, chat
from waiting import until

from mindhold.beliefs import switches
from mindhold.beliefs.learning.background import calls
from mindhold.beliefs.learning.background.budget import Model
from mindhold.beliefs.learning.background.waiting import Pace, count
from mindhold.beliefs.model import Belief
from mindhold.beliefs.store import Store
from mindhold.proxy.app import create_app
from mindhold.proxy.memory import Memory
from mindhold.proxy.settings import Learn, Match, ScopeRule, Settings
from mindhold.proxy.settings import Upstream as Line

QUICK = Pace(idle=0.2, pauses=(0.05, 0.1, 0.15), look=0.02, call=1.0)
TINY = Model(upstream="second", model="tiny")
SAID = "We keep our invoices in Lexoffice, all of them."
NOTE: dict[str, Any] = {
    "type": "decision",
    "canonical_name": "invoices",
    "content": "We keep our invoices in Lexoffice.",
    "why_it_matters": "Look for invoices in Lexoffice.",
    "epistemic": "stated",
    "confidence": 0.9,
    "aliases": ["Lexoffice", "invoices"],
    "evidence": [1],
}
FOUND = json.dumps({"new_beliefs": [NOTE]})


def written(text: str, *, usage: bool = True) -> Step:
    """A whole answer of a chat model that wrote this."""
    said = {"id": "c", "choices": [{"index": 0, "message": {"role": "assistant", "content": text}}]}
    if usage:
        said["usage"] = {"prompt_tokens": 400, "completion_tokens": 50, "total_tokens": 450}  # type: ignore[assignment]
    return answer(json.dumps(said).encode())


class Second:
    """The extractor's model: what it was asked, and how it answers; chats are answered as ever."""

    def __init__(self, upstream: Upstream) -> None:
        self.upstream = upstream
        self.steps: Callable[[Seen], list[Step]] = lambda _: [written(FOUND)]
        upstream.default = self._script

    def _script(self, seen: Seen) -> list[Step]:
        return self.steps(seen) if b'"tiny"' in seen.body else chat(seen)

    @property
    def asked(self) -> list[Seen]:
        return [seen for seen in self.upstream.seen if b'"tiny"' in seen.body]


@pytest.fixture
def second(upstream: Upstream) -> Second:
    return Second(upstream)


class Place:
    """A proxy that learns in the background, and its store."""

    def __init__(self, served: Served, home: Path) -> None:
        self.served = served
        self.home = home

    def say(self, text: str, *, prefix: str = "", **headers: str) -> None:
        body = {"model": "m", "messages": [{"role": "user", "content": text}]}
        url = f"{self.served.origin}{prefix}/v1/chat/completions"
        named = {"x-mindhold-scope": "project:shop"} | {
            f"x-mindhold-{name}": value for name, value in headers.items()
        }
        assert httpx.post(url, json=body, headers=named).status_code == 200

    def beliefs(self) -> list[Belief]:
        with Store.open(self.home, create=False) as store:
            return [belief for belief in store.select() if belief.live]

    def calls(self) -> list[calls.Call]:
        with Store.open(self.home, create=False) as store:
            return calls.recent(store.database, 50)

    def waiting(self) -> int:
        with Store.open(self.home, create=False) as store:
            return count(store.database)

    def reasons(self) -> list[str]:
        with Store.open(self.home, create=False) as store:
            sql = "SELECT reason FROM decisions WHERE outcome = 'dropped' ORDER BY id"
            return [row[0] for row in store.database.rows(sql)]


@pytest.fixture
def learning(settings: Settings, upstream: Upstream) -> Iterator[Callable[..., Place]]:
    """Starts a proxy whose background extractor hurries: `learning(model=…, pace=…)`."""
    with ExitStack() as stack:

        def start(
            *, model: Model = TINY, pace: Pace = QUICK, line: Line | None = None, **changed: Any
        ) -> Place:
            line = line or Line(name="second", dialect="openai", base_url=upstream.url, key="none")
            learn = Learn(background=model, rules=False)
            made = replace(
                settings, **{"upstreams": (*settings.upstreams, line), "learn": learn} | changed
            )
            app = create_app(made, memory=Memory(made, pace=pace))
            return Place(stack.enter_context(serving(app)), made.home)

        yield start


def test_what_the_rules_miss_is_found_by_the_model_and_held(
    learning: Callable[..., Place], second: Second
) -> None:
    place = learning()
    place.say(SAID + "\n```\nzanzibar\n```")
    until(place.beliefs)
    (belief,) = place.beliefs()
    assert belief.content == "We keep our invoices in Lexoffice."
    assert belief.evidence[0].extractor == "background"
    (seen,) = second.asked
    assert seen.json["response_format"]["type"] == "json_schema"  # type: ignore[index]
    assert b"1. We keep our invoices" in seen.body
    assert b"zanzibar" not in seen.body
    (call,) = place.calls()
    assert (call.outcome, call.tokens_in, call.tokens_out) == ("answered", 400, 50)
    assert place.waiting() == 0


def test_the_call_carries_no_clients_key_and_tells_another_mindhold_to_stay_out(
    learning: Callable[..., Place], second: Second
) -> None:
    place = learning()
    place.say(SAID)
    until(place.beliefs)
    (seen,) = second.asked
    assert seen.header(b"authorization") is None
    assert seen.header(b"x-mindhold-learn") == seen.header(b"x-mindhold-inject") == b"off"


def test_the_call_carries_the_key_that_the_proxy_holds(
    learning: Callable[..., Place], second: Second, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECOND_KEY", "sk-second")
    line = Line(name="second", dialect="openai", base_url=second.upstream.url, key="env:SECOND_KEY")
    place = learning(line=line, require_token="never")
    place.say(SAID)
    until(place.beliefs)
    assert second.asked[0].header(b"authorization") == b"Bearer sk-second"


def test_a_chain_of_two_mindholds_learns_once(
    learning: Callable[..., Place], second: Second, settings: Settings, tmp_path: Path
) -> None:
    """The extractor's model lies behind another mindhold with an extractor of its own."""
    line = Line(name="second", dialect="openai", base_url=second.upstream.url, key="none")
    behind = learning(home=tmp_path / "behind", upstreams=(line,))
    line = replace(line, base_url=behind.served.url)
    place = learning(line=line)
    place.say(SAID)
    until(place.beliefs)
    time.sleep(1)
    assert len(second.asked) == 1
    assert behind.beliefs() == []
    assert behind.calls() == []
    body = {
        "model": "tiny",
        "messages": [{"role": "user", "content": second.asked[0].json["messages"][1]["content"]}],
    }  # type: ignore[index]
    httpx.post(f"{behind.served.url}/chat/completions", json=body)
    time.sleep(1)
    assert behind.waiting() == 0
    assert behind.beliefs() == []


REFUSED = {
    "lengths of texts": (b"maxLength", b"response_format: maxLength is not permitted", 2),
    "schemas": (b"json_schema", b"response_format is not supported", 3),
    "max_tokens": (b'"max_tokens"', b"use max_completion_tokens instead", 2),
    "temperature": (b"temperature", b"this model takes no temperature", 2),
}


@pytest.mark.parametrize(("field", "refusal", "tries"), REFUSED.values(), ids=REFUSED.keys())
def test_a_server_that_refuses_a_field_is_asked_without_it_and_that_is_remembered(
    learning: Callable[..., Place], second: Second, field: bytes, refusal: bytes, tries: int
) -> None:
    second.steps = lambda seen: [
        answer(refusal, status=b"400 Bad Request") if field in seen.body else written(FOUND)
    ]
    place = learning()
    place.say(SAID)
    until(place.beliefs)
    assert len(second.asked) == tries
    assert b"json_" in second.asked[-1].body
    place.say("Our letters go by post, all of them.", conversation="two")
    until(lambda: len(place.calls()) == 2 and place.waiting() == 0)
    assert len(second.asked) == tries + 1


def test_a_server_that_knows_no_form_of_json_is_asked_in_words(
    learning: Callable[..., Place], second: Second
) -> None:
    def steps(seen: Seen) -> list[Step]:
        if b"response_format" in seen.body:
            return [answer(b"{}", status=b"422 Unprocessable")]
        return [written(f"Sure, here it is:\n```json\n{FOUND}\n```", usage=False)]

    second.steps = steps
    place = learning()
    place.say(SAID)
    until(place.beliefs)
    (call,) = place.calls()
    assert call.estimated
    assert call.tokens_in > 300


def test_an_anthropic_upstream_is_asked_with_a_tool(
    learning: Callable[..., Place], second: Second
) -> None:
    said = {"content": [{"type": "tool_use", "name": "notes", "input": {"new_beliefs": [NOTE]}}]}
    said["usage"] = {"input_tokens": 7, "output_tokens": 8}  # type: ignore[assignment]
    second.steps = lambda _: [answer(json.dumps(said).encode())]
    line = Line(name="second", dialect="anthropic", base_url=second.upstream.origin, key="none")
    place = learning(line=line)
    place.say(SAID)
    until(place.beliefs)
    (seen,) = second.asked
    assert seen.target == b"/v1/messages"
    assert seen.header(b"anthropic-version")
    assert place.calls()[0].tokens_out == 8


GARBAGE: dict[str, list[Step]] = {
    "prose": [written("I have nothing to say.")],
    "another contract": [written('{"facts": ["We keep our invoices in Lexoffice."]}')],
    "half an object": [written('{"new_beliefs": [{"type": "decision", "cano')],
    "a page": [answer(b"<html>busy</html>")],
    "nothing": [answer(b"")],
    "a megabyte": [answer(b'{"choices": [' + b" " * 1_000_000)],
    "500": [answer(b"{}", status=b"500 Oops")],
    "429": [answer(b"{}", status=b"429 Slow down")],
    "401": [answer(b"{}", status=b"401 No")],
    "a redirect": [answer(b"", status=b"307 There", headers=((b"Location", b"http://evil/"),))],
    "silence": [HANG],
    "a trickle": [b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", *[b" ", 0.3] * 9],
    "a cut": [b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{"],
}  # fmt: skip


@pytest.mark.parametrize("steps", GARBAGE.values(), ids=GARBAGE.keys())
def test_what_brings_no_answer_is_tried_three_times_more_and_dropped(
    learning: Callable[..., Place], second: Second, steps: list[Step]
) -> None:
    second.steps = lambda _: steps
    place = learning(pace=replace(QUICK, call=0.3))
    place.say(SAID)
    until(place.reasons)
    assert len(place.calls()) == 4
    assert {call.outcome for call in place.calls()} == {"failed"}
    assert (place.waiting(), place.beliefs()) == (0, [])
    place.say("And chat goes on.")


def test_after_five_failures_nothing_is_asked_any_more_and_turns_wait(
    learning: Callable[..., Place], second: Second
) -> None:
    second.steps = lambda _: [answer(b"{}", status=b"503 Down")]
    place = learning(pace=replace(QUICK, idle=0.05))
    for number in range(6):
        place.say(f"Our letters go by post, number {number}.", conversation=f"c{number}")
    until(lambda: len(place.calls()) >= 5)
    time.sleep(0.5)
    assert len(second.asked) == 5
    with Store.open(place.home, create=False) as store:
        assert calls.breaker(store.database, TINY, place.calls()[0].at).failures == 5
    assert place.waiting() > 0


def test_a_proxy_stops_at_once_while_its_model_is_silent(
    learning: Callable[..., Place], second: Second
) -> None:
    second.steps = lambda _: [HANG]
    place = learning(pace=replace(QUICK, call=60))
    place.say(SAID)
    until(lambda: second.asked)
    begun = time.monotonic()
    place.served.server.should_exit = True
    assert second.asked[0].left.wait(5)
    assert time.monotonic() - begun < 3
    assert place.waiting() == 1


def test_a_days_tokens_are_a_hard_stop(learning: Callable[..., Place], second: Second) -> None:
    place = learning(model=replace(TINY, daily_tokens=900))
    place.say(SAID)
    until(place.beliefs)
    place.say("Our letters go by post, all of them.", conversation="two")
    time.sleep(0.7)
    assert len(second.asked) == 1
    assert second.asked[0].json["max_tokens"] < 900  # type: ignore[operator]
    assert place.waiting() == 1


def test_a_days_money_is_a_hard_stop(learning: Callable[..., Place], second: Second) -> None:
    model = replace(TINY, daily_cost=0.001, price_in=1.0, price_out=1.0)
    place = learning(model=model)
    for number in range(4):
        place.say(f"Our letters go by post, number {number}.", conversation=f"c{number}")
    until(lambda: len(place.calls()) == 2 and place.calls()[0].outcome == "answered")
    time.sleep(0.5)
    spent = sum(call.cost or 0 for call in place.calls())
    assert spent == pytest.approx(0.0009)
    assert len(second.asked) == 2


def test_what_must_not_be_learned_is_not_asked_about(
    learning: Callable[..., Place], second: Second
) -> None:
    rule = ScopeRule(match=Match(model="private"), learn=False)
    place = learning(scope_rules=(rule,))
    place.say(SAID, prefix="/temporary")
    place.say(SAID, learn="off")
    body = {"model": "private", "messages": [{"role": "user", "content": SAID}]}
    httpx.post(f"{place.served.url}/chat/completions", json=body)
    with Store.open(place.home) as store:
        switches.pause(store.database, "learn")
    place.say(SAID)
    time.sleep(0.7)
    assert second.asked == []
    assert place.waiting() == 0


def test_turns_that_wait_are_not_asked_about_while_learning_is_paused(
    learning: Callable[..., Place], second: Second
) -> None:
    place = learning(pace=replace(QUICK, idle=0.6))
    place.say(SAID)
    until(place.waiting)
    with Store.open(place.home) as store:
        switches.pause(store.database, "learn")
    time.sleep(1)
    assert second.asked == []
    with Store.open(place.home) as store:
        switches.resume(store.database, "learn")
    until(place.beliefs)


def test_an_agents_rounds_teach_once(learning: Callable[..., Place], second: Second) -> None:
    place = learning()
    for _ in range(5):
        place.say(SAID)
    until(place.beliefs)
    time.sleep(0.5)
    assert len(second.asked) == 1
    (belief,) = place.beliefs()
    assert len(belief.evidence) == 1


def test_without_an_extractor_no_turn_is_kept_for_one(
    learning: Callable[..., Place], second: Second, settings: Settings
) -> None:
    with serving(create_app(settings, memory=Memory(settings, pace=QUICK))) as served:
        place = Place(served, settings.home)
        place.say(SAID)
        time.sleep(0.5)
        assert place.waiting() == 0


PROXY = """
import socket, sys, uvicorn
from dataclasses import replace
from pathlib import Path
from mindhold.beliefs.learning.background.budget import Model
from mindhold.beliefs.learning.background.waiting import Pace
from mindhold.proxy.app import create_app
from mindhold.proxy.memory import Memory
from mindhold.proxy.server import configuration
from mindhold.proxy.settings import Learn, Settings, Upstream
home, port, mine = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
line = Upstream(name="second", dialect="openai", base_url=f"http://127.0.0.1:{port}/v1", key="none")
learn = Learn(background=Model(upstream="second", model="tiny"), rules=False)
settings = Settings(home=home, upstreams=(line,), learn=learn)
pace = Pace(idle=0.1, pauses=(0.05, 0.05, 0.05), look=0.01)
app = create_app(settings, memory=Memory(settings, pace=pace))
with socket.create_server(("127.0.0.1", mine)) as listener:
    uvicorn.Server(configuration(app)).run([listener])
"""


@contextmanager
def daemon(home: Path, upstream: Upstream) -> Iterator[tuple["subprocess.Popen[bytes]", str]]:
    """The proxy as a process of its own, killed at the end of the block."""
    from ports import free_port

    port = free_port()
    command = [sys.executable, "-c", PROXY, str(home), str(upstream.port), str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as made:
        try:
            until(lambda: _healthy(port))
            yield made, f"http://127.0.0.1:{port}"
        finally:
            os.kill(made.pid, signal.SIGKILL)


def _healthy(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/healthz").status_code == 200
    except httpx.HTTPError:
        return False


def test_killed_while_it_asks_and_while_it_learns_each_turn_is_learned_once(
    second: Second, tmp_path: Path
) -> None:
    """Six turns of each of several conversations, and a process that dies at any moment."""
    turns = 12
    note = NOTE | {"aliases": []}

    def steps(seen: Seen) -> list[Step]:
        told = seen.json["messages"][1]["content"]  # type: ignore[index]
        lines = [line.partition(". ") for line in told.splitlines() if line[:1].isdigit()]
        found = [
            note
            | {
                "canonical_name": words.split()[-1].strip("."),
                "content": words,
                "evidence": [int(number)],
            }
            for number, _, words in lines
        ]
        return [0.05, written(json.dumps({"new_beliefs": found}))]

    second.steps = steps
    home = tmp_path / "home"
    for life in range(6):
        with daemon(home, second.upstream) as (_, url):
            if life == 0:
                for number in range(turns):
                    text = f"We keep all of our letters in cabinet{number}."
                    headers = {
                        "x-mindhold-scope": "project:shop",
                        "x-mindhold-conversation": f"{number}",
                    }
                    body = {"model": "m", "messages": [{"role": "user", "content": text}]}
                    got = httpx.post(f"{url}/v1/chat/completions", json=body, headers=headers)
                    assert got.status_code == 200
                until(lambda: _count(home, "SELECT count(*) FROM offered") == turns)
            time.sleep(0.1 * life)
    with daemon(home, second.upstream):
        until(lambda: _count(home, "SELECT count(*) FROM background_turns") == 0)
        until(lambda: _count(home, "SELECT count(*) FROM learning") == 0)
    with Store.open(home) as store:
        held = list(store.select())
        assert sorted(one.canonical_name for one in held) == sorted(
            f"cabinet{number}" for number in range(turns)
        )
        assert all(len(one.evidence) == 1 for one in held)
        assert store.sequence == turns


def _count(home: Path, sql: str) -> int:
    with sqlite3.connect(home / "store.db", timeout=5) as database:
        return int(database.execute(sql).fetchone()[0])
