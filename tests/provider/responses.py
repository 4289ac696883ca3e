"""Responses as OpenAI answers them, whole or streamed, with reasoning where it is asked for."""

import itertools
from collections.abc import Iterator

from provider.said import Asked, Body, Call, Said, named, tools
from provider.wire import events, whole
from upstream import Step

USAGE = {
    "input_tokens": 9,
    "input_tokens_details": {"cached_tokens": 0},
    "output_tokens": 3,
    "output_tokens_details": {"reasoning_tokens": 0},
    "total_tokens": 12,
}
RESULTS = ("function_call_output", "custom_tool_call_output", "local_shell_call_output")


def asked(body: Body) -> Asked:
    """What of a responses body decides the answer."""
    items = body.get("input") or []
    items = [] if isinstance(items, str) else items
    newest = max((at for at, item in enumerate(items) if item.get("role") == "user"), default=-1)
    offered = [tool for tool in body.get("tools") or [] if tool.get("type") == "function"]
    choice = body.get("tool_choice")
    wanted = (body.get("text") or {}).get("format") or {}
    return Asked(
        tools=()
        if choice == "none"
        else tools((tool["name"], tool.get("parameters")) for tool in offered),
        results=any(item.get("type") in RESULTS for item in items[newest + 1 :]),
        forced=choice.get("name") if isinstance(choice, dict) else _any(choice),
        shape=wanted.get("schema"),
    )


def answer(body: Body, said: Said) -> list[Step]:
    """The answer to this body."""
    items = list(_items(body, said))
    made = _response(body, items)
    return events(_events(made), titled=True) if body.get("stream") else whole(made)


def _response(body: Body, items: list[Body]) -> Body:
    """The whole object; what was asked is said again in it, as the provider does."""
    echoed = {
        "background": False,
        "instructions": None,
        "max_output_tokens": None,
        "metadata": {},
        "parallel_tool_calls": True,
        "previous_response_id": None,
        "reasoning": {"effort": None, "summary": None},
        "service_tier": "default",
        "store": True,
        "temperature": 1.0,
        "text": {"format": {"type": "text"}, "verbosity": "medium"},
        "tool_choice": "auto",
        "tools": [],
        "top_p": 1.0,
        "truncation": "disabled",
        "user": None,
    }
    conversation = body.get("conversation")
    known = {"id": conversation} if isinstance(conversation, str) else conversation
    return {
        "id": named("resp"),
        "object": "response",
        "created_at": 1_760_000_000,
        "status": "completed",
        "error": None,
        "incomplete_details": None,
        "model": body["model"],
        "output": items,
        **{key: body.get(key, default) for key, default in echoed.items()},
        **({"conversation": known} if known else {}),
        "usage": USAGE,
    }


def _items(body: Body, said: Said) -> Iterator[Body]:
    sealed = "reasoning.encrypted_content" in (body.get("include") or [])
    if sealed or said.thought:
        summary = [{"type": "summary_text", "text": said.thought}] if said.thought else []
        item: Body = {"id": named("rs"), "type": "reasoning", "summary": summary}
        yield item | ({"encrypted_content": "gAAAAAB" + "k" * 120} if sealed else {})
    yield from (_call(one) for one in said.calls)
    if said.text:
        part = {"type": "output_text", "text": said.text, "annotations": [], "logprobs": []}
        message = {"id": named("msg"), "type": "message", "status": "completed"}
        yield message | {"role": "assistant", "content": [part]}


def _call(one: Call) -> Body:
    item = {"id": named("fc"), "type": "function_call", "status": "completed"}
    return item | {"call_id": named("call"), "name": one.name, "arguments": one.dumped}


def _events(made: Body) -> Iterator[Body]:
    number = itertools.count()
    begun = {**made, "status": "in_progress", "output": [], "usage": None}
    told: list[Body] = [
        {"type": "response.created", "response": begun},
        {"type": "response.in_progress", "response": begun},
    ]
    for index, item in enumerate(made["output"]):
        told += ({**event, "output_index": index} for event in _item(item))
    told += [{"type": "response.completed", "response": made}]
    for event in told:
        yield {**event, "sequence_number": next(number)}


def _item(item: Body) -> Iterator[Body]:
    empty = {"content": []} if item["type"] == "message" else {}
    empty |= {"arguments": ""} if item["type"] == "function_call" else {}
    begun = {**item, **empty} | ({"status": "in_progress"} if "status" in item else {})
    yield {"type": "response.output_item.added", "item": begun}
    yield from _text(item) if item["type"] == "message" else _inner(item)
    yield {"type": "response.output_item.done", "item": item}


def _inner(item: Body) -> Iterator[Body]:
    at = {"item_id": item["id"]}
    if item["type"] == "function_call":
        half = len(item["arguments"]) // 2
        for piece in (item["arguments"][:half], item["arguments"][half:]):
            yield {"type": "response.function_call_arguments.delta", "delta": piece} | at
        finished = {"arguments": item["arguments"], "name": item["name"]}
        yield {"type": "response.function_call_arguments.done"} | finished | at
    for index, part in enumerate(item.get("summary") or []):
        here = at | {"summary_index": index}
        blank = {**part, "text": ""}
        yield {"type": "response.reasoning_summary_part.added", "part": blank} | here
        yield {"type": "response.reasoning_summary_text.delta", "delta": part["text"]} | here
        yield {"type": "response.reasoning_summary_text.done", "text": part["text"]} | here
        yield {"type": "response.reasoning_summary_part.done", "part": part} | here


def _text(item: Body) -> Iterator[Body]:
    at = {"item_id": item["id"], "content_index": 0}
    [part] = item["content"]
    yield {"type": "response.content_part.added", "part": {**part, "text": ""}} | at
    for piece in Said(text=part["text"]).pieces:
        yield {"type": "response.output_text.delta", "delta": piece, "logprobs": []} | at
    yield {"type": "response.output_text.done", "text": part["text"], "logprobs": []} | at
    yield {"type": "response.content_part.done", "part": part} | at


def _any(choice: object) -> str | None:
    return "any" if choice == "required" else None
