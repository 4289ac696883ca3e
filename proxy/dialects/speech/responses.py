"""Responses: an answer of our own, whole or as its sequence of events."""

from collections.abc import Iterator

import msgspec

from mindhold.proxy.dialects.speech.spoken import EVENTS, Speech, Spoken, whole

_TOLD_BACK: dict[str, object] = {
    "background": False,
    "instructions": None,
    "max_output_tokens": None,
    "metadata": {},
    "parallel_tool_calls": True,
    "previous_response_id": None,
    "reasoning": {"effort": None, "summary": None},
    "store": True,
    "temperature": 1.0,
    "text": {"format": {"type": "text"}},
    "tool_choice": "auto",
    "tools": [],
    "top_p": 1.0,
    "truncation": "disabled",
    "user": None,
}
"""Fields of a request that its answer repeats, and what they are when it has none."""

Event = tuple[str, dict[str, object]]


def say(speech: Speech) -> Spoken:
    """The answer as one message with one text."""
    if not speech.streams():
        return whole(_response(speech, done=True))
    events = b"".join(
        b"event: %s\ndata: %s\n\n"
        % (kind.encode(), msgspec.json.encode({"type": kind, **told, "sequence_number": number}))
        for number, (kind, told) in enumerate(_events(speech))
    )
    return Spoken(kind=EVENTS, body=events)


def _response(speech: Speech, *, done: bool) -> dict[str, object]:
    given = {key: speech.payload.get(key) for key in _TOLD_BACK}
    asked = {key: value for key, value in given.items() if value is not None}
    return {
        "id": speech.id or f"resp_{speech.mark}",
        "object": "response",
        "created_at": speech.at,
        "status": "completed" if done else "in_progress",
        "error": None,
        "incomplete_details": None,
        "model": speech.model,
        "output": [_item(speech, done=True)] if done else [],
        "usage": _usage(speech) if done else None,
        **_TOLD_BACK,
        **asked,
    }


def _events(speech: Speech) -> Iterator[Event]:
    item: dict[str, object] = {"output_index": 0}
    part = {"item_id": _message_id(speech), "output_index": 0, "content_index": 0}
    begun: dict[str, object] = {"response": _response(speech, done=False)}
    yield "response.created", begun
    yield "response.in_progress", begun
    yield "response.output_item.added", {**item, "item": _item(speech, done=False)}
    yield "response.content_part.added", {**part, "part": _part("")}
    for piece in speech.pieces():
        yield "response.output_text.delta", {**part, "delta": piece, "logprobs": []}
    yield "response.output_text.done", {**part, "text": speech.text, "logprobs": []}
    yield "response.content_part.done", {**part, "part": _part(speech.text)}
    yield "response.output_item.done", {**item, "item": _item(speech, done=True)}
    yield "response.completed", {"response": _response(speech, done=True)}


def _message_id(speech: Speech) -> str:
    return f"msg_{speech.mark}"


def _item(speech: Speech, *, done: bool) -> dict[str, object]:
    return {
        "id": _message_id(speech),
        "type": "message",
        "status": "completed" if done else "in_progress",
        "role": "assistant",
        "content": [_part(speech.text)] if done else [],
    }


def _part(text: str) -> dict[str, object]:
    return {"type": "output_text", "text": text, "annotations": [], "logprobs": []}


def _usage(speech: Speech) -> dict[str, object]:
    return {
        "input_tokens": speech.read,
        "input_tokens_details": {"cached_tokens": 0},
        "output_tokens": speech.written,
        "output_tokens_details": {"reasoning_tokens": 0},
        "total_tokens": speech.read + speech.written,
    }
