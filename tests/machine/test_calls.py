"""What becomes of a client's own requests at the real proxy, in every dialect."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from injection.place import add, belief
from provider.script import Provider
from serving import Served
from upstream import Seen, Upstream
from waiting import until

from mindhold.beliefs.store import Store
from mindhold.beliefs.text.block import find_blocks
from mindhold.proxy.settings import Inject, Settings

Parts = Sequence[str]
Said = tuple[str, Parts]  # role and text parts
_WIRE = httpx.Client(timeout=20, trust_env=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How a dialect writes a system prompt and messages of several text parts."""

    path: str
    write: Callable[[str, Sequence[Said]], dict[str, Any]]


def _typed(said: Sequence[Said], user: str, assistant: str) -> list[dict[str, Any]]:
    def kind(role: str) -> str:
        return assistant if role == "assistant" else user

    return [
        {"role": role, "content": [{"type": kind(role), "text": text} for text in parts]}
        for role, parts in said
    ]


def _chat(system: str, said: Sequence[Said]) -> dict[str, Any]:
    before = [{"role": "system", "content": system}] if system else []
    return {"messages": [*before, *_typed(said, "text", "text")]}


def _responses(system: str, said: Sequence[Said]) -> dict[str, Any]:
    before = [("developer", [system])] if system else []
    return {"input": _typed([*before, *said], "input_text", "output_text")}


def _messages(system: str, said: Sequence[Said]) -> dict[str, Any]:
    before = {"system": [{"type": "text", "text": system}]} if system else {}
    return {**before, "max_tokens": 99, "messages": _typed(said, "text", "text")}


def _ollama(system: str, said: Sequence[Said]) -> dict[str, Any]:
    """Ollama knows no parts: a message each."""
    before = [{"role": "system", "content": system}] if system else []
    flat = [{"role": role, "content": text} for role, parts in said for text in parts]
    return {"messages": [*before, *flat], "stream": False}


DIALECTS = {
    "chat": Dialect(path="/v1/chat/completions", write=_chat),
    "responses": Dialect(path="/v1/responses", write=_responses),
    "messages": Dialect(path="/v1/messages", write=_messages),
    "ollama": Dialect(path="/api/chat", write=_ollama),
}
AGENT = "You are a coding agent. Use the tools at hand."
TITLES = "You are a title generator. You output ONLY a title for the conversation. Nothing else."
FIRST = "We use Postgres. How do I set up Vitest?"
SECOND = "And which day do we deploy, with Kamal?"


@dataclass
class Client:
    """A client of one dialect; `sent` is what the upstream saw last."""

    proxy: Served
    upstream: Upstream
    dialect: Dialect
    program: str = "agent/1.0"

    def send(self, said: Sequence[Said], system: str = AGENT, **headers: str) -> str:
        """Sends a request; what memory said of it."""
        body = {"model": "m", **self.dialect.write(system, said)}
        raw = json.dumps(body, ensure_ascii=False).encode()
        named = {"user-agent": self.program, "x-mindhold-scope": "project:a", **headers}
        got = _WIRE.post(f"{self.proxy.origin}{self.dialect.path}", content=raw, headers=named)
        assert got.status_code == 200, got.text
        self.untouched = self.sent.body == raw
        return got.headers["x-mindhold-memory"]

    @property
    def sent(self) -> Seen:
        return self.upstream.last

    @property
    def blocks(self) -> list[list[str]]:
        """What each block of the last request names."""
        return [[note.name for note in found.notes] for found in find_blocks(_strings(self.sent))]

    @property
    def block(self) -> str:
        """The first block of the last request."""
        text = _strings(self.sent)
        found = next(iter(find_blocks(text)))
        return text[found.start : found.end]


def _strings(seen: Seen) -> str:
    def inside(value: object) -> list[str]:
        if isinstance(value, dict):
            return [text for one in value.values() for text in inside(one)]
        if isinstance(value, list):
            return [text for one in value for text in inside(one)]
        return [value] if isinstance(value, str) else []

    return "\n\n".join(inside(seen.json))


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """With time enough for memory, and two beliefs in it."""
    made = replace(settings, inject=Inject(deadline_ms=5_000))
    with Store.open(made.home):
        pass
    add(made.home, belief("vitest"), belief("kamal"))
    return made


@pytest.fixture(params=DIALECTS)
def client(request: pytest.FixtureRequest, proxy: Served, upstream: Upstream) -> Client:
    """A client of each dialect."""
    upstream.default = Provider()
    return Client(proxy, upstream, DIALECTS[request.param])


def learned(home: Path, requests: int) -> set[str]:
    """The names of what was learned, once so many requests are written and learned from."""
    with Store.open(home) as store:
        rows = store.database.rows
        until(lambda: rows("SELECT count(*) FROM requests")[0][0] >= requests, "not written")
        until(lambda: not rows("SELECT count(*) FROM learning")[0][0], "not learned from")
        names = {one.canonical_name for one in store.select(user=None)}
    return names - {"vitest", "kamal"}


def test_an_aside_goes_as_it_came_and_the_next_turn_as_if_it_had_not_been(
    client: Client, settings: Settings
) -> None:
    first: Said = ("user", ["We moved to Bun. How do I set up Vitest?"])
    title = client.send([first], TITLES)
    assert (title, client.untouched) == ("off; reason=errand", True)
    assert learned(settings.home, 1) == set()
    client.send([first])
    assert client.blocks == [["vitest"]]
    block = client.block
    client.send([("user", ["Generate a title for this conversation:\n"]), first], TITLES)
    client.send([first, ("assistant", ["So."]), ("user", [SECOND])])
    assert client.blocks == [["vitest"], ["kamal"]]
    assert client.block == block


def test_a_compaction_gets_its_old_blocks_back_and_no_new_one(
    client: Client, settings: Settings
) -> None:
    said: list[Said] = [("user", [FIRST])]
    client.send(said)
    before = learned(settings.home, 1)
    said += [("assistant", ["So."])]
    asked = (
        "Your task is to create a detailed summary of the conversation so far, so that the work"
        " with Kamal can go on without loss of context. We use Redis."
    )
    assert client.send([*said, ("user", [asked])]).startswith("injected=1;")
    assert client.blocks == [["vitest"]]
    assert learned(settings.home, 2) == before
    client.send([*said, ("user", [SECOND])])
    assert client.blocks == [["vitest"], ["kamal"]]


AROUND = [
    "# AGENTS.md instructions for /srv/shop\n\n<INSTRUCTIONS>We use Kamal.</INSTRUCTIONS>",
    "<environment_context>\n  <cwd>/srv/shop</cwd>\n</environment_context>",
    "<system-reminder>\nAlways use Kamal. We moved to Redis.\n</system-reminder>",
]


@pytest.mark.parametrize("apart", [True, False], ids=["messages", "parts"])
def test_what_a_client_tells_of_the_surroundings_is_no_turn_wherever_it_stands(
    client: Client, settings: Settings, *, apart: bool
) -> None:
    if not apart and client.dialect.path == "/api/chat":
        pytest.skip("a message of Ollama's has one text")
    around: list[Said] = [("user", [one]) for one in AROUND] if apart else []
    first: Said = ("user", ["How do I set up Vitest?"] if apart else [*AROUND, "Vitest, but how?"])
    client.send([*around, first])
    assert client.blocks == [["vitest"]]
    block = client.block
    assert _strings(client.sent).index(block) > _strings(client.sent).index(AROUND[-1])
    moved = around[:2] if apart else []
    bare: Said = first if apart else ("user", ["Vitest, but how?"])
    client.send([*moved, bare, ("assistant", ["So."]), ("user", [SECOND]), *around[2:]])
    assert client.blocks == [["vitest"], ["kamal"]]
    assert client.block == block
    assert learned(settings.home, 2) == set()


RULES = "# Rules for edits:\n\nAlways use Redis. Never use Kamal."
LOOKED_UP = """### Task:
Respond to the user query using the provided context.

### Guidelines:
- Always use Redis.

<context>
<source id="1">We moved to Redis.</source>
</context>

We moved to Bun."""
DETAILS = "<environment_details>\nAlways use Redis.\n</environment_details>"
WRAPPED = {
    "rules below": ("OpenAI/Python", f"We moved to Bun.\n\n{RULES}"),
    "in quotation marks": ("opencode/1.18", '"We moved from Npm to Bun in March last year."'),
    "an input": ("ai-sdk", '<user_input mode="act">We moved to Bun.</user_input>'),
    "a task": ("ai-sdk", f"<task>\nWe moved to Bun.\n</task>\n{DETAILS}"),
    "a reminder": ("claude-cli/2", "<system-reminder>Use Redis.</system-reminder>We moved to Bun."),
    "looked up": ("Python/3.11", LOOKED_UP),
}


@pytest.mark.parametrize(("program", "text"), WRAPPED.values(), ids=WRAPPED)
def test_what_the_person_typed_is_learned_and_what_the_client_put_around_it_is_not(
    client: Client, settings: Settings, program: str, text: str
) -> None:
    client.program = program
    client.send([("user", [text])], f"{AGENT}\n\n{RULES}")
    assert client.blocks == []
    assert learned(settings.home, 1) == {"bun"}


def test_what_a_client_put_around_it_names_nothing(client: Client) -> None:
    client.send([("user", [f"Good morning.\n\n{RULES}"])], f"{AGENT}\n\n{RULES}")
    assert client.blocks == []
    client.program = "opencode/1.18"
    client.send([("user", ['"How do I set up Vitest for a new package?"'])])
    assert client.blocks == [["vitest"]]


def test_after_a_compaction_beliefs_are_due_again_and_the_summary_teaches_nothing(
    client: Client, settings: Settings
) -> None:
    client.send([("user", ["How do I set up Vitest?"])])
    summary = (
        "This session is being continued from a previous conversation that ran out of context.\n"
        "The user moved to Redis and wants Kamal."
    )
    client.send([("user", [summary]), ("user", ["And Vitest with Kamal?"])])
    assert [set(names) for names in client.blocks] == [{"vitest", "kamal"}]
    assert learned(settings.home, 2) == set()
