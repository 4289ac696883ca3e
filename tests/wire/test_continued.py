"""Histories that the server keeps, on the wire: what an answer has to say before it counts."""

from collections.abc import Iterator
from dataclasses import replace

import httpx
import pytest
from injection.place import add, belief
from serving import Served
from upstream import CUT, HANG, Upstream, chunked
from wire.cases.responses_answers import SAID, response
from wire.cases.responses_streams import COMPLETED, PIECES, event
from wire.corpus import EVENTS

from mindhold.beliefs.text.block import parse
from mindhold.proxy.settings import Inject, Settings

TOLD = belief("vitest", aliases=("jest",), scopes=("domain:general",))
WHOLE = [*chunked(*PIECES, COMPLETED, headers=(EVENTS,), end=False)]
FAILED = event("response.failed", response=response(status="failed", usage=None))


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """With time enough for memory to answer on a busy machine."""
    return replace(settings, inject=Inject(deadline_ms=5_000))


@pytest.fixture
def client(proxy: Served, settings: Settings) -> Iterator[httpx.Client]:
    """A client of a proxy that holds one belief."""
    add(settings.home, TOLD)
    with httpx.Client(base_url=proxy.url, timeout=20, trust_env=False) as client:
        yield client


def ask(client: httpx.Client, upstream: Upstream, **fields: object) -> list[str]:
    """Asks about Jest and reads until the answer is complete or broken off; what was given."""
    body = {"model": "m", "input": "How about Jest?", "stream": True, **fields}
    got = b""
    try:
        with client.stream("POST", "/responses", json=body) as answer:
            for piece in answer.iter_raw():
                got += piece
                if b"response.completed" in got and got.endswith(b"\n\n"):
                    break
    except httpx.HTTPError:
        pass
    return [note.name for note in parse(str(upstream.last.json["input"]))]


@pytest.mark.parametrize("where", [{"conversation": "conv_1"}, {"conversation": {"id": "conv_1"}}])
@pytest.mark.parametrize(
    "end",
    [
        [*WHOLE[:5], CUT],
        [*chunked(*PIECES, FAILED, headers=(EVENTS,))],
        [b"HTTP/1.1 500 Oh\r\nContent-Length: %d\r\n\r\n" % len(SAID) + SAID],
    ],
    ids=["cut", "failed", "refused"],
)
def test_a_conversation_has_not_kept_what_was_not_answered(
    end: list[bytes], where: dict[str, object], client: httpx.Client, upstream: Upstream
) -> None:
    for steps in (end, [*WHOLE, b"0\r\n\r\n"]):
        upstream.script(*steps)
        assert ask(client, upstream, **where) == ["vitest"]
    upstream.script(*WHOLE, b"0\r\n\r\n")
    assert ask(client, upstream, **where) == []


@pytest.mark.parametrize("where", [{"conversation": "conv_1"}, {"previous_response_id": "resp_9"}])
def test_who_goes_on_before_the_connection_ends_goes_on_from_that_answer(
    where: dict[str, str], client: httpx.Client, upstream: Upstream
) -> None:
    first = where if "conversation" in where else {}
    upstream.script(*WHOLE, HANG)
    assert ask(client, upstream, **first) == ["vitest"]
    upstream.script(*WHOLE, HANG)
    assert ask(client, upstream, **where) == []
