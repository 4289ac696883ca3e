"""Chat completions: an answer of our own, whole or in chunks of a word."""

from collections.abc import Iterator

import msgspec

from mindhold.proxy.dialects.speech.spoken import EVENTS, Speech, Spoken, whole

MAX_CHOICES = 8


def say(speech: Speech) -> Spoken:
    """The answer, as often as `n` asks for it, up to `MAX_CHOICES`."""
    if not speech.streams():
        return whole(_completion(speech))
    events = b"".join(b"data: %s\n\n" % msgspec.json.encode(one) for one in _chunks(speech))
    return Spoken(kind=EVENTS, body=events + b"data: [DONE]\n\n")


def _completion(speech: Speech) -> dict[str, object]:
    message = {"role": "assistant", "content": speech.text, "refusal": None}
    choices = [
        {"index": index, "message": message, "logprobs": None, "finish_reason": "stop"}
        for index in _choices(speech)
    ]
    named = _named(speech, "chat.completion")
    return {**named, "choices": choices, "usage": _usage(speech)}


def _chunks(speech: Speech) -> Iterator[dict[str, object]]:
    options = speech.payload.get("stream_options")
    counted = isinstance(options, dict) and bool(options.get("include_usage"))
    named = _named(speech, "chat.completion.chunk")
    usage: dict[str, object] = {"usage": None} if counted else {}
    for index in _choices(speech):
        for delta in _deltas(speech):
            end = None if delta else "stop"
            choice = {"index": index, "delta": delta, "logprobs": None, "finish_reason": end}
            yield {**named, "choices": [choice], **usage}
    if counted:
        yield {**named, "choices": [], "usage": _usage(speech)}


def _deltas(speech: Speech) -> Iterator[dict[str, str]]:
    yield {"role": "assistant", "content": ""}
    yield from ({"content": piece} for piece in speech.pieces())
    yield {}


def _choices(speech: Speech) -> range:
    asked = speech.payload.get("n")
    return range(min(max(asked, 1), MAX_CHOICES) if isinstance(asked, int) else 1)


def _named(speech: Speech, kind: str) -> dict[str, object]:
    id = f"chatcmpl-{speech.mark}"
    return {"id": id, "created": speech.at, "model": speech.model, "object": kind}


def _usage(speech: Speech) -> dict[str, int]:
    written = speech.written * len(_choices(speech))
    return {
        "prompt_tokens": speech.read,
        "completion_tokens": written,
        "total_tokens": speech.read + written,
    }
