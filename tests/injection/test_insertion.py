"""Whatever a body looks like, a block goes into it and nothing else of it changes."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from injection.test_splice import FORMS, KEYS, TEXT, VALUES
from wire.trial import blocks_added

from mindhold.beliefs.text.block import Note, line, wrap
from mindhold.proxy.dialects.chat import read_chat
from mindhold.proxy.dialects.dialogue import Dialogue
from mindhold.proxy.dialects.messages import read_messages
from mindhold.proxy.dialects.ollama import read_generate, read_ollama
from mindhold.proxy.dialects.responses import read_responses

BLOCK = wrap([line(Note(name="vitest", content='"Wir" nutzen \\ Vitest 🎲'))], "0123456789abcdef")
ROLES = st.sampled_from(["user", "user", "assistant", "system", "developer"])
EXTRA = st.dictionaries(KEYS.map("x{}".format), VALUES, max_size=3)


def content(kind: str) -> st.SearchStrategy[Any]:
    """A text, or parts of which some are texts."""
    texts = TEXT.map(lambda text: {"type": kind, "text": text})
    images = VALUES.map(lambda value: {"type": "image", "source": value})
    return TEXT | st.lists(texts | images, min_size=1, max_size=3)


def messages(kind: str) -> st.SearchStrategy[list[Any]]:
    """A history of messages."""
    fields = {"role": ROLES, "content": content(kind)}
    return st.lists(st.fixed_dictionaries(fields), min_size=1, max_size=5)


def items() -> st.SearchStrategy[list[Any]]:
    """A history of items of many types."""
    kinds = st.sampled_from(["reasoning", "function_call_output", "telepathy", "compaction"])
    others = st.builds(lambda kind, extra: {**extra, "type": kind}, kinds, EXTRA)
    said = messages("input_text").map(lambda some: [{"type": "message", **one} for one in some])
    return st.builds(lambda one, many: [*many, *one, *many], said, st.lists(others, max_size=2))


def bodies(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Bodies of these members, whatever is None left out, in any order and with others."""
    known = st.fixed_dictionaries(fields).map(
        lambda made: {name: value for name, value in made.items() if value != "absent"}
    )
    both = st.builds(lambda one, other: [*one.items(), *other.items()], known, EXTRA)
    return both.flatmap(st.permutations).map(dict)


MAYBE = st.just("absent") | st.none() | TEXT
Reader = Callable[[bytes], Dialogue]
DIALECTS: dict[str, tuple[Reader, st.SearchStrategy[dict[str, Any]]]] = {
    "chat": (read_chat, bodies(messages=messages("text"))),
    "responses, a text": (read_responses, bodies(input=TEXT, instructions=MAYBE)),
    "responses, items": (read_responses, bodies(input=items(), instructions=MAYBE)),
    "messages": (read_messages, bodies(messages=messages("text"), system=content("text"))),
    "messages without a system prompt": (read_messages, bodies(messages=messages("text"))),
    "ollama": (
        read_ollama,
        bodies(messages=st.lists(st.fixed_dictionaries({"role": ROLES, "content": TEXT}))),
    ),
    "generate": (read_generate, bodies(prompt=TEXT, system=st.just("absent") | TEXT)),
}


@pytest.mark.parametrize("dialect", DIALECTS)
@settings(max_examples=60)
@given(data=st.data(), form=st.sampled_from(sorted(FORMS)))
def test_a_block_is_one_piece_in_a_body_of_any_form(
    dialect: str, data: st.DataObject, form: str
) -> None:
    reader, strategy = DIALECTS[dialect]
    value = data.draw(strategy)
    body = json.dumps(value, **{"ensure_ascii": False, **FORMS[form]}).encode()
    try:
        dialogue = reader(body)
    except ValueError:
        assume(False)  # what an upstream must judge
    assert dialogue.with_blocks("", {}) == body
    if dialogue.stable:
        assert blocks_added(body, dialogue.with_blocks(BLOCK, {})) == 1
    for number in range(len(dialogue.turns)):
        assert blocks_added(body, dialogue.with_blocks("", {number: BLOCK})) == 1
