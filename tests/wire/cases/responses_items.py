"""Responses: every kind of input item, as a history, before a turn and after one."""

from collections.abc import Iterator
from typing import Any

from wire.corpus import Case, Dialect, compact

Item = dict[str, Any]

PNG = "data:image/png;base64,iVBORw0KGgo="


def _text(text: str, **more: Any) -> Item:
    return {"type": "input_text", "text": text, **more}


def _message(role: str, *parts: Item | str, **more: Any) -> Item:
    content: Any = parts[0] if len(parts) == 1 and isinstance(parts[0], str) else list(parts)
    return {"type": "message", "role": role, "content": content, **more}


SAID: Item = {
    "id": "msg_1", "type": "message", "role": "assistant", "status": "completed",
    "phase": "final_answer",
    "content": [{"type": "output_text", "text": "Grüß dich.", "logprobs": [], "annotations": [
        {"type": "url_citation", "start_index": 0, "end_index": 4, "url": "https://a.example"}]}],
}  # fmt: skip
HELLO = _message("user", _text("Hello"))
GOOD_DAY = {"role": "user", "content": "Good day"}

TURNS: dict[str, list[Item]] = {
    "an easy message": [{"role": "user", "content": "Hello"}],
    "an easy message of parts": [{"content": [_text("Hello")], "role": "user"}],
    "a message item": [HELLO],
    "a message item with its state": [{**HELLO, "id": "msg_0", "status": "completed"}],
    "a string in a message item": [_message("user", "Hello")],
    "an image before the text": [_message("user", {"type": "input_image", "detail": "original",
                                                   "image_url": PNG}, _text("Hello"))],
    "an image after the text": [_message("user", _text("Hello"), {"type": "input_image",
                                                                  "file_id": "file_1"})],
    "files": [_message("user", {"type": "input_file", "filename": "a.pdf", "file_data": PNG},
                       {"type": "input_file", "file_url": "https://a.example"}, _text("Hello"))],
    "a voice": [_message("user", {"type": "input_audio", "input_audio": {"data": "UklG",
                                                                         "format": "wav"}},
                         _text("Hello"))],
    "two texts": [_message("user", _text("Hello"), _text("there"))],
    "a cache breakpoint": [_message("user", _text("Hello", prompt_cache_breakpoint={}))],
    "a part of its own": [_message("user", {"type": "input_smell", "text": 7}, _text("Hello"))],
    "a system item": [{"role": "system", "content": "Be brief."}, HELLO],
    "a developer item": [_message("developer", _text("Be kind.")), HELLO],
    "two leading items": [_message("system", "a"), _message("developer", _text("b")), HELLO],
    "a developer item after the turn": [HELLO, _message("developer", _text("Be kind."))],
    "two user items in a row": [GOOD_DAY, HELLO],
    "an item of its own": [{"type": "telepathy", "content": "Good day"}, HELLO],
    "tools given later": [{"type": "additional_tools", "role": "developer", "tools": []}, HELLO],
    "tools given after the turn": [
        HELLO,
        {"type": "additional_tools", "role": "developer", "tools": []},
    ],
    "another configuration": [{"type": "configuration_update", "reasoning": {"effort": "low"}},
                              HELLO],
}  # fmt: skip
HISTORIES: dict[str, list[Item]] = {
    "an answer": [SAID],
    "an easy answer": [{"role": "assistant", "content": "Good day to you.", "phase": "commentary"}],
    "a refusal": [_message("assistant", {"type": "refusal", "refusal": "No."}, id="msg_2")],
    "reasoning": [{"type": "reasoning", "id": "rs_1", "encrypted_content": "gAAAA", "summary": [
        {"type": "summary_text", "text": "Thinking."}], "content": None}, SAID],
    "a reference": [{"type": "item_reference", "id": "msg_1"}],
    "a reference without a type": [{"id": "msg_1", "type": None}, {"id": "msg_2"}],
    "a compaction": [{"type": "compaction", "id": "cmp_1", "encrypted_content": "gAAAA"}],
    "a generated image": [{"type": "image_generation_call", "id": "ig_1", "status": "completed",
                           "result": "iVBOR", "revised_prompt": None}],
    "a web search": [{"type": "web_search_call", "id": "ws_1", "status": "completed",
                      "action": {"type": "search", "query": "a", "sources": []}}, SAID],
    "a file search": [{"type": "file_search_call", "id": "fs_1", "queries": ["a"],
                       "status": "completed", "results": [{"text": "b", "score": 0.5}]}, SAID],
    "a code interpreter": [{"type": "code_interpreter_call", "id": "ci_1", "code": "1+1",
                            "container_id": "c", "outputs": [{"type": "logs", "logs": "2"}]}],
    "MCP's list": [{"type": "mcp_list_tools", "id": "l_1", "server_label": "s", "tools": []}],
    "an MCP call": [{"type": "mcp_call", "id": "m_1", "name": "n", "arguments": "{}",
                     "server_label": "s", "output": "42", "error": None}],
}  # fmt: skip
ROUNDS: dict[str, list[Item]] = {
    "a function": [
        {"type": "function_call", "id": "fc_1", "call_id": "1", "name": "f", "arguments": "{}"},
        {"type": "function_call_output", "call_id": "1", "output": "42"}],
    "two functions": [
        {"type": "function_call", "call_id": "1", "name": "f", "arguments": "{\"a\": \"ü\"}"},
        {"type": "function_call", "call_id": "2", "name": "f", "arguments": "{}"},
        {"type": "function_call_output", "call_id": "2", "output": "42"},
        {"type": "function_call_output", "call_id": "1", "output": [_text("43")]}],
    "a custom tool": [
        {"type": "custom_tool_call", "call_id": "1", "name": "sql", "input": "SELECT 1"},
        {"type": "custom_tool_call_output", "call_id": "1", "output": "1"}],
    "a local shell": [
        {"type": "local_shell_call", "id": "l", "call_id": "1", "status": "completed",
         "action": {"type": "exec", "command": ["ls", "-l"], "env": {}}},
        {"type": "local_shell_call_output", "id": "1", "output": "{\"stdout\": \"\"}"}],
    "a shell": [
        {"type": "shell_call", "call_id": "1", "action": {"commands": ["ls"], "timeout_ms": 1}},
        {"type": "shell_call_output", "call_id": "1", "output": [
            {"stdout": "a", "stderr": "", "outcome": {"type": "exit", "exit_code": 0}}]}],
    "a patch": [
        {"type": "apply_patch_call", "call_id": "1", "status": "completed",
         "operation": {"type": "update_file", "path": "a", "diff": "@@\n-a\n+b"}},
        {"type": "apply_patch_call_output", "call_id": "1", "status": "failed", "output": "no"}],
    "a computer": [
        {"type": "computer_call", "id": "cu", "call_id": "1", "pending_safety_checks": [],
         "action": {"type": "click", "x": 1, "y": 2, "button": "left"}, "status": "completed"},
        {"type": "computer_call_output", "call_id": "1",
         "output": {"type": "computer_screenshot", "image_url": PNG}}],
    "an approval": [
        {"type": "mcp_approval_request", "id": "a", "name": "n", "arguments": "{}",
         "server_label": "s"},
        {"type": "mcp_approval_response", "approval_request_id": "a", "approve": True}],
    "a tool search": [
        {"type": "tool_search_call", "call_id": "1", "execution": "client", "arguments": {}},
        {"type": "tool_search_output", "call_id": "1", "tools": []}],
    "a program": [
        {"type": "program", "id": "p", "call_id": "1", "code": "f()", "fingerprint": "x"},
        {"type": "function_call", "call_id": "2", "name": "f", "arguments": "{}",
         "caller": {"type": "program", "caller_id": "1"}},
        {"type": "function_call_output", "call_id": "2", "output": "4",
         "caller": {"type": "program", "caller_id": "1"}},
        {"type": "program_output", "id": "q", "call_id": "1", "result": "4",
         "status": "completed"}],
}  # fmt: skip


def cases(dialect: Dialect) -> Iterator[Case]:
    """Requests whose input is a list of items."""

    def ask(items: list[Item], **more: Any) -> bytes:
        body = {"model": "m-1", "instructions": "Be brief.", "input": items, **more}
        return dialect.ask(compact(body))

    def case(name: str, items: list[Item], **more: Any) -> Case:
        return dialect.case(name, ask(items, **more))

    summary = ask([GOOD_DAY, SAID, {"type": "compaction_trigger"}])
    yield dialect.case("a compaction asked for", summary, stable=False)

    for name, items in TURNS.items():
        yield case(name, items)
    for name, items in HISTORIES.items():
        yield case(f"after {name}", [GOOD_DAY, *items, HELLO])
    for name, items in ROUNDS.items():
        yield case(f"a round: {name}", [GOOD_DAY, *items])
        yield case(f"after a round: {name}", [GOOD_DAY, *items[:4], SAID, HELLO])
    yield case("a result for a history elsewhere", ROUNDS["a function"][1:],
               previous_response_id="resp_1")  # fmt: skip
    yield case("a turn for a history elsewhere", [HELLO], previous_response_id="resp_1")
    yield case("a turn in a conversation", [HELLO], conversation={"id": "conv_3"})
    yield case("an image and no words", [_message("user", {"type": "input_image",
                                                          "image_url": PNG})])  # fmt: skip
