"""A whole provider for `upstream.default`: every endpoint of four dialects, by its path."""

import base64
import struct
from collections.abc import Callable
from dataclasses import dataclass

from provider import chat, messages, ollama, responses
from provider.said import Asked, Body, Choice, Said, choose, named
from provider.wire import whole
from upstream import Pair, Seen, Step, answer

Answer = Callable[[Body, Said], list[Step]]
REQUEST = b"req_told"  # the id under which a refusal is told
MODEL = {"id": "gpt-5", "object": "model", "created": 1_760_000_000, "owned_by": "system"}
CLAUDE = {"type": "model", "id": "claude-opus-5", "display_name": "Claude Opus 5"}
CLAUDE |= {"created_at": "2026-02-04T00:00:00Z"}
BYTES = bytes(range(256)) * 40  # a file's content: anything but text


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """Answers as providers do; `choice` says what is said to a chat of any dialect."""

    choice: Choice = choose

    def __call__(self, seen: Seen) -> list[Step]:
        """The answer to one request; 404 as OpenAI has it for a path that nobody knows."""
        path = seen.target.partition(b"?")[0]
        if path in CHATS:
            asked, _ = CHATS[path]
            return speak(seen, self.choice(asked(seen.json)))
        for begins, other in OTHERS.items():
            if path.startswith(begins):
                return other(seen)
        return refusal(seen, b"404 Not Found", "not_found_error", f"No such path: {path!r}")


def speak(seen: Seen, said: Said) -> list[Step]:
    """This, as the answer to a chat of any dialect, streamed if that was asked for."""
    _, told = CHATS[seen.target.partition(b"?")[0]]
    return told(seen.json, said)


def limited(seen: Seen, *, after: bytes = b"1") -> list[Step]:
    """Too many requests: come again after so many seconds."""
    pairs = ((b"retry-after", after), (b"x-ratelimit-remaining-requests", b"0"))
    return refusal(seen, b"429 Too Many Requests", "rate_limit_error", "Slow down a bit.", pairs)


def refused(seen: Seen) -> list[Step]:
    """A request that is wrong."""
    told = "The temperature must lie between 0 and 2."
    return refusal(seen, b"400 Bad Request", "invalid_request_error", told)


def refusal(
    seen: Seen, status: bytes, kind: str, told: str, pairs: tuple[Pair, ...] = ()
) -> list[Step]:
    """An error in the shape of the dialect that was spoken."""
    error: Body = {"message": told, "type": kind, "param": None, "code": kind}
    body: Body = {"error": error}
    if seen.target.startswith(b"/api/"):
        body = {"error": told}
    elif seen.header(b"anthropic-version"):
        body = {"type": "error", "error": {"type": kind, "message": told}}
        body["request_id"] = REQUEST.decode()
    ids = ((b"x-request-id", REQUEST), (b"request-id", REQUEST))
    return whole(body, status=status, headers=(*ids, *pairs))


def _models(seen: Seen) -> list[Step]:
    one = CLAUDE if seen.header(b"anthropic-version") else MODEL
    if seen.target.partition(b"?")[0] != b"/v1/models":
        return whole(one)
    pages = {"has_more": False, "first_id": one["id"], "last_id": one["id"]}
    return whole({"data": [one]} | (pages if one is CLAUDE else {"object": "list"}))


def _embeddings(seen: Seen) -> list[Step]:
    texts = seen.json["input"]
    count = len(texts) if isinstance(texts, list) and not isinstance(texts[0], int) else 1
    vector: object = [0.25, -0.5, 1.0]
    if seen.json.get("encoding_format") == "base64":
        vector = base64.b64encode(struct.pack("<3f", 0.25, -0.5, 1.0)).decode()
    data = [{"object": "embedding", "index": at, "embedding": vector} for at in range(count)]
    usage = {"prompt_tokens": 2, "total_tokens": 2}
    return whole({"object": "list", "data": data, "model": seen.json["model"], "usage": usage})


def _files(seen: Seen) -> list[Step]:
    if seen.target.endswith(b"/content"):
        return [answer(BYTES, headers=((b"Content-Type", b"application/octet-stream"),))]
    file = {"id": "file-1", "object": "file", "bytes": len(BYTES), "filename": "a.bin"}
    return whole(file | {"created_at": 1, "purpose": "batch", "status": "processed"})


def _kept(seen: Seen) -> list[Step]:
    """A response that was stored: shown, or deleted."""
    id = seen.target.split(b"/")[3].partition(b"?")[0].decode()
    if seen.method == b"DELETE":
        return whole({"id": id, "object": "response.deleted", "deleted": True})
    return responses.answer({"model": "gpt-5", "previous_response_id": id}, Said(text="Kept."))


Reader = Callable[[Body], Asked]
CHATS: dict[bytes, tuple[Reader, Answer]] = {
    b"/v1/chat/completions": (chat.asked, chat.answer),
    b"/v1/completions": (lambda _: Asked(), chat.completion),
    b"/v1/responses": (responses.asked, responses.answer),
    b"/v1/messages": (messages.asked, messages.answer),
    b"/api/chat": (ollama.asked, ollama.answer),
    b"/api/generate": (ollama.asked, ollama.generated),
}
OTHERS: dict[bytes, Callable[[Seen], list[Step]]] = {
    b"/v1/models": _models,
    b"/v1/embeddings": _embeddings,
    b"/v1/files": _files,
    b"/v1/responses/": _kept,
    b"/v1/conversations": lambda _: whole({"id": named("conv"), "object": "conversation"}),
    b"/v1/messages/count_tokens": lambda _: whole({"input_tokens": 14}),
    b"/v1/moderations": lambda _: whole({"id": "modr-1", "model": "m", "results": []}),
    b"/api/embed": lambda seen: ollama.embedded(seen.json),
    b"/api/tags": lambda _: ollama.tags(),
    b"/api/show": lambda _: ollama.shown(),
    b"/api/version": lambda _: whole({"version": "0.13.5"}),
    b"/api/ps": lambda _: whole({"models": []}),
}
