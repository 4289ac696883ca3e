"""What a crowd, a slow or a greedy client may cost: limits, seen from outside."""

import resource
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import httpx
import pytest
from serving import Served
from upstream import Upstream
from waiting import until
from wire.corpus import ask
from wire.exchange import exchange, parse, read_all

from mindhold.proxy import app, body, server
from mindhold.proxy.settings import Upstream as Line

CHAT = {"model": "m", "messages": [{"role": "user", "content": "Hello"}]}


def connect(port: int, request: bytes = b"") -> socket.socket:
    line = socket.create_connection(("127.0.0.1", port), timeout=10)
    line.sendall(request.replace(b"{host}", b"127.0.0.1:%d" % port))
    return line


def is_open(line: socket.socket) -> bool:
    line.setblocking(False)
    try:
        return line.recv(1) != b""
    except BlockingIOError:
        return True
    except OSError:
        return False


@pytest.fixture
def crowd(monkeypatch: pytest.MonkeyPatch) -> Iterator[ExitStack]:
    """Ten connections are all that there may be, and who says nothing may wait for 0.2 seconds."""
    monkeypatch.setattr(server, "MAX_CONNECTIONS", 10)
    monkeypatch.setattr(server, "_SPARE", 2)
    monkeypatch.setattr(server, "_HURRY", 0.2)
    with ExitStack() as stack:
        yield stack


BUSY = ask(b'{"model":"m"')[:-1]  # its last byte never comes


def test_who_says_nothing_makes_room_for_who_does(proxy: Served, crowd: ExitStack) -> None:
    silent = [crowd.enter_context(connect(proxy.port, b"POST /v1")) for _ in range(10)]
    time.sleep(0.3)
    for _ in range(3):
        client = crowd.enter_context(httpx.Client(base_url=proxy.origin))
        assert client.get("/healthz").status_code == 200
    until(lambda: [is_open(line) for line in silent].count(False) == 3)


def test_a_client_between_two_calls_makes_room_as_well(proxy: Served, crowd: ExitStack) -> None:
    idle = [crowd.enter_context(httpx.Client(base_url=proxy.origin)) for _ in range(10)]
    for client in idle:
        client.get("/healthz")
    time.sleep(0.3)
    assert httpx.get(f"{proxy.origin}/healthz").status_code == 200


def test_beyond_the_last_connection_a_call_is_told_to_come_again(
    proxy: Served, crowd: ExitStack
) -> None:
    busy = [crowd.enter_context(connect(proxy.port, BUSY)) for _ in range(10)]
    time.sleep(0.3)
    refused = exchange(proxy.port, ask(target=b"/v1/messages"))
    assert refused.status == 503
    assert dict(refused.headers)[b"retry-after"] == b"1"
    assert b'"type": "api_error"' in refused.body
    assert all(map(is_open, busy))
    busy.pop().close()
    until(lambda: exchange(proxy.port, ask()).status == 200)


def test_a_flood_of_connections_is_cut_off_at_once(proxy: Served, crowd: ExitStack) -> None:
    for _ in range(10):
        crowd.enter_context(connect(proxy.port, BUSY))
    time.sleep(0.3)
    more = [crowd.enter_context(connect(proxy.port)) for _ in range(12)]
    until(lambda: sum(map(is_open, more)) <= 2)


def test_a_refusal_is_heard_by_a_client_that_still_sends(proxy: Served) -> None:
    head = b"POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nX-A: " + b"a" * 4_000_000
    with connect(proxy.port) as line:
        line.sendall(head)
        assert parse(read_all(line), b"POST").status == 431


@pytest.mark.parametrize(
    "headers",
    [b"a:\r\n" * 201, b"".join(b"x-%d: %d\r\n" % (at, at) for at in range(3000))],
    ids=["of four bytes", "of many names"],
)
def test_a_head_of_very_many_headers_is_a_431(headers: bytes, proxy: Served) -> None:
    got = exchange(proxy.port, b"GET /healthz HTTP/1.1\r\nHost: {host}\r\n" + headers + b"\r\n")
    assert got.status == 431
    assert b"200 headers" in got.body


def test_two_hundred_headers_are_fine(proxy: Served) -> None:
    head = b"GET /healthz HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n"
    assert exchange(proxy.port, head + b"x-a: 1\r\n" * 198 + b"\r\n").status == 200


@pytest.mark.parametrize(
    "what",
    [b"1;" + b"e" * 1_000_000, b"0\r\nX-A: " + b"t" * 1_000_000, b"0\r\n" + b"t: 1\r\n" * 100_000],
    ids=["an extension without end", "a trailer without end", "trailers without end"],
)
def test_what_stands_between_the_chunks_is_limited_like_a_head(
    what: bytes, proxy: Served, upstream: Upstream
) -> None:
    head = ask(None, b"Transfer-Encoding: chunked", length=False)
    with connect(proxy.port, head) as line:
        try:
            for at in range(0, len(what), 10_000):
                line.sendall(what[at : at + 10_000])
                time.sleep(0.001)
        except ConnectionError:
            return
        assert parse(read_all(line), b"POST").status in (400, 431)


def test_requests_that_come_all_at_once_are_answered_in_turn_up_to_a_number(
    proxy: Served,
) -> None:
    one = b"GET /healthz HTTP/1.1\r\nHost: {host}\r\n\r\n"
    last = one.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")
    with connect(proxy.port, one * 9 + last) as line:
        assert read_all(line).count(b"HTTP/1.1 200") == 10
    with connect(proxy.port, one * 3000) as line:
        assert read_all(line).count(b"HTTP/1.1 200") <= 1


def test_a_body_that_stops_coming_is_given_up(
    proxy: Served, monkeypatch: pytest.MonkeyPatch, upstream: Upstream
) -> None:
    assert body.SILENCE == 30
    monkeypatch.setattr(body, "SILENCE", 0.2)
    with connect(proxy.port, BUSY) as line:
        assert parse(read_all(line), b"POST").status == 408
    assert not upstream.seen


def test_bodies_have_so_much_room_together_and_others_pass_as_they_come(
    serve: Callable[..., Served], upstream: Upstream, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "MAX_BODY", 1 << 20)
    served = serve()
    filler = b'{"model":"m","x":"' + b"y" * 900_000
    said = b'{"model":"m","messages":[{"role":"user","content":"' + b"z" * 300_000 + b'"}]}'
    with ExitStack() as stack:
        slow = stack.enter_context(connect(served.port, ask(filler + b'"}')[:-2]))
        time.sleep(0.2)
        passed = exchange(served.port, ask(said))
        assert dict(passed.headers)[b"x-mindhold-memory"] == b"bypass; reason=no room"
        assert upstream.last.body == said
        small = exchange(served.port, ask())
        assert dict(small.headers)[b"x-mindhold-memory"].startswith(b"injected=0")
        slow.close()
    time.sleep(0.2)
    again = exchange(served.port, ask(said))
    assert b"no room" not in dict(again.headers)[b"x-mindhold-memory"]


def test_where_the_model_decides_a_body_without_room_is_not_sent_to_the_wrong_upstream(
    serve: Callable[..., Served], upstream: Upstream, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "MAX_BODY", 1 << 10)
    lines = tuple(
        Line(name=name, dialect="openai", base_url=upstream.url, key="none", models=(name,))
        for name in ("a", "b")
    )
    served = serve(upstreams=lines, require_token="never")
    said = b'{"messages":[],"x":"' + b"z" * 3000 + b'","model":"b"}'
    assert exchange(served.port, ask(said)).status == 503
    assert not upstream.seen


def test_a_client_that_reads_slowly_holds_no_more_than_the_sockets_do(
    proxy: Served, upstream: Upstream
) -> None:
    size = 64 << 20
    pieces = [b"x" * (1 << 20)] * 64
    upstream.script(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % size, *pieces)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with connect(proxy.port, ask()) as line:
        time.sleep(0.5)
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        assert line.recv(12) == b"HTTP/1.1 200"
    assert grown < 48 * 1024  # KiB; the proxy and its upstream are both in this process


@pytest.mark.parametrize("value", [b"{},", b"[],", b"1,"], ids=["objects", "lists", "numbers"])
def test_a_body_of_very_many_values_is_relayed_and_not_looked_at(
    value: bytes, proxy: Served, upstream: Upstream
) -> None:
    many = b'{"model":"m","messages":[{"role":"user","content":"hi"}],"x":[%s1]}'
    body = many % (value * 600_000)
    got = exchange(proxy.port, ask(body))
    assert dict(got.headers)[b"x-mindhold-memory"] == b"bypass; reason=body not readable"
    assert upstream.last.body == body
