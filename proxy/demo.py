"""The demo upstream: a model without a model, that says what it was given; no key, no network."""

import hashlib
from collections.abc import Iterator
from types import UnionType

import httpx
import msgspec

from mindhold.beliefs.text.block import Note, parse, without_blocks
from mindhold.proxy import listing
from mindhold.proxy.dialects.speech.speak import speak
from mindhold.proxy.dialects.speech.spoken import JSON, Speech
from mindhold.proxy.errors import NoUpstream, ProxyError, Unreadable, body_of
from mindhold.proxy.route import Kind, Route, read_route
from mindhold.proxy.settings import Upstream

DEMO = Upstream(
    name="demo", dialect="openai", base_url="http://demo.invalid", key="none", models=("demo",)
)
_NEEDS: dict[Kind, tuple[str, type | UnionType]] = {
    "chat": ("messages", list),
    "responses": ("input", list | str),
    "messages": ("messages", list),
    "ollama": ("messages", list | None),  # nothing said: only to be loaded
    "generate": ("prompt", str | None),
}

Payload = dict[str, object]


class Demo(httpx.AsyncBaseTransport):
    """Answers in every dialect, streaming or not, and lists itself; the same answer each time."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The answer, made at once; what it does not speak is an error of the dialect's shape."""
        body = await request.aread()
        target: bytes = request.extensions.get("target", request.url.raw_path)
        path = target.partition(b"?")[0]
        headers = [(name.lower(), value) for name, value in request.headers.raw]
        route = read_route(request.method, path, b"", headers)
        try:
            return _answer(request.method, route, body)
        except ProxyError as error:
            return _response(error.status, body_of(error, route.dialect))


def _answer(method: str, route: Route, body: bytes) -> httpx.Response:
    if route.kind:
        return _said(route.kind, body)
    if method == "POST" and route.target == b"/v1/messages/count_tokens":
        count = {"input_tokens": _count(_payload("messages", body))}
        return _response(200, msgspec.json.encode(count))
    shown = listing.answer(method, route.target, route.dialect)
    if isinstance(shown, str):
        return httpx.Response(200, text=shown)
    if shown:
        return _response(200, msgspec.json.encode(shown))
    raise NoUpstream("The demo model answers chats in every dialect and lists itself, no more.")


def _said(kind: Kind, body: bytes) -> httpx.Response:
    payload = _payload(kind, body)
    loading = kind in ("ollama", "generate") and not payload.get(_NEEDS[kind][0])
    text = "" if loading else _say(payload)
    speech = Speech(
        text=text,
        mark=f"demo-{hashlib.sha256(body).hexdigest()[:24]}",
        payload=payload,
        read=_count(payload),
        written=len(text.split()),
    )
    spoken = speak(kind, speech)
    return _response(200, spoken.body, spoken.kind)


def _payload(kind: Kind, body: bytes) -> Payload:
    """The parsed body; raises `Unreadable` where nobody can have said anything in it."""
    try:
        payload = msgspec.json.decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        payload = None
    key, form = _NEEDS[kind]
    if not isinstance(payload, dict) or not isinstance(payload.get(key), form):
        raise Unreadable(f"The demo model needs a JSON body with {key}.")
    return payload


def _say(payload: Payload) -> str:
    """What the demo was told, and what memory put in front of it, in plain words."""
    texts = [(role, text) for role, text in _texts(payload) if text.strip()]
    asked = [without_blocks(text).strip() for role, text in texts if role == "user"]
    notes = tuple(dict.fromkeys(note for _, text in texts for note in parse(text)))
    opening = f"You wrote: {_shortened(asked[-1])}" if asked else "You wrote nothing."
    if not notes:
        return f"{opening}\n\nMemory gave me nothing for this."
    given = "one note" if len(notes) == 1 else f"{len(notes)} notes"
    return f"{opening}\n\nMemory gave me {given}:\n" + "\n".join(map(_line, notes))


def _line(note: Note) -> str:
    changed = "changed: " if note.changed else ""
    why = f" Why it matters: {note.why_it_matters}" if note.why_it_matters else ""
    status = f" ({note.status})" if note.status else ""
    return f"- {changed}{note.name}: {note.content}{why}{status}"


def _texts(payload: Payload) -> Iterator[tuple[str, str]]:
    """Who says what, wherever a dialect puts it."""
    for key in ("system", "instructions"):
        yield "system", _text(payload.get(key))
    for key in ("messages", "input", "prompt"):
        said = payload.get(key)
        for one in said if isinstance(said, list) else [said]:
            spoken = one if isinstance(one, dict) else {"role": "user", "content": one}
            yield str(spoken.get("role")), _text(spoken.get("content"))


def _text(content: object) -> str:
    if isinstance(content, list):
        parts = (part.get("text") for part in content if isinstance(part, dict))
        return "\n\n".join(part for part in parts if isinstance(part, str))
    return content if isinstance(content, str) else ""


def _count(payload: Payload) -> int:
    """Tokens, at one a word."""
    return sum(len(text.split()) for _, text in _texts(payload))


def _shortened(text: str) -> str:
    return text if len(text) <= 200 else text[:199] + "…"


def _response(status: int, body: bytes, kind: bytes = JSON) -> httpx.Response:
    return httpx.Response(status, headers=[(b"content-type", kind)], content=body)
