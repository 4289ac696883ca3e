"""Ollama's chats and prompts under memory: a model's own system prompt stays in force."""

import asyncio
import json
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
from injection.place import Place, add, assistant, belief, running, settings, user

from mindhold.beliefs.text.block import find_blocks, parse

Body = dict[str, Any]
Tell = Callable[[Place], Coroutine[Any, Any, None]]

HERE = {"X-Mindhold-Scope": "project:a"}
ASKED = "How do I set up Jest here?"
SYSTEM = {"role": "system", "content": "Be brief."}
CALL = {"function": {"name": "read", "arguments": {"path": "a"}}}
CALLED = {"role": "assistant", "content": "", "tool_calls": [CALL]}
RESULT = {"role": "tool", "tool_name": "read", "content": "We moved to Mocha."}


@pytest.fixture
def tell(tmp_path: Path) -> Callable[[Tell], None]:
    """Runs a story in a place where Vitest is known when it is named, and a style always."""
    add(
        tmp_path,
        belief("vitest", "We use Vitest, not Jest.", aliases=("jest",)),
        belief("style", "Write plainly.", pinned=True),
    )

    def run(story: Tell) -> None:
        async def whole() -> None:
            async with running(settings(tmp_path)) as place:
                await story(place)

        asyncio.run(whole())

    return run


async def send(place: Place, path: str, body: Body) -> Body:
    """The body that the upstream sees."""
    made = await place.send({"model": "m", **body}, path=path.encode(), headers=HERE)
    seen: Body = json.loads(made.body)
    return seen


async def chat(place: Place, *messages: Body) -> list[Body]:
    """The messages that the upstream sees."""
    seen: list[Body] = (await send(place, "/api/chat", {"messages": messages}))["messages"]
    return seen


async def generate(place: Place, **body: Any) -> Body:
    """The prompt that the upstream sees, with what stands beside it."""
    seen = await send(place, "/api/generate", body)
    del seen["model"]
    return seen


def names(text: str) -> list[list[str]]:
    """What the notes of each block in a text are about."""
    return [[note.name for note in block.notes] for block in find_blocks(text)]


def test_a_chat_without_a_system_message_gets_none_and_its_first_turn_carries_the_block(
    tell: Callable[[Tell], None],
) -> None:
    async def story(place: Place) -> None:
        (first,) = await chat(place, user("Good morning."))
        assert first["role"] == "user"
        assert names(first["content"]) == [["style"]]
        assert first["content"].endswith("\n\nGood morning.")
        seen = await chat(place, user("Good morning."), assistant("Hm?"), user(ASKED))
        assert seen[:2] == [first, assistant("Hm?")]
        assert names(seen[2]["content"]) == [["vitest"]]

    tell(story)


def test_a_first_turn_that_names_something_carries_both_blocks_the_lasting_one_first(
    tell: Callable[[Tell], None],
) -> None:
    async def story(place: Place) -> None:
        (first,) = await chat(place, user(ASKED))
        assert names(first["content"]) == [["style"], ["vitest"]]
        assert first["content"].endswith(f"\n\n{ASKED}")
        assert await chat(place, user(ASKED), CALLED, RESULT) == [first, CALLED, RESULT]

    tell(story)


@pytest.mark.parametrize("content", ["Be brief.", "", ' "\\\n\u2028 ü'])
def test_a_system_message_carries_the_lasting_block_at_its_end(
    content: str, tell: Callable[[Tell], None]
) -> None:
    async def story(place: Place) -> None:
        system, turn = await chat(place, {"role": "system", "content": content}, user("Hi."))
        assert system["content"].startswith(content)
        assert names(system["content"]) == [["style"]]
        assert turn == user("Hi.")

    tell(story)


def test_a_picture_stays_with_its_turn_and_a_thought_with_its_answer(
    tell: Callable[[Tell], None],
) -> None:
    async def story(place: Place) -> None:
        seen = await chat(place, SYSTEM, {**user(ASKED), "images": ["aGk="]})
        assert seen[1]["images"] == ["aGk="]
        assert names(seen[1]["content"]) == [["vitest"]]
        for thought in ({"thinking": "Hm."}, {}):
            answer = {**assistant("So."), **thought}
            history = [SYSTEM, {**user(ASKED), "images": ["aGk="]}, answer, user("Jest?")]
            assert (await chat(place, *history))[:3] == [*seen, answer]

    tell(story)


def test_a_result_is_no_turn_though_it_says_what_a_user_could(
    tell: Callable[[Tell], None],
) -> None:
    async def story(place: Place) -> None:
        talk = [SYSTEM, user("Good morning."), CALLED, {**RESULT, "content": ASKED}]
        assert (await chat(place, *talk))[1:] == talk[1:]

    tell(story)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param({"prompt": f"[INST] {ASKED} [/INST]", "raw": True}, id="raw"),
        pytest.param({"prompt": f"# {ASKED}\ndef a():", "suffix": "return 1"}, id="a gap"),
        pytest.param({"prompt": ASKED, "template": "{{ .Prompt }}"}, id="a template"),
        pytest.param({"prompt": ""}, id="an empty prompt"),
        pytest.param({"prompt": "", "keep_alive": 0, "system": "Jest."}, id="to unload"),
        pytest.param({}, id="no prompt"),
    ],
)
def test_a_prompt_that_is_no_question_is_left_alone(
    body: Body, tell: Callable[[Tell], None]
) -> None:
    async def story(place: Place) -> None:
        assert await generate(place, **body) == body

    tell(story)


def test_a_prompt_carries_all_blocks_where_the_client_sends_no_system_text(
    tell: Callable[[Tell], None],
) -> None:
    async def story(place: Place) -> None:
        seen = await generate(place, prompt=ASKED, suffix="", raw=False)
        assert seen.keys() == {"prompt", "suffix", "raw"}
        assert names(seen["prompt"]) == [["style"], ["vitest"]]
        assert seen["prompt"].endswith(f"\n\n{ASKED}")

    tell(story)


def test_a_system_text_beside_a_prompt_carries_the_lasting_block(
    tell: Callable[[Tell], None],
) -> None:
    async def story(place: Place) -> None:
        seen = await generate(place, prompt=ASKED, system="Be brief.")
        assert seen["system"].startswith("Be brief.\n\n")
        assert names(seen["system"]) == [["style"]]
        assert names(seen["prompt"]) == [["vitest"]]

    tell(story)


def test_an_empty_system_text_stays_empty(tell: Callable[[Tell], None]) -> None:
    async def story(place: Place) -> None:
        seen = await generate(place, prompt="Good morning.", system="")
        assert seen["system"] == ""
        assert parse(seen["prompt"])

    tell(story)
