"""What Ollama answers: chats and generated text as lines of JSON or whole, and its lists."""

from collections.abc import Iterator

from provider.said import Asked, Body, Said, tools
from provider.wire import lines, whole
from upstream import Step

WHEN = "2026-11-01T12:00:00.000000Z"
COUNTS = {
    "total_duration": 4_883_583_458,
    "load_duration": 1_334_875,
    "prompt_eval_count": 26,
    "prompt_eval_duration": 342_546_000,
    "eval_count": 282,
    "eval_duration": 4_535_599_000,
}
DETAILS = {
    "parent_model": "",
    "format": "gguf",
    "family": "llama",
    "families": ["llama"],
    "parameter_size": "3.2B",
    "quantization_level": "Q4_K_M",
}


def asked(body: Body) -> Asked:
    """What of a chat or generate body decides the answer."""
    roles = [message["role"] for message in body.get("messages") or []]
    newest = len(roles) - roles[::-1].index("user") if "user" in roles else 0
    offered = [tool["function"] for tool in body.get("tools") or []]
    return Asked(
        tools=tools((tool["name"], tool.get("parameters")) for tool in offered),
        results="tool" in roles[newest:],
        shape=body["format"] if isinstance(body.get("format"), dict) else None,
    )


def answer(body: Body, said: Said) -> list[Step]:
    """The answer to a chat."""
    messages: list[Body] = []
    if said.thought:
        messages += [{"role": "assistant", "content": "", "thinking": said.thought}]
    if said.calls:
        calls = [{"function": {"name": one.name, "arguments": one.arguments}} for one in said.calls]
        messages += [{"role": "assistant", "content": "", "tool_calls": calls}]
    messages += [{"role": "assistant", "content": piece} for piece in said.pieces if piece]
    if _streamed(body):
        last = {"role": "assistant", "content": ""}
        return lines(_lines(body, [{"message": one} for one in messages], {"message": last}))
    joined: Body = {key: value for one in messages for key, value in one.items()}
    return whole(_last(body) | {"message": joined | {"content": said.text}})


def generated(body: Body, said: Said) -> list[Step]:
    """The answer to a prompt."""
    context = {"response": "", "context": [1, 2, 3]}
    if _streamed(body):
        return lines(_lines(body, [{"response": piece} for piece in said.pieces], context))
    return whole(_last(body) | context | {"response": said.text})


def embedded(body: Body) -> list[Step]:
    """One vector a text."""
    texts = [body["input"]] if isinstance(body["input"], str) else body["input"]
    counts = {key: COUNTS[key] for key in ("total_duration", "load_duration", "prompt_eval_count")}
    return whole({"model": body["model"], "embeddings": [[0.25, -0.5] for _ in texts]} | counts)


def tags() -> list[Step]:
    """The models on this machine."""
    model = {"name": "llama3.2:latest", "model": "llama3.2:latest", "modified_at": WHEN}
    return whole({"models": [model | {"size": 2_019_393_189, "digest": "a8", "details": DETAILS}]})


def shown() -> list[Step]:
    """One model."""
    known = {"general.architecture": "llama", "llama.context_length": 131_072}
    told = {"modelfile": "FROM llama3.2", "template": "{{ .Prompt }}", "details": DETAILS}
    kinds = ["completion", "tools"]
    return whole(told | {"model_info": known, "capabilities": kinds, "modified_at": WHEN})


def _lines(body: Body, told: list[Body], last: Body) -> Iterator[Body]:
    for one in told:
        yield {"model": body["model"], "created_at": WHEN} | one | {"done": False}
    yield _last(body) | last


def _last(body: Body) -> Body:
    ended = {"done": True, "done_reason": "stop"}
    return {"model": body["model"], "created_at": WHEN} | ended | COUNTS


def _streamed(body: Body) -> bool:
    return body.get("stream", True) is not False
