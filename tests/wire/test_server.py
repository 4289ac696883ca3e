"""The server: heads that are too large or too slow, stopping, what it adds to nothing."""

import logging
import socket
import threading
import time

import httpx
import pytest
from serving import Served, serving
from upstream import CUT, Upstream, chunked
from waiting import until
from wire.corpus import DONE, GREETING, ask
from wire.exchange import exchange, parse, read_all

from mindhold.proxy import server
from mindhold.proxy.app import create_app
from mindhold.proxy.settings import Settings


def connect(port: int, request: bytes) -> socket.socket:
    line = socket.create_connection(("127.0.0.1", port), timeout=10)
    line.sendall(request.replace(b"{host}", b"127.0.0.1:%d" % port))
    return line


def test_a_head_that_does_not_arrive_in_time_is_cut_off(
    proxy: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "HEAD_SECONDS", 0.2)
    with connect(proxy.port, b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-A: ") as line:
        began = time.monotonic()
        assert read_all(line) == b""
        assert time.monotonic() - began < 10  # not the 30 seconds of a body
    with connect(proxy.port, b"") as line:
        assert read_all(line) == b""


def test_a_slow_body_and_an_idle_connection_are_not_heads(
    proxy: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "HEAD_SECONDS", 0.2)
    request = ask().replace(b"{host}", b"127.0.0.1:%d" % proxy.port)
    with connect(proxy.port, request[:-10]) as line:
        time.sleep(0.5)
        line.sendall(request[-10:])
        assert parse(read_all(line), b"POST").complete
    with httpx.Client(base_url=proxy.origin) as client:
        client.get("/healthz")
        time.sleep(0.5)
        assert client.get("/healthz").status_code == 200


def test_an_upgrade_that_is_not_followed_costs_neither_the_body_nor_the_next_call(
    proxy: Served, upstream: Upstream
) -> None:
    offer = b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AA\r\n"
    request = ask().replace(b"Connection: close\r\n", b"").replace(b"\r\n", b"\r\n" + offer, 1)
    head, _, body = request.partition(b"\r\n\r\n")
    with connect(proxy.port, head + b"\r\n\r\n") as line:
        time.sleep(0.1)
        line.sendall(body)
        assert line.recv(1 << 16).startswith(b"HTTP/1.1 200")
        line.sendall(ask().replace(b"{host}", b"127.0.0.1:%d" % proxy.port))
        assert parse(read_all(line), b"POST").complete
    assert [seen.body for seen in upstream.seen] == [body, body]


def test_what_follows_a_chunked_body_is_no_header(proxy: Served, upstream: Upstream) -> None:
    chunks = b"2\r\n{}\r\n0\r\nAuthorization: Bearer sk-other\r\nX-Mindhold-Scope: ?\r\n\r\n"
    assert exchange(proxy.port, ask(chunks, b"Transfer-Encoding: chunked", length=False)).complete
    assert upstream.last.header(b"authorization") is None


@pytest.mark.parametrize("pieces", [1, 50], ids=["at once", "in pieces"])
def test_a_head_beyond_32_kib_is_a_431(pieces: int, proxy: Served) -> None:
    head = b"GET /healthz HTTP/1.1\r\nHost: {host}\r\n" + b"X-A: aaaaaaa\r\n" * 3000
    line = connect(proxy.port, b"")
    with line:
        step = len(head) // pieces
        try:
            for at in range(0, len(head), step):
                line.sendall(head[at : at + step])
        except ConnectionError:
            return  # it hung up on us, which is as good
        assert read_all(line).startswith(b"HTTP/1.1 431 ")


def test_stopping_lets_open_streams_end(settings: Settings, upstream: Upstream) -> None:
    pieces = chunked(*GREETING, DONE)
    upstream.script(pieces[0], *[step for piece in pieces[1:] for step in (0.2, piece)])
    bodies: list[bytes] = []
    with serving(create_app(settings)) as served:
        line = connect(served.port, ask())
        reader = threading.Thread(target=lambda: bodies.append(read_all(line)))
        reader.start()
        until(lambda: upstream.seen)
        served.server.should_exit = True
        time.sleep(0.2)
        with pytest.raises(ConnectionError):
            connect(served.port, b"").close()
        reader.join(10)
    line.close()
    got = parse(bodies[0], b"POST")
    assert (got.complete, got.body) == (True, b"".join([*GREETING, DONE]))


def test_a_body_of_unknown_length_ends_by_closing_for_http_1_0(
    proxy: Served, upstream: Upstream
) -> None:
    upstream.script(*chunked(*GREETING))
    got = exchange(proxy.port, ask(version=b"HTTP/1.0"))
    assert got.body == b"".join(GREETING)
    assert b"transfer-encoding" not in dict(got.headers)


def test_breaks_and_refused_upgrades_are_not_errors_of_the_server(
    proxy: Served, upstream: Upstream, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        upstream.script(*chunked(GREETING[0], end=False), CUT)
        exchange(proxy.port, ask())
        exchange(proxy.port, ask(None, b"Upgrade: websocket", method=b"GET"))
    assert [record for record in caplog.records if record.name == "uvicorn.error"] == []


def test_no_log_holds_a_word_of_a_call(
    proxy: Served, upstream: Upstream, caplog: pytest.LogCaptureFixture
) -> None:
    body = b'{"model":"m","messages":[{"role":"user","content":"plover-egg"}]}'
    with caplog.at_level(logging.DEBUG):
        exchange(proxy.port, ask(body, b"Authorization: Bearer plover-egg"))
        upstream.script(b"HTTP/1.1 200 OK\r\nX-A: plover-egg\r\nContent-Length: 9\r\n\r\n", CUT)
        exchange(proxy.port, ask(body, b"X-Mindhold-Scope: plover egg"))
    assert len(caplog.records) > 10, "nothing was logged that could hold one"
    assert "plover" not in caplog.text
