"""Fidelity to the byte: each exchange done directly and through the proxy, and compared."""

import random
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass

import httpx
import pytest
from serving import Served, serving
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import StreamingResponse
from starlette.routing import Mount
from starlette.types import Receive, Scope, Send
from upstream import Pair, Upstream, answer
from wire.corpus import ASK, CASES, Case, ask
from wire.exchange import end_to_end, exchange

OURS = frozenset({b"x-mindhold-request", b"x-mindhold-memory"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """Everything that two ways of doing one exchange may differ in."""

    method: bytes
    target: bytes
    sent: list[Pair]
    body: bytes
    status: int
    got: list[Pair]
    answer: bytes
    complete: bool


def trace(case: Case, port: int, upstream: Upstream) -> Trace:
    upstream.forget()
    upstream.script(*case.steps)
    got = exchange(port, case.request)
    assert len(upstream.seen) == 1, "one request there for one request here"
    seen = upstream.last
    return Trace(
        method=seen.method,
        target=seen.target,
        sent=end_to_end(seen.headers, without=frozenset({b"host"})),
        body=seen.body,
        status=got.status,
        got=end_to_end(got.headers, without=OURS),
        answer=got.body,
        complete=got.complete,
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_nobody_can_tell_the_proxy_from_its_upstream(
    case: Case, proxy: Served, upstream: Upstream
) -> None:
    assert trace(case, proxy.port, upstream) == trace(case, upstream.port, upstream)


def odd_bodies(count: int) -> Iterator[bytes]:
    """Bodies that are nearly, or not at all, what a chat sends; the same every time."""
    chance = random.Random(26)
    for _ in range(count):
        body = bytearray(chance.choice(SEEDS))
        for _ in range(chance.randrange(4)):
            at = chance.randrange(len(body) + 1)
            body[at : at + chance.randrange(4)] = chance.choice(BITS)
        yield bytes(body)


def test_300_odd_bodies_reach_the_upstream_as_they_are(proxy: Served, upstream: Upstream) -> None:
    for number, body in enumerate(odd_bodies(300)):
        case = Case(name=str(number), request=ask(body), steps=[answer(b"{}")])
        through = trace(case, proxy.port, upstream)
        assert (through.body, through.status, through.answer) == (body, 200, b"{}"), body


SEEDS = [
    ASK,
    b'{"model":"m","messages":[{"role":"user","content":[{"type":"text","text":"a"}]}],"n":2}',
    b'{"messages":[{"role":"system","content":""},{"role":"user","content":null,"name":"x"}]}',
    b'{"model":"m","messages":[{"role":"tool","tool_call_id":"1","content":{}}],"metadata":[]}',
    b'{"model":null,"messages":{},"stream":"yes"}',
    b'[{"role":"user"}]',
    b'"messages"',
]
BITS = [
    b"",
    b"{",
    b"}",
    b"[",
    b"]",
    b'"',
    b",",
    b":",
    b"\\u",
    b"\\ud800",
    b"\xff",
    b"\x00",
    b"1e999",
]
BITS += [b"-", b"NaN", b'"messages":1,', b'"role":"user",', b'"content":[[]],', b"\xed\xa0\x80"]


def test_the_corpus_is_large_and_names_each_case_once() -> None:
    assert len(CASES) >= 60
    assert len({case.name for case in CASES}) == len(CASES)


class Careless:
    """A proxy as a first draft would have it: parses, decodes, follows, and mends what broke."""

    def __init__(self, upstream: Upstream) -> None:
        self._origin = upstream.origin

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        body = await request.body()
        async with httpx.AsyncClient(follow_redirects=False) as client:
            headers = {name: value for name, value in request.headers.items() if name != "host"}
            url = f"{self._origin}{scope['path']}"
            made = client.build_request(request.method, url, headers=headers, content=body)
            answer = await client.send(made, stream=True)
            await StreamingResponse(self._mended(answer), answer.status_code)(scope, receive, send)

    async def _mended(self, answer: httpx.Response) -> AsyncIterator[bytes]:
        try:
            async for chunk in answer.aiter_bytes():
                yield chunk
        except httpx.HTTPError:
            yield b"data: [DONE]\n\n"


MUST_FAIL = (
    "duplicate headers",
    "an empty query",
    "percent-encodings",
    "its own date and server",
    "429 with retry-after",
    "a body in gzip",
    "cut between events",
    "a known length cut short",
)


@pytest.mark.parametrize("name", MUST_FAIL)
def test_the_corpus_catches_a_careless_proxy(name: str, upstream: Upstream) -> None:
    case = next(case for case in CASES if case.name == name)
    with serving(Starlette(routes=[Mount("/", Careless(upstream))])) as careless:
        assert trace(case, careless.port, upstream) != trace(case, upstream.port, upstream)
