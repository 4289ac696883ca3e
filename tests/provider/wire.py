"""How providers frame their answers: JSON, event streams, lines of JSON, each with an id."""

import json
from collections.abc import Iterable

from provider.said import Body, named
from upstream import Pair, Step, answer, chunked


def whole(body: object, *, status: bytes = b"200 OK", headers: tuple[Pair, ...] = ()) -> list[Step]:
    """One JSON body under a request id of its own; later headers win."""
    known = dict(headers)
    request = named("req").encode()
    named_pairs = ((b"x-request-id", request), (b"request-id", request))
    pairs = [pair for pair in named_pairs if pair[0] not in known]
    kind = (b"Content-Type", b"application/json")
    dumped = json.dumps(body, ensure_ascii=False).encode()
    return [answer(dumped, status=status, headers=(kind, *pairs, *headers))]


def events(bodies: Iterable[Body], *, titled: bool = False, done: bool = False) -> list[Step]:
    """A stream of server-sent events; `titled` ones carry their type as the event's name too."""
    lines = [
        (f"event: {body['type']}\n" if titled else "") + f"data: {_dump(body)}\n\n"
        for body in bodies
    ]
    lines += ["data: [DONE]\n\n"] if done else []
    request = named("req").encode()
    kind = b"text/event-stream; charset=utf-8"
    headers = ((b"Content-Type", kind), (b"x-request-id", request), (b"request-id", request))
    return [*chunked(*(line.encode() for line in lines), headers=headers)]


def lines(bodies: Iterable[Body]) -> list[Step]:
    """A stream of JSON lines, as Ollama sends."""
    headers = ((b"Content-Type", b"application/x-ndjson"),)
    return [*chunked(*(_dump(body).encode() + b"\n" for body in bodies), headers=headers)]


def _dump(body: Body) -> str:
    return json.dumps(body, ensure_ascii=False)
