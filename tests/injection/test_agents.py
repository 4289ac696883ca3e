"""A coding agent that speaks Anthropic's dialect: its sessions, its project, its helpers."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from injection.place import Place, add, belief, running, settings

from mindhold.beliefs import requests
from mindhold.beliefs.requests import Request
from mindhold.beliefs.store import Store
from mindhold.beliefs.text.block import parse
from mindhold.proxy.turn import Turn

Body = dict[str, Any]

MARK = {"cache_control": {"type": "ephemeral"}}
TOLD = "We moved from Jest to Vitest last week."
ASKED = "How do I set up Jest here?"
REMINDER = (
    "<system-reminder>\nNothing is on the list. Working directory: /elsewhere\n</system-reminder>"
)
AGENT = {"User-Agent": "claude-cli/2.1.80 (external, cli)", "X-App": "cli"}
HELPERS = (
    {"X-Claude-Code-Session-Id": "s1", "X-Claude-Code-Agent-Id": "helper"},
    {"session-id": "s1", "thread-id": "t2", "x-openai-subagent": "collab_spawn"},
    {"session-id": "s1", "thread-id": "t2", "x-codex-parent-thread-id": "s1"},
    {"X-Session-Id": "s2", "x-parent-session-id": "s1"},
)


def session(name: str, agent: str = "") -> Body:
    """The headers of a session, or of a helper's in it."""
    helper = {"X-Claude-Code-Agent-Id": agent} if agent else {}
    return {**AGENT, "X-Claude-Code-Session-Id": name, **helper}


def request(directory: Path, *said: str, version: int = 1, **fields: Any) -> Body:
    """What the agent sends: who it is, how it works and where, and every turn in parts.

    The last two turns carry a breakpoint, and the system two.
    """
    system = [
        {"type": "text", "text": f"x-billing: build={version}; entry=cli;"},
        {"type": "text", "text": "You are a coding agent.", **MARK},
        {
            "type": "text",
            "text": "Use your tools.\n\n# Surroundings\n"
            f" - Primary working directory: {directory}\n"
            " - Is it a git repository: yes\n - Platform: linux\n",
            **MARK,
        },
    ]
    messages: list[Body] = []
    for number, words in enumerate(said):
        mark = MARK if number >= len(said) - 2 else {}
        first = [{"type": "text", "text": REMINDER}] if number == 0 else []
        turn = [*first, {"type": "text", "text": words, **mark}]
        answer = [{"type": "text", "text": "Done."}]
        messages += [{"role": "user", "content": turn}, {"role": "assistant", "content": answer}]
    return {
        "model": "claude-m",
        "max_tokens": 32_000,
        "system": system,
        "messages": messages[:-1],
        "tools": [{"name": "read", "input_schema": {"type": "object"}}],
        "thinking": {"type": "adaptive"},
        "metadata": {"user_id": "user_1__session_s1"},
        "stream": True,
        **fields,
    }


def repository(place: Path, name: str) -> Path:
    """A git repository of its own origin, with a directory inside it."""
    inside = place / name / "src"
    inside.mkdir(parents=True)
    git = place / name / ".git"
    git.mkdir()
    (git / "HEAD").write_text("ref: refs/heads/main\n")
    (git / "config").write_text(f'[remote "origin"]\n\turl = git@example.org:us/{name}.git\n')
    return inside


async def send(place: Place, body: Body, headers: Body) -> Body:
    """The body that the upstream sees."""
    made = await place.send(body, path=b"/v1/messages", headers=headers)
    seen: Body = json.loads(made.body)
    return seen


def rows(home: Path) -> list[Request]:
    """What the log says, the first request first."""
    with Store.open(home) as store:
        return requests.recent(store.database, 99)[::-1]


def given(seen: Body) -> list[str]:
    """What the notes in the messages say."""
    texts = [part["text"] for message in seen["messages"] for part in message["content"]]
    return [note.content for text in texts for note in parse(text)]


def test_a_session_is_a_conversation_and_its_directory_the_project(tmp_path: Path) -> None:
    home, shop, bank = tmp_path / "home", repository(tmp_path, "shop"), repository(tmp_path, "bank")

    async def story() -> None:
        add(home, belief("vitest", "Vitest it is.", aliases=("jest",), scopes=("project:shop",)))
        async with running(settings(home)) as place:
            assert given(await send(place, request(shop, ASKED), session("s1"))) == [
                "Vitest it is."
            ]
            assert given(await send(place, request(bank, ASKED), session("s2"))) == []
            await place.settled()

    asyncio.run(story())
    logged = [(row.conversation, row.origin, row.client, row.scopes) for row in rows(home)]
    assert logged == [
        ("s1", "prompt", "claude-cli", ("project:shop", "domain:code")),
        ("s2", "prompt", "claude-cli", ("project:bank", "domain:code")),
    ]


def test_what_is_told_to_an_agent_once_is_known_in_its_next_session(tmp_path: Path) -> None:
    home, shop = tmp_path / "home", repository(tmp_path, "shop")

    async def story() -> list[str]:
        async with running(settings(home)) as place:
            await send(place, request(shop, TOLD), session("s1"))
            await place.settled()
            return given(await send(place, request(shop, ASKED), session("s2")))

    (said,) = asyncio.run(story())
    assert "Vitest" in said


def test_a_session_appends_whatever_its_first_block_says_and_wherever_its_breakpoints_are(
    tmp_path: Path,
) -> None:
    home, shop = tmp_path / "home", repository(tmp_path, "shop")
    said = [ASKED, "Thanks.", "And Jest mocks?", "Good.", "Jest again?"]

    async def story() -> None:
        add(home, belief("vitest", "Vitest it is.", aliases=("jest",), scopes=("project:shop",)))
        add(home, belief("style", "Write plainly.", pinned=True, scopes=("domain:code",)))
        before: list[Body] = []
        async with running(settings(home)) as place:
            for turns in range(1, len(said) + 1):
                body = request(shop, *said[:turns], version=turns)
                seen = await send(place, body, session("s1"))
                assert seen["system"][:-1] == body["system"]
                assert seen["system"][-1].keys() == {"type", "text"}
                assert json.dumps(seen).count("cache_control") == json.dumps(body).count(
                    "cache_control"
                )
                messages = [bare(message) for message in seen["messages"]]
                assert messages[: len(before)] == before
                before = messages
        assert given(seen) == ["Vitest it is."]

    asyncio.run(story())


def bare(message: Body) -> Body:
    """A message without its breakpoints."""
    keep = [
        {key: value for key, value in part.items() if key != "cache_control"}
        for part in message["content"]
    ]
    return {**message, "content": keep}


@pytest.mark.parametrize("headers", HELPERS, ids=lambda headers: [*headers][-1])
def test_a_helper_is_given_what_it_needs_and_teaches_nothing(headers: Body, tmp_path: Path) -> None:
    home, shop = tmp_path / "home", repository(tmp_path, "shop")

    async def story() -> None:
        add(home, belief("vitest", "Vitest it is.", aliases=("jest",), scopes=("project:shop",)))
        async with running(settings(home)) as place:
            await send(place, request(shop, "We use Deno for the scripts."), headers)
            assert given(await send(place, request(shop, ASKED), headers)) == ["Vitest it is."]
            await place.settled()

    asyncio.run(story())
    with Store.open(home) as store:
        assert [one.canonical_name for one in store.select()] == ["vitest"]
    assert [row.query for row in rows(home)] == [None, None]


def test_helpers_with_the_same_task_have_a_conversation_each(tmp_path: Path) -> None:
    async def story() -> list[str | None]:
        async with running(settings(tmp_path)) as place:
            turns = [
                place.read(
                    request(tmp_path, ASKED), path=b"/v1/messages", headers=session("s1", agent)
                )
                for agent in ("", "one", "two")
            ]
            return [turn.conversation for turn in turns if isinstance(turn, Turn)]

    assert asyncio.run(story()) == ["s1", "s1 one", "s1 two"]
