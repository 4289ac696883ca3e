"""Loops: memory must not feed on itself, whoever repeats, resends or pastes what it gave."""

import random
import re
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from serving import Served
from upstream import Seen, Step, Upstream, chat
from waiting import until

from mindhold.beliefs.model import LIVE
from mindhold.beliefs.store import Store
from mindhold.beliefs.text.block import find_blocks
from mindhold.proxy.settings import Inject, Settings
from mindhold.proxy.settings import Upstream as Line

TOLD = (
    "We moved from Jest to Vitest last week.",
    "I prefer tabs over spaces.",
    "Never use semicolons.",
    "Our deploy day is Friday.",
    "Always answer in German.",
    "We're considering Deno for the scripts.",
)
ASKED = "How do Vitest, tabs, semicolons, the deploy day and Deno go together?"
MARKS = ("“”", "„“", "«»", "‘’", "''", "「」", "″″")
_WIRE = httpx.Client(timeout=20, trust_env=False)


class Client:
    """A chat client in front of a proxy, which keeps its own history."""

    def __init__(self, served: Served, name: str) -> None:
        self.url = f"{served.url}/v1/chat/completions".replace("/v1/v1", "/v1")
        self.headers = {"X-Mindhold-Scope": "project:shop", "X-Mindhold-Conversation": name}
        self.messages: list[dict[str, Any]] = []

    def say(self, text: str) -> None:
        """Says it, and keeps the answer."""
        self.messages.append({"role": "user", "content": text})
        body = {"model": "m", "messages": self.messages}
        answer = _WIRE.post(self.url, json=body, headers=self.headers)
        self.messages.append(answer.json()["choices"][0]["message"])


def echo(seen: Seen) -> list[Step]:
    """A model that repeats every note that it was given, as the user's own words."""
    notes = [note for found in find_blocks(text_of(seen)) for note in found.notes]
    said = " ".join(f"We use that: {note.content} {note.why_it_matters}" for note in notes)
    return chat(seen, f"You told me. {said} Remember that."[:2_000])


def text_of(seen: Seen) -> str:
    messages: Any = seen.json["messages"]
    return "\n".join(message["content"] for message in messages)


def learned(home: Path, turns: int) -> int:
    """The store's sequence once so many user turns have been learned from."""
    with Store.open(home) as store:
        rows = store.database.rows
        until(lambda: rows("SELECT count(*) FROM requests")[0][0] >= turns, "not written")
        until(lambda: not rows("SELECT count(*) FROM learning")[0][0], "not learned")
        return store.sequence


def quotes(home: Path) -> list[str]:
    """What the beliefs rest on: where something was learned, this tells from what."""
    with Store.open(home) as store:
        return [quote.quote for belief in store.select() for quote in belief.evidence]


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """With time enough for memory to answer on a busy machine."""
    return replace(settings, inject=Inject(deadline_ms=5_000))


@pytest.fixture
def taught(proxy: Served, settings: Settings) -> int:
    """A store that has learned what was told; its sequence."""
    for number, text in enumerate(TOLD):
        Client(proxy, f"told {number}").say(text)
    sequence = learned(settings.home, len(TOLD))
    with Store.open(settings.home) as store:
        assert store.count(states=LIVE) == len(TOLD)
    return sequence


def test_a_model_that_repeats_what_it_was_given_teaches_nothing_in_500_turns(
    proxy: Served, upstream: Upstream, settings: Settings, taught: int
) -> None:
    upstream.default = echo
    for name in range(25):
        client = Client(proxy, f"loop {name}")
        for number in range(20):
            client.say(ASKED if number % 5 == 0 else f"Go on with part {number}.")
    assert "why_it_matters" in text_of(upstream.last)
    assert "You told me" in text_of(upstream.last)
    assert learned(settings.home, len(TOLD) + 500) == taught


def test_a_history_that_is_sent_again_teaches_nothing_twice(
    proxy: Served, settings: Settings, taught: int
) -> None:
    for name in ("moved to another client", "told 0"):
        client = Client(proxy, name)
        for text in TOLD:
            said = {"role": "user", "content": text}
            client.messages += [said, {"role": "assistant", "content": "All right."}]
        client.say("Thanks. What is left to do?")
        client.say("And then?")
    assert learned(settings.home, len(TOLD) + 4) == taught


def pasted(block: str, chance: random.Random) -> Iterator[str]:
    """The block as people, mail programs and chat windows hand it on."""
    lines = block.split("\n")
    bare, notes = "\n".join(lines[1:-1]), [line for line in lines if line.startswith("{")]
    yield from (block, bare, "\n".join(lines[:-1]), "\n".join(lines[1:]), block.replace("\n", " "))
    yield from (re.sub("<[^>]*>", "", block), block.replace("<", "&lt;"), block.replace('"', r"\""))
    yield from ("\n".join(f"> {line}" for line in lines), block.replace("\n", "\r\n"))
    yield from ("\n".join(f"- {note}" for note in notes), block.replace("\n", "\n\n"))
    for width in (40, 72, 100):
        yield "\n".join(textwrap.fill(line, width) for line in lines[1:-1])
        yield textwrap.fill(block, width)
    for first, last in MARKS:
        yield re.sub('"([^"]*)"', rf"{first}\1{last}", bare)
    for note in notes:
        yield from (
            note,
            f"What is this? {note}",
            f"{note}\nWhy did you say so?",
            note[len(note) // 3 :],
        )
        yield from (note[: len(note) // 2], note[note.find('"note"') :])
    for _ in range(20):
        start, end = sorted(chance.sample(range(len(block)), 2))
        yield block[start:end]


def test_the_block_pasted_back_teaches_nothing(
    proxy: Served, upstream: Upstream, settings: Settings, taught: int
) -> None:
    Client(proxy, "ask").say(ASKED)
    seen, chance = text_of(upstream.last), random.Random(7)
    blocks = [seen[found.start : found.end] for found in find_blocks(seen)]
    assert len(blocks) == 2, "one of the persona, one of the turn"
    texts = [text for block in blocks for text in pasted(block, chance)]
    for number, text in enumerate(texts):
        Client(proxy, f"pasted {number}").say(text)
    assert learned(settings.home, len(TOLD) + 1 + len(texts)) == taught, quotes(settings.home)


def test_two_proxies_in_a_chain_learn_from_the_user_and_not_from_each_other(
    serve: Callable[..., Served], upstream: Upstream, settings: Settings, tmp_path: Path
) -> None:
    homes = (tmp_path / "first", tmp_path / "second")
    second = serve(home=homes[1])
    line = Line(name="second", dialect="openai", base_url=second.url, key="none")
    first = serve(home=homes[0], upstreams=(line,))
    asked = [(text, ASKED, "We also use Redis for the queue." if n else "Go on.")
             for n, text in enumerate(TOLD)]  # fmt: skip
    for number, texts in enumerate(asked):
        client = Client(first, f"chained {number}")
        for turn, text in enumerate(texts):
            client.say(text)
            for home in homes:
                learned(home, len(texts) * number + turn + 1)
    assert len(list(find_blocks(text_of(upstream.last)))) >= 2, "each gave what it holds"
    held = []
    for home in homes:
        learned(home, 3 * len(TOLD))
        with Store.open(home) as store:
            held.append(sorted((b.content, b.reinforced, b.evidence[0].quote) for b in
                               store.select(states=LIVE)))  # fmt: skip
    assert len(held[0]) == len(TOLD) + 1
    assert held[0] == held[1]
