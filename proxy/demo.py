"""The demo upstream: a model without a model, that says what it was given; no key, no network."""

import hashlib
import re
from collections.abc import Iterator

import httpx
import msgspec

from mindhold.beliefs.text.block import Note, find_blocks, parse
from mindhold.proxy.settings import Upstream

DEMO = Upstream(
    name="demo", dialect="openai", base_url="http://demo.invalid", key="none", models=("demo",)
)
_MODEL = {"id": "demo", "object": "model", "created": 0, "owned_by": "mindhold"}
_MAX_CHOICES = 8


class _Part(msgspec.Struct):
    text: str = ""


class _Message(msgspec.Struct):
    role: str
    content: str | list[_Part] | None = None

    @property
    def text(self) -> str:
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content)
        return self.content or ""


class _StreamOptions(msgspec.Struct):
    include_usage: bool = False


class _Asked(msgspec.Struct):
    messages: list[_Message]
    stream: bool | None = False
    stream_options: _StreamOptions | None = None
    n: int | None = 1


class Demo(httpx.AsyncBaseTransport):
    """Answers chat completions, streaming or not, and lists itself; the same answer each time."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The answer, made at once; what the demo does not speak is a 404 of OpenAI's shape."""
        body = await request.aread()
        path = request.url.path
        if request.method == "POST" and path == "/v1/chat/completions":
            return _chat(body)
        if request.method in ("GET", "HEAD") and path == "/v1/models":
            return _json(200, {"object": "list", "data": [_MODEL]})
        if request.method in ("GET", "HEAD") and path == "/v1/models/demo":
            return _json(200, _MODEL)
        return _error(404, "The demo model answers /v1/chat/completions and /v1/models only.")


def _chat(body: bytes) -> httpx.Response:
    try:
        asked = msgspec.json.decode(body, type=_Asked)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return _error(400, "The demo model needs a JSON body with messages.")
    answer = _Answer(asked, hashlib.sha256(body).hexdigest()[:24])
    if asked.stream:
        events = b"".join(b"data: %s\n\n" % msgspec.json.encode(one) for one in answer.chunks())
        headers = {"content-type": "text/event-stream; charset=utf-8"}
        return httpx.Response(200, headers=headers, content=events + b"data: [DONE]\n\n")
    return _json(200, answer.whole())


class _Answer:
    """One answer in OpenAI's wire format, whole or in chunks of a word."""

    def __init__(self, asked: _Asked, digest: str) -> None:
        self._said = _say(asked.messages)
        self._choices = range(min(max(asked.n or 1, 1), _MAX_CHOICES))
        self._named = {"id": f"chatcmpl-demo-{digest}", "created": 0, "model": "demo"}
        self._wants_usage = bool(asked.stream_options and asked.stream_options.include_usage)
        prompt = sum(len(message.text.split()) for message in asked.messages)
        answer = len(self._said.split()) * len(self._choices)
        self._usage = {
            "prompt_tokens": prompt,
            "completion_tokens": answer,
            "total_tokens": prompt + answer,
        }

    def whole(self) -> dict[str, object]:
        message = {"role": "assistant", "content": self._said, "refusal": None}
        choices = [
            {"index": index, "message": message, "logprobs": None, "finish_reason": "stop"}
            for index in self._choices
        ]
        return {
            **self._named,
            "object": "chat.completion",
            "choices": choices,
            "usage": self._usage,
        }

    def chunks(self) -> Iterator[dict[str, object]]:
        for index in self._choices:
            yield self._chunk(index, {"role": "assistant", "content": ""}, None)
            for word in re.findall(r"\s*\S+|\s+$", self._said):
                yield self._chunk(index, {"content": word}, None)
            yield self._chunk(index, {}, "stop")
        if self._wants_usage:
            yield {**self._event(), "choices": [], "usage": self._usage}

    def _event(self) -> dict[str, object]:
        return {**self._named, "object": "chat.completion.chunk"}

    def _chunk(self, index: int, delta: dict[str, str], end: str | None) -> dict[str, object]:
        choice = {"index": index, "delta": delta, "logprobs": None, "finish_reason": end}
        usage: dict[str, object] = {"usage": None} if self._wants_usage else {}
        return {**self._event(), "choices": [choice], **usage}


def _say(messages: list[_Message]) -> str:
    """What the demo was told, and what memory put in front of it, in plain words."""
    asked = [message.text for message in messages if message.role == "user"]
    notes = tuple(dict.fromkeys(note for message in messages for note in parse(message.text)))
    opening = (
        f"You wrote: {_shortened(_without_blocks(asked[-1]))}" if asked else "You wrote nothing."
    )
    if not notes:
        return f"{opening}\n\nMemory gave me nothing for this."
    given = "one note" if len(notes) == 1 else f"{len(notes)} notes"
    return f"{opening}\n\nMemory gave me {given}:\n" + "\n".join(map(_line, notes))


def _line(note: Note) -> str:
    changed = "changed: " if note.changed else ""
    why = f" Why it matters: {note.why_it_matters}" if note.why_it_matters else ""
    status = f" ({note.status})" if note.status else ""
    return f"- {changed}{note.name}: {note.content}{why}{status}"


def _without_blocks(text: str) -> str:
    for found in reversed(list(find_blocks(text))):
        text = text[: found.start] + text[found.end :]
    return text.strip()


def _shortened(text: str) -> str:
    return text if len(text) <= 200 else text[:199] + "…"


def _json(status: int, value: object) -> httpx.Response:
    headers = {"content-type": "application/json"}
    return httpx.Response(status, headers=headers, content=msgspec.json.encode(value))


def _error(status: int, message: str) -> httpx.Response:
    error = {"message": message, "type": "invalid_request_error", "param": None, "code": None}
    return _json(status, {"error": error})
