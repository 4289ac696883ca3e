"""Requests to Anthropic's API as its clients write them, and its dialect."""

import json
from typing import Any

from wire.corpus import NAMED, Dialect, compact

Body = dict[str, Any]

ASKED = f"{NAMED}! What is it called?"
TURN: Body = {"role": "user", "content": ASKED}
EPHEMERAL = {"type": "ephemeral"}
HOUR = {"type": "ephemeral", "ttl": "1h"}
KEY = b"x-api-key: sk-ant-1"
VERSION = b"anthropic-version: 2023-06-01"
USAGE: Body = {
    "input_tokens": 12,
    "cache_creation_input_tokens": 100,
    "cache_read_input_tokens": 2000,
    "cache_creation": {"ephemeral_5m_input_tokens": 60, "ephemeral_1h_input_tokens": 40},
    "output_tokens": 3,
    "output_tokens_details": {"thinking_tokens": 1},
    "server_tool_use": {"web_search_requests": 1, "web_fetch_requests": 0},
    "service_tier": "standard",
    "inference_geo": "eu",
    "speed": "standard",
}


def body(messages: object = (TURN,), **fields: object) -> bytes:
    """A body as SDKs encode it."""
    return compact({"model": "claude-m", "max_tokens": 64, "messages": messages, **fields})


def text(said: str, **fields: object) -> Body:
    """A text part."""
    return {"type": "text", "text": said, **fields}


def user(*parts: object) -> Body:
    """A user message of these parts; a string is a text part."""
    return {
        "role": "user",
        "content": [text(one) if isinstance(one, str) else one for one in parts],
    }


def assistant(*parts: object) -> Body:
    """An assistant's message of these parts."""
    return {**user(*parts), "role": "assistant"}


def call(name: str = "read_file", id: str = "toolu_1", **fields: object) -> Body:
    """A call of a tool."""
    return {"type": "tool_use", "id": id, "name": name, "input": {"path": "ä.py"}, **fields}


def result(content: object = "3 lines", id: str = "toolu_1", **fields: object) -> Body:
    """What a tool gave."""
    return {"type": "tool_result", "tool_use_id": id, "content": content, **fields}


def message(*content: Body, reason: str | None = "end_turn", **fields: object) -> bytes:
    """A whole answer."""
    made = {
        "id": "msg_01",
        "type": "message",
        "role": "assistant",
        "model": "claude-m",
        "content": content,
        "stop_reason": reason,
        "stop_sequence": None,
        "usage": USAGE,
        **fields,
    }
    return compact(made)


def event(kind: str, **fields: object) -> bytes:
    """One event of a stream, with its name on a line of its own."""
    return f"event: {kind}\ndata: ".encode() + compact({"type": kind, **fields}) + b"\n\n"


def start(**fields: object) -> bytes:
    """The first event: the message, still without content."""
    begun = json.loads(message(reason=None, usage={**USAGE, "output_tokens": 1}, **fields))
    return event("message_start", message=begun)


def block(index: int, begun: Body, *deltas: Body) -> list[bytes]:
    """The events of one block of content."""
    pieces = [event("content_block_delta", index=index, delta=delta) for delta in deltas]
    first = event("content_block_start", index=index, content_block=begun)
    return [first, *pieces, event("content_block_stop", index=index)]


def words(index: int, *pieces: str) -> list[bytes]:
    """The events of a block of text."""
    deltas = [{"type": "text_delta", "text": piece} for piece in pieces]
    return block(index, text(""), *deltas)


def finish(reason: str = "end_turn", usage: Body = USAGE, **fields: object) -> bytes:
    """The event before the last one; `fields` are further ones of its delta."""
    delta = {"stop_reason": reason, "stop_sequence": None, **fields}
    return event("message_delta", delta=delta, usage=usage)


STOP = event("message_stop")
DIALECT = Dialect(
    name="messages",
    target=b"/v1/messages",
    asked=body().replace(b"claude-m", b"m-1"),
    said=message(text("A port.")),
    pieces=[start(), *words(0, "Grüß", " Gott", " 🦅", "."), finish()],
    end=STOP,
    headers=(VERSION,),
)
