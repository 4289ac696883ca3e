"""What memory gives up to spare the chat is counted, wherever in the code that may be."""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import pytest
from serving import Served, serving
from upstream import Upstream
from waiting import until

from mindhold.beliefs.learning.background.budget import Model
from mindhold.beliefs.learning.background.waiting import Pace
from mindhold.proxy.app import create_app
from mindhold.proxy.lapses import Lapse, Lapses
from mindhold.proxy.memory import Memory
from mindhold.proxy.settings import Inject, Learn, Settings

ROOT = Path(__file__).parents[2]
CHAT = {"model": "m", "messages": [{"role": "user", "content": "Hello"}]}
NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)


class Line(NamedTuple):
    """What a line that goes on counts, or else why it need not, and the test that takes it there.

    A counter is one of memory's, or the code of an error.
    """

    counter: str
    test: str


HANDED = "told to the one who waits"
LINES = {
    "proxy/app.py Calls._remember": Line(
        "faults", "wire/test_app.py::test_a_memory_that_fails_in_every_call_costs_nobody_their_chat"
    ),
    "proxy/app.py Calls._heed": Line(
        "faults", "wire/test_lapses.py::test_what_fails_while_an_answer_flows_is_counted"
    ),
    "proxy/app.py Calls._finish": Line(
        "faults", "wire/test_lapses.py::test_what_fails_while_an_answer_flows_is_counted"
    ),
    "proxy/boundary.py Boundary.__call__": Line(
        "unexpected",
        "wire/test_metrics.py::test_a_chat_that_failed_because_of_memory_would_be_seen",
    ),
    "proxy/memory.py Memory.inject": Line(
        "faults", "injection/test_faults.py::test_a_ledger_that_raises_sends_the_very_bytes"
    ),
    "proxy/memory.py Memory._ask": Line(
        "faults", "injection/test_faults.py::test_a_recall_that_raises_costs_the_new_block_only"
    ),
    "proxy/memory.py Memory.obey": Line(
        "faults", "wire/test_lapses.py::test_a_command_that_fails_is_counted"
    ),
    "proxy/holding.py Holding.open": Line(
        "faults",
        "injection/test_faults.py"
        "::test_an_opening_that_fails_unforeseen_is_counted_and_sends_the_very_bytes",
    ),
    "proxy/background.py Background.run": Line(
        "faults", "wire/test_lapses.py::test_a_background_extractor_that_breaks_is_counted"
    ),
    "proxy/behind.py Behind._commit": Line(
        "failed",
        "injection/test_faults.py::test_what_can_never_be_written_holds_up_nothing_beside_it",
    ),
    "proxy/thread.py Worker._posted": Line(
        "failed",
        "wire/test_thread.py::test_posted_calls_run_in_order_and_one_that_raises_stops_nothing",
    ),
    "beliefs/learning/learner.py Learner.drain": Line(
        "unlearned", "learning/test_learner.py::test_a_turn_that_cannot_be_worked_on_is_counted"
    ),
    "beliefs/learning/learner.py Learner._proposals": Line(
        "unlearned", "learning/test_gate.py::test_an_extractor_that_breaks_costs_only_itself"
    ),
    "beliefs/learning/background/desk.py Desk._learned": Line(
        "unlearned", "learning/test_background.py::test_a_turn_that_cannot_be_worked_on_is_counted"
    ),
    "proxy/thread.py _Asked.settle": Line(
        HANDED, "injection/test_faults.py::test_a_recall_that_raises_costs_the_new_block_only"
    ),
    "proxy/keys.py limited.run": Line(
        HANDED, "cli/test_rings.py::test_every_command_says_it_in_a_sentence"
    ),
    "proxy/tokens.py _open": Line(
        HANDED,
        "wire/test_frontdoor.py::test_a_store_that_cannot_be_read_lets_nobody_in_who_needs_a_token",
    ),
    "cli/failure.py exit_code": Line(
        HANDED,
        "cli/test_failure.py::test_an_unexpected_error_is_logged_without_the_words_it_carries",
    ),
    "cli/bridge.py Bridge.answer": Line(
        HANDED, "cli/test_bridge.py::test_a_line_that_cannot_be_done_is_answered_with_an_error"
    ),
}


def broad(handler: ast.ExceptHandler) -> bool:
    """Whether it takes whatever comes, and then goes on."""
    kinds = ast.unparse(handler.type) if handler.type else "Exception"
    taken = re.search(r"\b(Base)?Exception\b", kinds) is not None
    return taken and not isinstance(handler.body[-1], ast.Raise)


def found(node: ast.AST, place: str) -> Iterator[str]:
    """The places of all handlers that go on, and of all that is suppressed altogether."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.ExceptHandler) and broad(child):
            yield place.strip(".")
        if isinstance(child, ast.Call) and re.match(
            r"(contextlib\.)?suppress\(.*\b(Base)?Exception\b", ast.unparse(child)
        ):
            yield place.strip(".")
        named = isinstance(child, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        yield from found(child, f"{place}{child.name}." if named else place)  # type: ignore[attr-defined]


def test_every_line_that_goes_on_is_known_and_taken_by_a_test() -> None:
    lines = []
    for package in ("beliefs", "retrieval", "proxy", "cli"):
        for file in sorted((ROOT / package).rglob("*.py")):
            tree = ast.parse(file.read_text("utf-8"))
            lines += [f"{file.relative_to(ROOT)} {place}" for place in found(tree, "")]
    assert sorted(set(lines)) == sorted(LINES)
    for line in LINES.values():
        file, _, test = line.test.partition("::")
        assert f"def {test}(" in (ROOT / "tests" / file).read_text("utf-8")


def test_what_they_count_is_told(serve: Callable[..., Served]) -> None:
    served = serve()
    metrics, health = httpx.get(f"{served.origin}/metrics").text, lapses(served)
    counters = {line.counter for line in LINES.values()} - {HANDED, "unexpected"}
    assert [
        one for one in sorted(counters) if f"mindhold_memory_{one}_total 0\n" not in metrics
    ] == []
    assert counters <= set(health)


def lapses(served: Served) -> dict[str, Any]:
    told: dict[str, Any] = httpx.get(f"{served.origin}/healthz").json()
    return told


def grown(served: Served, name: str) -> int:
    """How often that happened, once it has."""
    until(lambda: lapses(served)[name])
    told = lapses(served)
    assert told["lately"][name]["count"] == told[name]
    assert (
        f"mindhold_memory_{name}_total {told[name]}\n" in httpx.get(f"{served.origin}/metrics").text
    )
    return int(told[name])


class Clumsy(Memory):
    """A memory that fails beside an answer that flows, and after it."""

    def answering(self, *_: object, **__: object) -> None:
        """While it flows."""
        raise RuntimeError("secret words")

    def finished(self, *_: object, **__: object) -> None:
        """At its end."""
        raise RuntimeError("secret words")


def test_what_fails_while_an_answer_flows_is_counted(
    settings: Settings, upstream: Upstream
) -> None:
    with serving(create_app(settings, memory=Clumsy(settings))) as served:
        got = httpx.post(f"{served.url}/chat/completions", json=CHAT)
        assert (got.status_code, b"All right." in got.content) == (200, True)
        assert grown(served, "faults") >= 2
        failed = "mindhold_memory_caused_failures_total 0\n"
        assert failed in httpx.get(f"{served.origin}/metrics").text


def test_a_command_that_fails_is_counted(
    serve: Callable[..., Served], monkeypatch: pytest.MonkeyPatch
) -> None:
    def raises(*_: object) -> None:
        raise RuntimeError("secret words")

    served = serve(commands=True, inject=Inject(deadline_ms=5_000))
    monkeypatch.setattr("mindhold.proxy.memory.settled", raises)
    asked = {"model": "m", "messages": [{"role": "user", "content": "!why"}]}
    got = httpx.post(f"{served.url}/chat/completions", json=asked)
    assert got.headers["x-mindhold-memory"] == "command; name=why"
    assert grown(served, "faults") == 1


class Silent(Memory):
    """A memory whose writing thread cannot be asked."""

    async def behind(self, *_: object) -> None:
        """Not at all."""
        raise RuntimeError("secret words")


def test_a_background_extractor_that_breaks_is_counted(settings: Settings) -> None:
    learn = Learn(background=Model(upstream="scripted", model="tiny"))
    settings = replace(settings, learn=learn)
    with serving(create_app(settings, memory=Silent(settings, pace=Pace(look=0.02)))) as served:
        until(lambda: lapses(served)["faults"])


def test_counts_have_their_times_and_outlive_what_counted() -> None:
    made = Lapses()
    made.see({"late": 0}, NOW)
    assert made.lately(NOW) == {}
    made.see({"late": 2}, NOW + timedelta(minutes=1))
    made.see({"late": 3}, NOW + timedelta(minutes=5))
    made.see({"late": 1}, NOW + timedelta(hours=3))  # what counted was made anew
    assert made.counts == {"late": 4}
    began, last = NOW + timedelta(minutes=1), NOW + timedelta(hours=3)
    assert made.lately(last) == {"late": Lapse(count=4, since=began, last=last)}
    later = NOW + timedelta(hours=25)
    assert made.lately(later) == {"late": Lapse(count=1, since=last, last=last)}
    assert made.lately(NOW + timedelta(days=9)) == {}
    assert made.counts == {"late": 4}
