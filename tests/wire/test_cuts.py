"""A break stays a break, wherever it falls; who leaves is not kept waiting for."""

import socket
import time

import pytest
from serving import Served
from upstream import CUT, HANG, Upstream, chunked
from waiting import until
from wire.corpus import ASK, DONE, EVENTS, GREETING, ask
from wire.exchange import exchange, read_all

STREAM = b"".join(chunked(*(GREETING * 12), DONE, headers=(EVENTS,)))


def connect(port: int, request: bytes) -> socket.socket:
    line = socket.create_connection(("127.0.0.1", port), timeout=10)
    line.sendall(request.replace(b"{host}", b"127.0.0.1:%d" % port))
    return line


@pytest.mark.parametrize("share", range(10))
def test_a_stream_cut_at_any_byte_is_cut_there_for_the_client(
    share: int, proxy: Served, upstream: Upstream
) -> None:
    begin = STREAM.index(b"\r\n\r\n") + 4
    for end in range(begin + share, len(STREAM), 10):
        upstream.script(STREAM[:end], CUT)
        direct = exchange(upstream.port, ask())
        upstream.script(STREAM[:end], CUT)
        through = exchange(proxy.port, ask())
        assert not direct.complete
        assert (through.body, through.complete) == (direct.body, False), f"at byte {end}"


def test_a_break_before_the_headers_are_whole_is_a_502_that_names_the_upstream(
    proxy: Served, upstream: Upstream
) -> None:
    for end in (0, 5, 17, STREAM.index(b"\r\n\r\n") + 2):
        upstream.script(STREAM[:end], CUT)
        got = exchange(proxy.port, ask())
        assert (got.status, got.complete) == (502, True)
        assert b"scripted" in got.body


@pytest.mark.parametrize(
    "steps",
    [
        [HANG],
        [b"".join(chunked(*GREETING[:2], end=False)), HANG],
        [b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n", HANG],
    ],
    ids=["before any answer", "mid-stream", "after the headers"],
)
def test_the_upstream_is_left_within_a_second_of_the_client_leaving(
    steps: list[object], proxy: Served, upstream: Upstream
) -> None:
    upstream.script(*steps)
    line = connect(proxy.port, ask())
    until(lambda: upstream.seen)
    time.sleep(0.1)
    assert not upstream.last.left.is_set()
    line.close()
    assert upstream.last.left.wait(1)


def test_a_client_that_leaves_while_it_sends_reaches_no_upstream(
    proxy: Served, upstream: Upstream
) -> None:
    line = connect(proxy.port, ask(ASK)[:-5])
    time.sleep(0.2)
    line.close()
    time.sleep(0.2)
    assert not upstream.seen
    assert exchange(proxy.port, ask()).status == 200


def test_each_piece_is_sent_on_before_the_next_is_there(proxy: Served, upstream: Upstream) -> None:
    pieces = chunked(*GREETING, DONE)
    upstream.script(pieces[0], *[step for piece in pieces[1:] for step in (0.15, piece)])
    with connect(proxy.port, ask()) as line:
        times, got = [], b""
        while data := line.recv(65536):
            times.append(time.monotonic())
            got += data
    assert got.endswith(b"0\r\n\r\n")
    assert len(times) >= len(GREETING)
    assert times[-1] - times[1] > 0.3


def test_a_slow_first_byte_is_waited_for(proxy: Served, upstream: Upstream) -> None:
    upstream.script(1.2, *chunked(*GREETING, DONE))
    assert exchange(proxy.port, ask()).complete


def test_two_requests_on_one_connection_are_answered_in_order(
    proxy: Served, upstream: Upstream
) -> None:
    one = ask(b'{"n":1}').replace(b"Connection: close\r\n", b"")
    with connect(proxy.port, one + ask(b'{"n":2}')) as line:
        got = read_all(line)
    assert got.count(b"HTTP/1.1 200") == 2
    assert [seen.json["n"] for seen in upstream.seen] == [1, 2]
