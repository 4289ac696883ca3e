"""Chat completions as OpenAI answers them, whole or streamed."""

from collections.abc import Iterator

from provider.said import Asked, Body, Call, Said, named, tools
from provider.wire import events, whole
from upstream import Step

USAGE = {
    "prompt_tokens": 9,
    "completion_tokens": 3,
    "total_tokens": 12,
    "prompt_tokens_details": {"cached_tokens": 0, "audio_tokens": 0},
    "completion_tokens_details": {"reasoning_tokens": 0, "audio_tokens": 0},
}


def asked(body: Body) -> Asked:
    """What of a chat body decides the answer."""
    roles = [message["role"] for message in body["messages"]]
    newest = len(roles) - roles[::-1].index("user") if "user" in roles else 0
    offered = [tool["function"] for tool in body.get("tools") or [] if "function" in tool]
    wanted = body.get("response_format") or {}
    return Asked(
        tools=tools((tool["name"], tool.get("parameters")) for tool in offered)
        if body.get("tool_choice") != "none"
        else (),
        results="tool" in roles[newest:],
        forced=_forced(body.get("tool_choice")),
        shape=wanted["json_schema"]["schema"] if wanted.get("type") == "json_schema" else None,
    )


def answer(body: Body, said: Said) -> list[Step]:
    """The answer to this body."""
    head = {"id": named("chatcmpl"), "created": 1_760_000_000, "model": body["model"]}
    head |= {"system_fingerprint": "fp_1", "service_tier": "default"}
    if body.get("stream"):
        return events(_chunks(head, body, said), done=True)
    message: Body = {"role": "assistant", "content": said.text or None, "refusal": None}
    message["annotations"] = []
    if said.calls:
        message["tool_calls"] = [_call(one) for one in said.calls]
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": _reason(said)}
    return whole({**head, "object": "chat.completion", "choices": [choice], "usage": USAGE})


def completion(body: Body, said: Said) -> list[Step]:
    """The answer to a legacy completion's prompt."""
    head = {"id": named("cmpl"), "object": "text_completion", "created": 1_760_000_000}
    head["model"] = body["model"]
    if body.get("stream"):
        texts = [*said.pieces, ""]
        return events(({**head, "choices": [_ended(text)]} for text in texts), done=True)
    return whole({**head, "choices": [_ended(said.text)], "usage": USAGE})


def _chunks(head: Body, body: Body, said: Said) -> Iterator[Body]:
    deltas: list[Body] = [{"role": "assistant", "content": None if said.calls else ""}]
    for number, one in enumerate(said.calls):
        begun = _call(one) | {"index": number, "function": {"name": one.name, "arguments": ""}}
        deltas += [{"tool_calls": [begun]}]
        half = len(one.dumped) // 2
        for piece in (one.dumped[:half], one.dumped[half:]):
            deltas += [{"tool_calls": [{"index": number, "function": {"arguments": piece}}]}]
    deltas += [{"content": piece} for piece in said.pieces if piece]
    counted = (body.get("stream_options") or {}).get("include_usage")
    kept: Body = {**head, "object": "chat.completion.chunk"} | ({"usage": None} if counted else {})
    for delta in [*deltas, {}]:
        reason = None if delta else _reason(said)
        yield {**kept, "choices": [{"index": 0, "delta": delta, "finish_reason": reason}]}
    if counted:
        yield {**kept, "choices": [], "usage": USAGE}


def _call(one: Call) -> Body:
    function = {"name": one.name, "arguments": one.dumped}
    return {"id": named("call"), "type": "function", "function": function}


def _reason(said: Said) -> str:
    return "tool_calls" if said.calls else "stop"


def _ended(text: str) -> Body:
    return {"index": 0, "text": text, "logprobs": None, "finish_reason": "stop"}


def _forced(choice: object) -> str | None:
    if isinstance(choice, dict) and "function" in choice:
        return str(choice["function"]["name"])
    return "any" if choice == "required" else None
