"""Ollama's chat and generate: an answer of our own, in lines of JSON unless asked for whole."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import msgspec

from mindhold.proxy.dialects.speech.spoken import LINES, Speech, Spoken, whole

Shown = dict[str, object]
Told = Callable[[str], Shown]


def chat(speech: Speech) -> Spoken:
    """The answer of `/api/chat`."""
    return _say(speech, lambda text: {"message": {"role": "assistant", "content": text}}, {})


def generate(speech: Speech) -> Spoken:
    """The answer of `/api/generate`; the `context` that came goes back as it was."""
    context = speech.payload.get("context")
    kept: Shown = {"context": context if isinstance(context, list) else []}
    return _say(speech, lambda text: {"response": text}, kept)


def _say(speech: Speech, told: Told, kept: Shown) -> Spoken:
    if not speech.streams(unless_told=True):
        return whole({**_named(speech), **told(speech.text), **_end(speech), **kept})
    lines = b"".join(msgspec.json.encode(one) + b"\n" for one in _lines(speech, told, kept))
    return Spoken(kind=LINES, body=lines)


def _lines(speech: Speech, told: Told, kept: Shown) -> Iterator[Shown]:
    for piece in speech.pieces():
        yield {**_named(speech), **told(piece), "done": False}
    yield {**_named(speech), **told(""), **_end(speech), **kept}


def _named(speech: Speech) -> Shown:
    at = datetime.fromtimestamp(speech.at, UTC)
    return {"model": speech.model, "created_at": f"{at:%Y-%m-%dT%H:%M:%SZ}"}


def _end(speech: Speech) -> Shown:
    """What the last line counts; durations are nanoseconds, and none of them is a model's."""
    return {
        "done": True,
        "done_reason": "stop" if speech.text else "load",
        "total_duration": 0,
        "load_duration": 0,
        "prompt_eval_count": speech.read,
        "prompt_eval_duration": 0,
        "eval_count": speech.written,
        "eval_duration": 0,
    }
