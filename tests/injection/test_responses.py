"""Responses under memory: items and instructions, histories that are resent or on the server."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from injection.place import Place, add, belief, change, running, settings

from mindhold.beliefs.store import Store
from mindhold.beliefs.text.block import Note, parse

Item = dict[str, Any]
SCOPE = {"X-Mindhold-Scope": "project:a"}
PERSONA = belief("style", "Answer in short sentences.", pinned=True)
VITEST = belief("vitest", "We use Vitest, not Jest.", aliases=("jest",))


class Client:
    """A client of the Responses API; every answer has an id of its own."""

    def __init__(self, place: Place, headers: dict[str, str] = SCOPE) -> None:
        self.place, self.headers = place, headers
        self._ids = count(1)
        self.response = ""

    async def send(self, asked: Any, status: int = 200, **fields: Any) -> Item:
        """What the upstream sees of a request."""
        body = {"model": "m", "instructions": "Be kind.", "input": asked, **fields}
        body = {key: value for key, value in body.items() if value is not ...}
        self.response = f"resp_{id(self)}_{next(self._ids)}"
        made = await self.place.send(
            body,
            path=b"/v1/responses",
            headers=self.headers,
            status=status,
            response=self.response if status == 200 else None,
        )
        assert made.header.startswith("injected="), made.header
        seen: Item = json.loads(made.body)
        return seen


def story(home: Path, tell: Callable[[Client], Awaitable[None]], *, held: Any = ()) -> None:
    """Tells a story to a client of a memory that holds these beliefs."""

    async def told() -> None:
        add(home, *held)
        async with running(settings(home)) as place:
            await tell(Client(place))

    asyncio.run(told())


def said(text: str, role: str = "user") -> Item:
    kind = "output_text" if role == "assistant" else "input_text"
    return {"type": "message", "role": role, "content": [{"type": kind, "text": text}]}


def call(number: int) -> list[Item]:
    """A call of a tool and its result, which names things too."""
    return [
        {"type": "reasoning", "id": f"rs_{number}", "encrypted_content": "gAAA", "summary": []},
        {"type": "function_call", "call_id": f"c{number}", "name": "run", "arguments": "{}"},
        {"type": "function_call_output", "call_id": f"c{number}", "output": "jest failed"},
    ]


def names(value: Any) -> list[str]:
    """The names of the notes anywhere in a body, in their order."""
    return [note.name for note in notes(value)]


def notes(value: Any) -> tuple[Note, ...]:
    """The notes anywhere in a body."""
    if isinstance(value, str):
        return parse(value)
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return tuple(note for one in inner for note in notes(one))


@pytest.mark.parametrize(
    ("instructions", "before"),
    [("Be kind.", "Be kind.\n\n"), (None, ""), (..., ""), ("", "")],
    ids=["given", "null", "absent", "empty"],
)
def test_the_stable_block_ends_the_instructions_of_every_request(
    tmp_path: Path, instructions: Any, before: str
) -> None:
    async def tell(client: Client) -> None:
        talk, stable = [said("Hello.")], set()
        for more in ([said("Hi.", "assistant"), said("Go on.")], call(1), call(2)):
            seen = await client.send(talk, instructions=instructions)
            assert seen["input"] == talk
            stable.add(seen["instructions"])
            talk += more
        for where in ({"previous_response_id": client.response}, {"conversation": "conv_1"}):
            for _ in range(2):
                seen = await client.send("Go on.", instructions=instructions, **where)
                assert seen["input"] == "Go on."
                stable.add(seen["instructions"])
        (one,) = stable
        assert one.startswith(f"{before}<mindhold-")
        assert names(one) == ["style"]

    story(tmp_path, tell, held=[PERSONA])


@pytest.mark.parametrize(
    ("asked", "at"),
    [
        ("How about Jest?", ()),
        ([{"role": "user", "content": "How about Jest?"}], (0, "content")),
        ([said("Hi."), said("Hi!", "assistant"), said("How about Jest?")], (2, "content", 0)),
        ([said("How about Jest?"), said("Be brief.", "developer")], (0, "content", 0)),
        ([said("Environment: jest", "developer"), said("How about Jest?")], (1, "content", 0)),
        ([said("How about Jest?"), said("Sure, ", "assistant")], (0, "content", 0)),
    ],
    ids=["a string", "an easy message", "a history", "rules after it", "surroundings", "prefill"],
)
def test_the_turn_block_stands_in_front_of_the_newest_words_of_the_user(
    tmp_path: Path, asked: Any, at: tuple[Any, ...]
) -> None:
    async def tell(client: Client) -> None:
        place: Any = (await client.send(asked))["input"]
        for step in at:
            place = place[step]
        text = place["text"] if isinstance(place, dict) else place
        assert names(text) == ["vitest"]
        assert not at or at[-1] == "content" or place["type"] == "input_text"

    story(tmp_path, tell, held=[VITEST])


def test_what_is_no_turn_of_the_user_is_given_nothing(tmp_path: Path) -> None:
    surroundings = "<environment_context>\n  <cwd>/srv/x</cwd>\n  jest\n</environment_context>"
    rules = "# AGENTS.md instructions for /srv/x\n\n<INSTRUCTIONS>\nUse jest.\n</INSTRUCTIONS>"

    async def tell(client: Client) -> None:
        for items in (
            [said("We use jest.", "developer"), said("We use jest.", "system")],
            [said("Hello."), said("We use jest.", "developer")],
            [said(rules), said(surroundings), said("Hello.")],
            [said("Hello."), *call(1)],
            [said("Hello."), said("Jest is fine.", "assistant")],
            [{"type": "message", "role": "user", "content": [{"type": "input_image"}]}],
        ):
            seen = await client.send(items)
            assert seen == {"model": "m", "instructions": "Be kind.", "input": items}

    story(tmp_path, tell, held=[VITEST])


def test_every_round_of_a_tool_carries_the_bytes_of_the_one_before(tmp_path: Path) -> None:
    async def tell(client: Client) -> None:
        talk: list[Item] = [said("How about Jest?")]
        before: list[Item] = []
        for number in range(5):
            seen = (await client.send(talk))["input"]
            assert seen[: len(before)] == before
            assert names(seen) == ["vitest"]
            before = seen
            talk += call(number)

    story(tmp_path, tell, held=[VITEST])


@pytest.mark.parametrize("held", ["previous_response_id", "conversation"])
def test_what_the_server_holds_is_given_once(tmp_path: Path, held: str) -> None:
    async def tell(client: Client) -> None:
        def where() -> Item:
            return {held: client.response if held == "previous_response_id" else {"id": "conv_1"}}

        first = {} if held == "previous_response_id" else where()
        assert names(await client.send("How about Jest?", **first)) == ["style", "vitest"]
        assert names(await client.send("And jest in CI?", **where())) == ["style"]
        assert names(await client.send(call(1)[2:], **where())) == ["style"]
        assert names(await client.send("So jest it is?", **where())) == ["style"]
        change(tmp_path, lambda write: write.edit(VITEST.id, content="We use Vitest 4."))
        changed = await client.send("Which jest?", **where())
        (note,) = notes(changed["input"])
        assert (note.name, note.content, note.changed) == ("vitest", "We use Vitest 4.", True)
        assert names(await client.send("Jest?", **where())) == ["style"]
        change(tmp_path, lambda write: write.forget(VITEST.id))
        (note,) = notes((await client.send("Jest?", **where()))["input"])
        assert (note.name, note.status) == ("vitest", "no longer holds")

    story(tmp_path, tell, held=[PERSONA, VITEST])


def test_a_fork_knows_what_was_given_before_it_and_nothing_of_its_sister(tmp_path: Path) -> None:
    async def tell(client: Client) -> None:
        await client.send("Hello.")
        root = client.response
        assert names(await client.send("How about Jest?", previous_response_id=root)) == ["vitest"]
        jest = client.response
        assert names(await client.send("And postgres?", previous_response_id=root)) == ["postgres"]
        postgres = client.response
        assert names(await client.send("Postgres, Jest?", previous_response_id=jest)) == [
            "postgres"
        ]
        assert names(await client.send("Postgres, Jest?", previous_response_id=postgres)) == [
            "vitest"
        ]
        both = await client.send("Postgres, Jest?", previous_response_id=root)
        assert sorted(names(both)) == ["postgres", "vitest"]

    story(tmp_path, tell, held=[VITEST, belief("postgres")])


def test_an_unknown_history_is_taken_to_hold_nothing(tmp_path: Path) -> None:
    async def tell(client: Client) -> None:
        for where in ({"previous_response_id": "resp_x"}, {"conversation": "conv_x"}):
            assert names(await client.send("How about Jest?", **where)) == ["vitest"]
        elsewhere = Client(client.place, {"X-Mindhold-Scope": "project:a domain:b"})
        seen = await elsewhere.send("How about Jest?", previous_response_id=client.response)
        assert names(seen) == ["vitest"]

    story(tmp_path, tell, held=[VITEST])


def test_a_request_that_failed_has_given_nothing(tmp_path: Path) -> None:
    async def tell(client: Client) -> None:
        await client.send("Hello.")
        where = {"previous_response_id": client.response}
        for status in (500, 429, 200):
            assert names(await client.send("How about Jest?", status, **where)) == ["vitest"]
        conversation = {"conversation": "conv_1"}
        for status in (500, 200):
            assert names(await client.send("How about Jest?", status, **conversation)) == ["vitest"]

    story(tmp_path, tell, held=[VITEST])


@pytest.mark.parametrize("held", ["previous_response_id", "conversation"])
def test_a_restart_forgets_nothing_that_was_given(tmp_path: Path, held: str) -> None:
    add(tmp_path, PERSONA, VITEST)
    last = ""

    async def go(text: str) -> list[str]:
        nonlocal last
        async with running(settings(tmp_path)) as place:
            client = Client(place)
            where = {held: last if held == "previous_response_id" else "conv_1"}
            seen = await client.send(text, **(where if last else {"conversation": "conv_1"}))
            last = client.response
            return names(seen)

    assert asyncio.run(go("How about Jest?")) == ["style", "vitest"]
    for _ in range(3):
        assert asyncio.run(go("And jest in CI?")) == ["style"]


def test_two_conversations_that_share_their_words_go_by_the_ids_of_their_references(
    tmp_path: Path,
) -> None:
    async def tell(client: Client) -> None:
        opening = said("Hello.")
        talks = [[opening, {"type": "item_reference", "id": f"msg_{n}"}] for n in range(2)]
        await client.send([opening])
        seen = await client.send([*talks[0], said("How about Jest?")])
        assert names(seen) == ["vitest"]
        other = await client.send([*talks[1], said("How about Jest?"), *call(1)])
        assert names(other) == []
        same = await client.send([*talks[0], said("How about Jest?"), *call(1)])
        assert same["input"][:3] == seen["input"]

    story(tmp_path, tell, held=[VITEST])


def test_what_the_user_says_after_an_answer_on_the_server_is_learned_once(tmp_path: Path) -> None:
    async def tell(client: Client) -> None:
        await client.send("We moved from Jest to Vitest last week.")
        for asked in ("Thanks.", call(1)[2:], "We use Postgres here."):
            await client.send(asked, previous_response_id=client.response)
        await client.place.settled()

    story(tmp_path, tell)
    with Store.open(tmp_path) as store:
        assert sorted(len(one.evidence) for one in store.select()) == [1, 1]
