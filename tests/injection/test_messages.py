"""Anthropic's messages under memory: where blocks stand, and whose words and breakpoints count."""

import asyncio
import json
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
from injection.place import Place, add, assistant, belief, running, settings, user

from mindhold.beliefs import requests
from mindhold.beliefs.store import Store
from mindhold.beliefs.text.block import parse

Body = dict[str, Any]
Tell = Callable[[Place], Coroutine[Any, Any, None]]

PATH = b"/v1/messages"
HERE = {"X-Mindhold-Scope": "project:a"}
MARK = {"cache_control": {"type": "ephemeral"}}
ASKED = "How do I set up Jest here?"
THOUGHT = {"type": "thinking", "thinking": "Hm.", "signature": "c2ln"}
CALL = {"type": "tool_use", "id": "t1", "name": "read", "input": {}}
RESULT = {"type": "tool_result", "tool_use_id": "t1", "content": "We moved to Mocha."}
REMINDER = "<system-reminder>\nThe list of things to do is empty: Jest.\n</system-reminder>"


def text(said: str, **fields: Any) -> Body:
    """A text part."""
    return {"type": "text", "text": said, **fields}


def parts(role: str, *found: Any) -> Body:
    """A message in parts; a string is a text part."""
    return {"role": role, "content": [text(one) if isinstance(one, str) else one for one in found]}


async def ask(place: Place, messages: list[Body], *, headers: Body = HERE, **fields: Any) -> Body:
    """The body that the upstream sees."""
    body = {"model": "claude", "max_tokens": 9, "messages": messages, **fields}
    made = await place.send(body, path=PATH, headers=headers)
    seen: Body = json.loads(made.body)
    return seen


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
                await place.settled()

        asyncio.run(whole())

    return run


def names(part: Body) -> list[str]:
    """What the notes in a part are about."""
    return [note.name for note in parse(part["text"])]


@pytest.mark.parametrize(
    "system",
    [
        pytest.param([], id="no blocks"),
        pytest.param([text("Be brief.")], id="one"),
        pytest.param([text("Be brief.", **MARK)], id="one with a breakpoint"),
        pytest.param([text("a", **MARK)] * 4, id="four breakpoints"),
        pytest.param([text("cc=1;"), text("Be brief.", **MARK), text("b")], id="a block behind it"),
    ],
)
def test_what_always_holds_is_the_last_block_of_the_system_and_takes_no_breakpoint(
    system: list[Body], tell: Callable[[Tell], None]
) -> None:
    async def story(place: Place) -> None:
        seen = await ask(place, [user("Good morning.")], system=system)
        *theirs, ours = seen["system"]
        assert theirs == system
        assert ours.keys() == {"type", "text"}
        assert names(ours) == ["style"]
        assert seen["messages"] == [user("Good morning.")]

    tell(story)


@pytest.mark.parametrize("system", ["Be brief.", ' "\\\n\u2028 ü'])
def test_a_system_text_becomes_the_first_block_as_it_was(
    system: str, tell: Callable[[Tell], None]
) -> None:
    async def story(place: Place) -> None:
        first, ours = (await ask(place, [user("Good morning.")], system=system))["system"]
        assert first == text(system)
        assert names(ours) == ["style"]

    tell(story)


@pytest.mark.parametrize("system", [{}, {"system": ""}, {"system": None}])
def test_without_a_system_text_the_block_is_all_of_it(
    system: Body, tell: Callable[[Tell], None]
) -> None:
    async def story(place: Place) -> None:
        (ours,) = (await ask(place, [user("Good morning.")], **system))["system"]
        assert names(ours) == ["style"]

    tell(story)


def test_a_turn_that_is_a_text_is_the_same_as_one_in_parts(tell: Callable[[Tell], None]) -> None:
    async def story(place: Place) -> None:
        asked = [user(ASKED), parts("user", ASKED), parts("user", text(ASKED, **MARK))]
        seen = [(await ask(place, [turn]))["messages"][0]["content"] for turn in asked]
        assert seen[0] == seen[1]
        assert seen[2] == [seen[1][0], text(ASKED, **MARK)]
        history = [parts("user", text(ASKED, **MARK)), assistant("So."), user("Thanks.")]
        assert (await ask(place, history))["messages"][0]["content"] == seen[2]
        history[0] = user(ASKED)
        assert (await ask(place, history))["messages"][0]["content"] == seen[1]

    tell(story)


def test_a_turn_in_parts_gets_a_part_in_front_of_its_text_and_behind_all_results(
    tell: Callable[[Tell], None],
) -> None:
    picture = {"type": "image", "source": {"type": "file", "file_id": "f"}}

    async def story(place: Place) -> None:
        said = parts("user", RESULT, picture, text(ASKED, **MARK), "Thanks.")
        seen = await ask(place, [user("Go."), parts("assistant", CALL), said])
        result, image, block, *rest = seen["messages"][-1]["content"]
        assert [result, image, *rest] == said["content"]
        assert block.keys() == {"type", "text"}
        assert names(block) == ["vitest"]

    tell(story)


def test_a_round_of_tools_carries_what_the_turn_was_given_and_nothing_more(
    tell: Callable[[Tell], None],
) -> None:
    async def story(place: Place) -> None:
        first = await ask(place, [user(ASKED)])
        talk = [user(ASKED), parts("assistant", THOUGHT, CALL), parts("user", RESULT)]
        for _ in range(3):
            seen = await ask(place, talk)
            assert seen["messages"] == [first["messages"][0], *talk[1:]]
            talk = [*talk, parts("assistant", THOUGHT, CALL), parts("user", RESULT)]

    tell(story)


def test_a_history_is_known_again_whose_thoughts_are_gone_or_come_back(
    tell: Callable[[Tell], None],
) -> None:
    async def story(place: Place) -> None:
        (given,) = (await ask(place, [user(ASKED)]))["messages"]
        answers = (
            [THOUGHT, "So."],
            ["So."],
            [{"type": "redacted_thinking", "data": "eA=="}, "So."],
        )
        for answer in answers:
            seen = await ask(place, [user(ASKED), parts("assistant", *answer), user("Jest?")])
            assert seen["messages"][0] == given
            assert seen["messages"][-1] == user("Jest?")

    tell(story)


def test_what_the_client_reminds_of_is_no_text_of_the_users(
    tell: Callable[[Tell], None], tmp_path: Path
) -> None:
    async def story(place: Place) -> None:
        said = parts("user", REMINDER, "Good morning.", REMINDER)
        assert (await ask(place, [said]))["messages"] == [said]
        said = parts("user", REMINDER, ASKED, REMINDER)
        reminder, block, *rest = (await ask(place, [said]))["messages"][0]["content"]
        assert [reminder, *rest] == said["content"]
        assert names(block) == ["vitest"]
        alone = [user(ASKED), parts("assistant", CALL), parts("user", RESULT, REMINDER)]
        assert (await ask(place, alone))["messages"][1:] == alone[1:]

    tell(story)
    with Store.open(tmp_path) as store:
        asked = [row.query for row in requests.recent(store.database, 9)]
    assert asked == [None, ASKED, "Good morning."]


def test_a_turn_is_the_same_with_and_without_what_the_client_adds_to_it(
    tell: Callable[[Tell], None],
) -> None:
    async def story(place: Place) -> None:
        first = await ask(place, [parts("user", REMINDER, ASKED)])
        (_, block, _) = first["messages"][0]["content"]
        for said in (parts("user", ASKED), parts("user", ASKED, REMINDER)):
            seen = await ask(place, [said, assistant("So."), user("Thanks.")])
            assert seen["messages"][0]["content"][0] == block

    tell(story)


def test_an_instruction_in_mid_conversation_is_neither_a_turn_nor_the_place_of_a_block(
    tell: Callable[[Tell], None],
) -> None:
    async def story(place: Place) -> None:
        aside = {"role": "system", "content": "Jest is over.", "clear_at": "next_user_message"}
        seen = await ask(place, [user(ASKED), aside])
        assert names(seen["messages"][0]["content"][0]) == ["vitest"]
        assert seen["messages"][1] == aside
        assert len(seen["system"]) == 1

    tell(story)


def test_an_answer_that_has_begun_stays_the_last_word(tell: Callable[[Tell], None]) -> None:
    async def story(place: Place) -> None:
        seen = await ask(place, [user(ASKED), assistant("With")])
        assert names(seen["messages"][0]["content"][0]) == ["vitest"]
        assert seen["messages"][1] == assistant("With")

    tell(story)
