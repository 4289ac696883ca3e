"""The tap: what it reads off an answer, and what it lets pass unread."""

import gzip
import json
import time
import zlib
from collections.abc import Callable
from itertools import pairwise

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from mindhold.beliefs.learning.said import ANSWER
from mindhold.proxy.tap import MAX_ANSWER, Tap

COUNTED = {"prompt_tokens": 3, "completion_tokens": 4, "total_tokens": 7}
SAID = 'Grüß "usage": {} 🌍'
EVENTS, JSON, NDJSON = (
    "text/event-stream; charset=utf-8",
    "application/json",
    "application/x-ndjson",
)


def event(value: object, *, end: str = "\n\n") -> bytes:
    return f"data: {json.dumps(value, ensure_ascii=False)}{end}".encode()


def read(kind: str, *chunks: bytes, coding: str = "") -> Tap:
    headers = [(b"Content-Type", kind.encode())]
    tap = Tap([*headers, *([(b"Content-Encoding", coding.encode())] if coding else [])])
    for chunk in chunks:
        tap.feed(chunk)
    tap.close()
    return tap


def heard(tap: Tap) -> tuple[str | None, object, str]:
    return tap.response_id, tap.usage, tap.text


CHAT = b": hello\n\nevent: x\n" + b"".join(
    (
        event({"id": "c-1", "choices": [], "usage": None}, end="\r\n\r\n"),
        event({"id": "c-1", "choices": [{"delta": {"content": SAID}}]}),
        event({"id": "c-2", "choices": [], "usage": COUNTED}),
        b"data: [DONE]\n\n",
    )
)
RESPONSE = {"id": "resp_1", "object": "response", "usage": None, "output": []}
PARTS = [{"type": "output_text", "text": SAID}, {"type": "refusal", "refusal": "no"}]
FINISHED = RESPONSE | {
    "usage": {"input_tokens": 3, "output_tokens_details": {"reasoning_tokens": 1}},
    "output": [{"type": "reasoning", "id": "rs_1"}, {"type": "message", "content": PARTS}],
}


def responses(end: str = "completed") -> bytes:
    deltas = [
        {"type": "response.output_text.delta", "item_id": "msg_1", "delta": piece}
        for piece in (SAID[:5], SAID[5:])
    ]
    tool = {"type": "response.function_call_arguments.delta", "delta": "response.output_text.delta"}
    return b"".join(
        (
            b'event: keepalive\ndata: {"type":"keepalive","sequence_number":0}\n\n',
            event({"type": "response.created", "response": RESPONSE}),
            *map(event, (tool, *deltas)),
            event({"type": f"response.{end}", "response": FINISHED}),
        )
    )


BEGUN = {"id": "msg_1", "content": [], "usage": {"input_tokens": 25, "output_tokens": 1}}
ENDED = {"input_tokens": None, "output_tokens": 15, "server_tool_use": None}
MESSAGES = b"".join(
    (
        event({"type": "message_start", "message": BEGUN}),
        event({"type": "content_block_start", "content_block": {"type": "text", "text": ""}}),
        event({"type": "ping"}),
        event(
            {"type": "content_block_delta", "delta": {"type": "thinking_delta", "thinking": "a"}}
        ),
        event({"type": "content_block_delta", "delta": {"type": "text_delta", "text": SAID}}),
        event({"type": "message_delta", "delta": {"stop_reason": "end_turn"}, "usage": ENDED}),
        event({"type": "message_stop"}),
    )
)
MERGED = {"input_tokens": 25, "output_tokens": 15, "server_tool_use": None}
BLOCKS = [{"type": "thinking", "thinking": "a"}, {"type": "text", "text": SAID}]
MESSAGE = BEGUN | {"content": BLOCKS, "usage": MERGED}

DONE = {"done": True, "total_duration": 9, "prompt_eval_count": 26, "eval_count": 298}
OLLAMA = b"".join(
    json.dumps({"model": "m", **one}).encode() + b"\n"
    for one in (
        {"message": {"role": "assistant", "content": '"eval_count"'}},
        {"done": False},
        DONE,
    )
)
EVALUATED = {"prompt_eval_count": 26, "eval_count": 298}

ANSWERS = {
    "chat": (EVENTS, CHAT, ("c-1", COUNTED, "")),
    "chat, whole": (
        JSON,
        json.dumps({"id": "c-1", "usage": COUNTED}).encode(),
        ("c-1", COUNTED, ""),
    ),
    "responses": (EVENTS, responses(), ("resp_1", FINISHED["usage"], SAID)),
    "responses, whole": (JSON, json.dumps(FINISHED).encode(), ("resp_1", FINISHED["usage"], SAID)),
    "messages": (EVENTS, MESSAGES, ("msg_1", MERGED, SAID)),
    "messages, whole": (JSON, json.dumps(MESSAGE).encode(), ("msg_1", MERGED, SAID)),
    "ollama": (NDJSON, OLLAMA, (None, EVALUATED, "")),
    "ollama, whole": (JSON, json.dumps({"response": "x", **DONE}).encode(), (None, EVALUATED, "")),
}
every_answer = pytest.mark.parametrize("name", ANSWERS)


@every_answer
@given(st.data())
def test_an_answer_is_read_however_it_is_cut_into_chunks(name: str, data: st.DataObject) -> None:
    kind, body, expected = ANSWERS[name]
    cuts = data.draw(st.lists(st.integers(0, len(body)), max_size=12).map(sorted))
    chunks = [body[a:b] for a, b in pairwise([0, *cuts, len(body)])]
    assert heard(read(kind, *chunks)) == expected


@every_answer
def test_an_answer_is_read_byte_by_byte(name: str) -> None:
    kind, body, expected = ANSWERS[name]
    assert heard(read(kind, *(bytes([byte]) for byte in body))) == expected


@every_answer
@pytest.mark.parametrize("end", [b"\r\n", b"\r"], ids=["CRLF", "CR"])
@pytest.mark.parametrize("size", [1, 7, 4096])
def test_lines_may_end_as_they_like(name: str, end: bytes, size: int) -> None:
    kind, body, expected = ANSWERS[name]
    body = body.replace(b"\r\n", b"\n").replace(b"\n", end)
    chunks = [body[at : at + size] for at in range(0, len(body), size)]
    assert heard(read(kind, *chunks)) == expected


CODINGS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstandard.compress,
}
every_coding = pytest.mark.parametrize("coding", CODINGS)


@every_answer
@every_coding
@pytest.mark.parametrize("size", [1, 50, 4096])
def test_an_answer_is_read_under_every_coding(name: str, coding: str, size: int) -> None:
    kind, body, expected = ANSWERS[name]
    packed = CODINGS[coding](body)
    chunks = [packed[at : at + size] for at in range(0, len(packed), size)]
    assert heard(read(kind, *chunks, coding=coding)) == expected


@every_coding
def test_an_answer_that_breaks_off_under_its_coding_is_let_pass(coding: str) -> None:
    packed = CODINGS[coding](json.dumps({"id": "c-1", "x": [*range(3000)]}).encode())
    assert heard(read(JSON, packed[:-60], coding=coding)) == (None, None, "")


@every_coding
def test_what_is_not_in_the_coding_it_names_is_let_pass(coding: str) -> None:
    assert heard(read(JSON, b"\xff" * 300, b"more", coding=coding)) == (None, None, "")


@every_coding
def test_no_more_than_a_megabyte_is_made_of_a_small_bomb(coding: str) -> None:
    bomb = CODINGS[coding](b" " * (MAX_ANSWER // 2) + b'{"id":"c-1"}')
    tap = Tap([(b"content-type", b"application/json"), (b"content-encoding", coding.encode())])
    tap.feed(bomb)
    assert tap.held == 0
    tap.close()
    assert tap.response_id is None


@every_coding
def test_a_large_bomb_costs_no_more_than_a_small_one(coding: str) -> None:
    bomb = CODINGS[coding](b" " * (8 * MAX_ANSWER))
    began = time.process_time()
    read(JSON, bomb, coding=coding)
    assert time.process_time() - began < 0.1


def test_no_more_than_eight_megabytes_are_looked_at() -> None:
    for kind in (EVENTS, NDJSON, JSON):
        long = Tap([(b"content-type", kind.encode())])
        for _ in range(9):
            long.feed(b"x" * (1 << 20))
        assert long.held == 0


@pytest.mark.parametrize("end", ["completed", "incomplete", "failed"])
def test_a_response_counts_however_it_ends(end: str) -> None:
    assert heard(read(EVENTS, responses(end))) == ("resp_1", FINISHED["usage"], SAID)


def test_a_stream_that_breaks_off_gives_what_came() -> None:
    body = responses()
    assert heard(read(EVENTS, body[: body.index(b"completed")])) == ("resp_1", None, SAID)
    assert heard(read(EVENTS, MESSAGES[:-180]))[::2] == ("msg_1", SAID)


def test_a_response_whose_stream_has_no_deltas_is_read_at_its_end() -> None:
    body = event({"type": "response.completed", "response": FINISHED})
    assert heard(read(EVENTS, body)) == ("resp_1", FINISHED["usage"], SAID)


def test_only_the_beginning_of_a_long_text_is_kept() -> None:
    delta = {"type": "response.output_text.delta", "delta": "ü" * 300}
    assert read(EVENTS, *[event(delta)] * 9).text == "ü" * ANSWER
    whole = {"content": [{"type": "text", "text": "ü" * 3 * ANSWER}]}
    assert read(JSON, json.dumps(whole).encode()).text == "ü" * ANSWER


def test_data_may_take_several_lines_and_need_no_space() -> None:
    body = b'data:{"id":"c-1",\nid: 7\ndata\ndata:\ndata: "usage":\ndata:{"total_tokens":1}}\n\n'
    assert heard(read(EVENTS, body)) == ("c-1", {"total_tokens": 1}, "")


def test_a_last_event_without_a_line_break_counts() -> None:
    assert read(EVENTS, CHAT[: CHAT.index(b"\n\ndata: [DONE]")]).usage == COUNTED
    assert read(NDJSON, OLLAMA.rstrip()).usage == EVALUATED


@pytest.mark.parametrize(
    ("kind", "coding", "body"),
    [
        ("text/html", "", b'{"id":"c-1"}'),
        (JSON, "compress", b'{"id":"c-1"}'),
        (JSON, "gzip, br", b'{"id":"c-1"}'),
        (JSON, "", b"[1, 2]"),
        (JSON, "", b'{"id": 7, "usage": "much", "eval_count": "9", "content": 3, "output": {}}'),
        (JSON, "", b'{"id": 7, "content": [{"text": null}], "message": "no", "response": "x"}'),
        (JSON, "", b"[" * 100_000),
        (JSON, "", b'{"message":' * 100_000),
        (JSON, "", b'{"content":[{"type":"text","text":"\\ud800"}]}'),
        (EVENTS, "", b"data: {\xff\n\ndata\n\ndata:\n\n"),
        (NDJSON, "", b'\n\n{"eval_count"\n7\n'),
    ],
)
def test_what_it_cannot_read_is_let_pass(kind: str, coding: str, body: bytes) -> None:
    assert heard(read(kind, body, coding=coding)) == (None, None, "")


def test_an_event_costs_microseconds() -> None:
    deltas = [
        event({"type": "response.output_text.delta", "delta": "word ", "logprobs": []})
        for _ in range(20_000)
    ]
    began = time.process_time()
    tap = read(EVENTS, *deltas)
    assert tap.text.startswith("word ")
    assert (time.process_time() - began) / len(deltas) < 100e-6
