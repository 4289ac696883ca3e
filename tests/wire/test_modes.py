"""The modes of learning, and learning without injecting, through the real application."""

from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from serving import serving

from mindhold.beliefs import verdict
from mindhold.beliefs.review import queue
from mindhold.beliefs.store import Store
from mindhold.proxy.app import create_app
from mindhold.proxy.settings import Inject, Learn, Settings

SAID = (
    "We use Vitest.",
    "We're considering Svelte for the shop.",
    "I'm not sure whether to use Redis or Valkey.",
    "I like Rust.",
)
NOTHING = "Memory gave me nothing for this."


def talk(home: Path, *texts: str, learn: Learn, inject: bool = True) -> list[str]:
    """What the built-in model answers to each text, in a conversation of its own."""
    settings = Settings(home=home, learn=learn, inject=Inject(enabled=inject, deadline_ms=5_000))
    with serving(create_app(settings)) as served:
        return [_ask(served.url, text) for text in texts]


def _ask(url: str, text: str) -> str:
    body = {"model": "demo", "messages": [{"role": "user", "content": text}]}
    answer = httpx.post(f"{url}/chat/completions", json=body)
    assert answer.status_code == 200
    said: str = answer.json()["choices"][0]["message"]["content"]
    return said


def held(home: Path) -> dict[str, str]:
    with Store.open(home) as store:
        return {one.canonical_name: one.state.value for one in store.select()}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def test_off_learns_nothing_and_still_gives_what_is_held(home: Path) -> None:
    talk(home, "We use Vitest.", learn=Learn())
    answers = talk(home, "We use Postgres.", "How do I set up Vitest?", learn=Learn(mode="off"))
    assert held(home) == {"vitest": "active"}
    assert "We use Vitest." in answers[1].partition("Memory gave me one note")[2]


def test_explicit_learns_plain_statements_only(home: Path) -> None:
    talk(home, *SAID, learn=Learn(mode="explicit"))
    assert held(home) == {"vitest": "active"}


def test_auto_holds_each_as_it_was_said(home: Path) -> None:
    talk(home, *SAID, learn=Learn(mode="auto"))
    states = sorted(held(home).values())
    assert states == ["active", "candidate", "exploratory", "open"]


def test_curated_holds_nothing_until_its_owner_approves_it(home: Path) -> None:
    curated = Learn(mode="curated")
    assert NOTHING in talk(home, *SAID, "How do I set up Vitest?", learn=curated)[-1]
    assert set(held(home).values()) == {"pending"}
    assert len(held(home)) == len(SAID)
    now = datetime.now(UTC)
    with Store.open(home) as store, store.write(actor="owner", now=now) as write:
        for item in queue(store.database, today=now.date()):
            verdict.approve(write, item.belief.id)
    assert set(held(home).values()) == {"active", "exploratory", "open"}
    assert "We use Vitest." in talk(home, "How do I set up Vitest?", learn=curated)[0]


def test_observing_learns_and_puts_nothing_into_requests_until_it_is_ended(home: Path) -> None:
    asked = ("We use Vitest.", "How do I set up Vitest?")
    assert all(NOTHING in said for said in talk(home, *asked, learn=Learn(), inject=False))
    assert held(home) == {"vitest": "active"}
    assert NOTHING not in talk(home, asked[1], learn=Learn())[0]
