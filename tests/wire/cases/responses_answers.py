"""Responses: whole answers of every outcome, and errors in the server's own words."""

from collections.abc import Iterator
from typing import Any

from upstream import Pair, answer
from wire.corpus import JSON, Case, Dialect, compact

USAGE = {
    "input_tokens": 36,
    "input_tokens_details": {"cached_tokens": 32},
    "output_tokens": 87,
    "output_tokens_details": {"reasoning_tokens": 64},
    "total_tokens": 123,
}
MESSAGE = {
    "id": "msg_1", "type": "message", "status": "completed", "role": "assistant",
    "content": [{"type": "output_text", "text": "Grüß Gott 🌍", "annotations": [], "logprobs": []}],
}  # fmt: skip


def response(*output: Any, **fields: Any) -> dict[str, Any]:
    """A response object; complete unless told otherwise."""
    return {
        "id": "resp_9", "object": "response", "created_at": 1, "status": "completed",
        "background": False, "error": None, "incomplete_details": None, "instructions": None,
        "model": "m-1-2026", "output": list(output), "parallel_tool_calls": True,
        "previous_response_id": None, "reasoning": {"effort": "none", "summary": None},
        "store": True, "temperature": 1.0, "text": {"format": {"type": "text"}},
        "tool_choice": "auto", "tools": [], "truncation": "disabled", "usage": USAGE, **fields,
    }  # fmt: skip


SAID = compact(response(MESSAGE))

OUTPUTS: dict[str, dict[str, Any]] = {
    "a refusal": {**MESSAGE, "content": [{"type": "refusal", "refusal": "No."}]},
    "reasoning": {"type": "reasoning", "id": "rs_1", "summary": [], "encrypted_content": "gAA="},
    "a function call": {"type": "function_call", "id": "fc_1", "call_id": "1", "name": "f",
                        "arguments": "{\"city\":\"Köln\"}", "status": "completed"},
    "a custom call": {"type": "custom_tool_call", "call_id": "1", "name": "sql", "input": "a"},
    "a shell call": {"type": "shell_call", "call_id": "1", "action": {"commands": ["ls"]}},
    "an image": {"type": "image_generation_call", "id": "ig", "result": "iVBO" * 5_000},
    "an approval request": {"type": "mcp_approval_request", "id": "a", "arguments": "{}"},
    "an item of tomorrow": {"type": "telepathy", "id": "t", "thought": {"a": [None, 1e3]}},
}  # fmt: skip
OUTCOMES: dict[str, dict[str, Any]] = {
    "incomplete": {"status": "incomplete", "incomplete_details": {"reason": "max_output_tokens"}},
    "filtered": {"status": "incomplete", "incomplete_details": {"reason": "content_filter"}},
    "failed": {"status": "failed", "usage": None,
               "error": {"code": "server_error", "message": "It broke."}},
    "queued": {"status": "queued", "background": True, "usage": None},
    "cancelled": {"status": "cancelled", "background": True},
    "without usage": {"usage": None},
}  # fmt: skip
ERRORS: dict[bytes, dict[str, Any]] = {
    b"400 Bad Request": {"code": "invalid_value", "param": "input[0].content", "type": "x"},
    b"401 Unauthorized": {"code": "invalid_api_key", "param": None},
    b"404 Not Found": {"code": "previous_response_not_found", "param": "previous_response_id"},
    b"429 Too Many Requests": {"code": "rate_limit_exceeded", "param": None},
    b"500 Internal Server Error": {"code": None, "param": None, "type": "server_error"},
}
LIMITS: list[Pair] = [
    (b"x-ratelimit-limit-tokens", b"30000"),
    (b"x-ratelimit-reset-tokens", b"1m2.5s"),
    (b"retry-after", b"7"),
    (b"retry-after-ms", b"6912"),
    (b"openai-version", b"2020-10-01"),
    (b"x-request-id", b"req_1"),
]


def answers(dialect: Dialect) -> Iterator[Case]:
    """One question, and everything that may come back for it."""
    for name, item in OUTPUTS.items():
        told = compact(response(item, MESSAGE))
        yield dialect.case(f"an answer with {name}", None, answer(told))
    for name, fields in OUTCOMES.items():
        told = compact(response(**fields))
        yield dialect.case(f"an answer that is {name}", None, answer(told))
    for status, error in ERRORS.items():
        told = b'{\n  "error": %s\n}' % compact({"message": "No: Grüße.", **error})
        steps = answer(told, status=status, headers=[JSON, *LIMITS])
        yield dialect.case(f"the error {status.decode()}", None, steps)
        asked = dialect.ask(dialect.streamed)
        yield dialect.case(f"no stream but {status.decode()}", asked, steps)
