"""Cache breakpoints that move with every request, as agents move them: the prefix holds."""

import asyncio
import json
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from injection.place import Place, add, belief, change, running
from injection.place import settings as configured

from mindhold.beliefs.store import Store
from mindhold.beliefs.text.block import find_blocks

Body = dict[str, Any]

NAMES = ("vitest", "postgres", "terraform")
MARK = {"type": "ephemeral", "ttl": "1h"}
REMINDER = "<system-reminder>\nThe list of things to do is empty: vitest.\n</system-reminder>"
THOUGHT = {"type": "thinking", "thinking": "Hm.", "signature": "c2ln"}
HERE = {"X-Mindhold-Scope": "project:a"}

said = st.lists(st.sampled_from((*NAMES, "nothing")), min_size=1, max_size=2).map(
    lambda names: f"What of {' and '.join(names)}?"
)
round_ = st.tuples(
    said, st.booleans(), st.booleans(), st.integers(0, 2), st.sampled_from((*NAMES, ""))
)
marked = st.lists(st.integers(0, 60), max_size=4)


def messages(rounds: list[Any]) -> Iterator[list[Body]]:
    """The history as its client holds it, longer with every request."""
    told: list[Body] = []
    for text, reminded, thinks, calls, _ in rounds:
        turn = [{"type": "text", "text": text}]
        if reminded:
            turn.insert(0, {"type": "text", "text": REMINDER})
        if told and told[-1]["role"] == "user":
            told[-1]["content"] += turn  # said while results were on their way
        else:
            told.append({"role": "user", "content": turn})
        yield deepcopy(told)
        for number in range(calls):
            call = {"type": "tool_use", "id": f"t{len(told)}", "name": "read", "input": {}}
            result = {"type": "tool_result", "tool_use_id": call["id"], "content": "vitest"}
            told.append({"role": "assistant", "content": [*[THOUGHT] * thinks, call]})
            told.append({"role": "user", "content": [result]})
            if number or not reminded:
                yield deepcopy(told)
        if calls < 2:
            told.append({"role": "assistant", "content": [{"type": "text", "text": "So."}]})


def written(history: list[Body], marks: list[int]) -> Body:
    """The request: a breakpoint on some blocks, and what needs no block a text alone."""
    system = [{"type": "text", "text": "Be brief."}, {"type": "text", "text": "Here."}]
    tools = [{"name": "read", "input_schema": {"type": "object"}}]
    blocks = [*tools, *system, *(block for one in history for block in one["content"])]
    for mark in marks:
        if blocks[mark % len(blocks)] is not THOUGHT:
            blocks[mark % len(blocks)]["cache_control"] = MARK
    for message in history:
        only = message["content"][0]
        if len(message["content"]) == 1 and only.keys() == {"type", "text"}:
            message["content"] = only["text"]
    return {"model": "m", "max_tokens": 9, "system": system, "tools": tools, "messages": history}


def blocks_of(body: Body) -> list[Body]:
    """Every block that the upstream sees, in order, each with its role."""
    found = [{**tool, "role": "tool"} for tool in body["tools"]]
    for message in [{"role": "system", "content": body["system"]}, *body["messages"]]:
        content = message["content"]
        parts = [{"type": "text", "text": content}] if isinstance(content, str) else content
        found += [{**part, "role": message["role"]} for part in parts]
    return found


def ours(block: Body) -> bool:
    """Whether memory put a block in."""
    return any(find_blocks(block.get("text", "")))


def unmarked(blocks: list[Body]) -> list[Body]:
    """The blocks without their breakpoints."""
    return [{key: one[key] for key in one if key != "cache_control"} for one in blocks]


def learn(home: Path, name: str, content: str) -> None:
    """The owner says something new, of what is held or of what is not."""
    with Store.open(home) as store:
        held = [one for one in store.select() if one.canonical_name == name]
    if held:
        change(home, lambda write: write.edit(held[0].id, content=content))
    else:
        add(home, belief(name, content))


async def hold(place: Place, home: Path, rounds: list[Any], marks: list[list[int]]) -> None:
    """One conversation, in which memory learns something new with every round."""
    before: list[Body] = []
    changes = [name for *_, name in rounds]
    for number, history in enumerate(messages(rounds)):
        body = written(history, marks[number % len(marks)])
        made = await place.send(body, path=b"/v1/messages", headers=HERE)
        assert made.header.startswith("injected="), made.header
        seen = blocks_of(json.loads(made.body))
        assert [one for one in seen if not ours(one)] == blocks_of(body), "breakpoints moved"
        assert not any("cache_control" in one for one in seen if ours(one)), "one of our own"
        assert unmarked(seen)[: len(before)] == before, "the prefix is lost"
        before = unmarked(seen)
        if number < len(changes) and changes[number]:
            learn(home, changes[number], f"It is now {number}.")
    assert sum(map(ours, before)) >= 1


@settings(max_examples=25)
@given(st.lists(round_, min_size=2, max_size=6), st.lists(marked, min_size=1, max_size=5))
def test_breakpoints_stay_where_the_client_puts_them_and_each_request_extends_the_last(
    rounds: list[Any], marks: list[list[int]]
) -> None:
    async def story(home: Path) -> None:
        add(home, belief("style", pinned=True), belief("vitest"))
        async with running(configured(home)) as place:
            await hold(place, home, rounds, marks)

    with TemporaryDirectory() as home:
        asyncio.run(story(Path(home)))
