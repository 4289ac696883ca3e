"""Responses: what their clients send, and the calls beside them."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from upstream import Pair, Step, answer
from wire.cases import responses_items, responses_streams
from wire.cases.responses_answers import SAID, answers
from wire.cases.responses_streams import COMPLETED, PIECES
from wire.corpus import JSON, Case, Dialect, compact

DIALECT = Dialect(
    name="responses",
    target=b"/v1/responses",
    asked=b'{"model":"m-1","input":"Hello"}',
    said=SAID,
    pieces=PIECES,
    end=COMPLETED,
)

SCHEMA = {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]}
WEATHER = {
    "type": "function",
    "name": "weather",
    "description": "Hello: the weather in a city",
    "parameters": SCHEMA,
    "strict": True,
    "defer_loading": False,
    "output_schema": SCHEMA,
}
TOOLS: dict[str, dict[str, Any]] = {
    "function": WEATHER,
    "custom": {"type": "custom", "name": "sql", "format": {"type": "grammar", "syntax": "lark"}},
    "namespace": {"type": "namespace", "name": "crm", "description": "a", "tools": [WEATHER]},
    "tool search": {"type": "tool_search", "execution": "client", "parameters": SCHEMA},
    "programmatic calling": {"type": "programmatic_tool_calling"},
    "file search": {"type": "file_search", "vector_store_ids": ["vs_1"], "max_num_results": 3},
    "web search": {"type": "web_search", "filters": {"allowed_domains": ["a.example"]}},
    "web search preview": {"type": "web_search_preview", "search_context_size": "low"},
    "code interpreter": {"type": "code_interpreter", "container": {"type": "auto"}},
    "image generation": {"type": "image_generation", "partial_images": 2, "quality": "xhigh"},
    "computer": {"type": "computer_use_preview", "display_width": 800, "environment": "linux"},
    "local shell": {"type": "local_shell"},
    "shell": {"type": "shell", "environment": {"type": "container_auto", "skills": []}},
    "apply patch": {"type": "apply_patch"},
    "MCP": {"type": "mcp", "server_label": "s", "server_url": "https://a.example/sse",
            "authorization": "t", "require_approval": {"never": {"tool_names": ["x"]}}},
    "a kind of its own": {"type": "telepathy_20271231", "x": None},
}  # fmt: skip
CHOICES: dict[str, Any] = {
    "required": "required",
    "a function": {"type": "function", "name": "weather"},
    "allowed tools": {"type": "allowed_tools", "mode": "auto", "tools": [{"type": "mcp"}]},
    "a hosted tool": {"type": "file_search"},
}
FIELDS: dict[str, dict[str, Any]] = {
    "instructions": {"instructions": "Be brief.\nüçé \u2028 \"quoted\""},
    "no instructions": {"instructions": None},
    "empty instructions": {"instructions": ""},
    "a previous response": {"previous_response_id": "resp_1", "instructions": "Be brief."},
    "no previous response": {"previous_response_id": None},
    "a conversation": {"conversation": "conv_1"},
    "a conversation as an object": {"conversation": {"id": "conv_2"}, "store": True},
    "in the background": {"background": True, "store": True},
    "background options": {"background_options": {"completion_window": "2h", "x": None}},
    "nothing stored": {"store": False, "include": ["reasoning.encrypted_content"]},
    "all that can be included": {"include": [
        "file_search_call.results", "web_search_call.results", "web_search_call.action.sources",
        "message.input_image.image_url", "computer_call_output.output.image_url",
        "code_interpreter_call.outputs", "message.output_text.logprobs"], "top_logprobs": 20},
    "a schema": {"text": {"format": {"type": "json_schema", "name": "a", "schema": SCHEMA,
                                     "strict": True}, "verbosity": "low"}},
    "a JSON object": {"text": {"format": {"type": "json_object"}}},
    "plain text": {"text": {"format": {"type": "text"}, "verbosity": "high"}},
    "truncation": {"truncation": "auto"},
    "context management": {"context_management": [{"type": "compaction",
                                                   "compact_threshold": 200_000}]},
    "cache keys": {"prompt_cache_key": "k", "prompt_cache_retention": "24h"},
    "cache options": {"prompt_cache_options": {"mode": "explicit", "ttl": "12h"}},
    "a cache made ready": {"prompt_cache_options": {"prewarm": True}},
    "a safety identifier": {"safety_identifier": "u-1", "user": "u-1"},
    "metadata": {"metadata": {"a": "1", "": "ü"}},
    "a service tier": {"service_tier": "ultrafast"},
    "reasoning": {"reasoning": {"effort": "xhigh", "summary": "detailed", "x": None}},
    "limits": {"max_output_tokens": 16, "max_tool_calls": 1, "parallel_tool_calls": False},
    "sampling": {"temperature": 0.0, "top_p": 1, "top_logprobs": 0},
    "moderation": {"moderation": {"model": "o", "policy": {"input": {"mode": "score"}}}},
    "a prompt of the server's": {"prompt": {"id": "pmpt_1", "version": "2",
                                            "variables": {"a": {"type": "input_text",
                                                                "text": "Hello"}}}},
    "access programs and images": {"access_programs": {"cyber": "standard"},
                                   "image": {"context_compression": "auto"}},
    "fields of tomorrow": {"telepathy": {"on": True, "input": [{"role": "user"}]}, "z": [[]]},
}  # fmt: skip


def cases() -> Iterator[Case]:
    """The exchanges that only this dialect has."""
    return chain(
        _fields(), _tools(), responses_items.cases(DIALECT), answers(DIALECT),
        responses_streams.cases(DIALECT), _unread(), _neighbours(),
    )  # fmt: skip


def _asking(fields: dict[str, Any], *, last: bool = False) -> bytes:
    asked = {"model": "m-1", "input": "Hello"}
    return DIALECT.ask(compact({**asked, **fields} if last else {**fields, **asked}))


def _fields() -> Iterator[Case]:
    for number, (name, fields) in enumerate(FIELDS.items()):
        yield DIALECT.case(name, _asking(fields, last=bool(number % 2)))
    codex = (b"session-id: s-1", b"thread-id: s-1", b"originator: codex_exec", b"version: 0.169.0")
    streamed = compact({"model": "m-1", "instructions": "a", "input": "Hello", "stream": True})
    yield DIALECT.case("an agent's headers", DIALECT.ask(streamed, *codex), *DIALECT.stream())
    bare: dict[str, dict[str, Any]] = {
        "nothing said": {"input": ""},
        "no items": {"input": [], "previous_response_id": "resp_1"},
        "no input": {"previous_response_id": "resp_1", "instructions": "Go on."},
        "a prompt of the server's alone": {"prompt": {"id": "pmpt_1"}},
    }
    for name, fields in bare.items():
        yield DIALECT.case(name, DIALECT.ask(compact({"model": "m-1", **fields})))
    options = {"stream": True, "stream_options": {"include_obfuscation": False}}
    yield DIALECT.case("stream options", _asking(options), *DIALECT.stream())
    yield DIALECT.case("no stream", _asking({"stream": False}))


def _tools() -> Iterator[Case]:
    for name, tool in TOOLS.items():
        yield DIALECT.case(f"a tool: {name}", _asking({"tools": [tool]}))
    yield DIALECT.case("every tool", _asking({"tools": list(TOOLS.values())}, last=True))
    for name, choice in CHOICES.items():
        fields = {"tools": [WEATHER], "tool_choice": choice}
        yield DIALECT.case(f"a choice: {name}", _asking(fields))


def _unread() -> Iterator[Case]:
    """What an upstream must judge: memory leaves it as it is."""
    inputs: dict[str, Any] = {
        "an input that is a number": 7,
        "an input that is an object": {"role": "user", "content": "Hello"},
        "items that are none": [1, "Hello", None],
    }
    for name, value in inputs.items():
        body = compact({"model": "m-1", "input": value})
        yield DIALECT.case(name, DIALECT.ask(body), stable=False)
    body = compact({"model": "m-1", "instructions": ["Hello"], "input": "Hello"})
    yield DIALECT.case("instructions that are a list", DIALECT.ask(body), stable=False)


def _neighbours() -> Iterator[Case]:
    """Calls beside it that memory has no part in."""
    kept = compact({"id": "resp_1", "object": "response", "status": "queued", "output": []})
    listed = b'{ "object": "list", "data": [], "has_more": false }'

    def case(name: str, method: bytes, path: bytes, *body: bytes, said: bytes = kept) -> Case:
        return DIALECT.case(name, DIALECT.other(method, path, *body), answer(said))

    items = compact({"items": [{"type": "message", "role": "user", "content": "Hello"}]})
    asked = compact({"model": "m-1", "input": "Hello"})
    yield case("retrieve", b"GET", b"/responses/resp_1?include[]=a&include%5B%5D=b")
    yield case("delete", b"DELETE", b"/responses/resp_1", said=b'{"deleted":true}')
    yield case("cancel", b"POST", b"/responses/resp_1/cancel")
    yield case("input items", b"GET", b"/responses/resp_1/input_items?limit=2", said=listed)
    yield case("input tokens", b"POST", b"/responses/input_tokens", asked, said=b'{"a": 1}')
    yield case("compact", b"POST", b"/responses/compact", asked)
    yield case("a conversation made", b"POST", b"/conversations", items)
    yield case("a conversation read", b"GET", b"/conversations/conv_1")
    yield case("a conversation renamed", b"POST", b"/conversations/conv_1", b'{"metadata":{}}')
    yield case("a conversation gone", b"DELETE", b"/conversations/conv_1")
    yield case("items added", b"POST", b"/conversations/conv_1/items", items, said=listed)
    yield case("items listed", b"GET", b"/conversations/conv_1/items?after=a", said=listed)
    yield case("an item gone", b"DELETE", b"/conversations/conv_1/items/msg_1")
    yield case("no upgrade", b"GET", b"/responses")
    resumed = DIALECT.other(b"GET", b"/responses/resp_1?stream=true&starting_after=3")
    yield DIALECT.case("a stream taken up again", resumed, *DIALECT.stream(PIECES[-1], COMPLETED))
    limits: list[Pair] = [JSON, (b"openai-processing-ms", b"7"), (b"x-request-id", b"req_1")]
    told: list[Step] = [answer(kept, headers=limits)]
    yield DIALECT.case("a request id", _asking({"background": True}), *told)
