"""An exchange of the conformance corpus: a request to the byte, and what the upstream does."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from upstream import Step, answer, chunked

JSON = (b"Content-Type", b"application/json")
EVENTS = (b"Content-Type", b"text/event-stream; charset=utf-8")
LINES = (b"Content-Type", b"application/x-ndjson")
CHAT = b"/v1/chat/completions"
ASK = b'{"model":"m-1","messages":[{"role":"user","content":"Hello"}]}'
NAMED = "Hello"  # a belief's name: a user who says it is given that belief


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One exchange; `request` says `{host}` where the Host header has its value.

    `stable` and `turn`: whether memory puts a block of that tier into the request, where it has
    one to put.
    """

    name: str
    request: bytes
    steps: Sequence[Step]
    stable: bool = False
    turn: bool = False

    @property
    def body(self) -> bytes:
        """What follows the head of the request, in its framing."""
        return self.request.partition(b"\r\n\r\n")[2]


def ask(
    body: bytes | None = ASK,
    *headers: bytes,
    target: bytes = CHAT,
    method: bytes = b"POST",
    version: bytes = b"HTTP/1.1",
    length: bool = True,
) -> bytes:
    """A request; with a body it is JSON of a known length unless told otherwise."""
    lines = [method + b" " + target + b" " + version, b"Host: {host}", *headers]
    if body is not None and not any(line.lower().startswith(b"content-type") for line in headers):
        lines.append(b"Content-Type: application/json")
    if body is not None and length:
        lines.append(b"Content-Length: %d" % len(body))
    return b"\r\n".join([*lines, b"Connection: close"]) + b"\r\n\r\n" + (body or b"")


def in_chunks(*chunks: bytes, extra: bytes = b"") -> bytes:
    """A body in chunks."""
    return b"".join(b"%x%s\r\n%s\r\n" % (len(one), extra, one) for one in chunks) + b"0\r\n\r\n"


def compact(value: object) -> bytes:
    """JSON as most clients write it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def event(value: object) -> bytes:
    """One server-sent event."""
    return b"data: " + json.dumps(value).encode() + b"\n\n"


GREETING = [
    event({"id": "c-1", "choices": [{"index": 0, "delta": {"content": word}}]})
    for word in ("Grüß", " Gott", " 🌍", "")
]
DONE = b"data: [DONE]\n\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How one wire format asks and answers.

    `asked` is a body whose user says `NAMED`; `said` a whole answer; `pieces` a stream's events
    and `end` the one that closes it; `kind` its content type; `headers` what every client of the
    dialect sends.
    """

    name: str
    target: bytes
    asked: bytes
    said: bytes
    pieces: Sequence[bytes]
    end: bytes
    kind: tuple[bytes, bytes] = EVENTS
    headers: Sequence[bytes] = ()

    def ask(self, body: bytes | None = None, *headers: bytes, **how: Any) -> bytes:
        """A request of this dialect; what it asks is the plain question unless told otherwise."""
        how.setdefault("target", self.target)
        return ask(self.asked if body is None else body, *self.headers, *headers, **how)

    def other(
        self, method: bytes, path: bytes, body: bytes | None = None, *headers: bytes
    ) -> bytes:
        """A request of another call of this dialect; `path` begins after `/v1` or `/api`."""
        base = b"/" + self.target.split(b"/")[1]
        return ask(body, *self.headers, *headers, method=method, target=base + path)

    def more(self, fields: bytes) -> bytes:
        """The plain question with more members at its end, as they are spelled."""
        return self.asked[:-1] + b"," + fields + b"}"

    @property
    def streamed(self) -> bytes:
        """The plain question, asked for a stream."""
        return self.more(b'"stream":true')

    def stream(self, *pieces: bytes, end: bool = True) -> list[bytes]:
        """A chunked stream of this dialect, its head first."""
        return chunked(*(pieces or (*self.pieces, self.end)), headers=(self.kind,), end=end)

    def case(self, name: str, request: bytes | None = None, *steps: Step, **how: bool) -> Case:
        """One exchange, in which memory has its say wherever the question is this dialect's."""
        request = request or self.ask()
        asked = re.match(rb"POST (.+?)[ ?]", request)
        how.setdefault("stable", bool(asked) and asked[1] == self.target)
        how.setdefault("turn", how["stable"] and NAMED.encode() in request)
        return Case(name=name, request=request, steps=steps or [answer(self.said)], **how)
