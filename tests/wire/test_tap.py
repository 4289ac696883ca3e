"""The tap: what it reads off an answer, and what it lets pass unread."""

import gzip
import json
import zlib
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mindhold.proxy.tap import MAX_ANSWER, Tap

USAGE = {"prompt_tokens": 3, "completion_tokens": 4, "total_tokens": 7}
EVENTS = b"".join(
    b"data: " + json.dumps(event).encode() + end
    for event, end in (
        ({"id": "c-1", "choices": [], "usage": None}, b"\r\n\r\n"),
        ({"id": "c-1", "choices": [{"delta": {"content": '"usage"'}}]}, b"\n\n"),
        ({"id": "c-1", "choices": [], "usage": USAGE}, b"\n\n"),
    )
)
STREAM = b": hello\n\nevent: x\n" + EVENTS + b"data: [DONE]\n\n"
JSON = json.dumps({"id": "c-1", "usage": USAGE, "choices": [{"x": "ü"}]}).encode()


def read(kind: bytes, *chunks: bytes, coding: bytes = b"") -> Tap:
    tap = Tap([(b"Content-Type", kind), *([(b"Content-Encoding", coding)] if coding else [])])
    for chunk in chunks:
        tap.feed(chunk)
    tap.close()
    return tap


@given(st.lists(st.integers(0, len(STREAM)), max_size=12).map(sorted))
def test_a_stream_is_read_however_it_is_cut_into_chunks(cuts: list[int]) -> None:
    edges = [0, *cuts, len(STREAM)]
    chunks = [STREAM[a:b] for a, b in pairwise(edges)]
    tap = read(b"text/event-stream; charset=utf-8", *chunks)
    assert (tap.response_id, tap.usage) == ("c-1", USAGE)


@pytest.mark.parametrize(
    ("coding", "body"),
    [(b"", JSON), (b"gzip", gzip.compress(JSON)), (b"deflate", zlib.compress(JSON))],
)
def test_a_whole_answer_is_read_plain_and_compressed(coding: bytes, body: bytes) -> None:
    tap = read(b"application/json", body[:9], body[9:], coding=coding)
    assert (tap.response_id, tap.usage) == ("c-1", USAGE)


def test_a_last_event_without_a_line_break_counts() -> None:
    tap = read(b"text/event-stream", EVENTS.rstrip())
    assert tap.usage == USAGE


@pytest.mark.parametrize(
    ("kind", "coding", "body"),
    [
        (b"text/html", b"", JSON),
        (b"application/json", b"br", JSON),
        (b"application/json", b"gzip", JSON),
        (b"application/json", b"", b"[1, 2]"),
        (b"application/json", b"", b'{"id": 7, "usage": "much"}'),
        (b"application/json", b"", b"[" * 100_000),
        (b"text/event-stream", b"", b"data: {\xff\n\ndata\n\ndata:\n\n"),
    ],
)
def test_what_it_cannot_read_is_let_pass(kind: bytes, coding: bytes, body: bytes) -> None:
    tap = read(kind, body, coding=coding)
    assert (tap.response_id, tap.usage) == (None, None)


def test_no_more_than_eight_megabytes_are_looked_at_even_of_a_small_bomb() -> None:
    bomb = gzip.compress(b" " * (MAX_ANSWER * 20) + JSON)
    tap = Tap([(b"content-type", b"application/json"), (b"content-encoding", b"gzip")])
    tap.feed(bomb)
    assert tap.held == 0
    tap.close()
    assert tap.usage is None
    long = Tap([(b"content-type", b"text/event-stream")])
    for _ in range(9):
        long.feed(b"x" * (1 << 20))
    assert long.held == 0
