"""Responses: streams, with every family of events that a server sends."""

import gzip
import json
from collections.abc import Iterator
from itertools import count
from typing import Any

from upstream import CUT, Pair, answer, chunked
from wire.cases.responses_answers import MESSAGE, response
from wire.corpus import EVENTS, Case, Dialect

_NUMBERS = count()
TEXT = MESSAGE["content"][0]  # type: ignore[index]


def event(kind: str, **fields: Any) -> bytes:
    """One event as OpenAI writes it: its name, and its data on one line."""
    value = {"type": kind, "sequence_number": next(_NUMBERS), **fields}
    data = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    return b"event: " + kind.encode() + b"\ndata: " + data + b"\n\n"


def _delta(kind: str, *deltas: str, done: dict[str, Any], **fields: Any) -> list[bytes]:
    """Some deltas of one thing, and its end."""
    at = {"item_id": "it_1", "output_index": 0, **fields}
    events = [event(f"{kind}.delta", **at, delta=delta, obfuscation="x7") for delta in deltas]
    return [*events, event(f"{kind}.done", **at, **done)]


def _states(kind: str, *states: str, **fields: Any) -> list[bytes]:
    return [event(f"{kind}.{state}", output_index=0, item_id="it_1", **fields) for state in states]


def _item(item: dict[str, Any], *between: bytes) -> list[bytes]:
    """An output item from its beginning to its end."""
    added = event("response.output_item.added", output_index=0, item={**item, "status": "x"})
    return [added, *between, event("response.output_item.done", output_index=0, item=item)]


BEGUN = response(status="in_progress", usage=None, user="Grüße")
CREATED = event("response.created", response=BEGUN)
UNDERWAY = event("response.in_progress", response=BEGUN)
COMPLETED = event("response.completed", response=response(MESSAGE))
PART = {"item_id": "msg_1", "output_index": 0, "content_index": 0}
WORDS = _delta("response.output_text", "Grüß", " Gott", " 🌍", done={"text": "Grüß Gott 🌍"},
               content_index=0, logprobs=[])  # fmt: skip
PIECES = [
    CREATED,
    UNDERWAY,
    *_item(MESSAGE, event("response.content_part.added", **PART, part=TEXT), *WORDS,
           event("response.content_part.done", **PART, part=TEXT)),
]  # fmt: skip

LOGPROBS = [{"token": "Gr", "logprob": -0.1, "bytes": [71, 114], "top_logprobs": []}]
CALL = {"type": "function_call", "id": "fc_1", "call_id": "1", "name": "f", "arguments": "{}"}
STREAMS: dict[str, list[bytes]] = {
    "logprobs": _delta("response.output_text", "Gr", done={"text": "Gr"}, logprobs=LOGPROBS),
    "annotations": [event("response.output_text.annotation.added", **PART, annotation_index=0,
                          annotation={"type": "file_citation", "file_id": "f", "index": 1})],
    "a refusal": _delta("response.refusal", "No", ".", done={"refusal": "No."}, content_index=0),
    "reasoning": [
        *_delta("response.reasoning_text", "hm", done={"text": "hm"}, content_index=0)],
    "a summary of reasoning": [
        event("response.reasoning_summary_part.added", summary_index=0, part={"text": ""}),
        *_delta("response.reasoning_summary_text", "**A**", done={"text": "**A**"},
                summary_index=0),
        event("response.reasoning_summary_part.done", summary_index=0, part={"text": "**A**"})],
    "a function call": _item(CALL, *_delta("response.function_call_arguments", "{\"a", "\":\"ü\"}",
                                           done={"arguments": "{\"a\":\"ü\"}", "name": "f"})),
    "a custom call": _delta("response.custom_tool_call_input", "SEL", "ECT", done={"input": "a"}),
    "a web search": _states("response.web_search_call", "in_progress", "searching", "completed"),
    "a file search": _states("response.file_search_call", "in_progress", "searching", "completed"),
    "a code interpreter": [
        *_states("response.code_interpreter_call", "in_progress"),
        *_delta("response.code_interpreter_call_code", "1+", "1", done={"code": "1+1"}),
        *_states("response.code_interpreter_call", "interpreting", "completed")],
    "an image in parts": [
        *_states("response.image_generation_call", "in_progress", "generating"),
        *_states("response.image_generation_call", "partial_image", partial_image_index=0,
                 partial_image_b64="iVBO" * 30_000),
        *_states("response.image_generation_call", "completed")],
    "MCP": [
        *_states("response.mcp_list_tools", "in_progress", "completed"),
        *_delta("response.mcp_call_arguments", "{", "}", done={"arguments": "{}"}),
        *_states("response.mcp_call", "in_progress", "completed")],
    "MCP that fails": [
        *_states("response.mcp_list_tools", "in_progress", "failed"),
        *_states("response.mcp_call", "in_progress", "failed")],
    "a shell": [
        event("response.shell_call_command.added", output_index=0, command_index=0, command=""),
        *_delta("response.shell_call_command", "ls", done={"command": "ls"}, command_index=0),
        *_delta("response.shell_call_output_content", "a\n", done={"output": []})],
    "sound": [
        event("response.audio.delta", delta="UklG"), event("response.audio.done"),
        event("response.audio.transcript.delta", delta="Grüß"),
        event("response.audio.transcript.done")],
    "a compaction": [event("response.compaction.compacting", output_index=0, item_id="cmp_1")],
    "events of tomorrow": [event("response.telepathy.delta", delta={"a": [None]})],
    "an event without a name": [b'data: {"type":"keepalive","sequence_number":3}\n\n'],
}  # fmt: skip
ENDS: dict[str, bytes] = {
    "incomplete": event("response.incomplete", response=response(
        MESSAGE, status="incomplete", incomplete_details={"reason": "max_output_tokens"})),
    "failed": event("response.failed", response=response(
        status="failed", error={"code": "rate_limit_exceeded", "message": "Wait."}, usage=None)),
    "an error": event("error", code="ERR", message="Grüße", param=None),
    "an error as chats have it": b'data: {"error":{"message":"overloaded"}}\n\n',
    "queued": event("response.queued", response=response(status="queued")),
    "completed and DONE": COMPLETED + b"data: [DONE]\n\n",
}  # fmt: skip


def cases(dialect: Dialect) -> Iterator[Case]:
    """Streams of this dialect, whole and cut."""
    asked = dialect.ask(dialect.streamed)
    whole = b"".join((*PIECES, COMPLETED))
    for name, events in STREAMS.items():
        told = dialect.stream(CREATED, *events, COMPLETED)
        yield dialect.case(f"a stream of {name}", asked, *told)
    for name, end in ENDS.items():
        yield dialect.case(f"a stream whose end is {name}", asked, *dialect.stream(*PIECES, end))
    cut = dialect.stream(*STREAMS["a function call"][:2], end=False)
    yield dialect.case("cut inside the arguments of a call", asked, *cut, CUT)
    half = COMPLETED[: len(COMPLETED) // 2]
    yield dialect.case("cut inside the last event", asked, *dialect.stream(half, end=False), CUT)
    zipped: list[Pair] = [EVENTS, (b"Content-Encoding", b"gzip")]
    parts = [gzip.compress(one, mtime=0) for one in (CREATED, *WORDS, COMPLETED)]
    yield dialect.case("a stream of gzip's members", asked, *chunked(*parts, headers=zipped))
    yield dialect.case("a stream that was not asked for", None, answer(whole, headers=(EVENTS,)))
    folded = whole.replace(b"\ndata: ", b"\ndata:").replace(b"\n", b"\r")
    yield dialect.case("lines that end in CR", asked, *dialect.stream(folded))
