"""Rounds of tools and of thinking, as an agent sends them back to /v1/messages."""

from collections.abc import Iterator

from wire.cases.anthropic.asking import (
    ASKED,
    DIALECT,
    EPHEMERAL,
    TURN,
    Body,
    assistant,
    body,
    call,
    result,
    text,
    user,
)
from wire.cases.anthropic.content import IMAGE
from wire.corpus import Case

THOUGHT = {"type": "thinking", "thinking": "Where is it?", "signature": "RXJ1cw+/=="}
HIDDEN = {"type": "redacted_thinking", "data": "RW1wdHk="}
UNSEEN = {**THOUGHT, "thinking": ""}
SOUGHT = {
    "type": "server_tool_use",
    "id": "srvtoolu_1",
    "name": "web_search",
    "input": {"query": "?"},
}


def server(name: str, given: object, **fields: object) -> tuple[Body, Body]:
    """A call of one of the provider's own tools, and what came of it."""
    id = f"srvtoolu_{name}"
    used = {"type": "server_tool_use", "id": id, "name": name, "input": {}, **fields}
    kind = "tool_search" if name.startswith("tool_search") else name
    return used, {"type": f"{kind}_tool_result", "tool_use_id": id, "content": given}


FOUND = {
    "type": "web_search_result",
    "url": "https://example.org/k",
    "title": "K",
    "encrypted_content": "RW5j",
    "page_age": None,
}
FETCHED = {
    "type": "web_fetch_result",
    "url": "https://example.org/k",
    "retrieved_at": "2026-11-01T00:00:00Z",
    "content": {
        "type": "document",
        "source": {"type": "text", "media_type": "text/plain", "data": "A kestrel is a bird."},
    },
}
RAN = {
    "type": "bash_code_execution_result",
    "stdout": "1\n",
    "stderr": "",
    "return_code": 0,
    "content": [{"type": "bash_code_execution_output", "file_id": "file_9"}],
}
QUOTED = text(
    "It is a bird.",
    citations=[
        {
            "type": "web_search_result_location",
            "url": "https://example.org/k",
            "title": "K",
            "encrypted_index": "RW8=",
            "cited_text": "a bird",
        }
    ],
)

# The newest message is of results alone: no turn of the user's.
BETWEEN: dict[str, list[Body]] = {
    "a result that is a string": [TURN, assistant(call()), user(result())],
    "a result in parts": [TURN, assistant(call()), user(result([text("3 lines")]))],
    "a result with an image": [TURN, assistant(call()), user(result([IMAGE]))],
    "a result with a search result": [
        TURN,
        assistant(call()),
        user(
            result([{"type": "search_result", "source": "s", "title": "t", "content": [text("x")]}])
        ),
    ],
    "a result that names tools": [
        TURN,
        assistant(call()),
        user(result([{"type": "tool_reference", "tool_name": "grep"}])),
    ],
    "a failed result": [TURN, assistant(call()), user(result("no such file", is_error=True))],
    "a result without content": [
        TURN,
        assistant(call()),
        user({"type": "tool_result", "tool_use_id": "toolu_1"}),
    ],
    "a result with a breakpoint": [
        TURN,
        assistant(call()),
        user(result(cache_control=EPHEMERAL)),
    ],
    "two results of one round": [
        TURN,
        assistant("Both.", call(), call(id="toolu_2")),
        user(result(), result(id="toolu_2")),
    ],
    "thinking before a call": [TURN, assistant(THOUGHT, call()), user(result())],
    "thinking between calls": [
        TURN,
        assistant(THOUGHT, call()),
        user(result()),
        assistant(THOUGHT, text("Then this."), call(id="toolu_2")),
        user(result(id="toolu_2")),
    ],
    "hidden thinking before a call": [TURN, assistant(HIDDEN, call()), user(result())],
    "thinking without its words": [TURN, assistant(UNSEEN, call()), user(result())],
    "a call by a program": [
        TURN,
        assistant(call(caller={"type": "code_execution_20260120", "tool_id": "srvtoolu_1"})),
        user(result()),
    ],
    "a turn to be gone on with": [TURN, assistant(SOUGHT)],
}

# The newest message has words of the user's.
AFTER: dict[str, list[Body]] = {
    "a turn behind a result": [TURN, assistant(call()), user(result(), ASKED)],
    "a turn behind two results": [
        TURN,
        assistant(call(), call(id="toolu_2")),
        user(result(), result(id="toolu_2"), ASKED),
    ],
    "a turn behind a result and an image": [
        TURN,
        assistant(call()),
        user(result([IMAGE]), IMAGE, text(ASKED, cache_control=EPHEMERAL)),
    ],
    "a turn after a round": [TURN, assistant(call()), user(result()), assistant("Done."), TURN],
    "a turn after thinking": [TURN, assistant(THOUGHT, "A port."), TURN],
    "a turn after hidden thinking": [TURN, assistant(HIDDEN, "A port."), TURN],
    "a turn after a search": [
        TURN,
        assistant(*server("web_search", [FOUND]), QUOTED),
        TURN,
    ],
    "a turn after a search that failed": [
        TURN,
        assistant(
            *server(
                "web_search",
                {"type": "web_search_tool_result_error", "error_code": "max_uses_exceeded"},
            )
        ),
        TURN,
    ],
    "a turn after a page": [TURN, assistant(*server("web_fetch", FETCHED), "A bird."), TURN],
    "a turn after code": [TURN, assistant(*server("bash_code_execution", RAN), "1."), TURN],
    "a turn after a search for tools": [
        TURN,
        assistant(
            *server(
                "tool_search_tool_regex",
                {
                    "type": "tool_search_tool_search_result",
                    "tool_references": [{"type": "tool_reference", "tool_name": "grep"}],
                },
            ),
            "One.",
        ),
        TURN,
    ],
    "a turn after advice": [
        TURN,
        assistant(*server("advisor", {"type": "advisor_result", "text": "Wait."}), "Wait."),
        TURN,
    ],
    "a turn after another server's tool": [
        TURN,
        assistant(
            {
                "type": "mcp_tool_use",
                "id": "mcptoolu_1",
                "name": "list",
                "server_name": "nest",
                "input": {},
            },
            {
                "type": "mcp_tool_result",
                "tool_use_id": "mcptoolu_1",
                "is_error": False,
                "content": [text("3")],
            },
            "Three.",
        ),
        TURN,
    ],
    "a turn after another model took over": [
        TURN,
        assistant(
            {"type": "fallback", "from": {"model": "a"}, "to": {"model": "b"}, "trigger": None},
            "A port.",
        ),
        TURN,
    ],
    "a call with deep input": [
        TURN,
        assistant(call(input={"a": [{"b": {"c": [1.0, -0.0, 1e30, None, True, "\u2028"]}}]})),
        user(result(), ASKED),
    ],
    "forty rounds": [
        message
        for n in range(40)
        for message in (TURN, assistant(call(id=f"t{n}")), user(result(id=f"t{n}")), assistant("."))
    ]
    + [TURN],
}


def cases() -> Iterator[Case]:
    """Each of them with a plain answer."""
    for name, talk in BETWEEN.items():
        yield DIALECT.case(name, DIALECT.ask(body(talk)), turn=False)
    for name, talk in AFTER.items():
        yield DIALECT.case(name, DIALECT.ask(body(talk)))
