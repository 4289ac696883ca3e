"""What else a request to /v1/messages may carry: its fields, tools and headers."""

from collections.abc import Iterator

from wire.cases.anthropic.asking import DIALECT, EPHEMERAL, HOUR, KEY, TURN, assistant, body
from wire.corpus import Case

TOOL = {
    "name": "read_file",
    "description": "Reads a file.",
    "input_schema": {"type": "object", "properties": {"path": {"type": "string"}}},
}

TOOLS: dict[str, list[dict[str, object]]] = {
    "a tool": [TOOL],
    "a tool with a breakpoint": [TOOL, {**TOOL, "name": "b", "cache_control": HOUR}],
    "a strict tool with examples": [
        {
            **TOOL,
            "type": "custom",
            "strict": True,
            "input_examples": [{"path": "a"}],
            "eager_input_streaming": True,
            "defer_loading": False,
            "allowed_callers": ["direct", "code_execution_20260120"],
        }
    ],
    "a shell and an editor": [
        {"type": "bash_20250124", "name": "bash"},
        {
            "type": "text_editor_20250728",
            "name": "str_replace_based_edit_tool",
            "max_characters": 900,
        },
    ],
    "a screen": [
        {
            "type": "computer_20251124",
            "name": "computer",
            "display_width_px": 800,
            "display_height_px": 600,
            "display_number": None,
            "enable_zoom": True,
        },
        {"type": "browser_toolset_20260801", "cache_control": EPHEMERAL},
    ],
    "searching and fetching": [
        {
            "type": "web_search_20260318",
            "name": "web_search",
            "max_uses": 3,
            "allowed_domains": ["example.org"],
            "user_location": {"type": "approximate", "city": "Bern", "timezone": "Europe/Zurich"},
        },
        {"type": "web_fetch_20260318", "name": "web_fetch", "citations": {"enabled": True}},
    ],
    "running code, remembering, searching for tools": [
        {"type": "code_execution_20260521", "name": "code_execution"},
        {"type": "memory_20250818", "name": "memory"},
        {"type": "tool_search_tool_bm25_20251119", "name": "tool_search_tool_bm25"},
        {"type": "advisor_20260301", "name": "advisor", "model": "claude-l"},
    ],
    "tools of another server": [
        {
            "type": "mcp_toolset",
            "mcp_server_name": "nest",
            "default_config": {"enabled": False},
            "configs": {"list": {"enabled": True, "defer_loading": True}},
        }
    ],
}

FIELDS: dict[str, dict[str, object]] = {
    "a choice of tools": {"tools": [TOOL], "tool_choice": {"type": "any"}},
    "one tool at a time": {
        "tools": [TOOL],
        "tool_choice": {"type": "auto", "disable_parallel_tool_use": True},
    },
    "a tool by its name": {
        "tools": [TOOL],
        "tool_choice": {"type": "tool", "name": "read_file"},
    },
    "no tool": {"tools": [TOOL], "tool_choice": {"type": "none"}},
    "thinking with a budget": {"thinking": {"type": "enabled", "budget_tokens": 1024}},
    "thinking as it likes": {
        "thinking": {
            "type": "adaptive",
            "display": "summarized",
            "block_binding": {"prefix_mismatch_behavior": "drop_block"},
        }
    },
    "no thinking": {"thinking": {"type": "disabled"}},
    "sampling": {"temperature": 0.0, "top_p": 0.99, "top_k": 40},
    "stop sequences": {"stop_sequences": ["\n\nHuman:", "⏹"]},
    "who asks": {"metadata": {"user_id": "user_7f_account__session_9"}},
    "a service tier, a place and a speed": {
        "service_tier": "standard_only",
        "inference_geo": "eu",
        "speed": "fast",
    },
    "a schema for the answer": {
        "output_config": {
            "effort": "xhigh",
            "task_budget": {"type": "tokens", "total": 9000},
            "format": {"type": "json_schema", "schema": {"type": "object"}},
        }
    },
    "a schema in its older place": {
        "output_format": {"type": "json_schema", "schema": {"type": "object"}}
    },
    "edits of the context": {
        "context_management": {
            "edits": [
                {
                    "type": "clear_tool_uses_20250919",
                    "trigger": {"type": "input_tokens", "value": 30000},
                    "keep": {"type": "tool_uses", "value": 3},
                    "exclude_tools": ["memory"],
                    "clear_tool_inputs": True,
                },
                {"type": "clear_thinking_20251015", "keep": "all"},
                {"type": "compact_20260112", "pause_after_compaction": True},
            ]
        }
    },
    "other servers": {
        "mcp_servers": [
            {
                "type": "url",
                "name": "nest",
                "url": "https://example.org",
                "authorization_token": "t",
            }
        ]
    },
    "a container with skills": {
        "container": {
            "id": "container_1",
            "skills": [{"type": "anthropic", "skill_id": "pdf", "version": "latest"}],
        }
    },
    "a container by its name": {"container": "container_1"},
    "a breakpoint of its own choice": {"cache_control": HOUR},
    "why the cache was missed": {"diagnostics": {"previous_message_id": "msg_00"}},
    "models to fall back to": {"fallbacks": [{"model": "claude-s"}]},
    "who pays": {"billing_policy": {"type": "billing_policy", "bill_to": "self"}},
    "a thread that begins": {"thread": {"type": "create"}},
    "fields of a year to come": {"x_future": {"deep": [None, {"a": []}]}, "zzz": -0.0},
    "a stream that is not wanted": {"stream": False},
}

HEADERS: dict[str, tuple[bytes, ...]] = {
    "a bearer's token": (b"Authorization: Bearer sk-ant-oat01-1",),
    "betas": (KEY, b"anthropic-beta: message-threads-2026-08-12,fast-mode-2026-02-01"),
    "betas, one a header": (KEY, b"anthropic-beta: one-2026-01-01", b"anthropic-beta: two"),
    "the SDK's own headers": (
        KEY,
        b"User-Agent: Anthropic/Python 2.12.0",
        b"X-Stainless-Lang: python",
        b"X-Stainless-Retry-Count: 0",
        b"x-stainless-timeout: 600",
        b"Accept-Encoding: gzip, deflate, br",
    ),
    "a browser's leave": (KEY, b"anthropic-dangerous-direct-browser-access: true"),
    "an agent's session": (
        b"Authorization: Bearer sk-ant-oat01-1",
        b"User-Agent: claude-cli/2.1.0 (external, cli)",
        b"X-Claude-Code-Session-Id: 0b54",
        b"X-App: cli",
    ),
    "a key and a token": (KEY, b"Authorization: Bearer sk-ant-oat01-1"),
    "a key of idempotency": (KEY, b"Idempotency-Key: stainless-node-retry-1"),
}


def cases() -> Iterator[Case]:
    """Each of them with a plain answer."""
    case, ask = DIALECT.case, DIALECT.ask
    for name, tools in TOOLS.items():
        yield case(name, ask(body(tools=tools)))
    for name, fields in FIELDS.items():
        yield case(name, ask(body(**fields)))
    for name, headers in HEADERS.items():
        yield case(name, ask(None, *headers))
    large = body([assistant("é" * 20_000), TURN], system="ü" * 10_000)
    yield case("sixty thousand bytes", ask(large))
    # The server keeps the system text of the thread's beginning, and takes no other one: what is
    # always to be said stands in the turn.
    continued = body(thread={"type": "continue", "previous_message_id": "msg_elsewhere"})
    yield case("a thread that goes on", ask(continued))
    summary = body(compaction={"type": "summarize"})
    yield case("a summary that is asked for", ask(summary), stable=False, turn=False)
