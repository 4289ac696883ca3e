"""What a block is put into keeps every byte that it had."""

import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mindhold.proxy.dialects.chat import read_chat
from mindhold.proxy.splice import quoted

KEYS = st.text(max_size=5)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=6,
)  # fmt: skip
TEXT = st.text(st.one_of(st.characters(codec="utf-8"), st.sampled_from('"\\\n{}[],:')), max_size=20)
PARTS = st.lists(
    st.builds(lambda text: {"type": "text", "text": text}, TEXT)
    | st.builds(lambda url: {"type": "image_url", "image_url": {"url": url}}, TEXT),
    min_size=1,
    max_size=3,
)
MESSAGES = st.lists(
    st.builds(
        lambda role, content, extra: {"vendor": extra, "role": role, "content": content},
        st.sampled_from(["system", "developer", "user", "user", "assistant", "tool", "wizard"]),
        TEXT | PARTS,
        VALUES,
    ),
    min_size=1,
    max_size=6,
)
FORMS: dict[str, dict[str, Any]] = {
    "compact": {"separators": (",", ":")},
    "spaced": {"separators": (" ,\t", "\n: ")},
    "indented": {"indent": 3},
    "escaped": {"ensure_ascii": True},
}
STABLE, BLOCK = '<stable é \u2028 "block">', "<turn 🎲 \\block>"


@given(
    MESSAGES,
    st.dictionaries(st.text(max_size=5), VALUES, max_size=3),
    st.sampled_from(sorted(FORMS)),
)
def test_taking_the_blocks_out_again_gives_the_very_bytes(
    messages: list[dict[str, Any]], extra: dict[str, Any], form: str
) -> None:
    value = {**extra, "messages": messages, "model": "m"}
    body = json.dumps(value, **{"ensure_ascii": False, **FORMS[form]}).encode()
    chat = read_chat(body)
    blocks = {number: f"{BLOCK}{number}" for number in range(len(chat.turns))}
    made = chat.with_blocks(STABLE, blocks)
    left = made
    for number, text in blocks.items():
        inside = quoted(text)
        for piece in (f'{{"type": "text", "text": "{inside}"}}, ', quoted(f"{text}\n\n")):
            left = left.replace(piece.encode(), b"", 1)
        assert json.loads(made)["messages"], number
    part = f'{{"type": "text", "text": "{quoted(STABLE)}"}}'
    alone = f'{{"role": "system", "content": "{quoted(STABLE)}"}}, '
    for piece in (", " + part, part, alone, quoted("\n\n" + STABLE), quoted(STABLE)):
        left = left.replace(piece.encode(), b"", 1)
    assert left == body
    assert chat.with_blocks("", {}) == body


def seen(
    body: bytes, stable: str = "", turns: dict[int, str] | None = None
) -> list[dict[str, Any]]:
    """The messages after the blocks went in."""
    found: list[dict[str, Any]] = json.loads(read_chat(body).with_blocks(stable, turns or {}))[
        "messages"
    ]
    return found


def body_of(*messages: dict[str, Any]) -> bytes:
    return json.dumps({"messages": messages}).encode()


SYSTEM = {"role": "system", "content": "Be brief."}
DEVELOPER = {"role": "developer", "content": [{"type": "text", "text": "Be kind."}]}
LATER = {"role": "system", "content": "Late."}
HELLO = {"role": "user", "content": "Hello"}


@pytest.mark.parametrize(
    ("messages", "after"),
    [
        ([HELLO], [{"role": "system", "content": "S"}, HELLO]),
        ([SYSTEM, HELLO], [{"role": "system", "content": "Be brief.\n\nS"}, HELLO]),
        ([SYSTEM, DEVELOPER, HELLO, LATER], [
            SYSTEM,
            {**DEVELOPER, "content": [*DEVELOPER["content"], {"type": "text", "text": "S"}]},
            HELLO, LATER,
        ]),
        ([HELLO, LATER], [{"role": "system", "content": "S"}, HELLO, LATER]),
        ([{"role": "system", "content": ""}, HELLO], [{"role": "system", "content": "S"}, HELLO]),
        ([{"role": "system", "content": []}, HELLO],
         [{"role": "system", "content": [{"type": "text", "text": "S"}]}, HELLO]),
    ],
    ids=["none", "one", "the last leading one", "a later one", "an empty text", "an empty list"],
)  # fmt: skip
def test_the_stable_block_stands_at_the_end_of_the_leading_system_messages(
    messages: list[dict[str, Any]], after: list[dict[str, Any]]
) -> None:
    assert seen(body_of(*messages), "S") == after


def test_a_block_is_a_part_of_its_own_before_the_first_part_with_text() -> None:
    image = {"type": "image_url", "image_url": {"url": "data:,"}}
    result = {"type": "tool_result", "content": "42"}
    words = {"type": "text", "text": "And now?", "cache_control": {"type": "ephemeral"}}
    empty = {"type": "text", "text": ""}
    turn = {"role": "user", "content": [result, image, empty, words]}
    block = {"type": "text", "text": "B"}
    assert seen(body_of(turn), turns={0: "B"})[0]["content"] == [result, image, empty, block, words]


@pytest.mark.parametrize(
    ("messages", "turns", "ends"),
    [
        ([HELLO], 1, True),
        ([HELLO, {"role": "assistant", "content": "Sure, "}], 1, True),
        ([HELLO, LATER], 1, True),
        ([HELLO, {"role": "assistant", "content": "", "tool_calls": [{"id": "1"}]}], 1, False),
        (
            [HELLO, {"role": "assistant", "content": "x"}, {"role": "tool", "content": "y"}],
            1,
            False,
        ),
        ([HELLO, {"role": "user", "content": [{"type": "image_url"}]}], 1, False),
        ([HELLO, {"role": "user", "content": "  \n"}], 1, False),
        ([SYSTEM], 0, False),
    ],
    ids=["newest", "prefill", "rules after it", "call", "result", "image", "blank", "none"],
)
def test_a_turn_is_the_newest_only_where_it_ends_the_request(
    messages: list[dict[str, Any]], turns: int, ends: bool
) -> None:
    chat = read_chat(body_of(*messages))
    assert (len(chat.turns), chat.ends) == (turns, ends)


def test_ten_megabytes_cost_no_more_than_their_length() -> None:
    def cost(size: int) -> float:
        turns = [HELLO, {"role": "assistant", "content": "é" * (size // 200)}] * 50
        body = json.dumps({"messages": [*turns, HELLO]}, ensure_ascii=False).encode()
        started = time.perf_counter()
        read_chat(body).with_blocks("S", dict.fromkeys(range(51), "B"))
        return time.perf_counter() - started

    assert cost(10_000_000) < max(40 * cost(1_000_000), 1.5)
