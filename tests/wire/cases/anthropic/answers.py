"""What Anthropic's API answers in one piece: every kind of content, every reason, every error."""

from collections.abc import Iterator, Sequence

from upstream import Pair, answer
from wire.cases.anthropic.asking import DIALECT, call, message, text
from wire.cases.anthropic.rounds import FETCHED, FOUND, HIDDEN, QUOTED, RAN, THOUGHT, server
from wire.corpus import JSON, Case, compact

LIMITS: Sequence[Pair] = (
    (b"anthropic-ratelimit-requests-limit", b"50"),
    (b"anthropic-ratelimit-requests-remaining", b"0"),
    (b"anthropic-ratelimit-requests-reset", b"2026-11-21T20:00:00Z"),
    (b"anthropic-ratelimit-input-tokens-remaining", b"29000"),
    (b"anthropic-ratelimit-output-tokens-remaining", b"8000"),
    (b"anthropic-ratelimit-unified-status", b"rejected"),
    (b"anthropic-organization-id", b"org-1"),
    (b"request-id", b"req_011C"),
    (b"cf-ray", b"9a-ZRH"),
)


def refused(kind: str, said: str) -> bytes:
    """An error, as the provider writes them."""
    error = {"type": kind, "message": said}
    return compact({"type": "error", "error": error, "request_id": "req_011C"})


WHOLE: dict[str, bytes] = {
    "an answer": message(text("Ein Anschluß. 🦅")),
    "an answer without words": message(),
    "thinking and an answer": message(THOUGHT, text("A port.")),
    "hidden thinking and an answer": message(HIDDEN, text("A port.")),
    "a call for a tool": message(text("Let me look."), call(), reason="tool_use"),
    "calls for two tools": message(call(), call(id="toolu_2"), reason="tool_use"),
    "a search and what it quotes": message(
        *server("web_search", [FOUND]),
        QUOTED,
    ),
    "a page that was fetched": message(*server("web_fetch", FETCHED), text("A bird.")),
    "code that ran": message(
        *server("bash_code_execution", RAN),
        text("1."),
        container={"id": "container_1", "expires_at": "2026-11-21T21:00:00Z"},
    ),
    "a summary": message(
        {"type": "compaction", "content": "Birds.", "encrypted_content": "RW4="},
        reason="compaction",
    ),
    "as many tokens as were allowed": message(text("A po"), reason="max_tokens"),
    "a stop sequence": message(text("A"), reason="stop_sequence", stop_sequence="\n\n"),
    "a pause": message(*server("web_search", {})[:1], reason="pause_turn"),
    "a refusal": message(
        reason="refusal",
        stop_details={
            "type": "refusal",
            "category": "cyber",
            "explanation": "No.",
            "fallback_credit_token": "tok",
        },
    ),
    "a full context": message(text("A"), reason="model_context_window_exceeded"),
    "edits that were applied": message(
        text("A port."),
        context_management={
            "applied_edits": [
                {
                    "type": "clear_tool_uses_20250919",
                    "cleared_tool_uses": 8,
                    "cleared_input_tokens": 5000,
                }
            ]
        },
        input_transformations=[
            {"type": "thinking_dropped", "path": "/a", "reason": "model_binding_mismatch"}
        ],
        diagnostics={"cache_miss_reason": {"type": "system_changed"}},
    ),
    "an answer of a kind to come": message({"type": "hologram", "rays": [1.0, 2e-7]}),
}

REFUSED: dict[str, tuple[bytes, str, Sequence[Pair]]] = {
    "an invalid request": (b"400 Bad Request", "invalid_request_error", ()),
    "a wrong key": (b"401 Unauthorized", "authentication_error", ()),
    "an unpaid bill": (b"402 Payment Required", "billing_error", ()),
    "no permission": (b"403 Forbidden", "permission_error", ()),
    "an unknown model": (b"404 Not Found", "not_found_error", ()),
    "too large a request": (b"413 Request Entity Too Large", "request_too_large", ()),
    "too many requests": (
        b"429 Too Many Requests",
        "rate_limit_error",
        ((b"retry-after", b"17"), (b"x-should-retry", b"true")),
    ),
    "an inner error": (b"500 Internal Server Error", "api_error", ()),
    "a timeout there": (b"504 Gateway Timeout", "timeout_error", ()),
    "an overload": (b"529 ", "overloaded_error", ((b"x-should-retry", b"true"),)),
}


def cases() -> Iterator[Case]:
    """The plain question, and each of them."""
    for name, raw in WHOLE.items():
        yield DIALECT.case(name, None, answer(raw, headers=(JSON, *LIMITS)))
    for name, (status, kind, more) in REFUSED.items():
        told = answer(refused(kind, name), status=status, headers=(JSON, *more, *LIMITS))
        yield DIALECT.case(name, None, told)
