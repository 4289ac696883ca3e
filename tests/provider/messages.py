"""Messages as Anthropic answers them, whole or streamed, with thinking where it is on."""

import json
from collections.abc import Iterator
from typing import Any

from provider.said import Asked, Body, Said, named, tools
from provider.wire import events, whole
from upstream import Step

USAGE: Body = {
    "input_tokens": 9,
    "cache_creation_input_tokens": 0,
    "cache_read_input_tokens": 0,
    "output_tokens": 3,
    "service_tier": "standard",
}
SIGNATURE = "EqQBCkYIBxgCKkD" + "s" * 80


def asked(body: Body) -> Asked:
    """What of a messages body decides the answer."""
    content = body["messages"][-1]["content"]
    parts: list[Any] = [] if isinstance(content, str) else content
    choice = body.get("tool_choice") or {}
    offered = [tool for tool in body.get("tools") or [] if "input_schema" in tool]
    wanted = (body.get("output_config") or {}).get("format") or body.get("output_format") or {}
    return Asked(
        tools=()
        if choice.get("type") == "none"
        else tools((tool["name"], tool["input_schema"]) for tool in offered),
        results=any(part.get("type") == "tool_result" for part in parts),
        forced=choice.get("name") or ("any" if choice.get("type") == "any" else None),
        shape=wanted.get("schema"),
    )


def answer(body: Body, said: Said) -> list[Step]:
    """The answer to this body."""
    message = {
        "id": named("msg"),
        "type": "message",
        "role": "assistant",
        "model": body["model"],
        "content": list(_content(body, said)),
        "stop_reason": "tool_use" if said.calls else "end_turn",
        "stop_sequence": None,
        "usage": USAGE,
    }
    return events(_events(message), titled=True) if body.get("stream") else whole(message)


def _content(body: Body, said: Said) -> Iterator[Body]:
    if (body.get("thinking") or {}).get("type") in {"enabled", "adaptive"}:
        thought = said.thought or "They ask of Zürich."
        yield {"type": "thinking", "thinking": thought, "signature": SIGNATURE}
    if said.text:
        yield {"type": "text", "text": said.text}
    for one in said.calls:
        yield {"type": "tool_use", "id": named("toolu"), "name": one.name, "input": one.arguments}


def _events(message: Body) -> Iterator[Body]:
    ends = {key: message[key] for key in ("stop_reason", "stop_sequence")}
    begun = {**message, "content": [], "stop_reason": None, "usage": {**USAGE, "output_tokens": 1}}
    yield {"type": "message_start", "message": begun}
    yield {"type": "ping"}
    for index, block in enumerate(message["content"]):
        yield from ({**event, "index": index} for event in _block(block))
    yield {"type": "message_delta", "delta": ends, "usage": {"output_tokens": 3}}
    yield {"type": "message_stop"}


def _block(block: Body) -> Iterator[Body]:
    blank = {"text": "", "thinking": "", "signature": "", "input": {}}
    empty = {key: blank.get(key, value) for key, value in block.items()}
    yield {"type": "content_block_start", "content_block": empty}
    for delta in _deltas(block):
        yield {"type": "content_block_delta", "delta": delta}
    yield {"type": "content_block_stop"}


def _deltas(block: Body) -> Iterator[Body]:
    if block["type"] == "thinking":
        yield {"type": "thinking_delta", "thinking": block["thinking"]}
        yield {"type": "signature_delta", "signature": block["signature"]}
    elif block["type"] == "text":
        for piece in Said(text=block["text"]).pieces:
            yield {"type": "text_delta", "text": piece}
    else:
        dumped = json.dumps(block["input"])
        for piece in ("", dumped[: len(dumped) // 2], dumped[len(dumped) // 2 :]):
            yield {"type": "input_json_delta", "partial_json": piece}
