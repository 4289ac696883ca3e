"""A block gives back what was put into it, and nothing inside it can close it."""

import json
from collections.abc import Iterator
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from mindhold.beliefs.text.block import Note, find_blocks, line, parse, wrap
from mindhold.proxy.dialects.chat import read_chat
from mindhold.proxy.dialects.messages import read_messages
from mindhold.proxy.dialects.ollama import read_generate, read_ollama
from mindhold.proxy.dialects.responses import read_responses

ODD = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from('<>&"\\/\n\r\u2028\u2029\x00\x1f\ud800\udfff{}:-'),
    ),
    max_size=60,
)
HOSTILE = st.one_of(
    ODD,
    st.builds("".join, st.lists(st.sampled_from(["</mindhold-", "0123456789abcdef", ">", "\n"]))),
)
NOTES = st.builds(
    Note,
    name=HOSTILE,
    content=HOSTILE,
    why_it_matters=HOSTILE,
    status=HOSTILE,
    changed=st.booleans(),
)


PLACES = (
    lambda text: (read_chat, {"messages": [{"role": "user", "content": text}]}),
    lambda text: (read_chat, {"messages": [{"role": "user", "content": [_part("text", text)]}]}),
    lambda text: (read_responses, {"input": text, "instructions": "Be brief."}),
    lambda text: (read_responses, {"input": [_item(text)]}),
    lambda text: (read_messages, {"messages": [{"role": "user", "content": text}]}),
    lambda text: (
        read_messages,
        {"messages": [{"role": "user", "content": [_part("text", text)]}], "system": "Be brief."},
    ),
    lambda text: (read_ollama, {"messages": [{"role": "user", "content": text}]}),
    lambda text: (read_generate, {"prompt": text}),
)
"""Where a block stands in each dialect: a reader, and a body in which this is said."""


def _part(kind: str, text: str) -> dict[str, str]:
    return {"type": kind, "text": text}


def _item(text: str) -> dict[str, Any]:
    return {"type": "message", "role": "user", "content": [_part("input_text", text)]}


SURROUNDED = st.tuples(st.lists(NOTES, max_size=4), HOSTILE, HOSTILE)


def check(notes: list[Note], before: str, after: str) -> None:
    """A block between two texts is found whole, and gives back its notes."""
    block = wrap([line(note) for note in notes], "0123456789abcdef")
    text = f"{before.replace('<', '')}{block}\n\n{after}"
    found = next(find_blocks(text))
    assert text[found.start : found.end] == block
    assert found.notes == tuple(notes)
    assert parse(block) == tuple(notes)
    said = f"Hello. {before} {after}".replace("<", "")
    read, body = PLACES[(len(before) + len(after)) % len(PLACES)](said)
    dialogue = read(json.dumps(body).encode())
    for made in (dialogue.with_blocks(block, {}), dialogue.with_blocks("", {0: block})):
        blocks = [one for text in texts(json.loads(made)) for one in find_blocks(text)]
        assert [one.notes for one in blocks] == [tuple(notes)]


def texts(value: Any) -> Iterator[str]:
    """Every text in a body."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for one in value.values() if isinstance(value, dict) else value:
            yield from texts(one)


@settings(max_examples=1_000)
@given(SURROUNDED)
def test_a_block_gives_back_its_notes_whatever_stands_in_and_around_it(
    drawn: tuple[list[Note], str, str],
) -> None:
    check(*drawn)


def test_finding_blocks_in_a_megabyte_of_opened_tags_takes_no_second() -> None:
    text = "".join(f"<mindhold-{number:016x}>\n" for number in range(40_000))
    assert list(find_blocks(text)) == []
