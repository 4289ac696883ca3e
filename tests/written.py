"""A conversation as clients of each dialect write it, read back as chat messages of plain text."""

import json
from typing import Any

Message = dict[str, Any]

PATHS = {
    "responses": b"/v1/responses",
    "chained": b"/v1/responses",
    "codex": b"/v1/responses",
    "messages": b"/v1/messages",
    "ollama": b"/api/chat",
}
CHAT = b"/v1/chat/completions"
_RULES = "Work in small steps, and run the tests of postgres and grafana before you say so. " * 200
_TOOLS = tuple(
    {"type": "function", "name": f"tool_{n}", "description": "Reads a file. " * 120}
    for n in range(14)
)
_SURROUNDINGS = (
    "# AGENTS.md instructions for /srv/x\n\n<INSTRUCTIONS>\nUse vitest.\n</INSTRUCTIONS>",
    "<environment_context>\n  <cwd>/srv/x</cwd>\n  <shell>zsh</shell>\n</environment_context>",
)


def write(kind: str, messages: list[Message], held: str | None = None) -> Message:
    """The request body for chat messages; `held` is the response that it goes on from."""
    if kind in {"responses", "chained"}:
        return _responses(messages, held if kind == "chained" else None)
    if kind == "codex":
        return _codex(messages)
    if kind == "messages":
        return _messages(messages)
    return {"model": "m", "messages": messages}


def read(body: bytes) -> list[Message]:
    """The chat messages of a request body; content is its text, None where there is none."""
    sent: Message = json.loads(body) if body else {"messages": []}
    if "input" in sent:
        lead = sent.get("instructions")
        said = [item for item in sent["input"] if "client" not in item]
        return [*_lead(lead), *(plain(_from_item(item)) for item in said)]
    lead = text_of({"content": sent.get("system")})
    return [*_lead(lead), *(plain(one) for some in sent["messages"] for one in _from(some))]


def plain(message: Message) -> Message:
    """The message with its content as text."""
    return {**message, "content": text_of(message)}


def text_of(message: Message) -> str:
    """All text of a message."""
    content = message["content"]
    if isinstance(content, list):
        return "\n\n".join(part["text"] for part in content)
    return content or ""


def _lead(text: str | None) -> list[Message]:
    return [{"role": "system", "content": text}] if text else []


def _responses(messages: list[Message], held: str | None) -> Message:
    lead = [one for one in messages if one["role"] == "system"]
    items = [item for one in messages if one["role"] != "system" for item in _items(one)]
    made: Message = {"instructions": text_of(lead[0])} if lead else {}
    return made | ({"previous_response_id": held} if held else {}) | {"input": items}


def _codex(messages: list[Message]) -> Message:
    """40 kB: instructions as items, surroundings as words of the user, thoughts, and tools."""
    items: list[Message] = [_own("developer", _RULES), _own("user", *_SURROUNDINGS)]
    for number, message in enumerate(messages):
        if message["role"] == "assistant":
            thought = {"type": "reasoning", "id": f"rs_{number}", "encrypted_content": "gAAA"}
            items.append({**thought, "summary": [], "client": {}})
        items += _items(message)
    options = {"stream": True, "store": False, "include": ["reasoning.encrypted_content"]}
    return {"model": "m", "input": items, "tools": _TOOLS, **options}


def _own(role: str, *texts: str) -> Message:
    """An item that the client says of itself; `client` tells it from what was said."""
    parts = [{"type": "input_text", "text": text} for text in texts]
    return {"type": "message", "role": role, "content": parts, "client": {"turn": 1}}


def _items(message: Message) -> list[Message]:
    if message["role"] == "tool":
        output = {"call_id": message["tool_call_id"], "output": message["content"]}
        return [{"type": "function_call_output", **output}]
    calls = [
        {"type": "function_call", "call_id": call["id"], **call["function"]}
        for call in message.get("tool_calls", ())
    ]
    if calls:
        return calls
    kind = "output_text" if message["role"] == "assistant" else "input_text"
    return [{"role": message["role"], "content": [{"type": kind, "text": text_of(message)}]}]


def _from_item(item: Message) -> Message:
    if item.get("type") == "function_call_output":
        return {"role": "tool", "tool_call_id": item["call_id"], "content": item["output"]}
    if item.get("type") == "function_call":
        return _called(item["call_id"], item["name"], item["arguments"])
    return item


def _called(id: str, name: str, arguments: str) -> Message:
    function = {"name": name, "arguments": arguments}
    call = {"id": id, "type": "function", "function": function}
    return {"role": "assistant", "content": None, "tool_calls": [call]}


def _messages(messages: list[Message]) -> Message:
    """With the cache breakpoints of an agent: on the system, and on what was said last."""
    lead = [one for one in messages if one["role"] == "system"]
    said = [_blocks(one) for one in messages if one["role"] != "system"]
    said[-1]["content"][-1]["cache_control"] = {"type": "ephemeral"}
    made: Message = {"system": [_cached(text_of(one)) for one in lead]} if lead else {}
    for message in said[:-1]:
        if [*message["content"][0]] == ["type", "text"]:  # as some clients do, once it is history
            message["content"] = message["content"][0]["text"]
    return {"model": "m", "max_tokens": 9, **made, "messages": said}


def _cached(text: str) -> Message:
    return {"type": "text", "text": text, "cache_control": {"type": "ephemeral"}}


def _blocks(message: Message) -> Message:
    if message["role"] == "tool":
        result = {"tool_use_id": message["tool_call_id"], "content": message["content"]}
        return {"role": "user", "content": [{"type": "tool_result", **result}]}
    blocks = [
        {
            "type": "tool_use",
            "id": call["id"],
            "name": call["function"]["name"],
            "input": json.loads(call["function"]["arguments"]),
        }
        for call in message.get("tool_calls", ())
    ]
    text = {"type": "text", "text": text_of(message)}
    return {"role": message["role"], "content": blocks or [text]}


def _from(message: Message) -> list[Message]:
    if not isinstance(message["content"], list):
        return [message]
    made = []
    for block in message["content"]:
        if block["type"] == "tool_result":
            id, content = block["tool_use_id"], block["content"]
            made.append({"role": "tool", "tool_call_id": id, "content": content})
        elif block["type"] == "tool_use":
            made.append(_called(block["id"], block["name"], json.dumps(block["input"])))
    texts = [block for block in message["content"] if block["type"] == "text"]
    return [*made, *([{"role": message["role"], "content": texts}] if texts else [])]
