"""Anthropic messages: an answer of our own, whole or as its sequence of events."""

from collections.abc import Iterator

import msgspec

from mindhold.proxy.dialects.speech.spoken import EVENTS, Speech, Spoken, whole


def say(speech: Speech) -> Spoken:
    """The answer as one text block."""
    if not speech.streams():
        return whole(_message(speech, done=True))
    events = b"".join(
        b"event: %s\ndata: %s\n\n" % (str(event["type"]).encode(), msgspec.json.encode(event))
        for event in _events(speech)
    )
    return Spoken(kind=EVENTS, body=events)


def _message(speech: Speech, *, done: bool) -> dict[str, object]:
    return {
        "id": speech.id or f"msg_{speech.mark}",
        "type": "message",
        "role": "assistant",
        "model": speech.model,
        "content": [{"type": "text", "text": speech.text}] if done else [],
        "stop_reason": "end_turn" if done else None,
        "stop_sequence": None,
        "usage": _usage(speech, written=speech.written if done else 0),
    }


def _events(speech: Speech) -> Iterator[dict[str, object]]:
    yield {"type": "message_start", "message": _message(speech, done=False)}
    block = {"type": "text", "text": ""}
    yield {"type": "content_block_start", "index": 0, "content_block": block}
    yield {"type": "ping"}
    for piece in speech.pieces():
        delta = {"type": "text_delta", "text": piece}
        yield {"type": "content_block_delta", "index": 0, "delta": delta}
    yield {"type": "content_block_stop", "index": 0}
    yield {
        "type": "message_delta",
        "delta": {"stop_reason": "end_turn", "stop_sequence": None},
        "usage": _usage(speech, written=speech.written),
    }
    yield {"type": "message_stop"}


def _usage(speech: Speech, *, written: int) -> dict[str, int]:
    return {
        "input_tokens": speech.read,
        "cache_creation_input_tokens": 0,
        "cache_read_input_tokens": 0,
        "output_tokens": written,
    }
