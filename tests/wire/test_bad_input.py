"""Odd and broken requests on a real port: what the upstream would say, or a clean 4xx."""

import gzip
import json
import socket
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import brotli
import httpx
import pytest
import zstandard
from serving import Served, serving
from upstream import Upstream, answer
from waiting import until
from wire.cases import chat, generate, messages, ollama, responses
from wire.corpus import Dialect, ask, in_chunks
from wire.exchange import Got, exchange, parse, read_all

from mindhold.beliefs.store import Store
from mindhold.proxy import body
from mindhold.proxy.app import create_app
from mindhold.proxy.reading import MAX_BODY
from mindhold.proxy.settings import Settings

DIALECTS = {one.DIALECT.name: one.DIALECT for one in (chat, responses, messages, ollama, generate)}
TAUGHT = "We moved from Jest to Vitest."
CHUNKED = b"Transfer-Encoding: chunked"
OK = answer(b'{"id":"x"}')


@pytest.fixture(params=DIALECTS)
def dialect(request: pytest.FixtureRequest) -> Dialect:
    """Each of the five calls that carry memory."""
    return DIALECTS[request.param]


def connect(port: int, request: bytes) -> socket.socket:
    line = socket.create_connection(("127.0.0.1", port), timeout=10)
    line.sendall(request.replace(b"{host}", b"127.0.0.1:%d" % port))
    return line


def sentence(dialect: Dialect, got: Got) -> str:
    """What an error of ours says; its shape must be the dialect's own."""
    told = json.loads(got.body)
    if dialect.name in ("ollama", "generate"):
        assert list(told) == ["error"]
        return str(told["error"])
    if dialect.name == "messages":
        assert (told["type"], sorted(told["error"])) == ("error", ["message", "type"])
    else:
        assert list(told["error"]) == ["message", "type", "param", "code"]
    return str(told["error"]["message"])


@pytest.mark.parametrize("more", [b"", b"Connection: keep-alive\r\n"], ids=["plain", "keep-alive"])
def test_http_1_0_is_answered_and_the_connection_closed(
    more: bytes, dialect: Dialect, proxy: Served, upstream: Upstream
) -> None:
    upstream.script(OK)
    asked = dialect.ask(version=b"HTTP/1.0").replace(b"Connection: close\r\n", more)
    got = exchange(proxy.port, asked)
    assert (got.status, got.body, got.complete) == (200, b'{"id":"x"}', True)
    assert upstream.last.body == dialect.asked


def test_who_waits_for_100_continue_gets_it_and_then_what_the_upstream_says(
    dialect: Dialect, proxy: Served, upstream: Upstream
) -> None:
    for status in (b"200 OK", b"413 Payload Too Large", b"417 Expectation Failed"):
        upstream.script(answer(b"{}", status=status))
        head, _, rest = dialect.ask(None, b"Expect: 100-continue").partition(b"\r\n\r\n")
        with connect(proxy.port, head + b"\r\n\r\n") as line:
            assert line.recv(1000) == b"HTTP/1.1 100 Continue\r\n\r\n"
            line.sendall(rest)
            assert parse(read_all(line), b"POST").status == int(status[:3])
        assert upstream.last.body == dialect.asked


def test_who_will_be_refused_for_what_is_known_already_is_not_asked_for_the_body(
    serve: Callable[..., Served], dialect: Dialect
) -> None:
    served = serve(require_token="always")
    head = dialect.ask(None, b"Expect: 100-continue").partition(b"\r\n\r\n")[0]
    with connect(served.port, head + b"\r\n\r\n") as line:
        got = parse(line.recv(10_000), b"POST")
    assert got.status == 401
    assert "token" in sentence(dialect, got)


def odd_chunks(asked: bytes) -> bytes:
    """A chunk a byte, sizes as they may be written, and trailers."""
    sizes = (b"1", b"01", b"0000001", b'1;a="b;c"', b"1 ;x")
    parts = (b"%s\r\n%c\r\n" % (sizes[at % 4], byte) for at, byte in enumerate(asked))
    return b"".join(parts) + b"00\r\nX-Sum: 1\r\nX-Mindhold-Inject: off\r\n\r\n"


def test_chunks_of_odd_sizes_and_trailers_are_put_together(
    dialect: Dialect, proxy: Served, upstream: Upstream
) -> None:
    upstream.script(OK)
    asked = dialect.ask(odd_chunks(dialect.asked), CHUNKED, length=False)
    assert exchange(proxy.port, asked).status == 200
    assert upstream.last.body == dialect.asked
    assert upstream.last.header(b"x-sum") is None


def test_requests_that_come_together_are_answered_in_turn(
    proxy: Served, upstream: Upstream
) -> None:
    asked = [one.ask().replace(b"Connection: close\r\n", b"") for one in DIALECTS.values()]
    upstream.default = lambda seen: [0.05, answer(seen.target)]
    with connect(proxy.port, b"".join(asked) + ask(None, target=b"/v1/last")) as line:
        got = read_all(line)
    targets = [*(one.target for one in DIALECTS.values()), b"/v1/last"]
    assert [part.split(b"\r\n\r\n")[1] for part in got.split(b"HTTP/1.1 200 OK")[1:]] == targets
    assert [seen.target for seen in upstream.seen] == targets


LIES = {
    "a length and chunks": (in_chunks, b"Content-Length: 10", CHUNKED),
    "chunks and a length": (in_chunks, CHUNKED, b"Content-Length: 10"),
    "two lengths": (bytes, b"Content-Length: 10", b"Content-Length: 11"),
    "a negative length": (bytes, b"Content-Length: -5"),
    "a length with a sign": (bytes, b"Content-Length: +5"),
    "a length in words": (bytes, b"Content-Length: five"),
    "a length beyond all numbers": (bytes, b"Content-Length: 9" + b"9" * 30),
    "a coding that nobody undoes": (in_chunks, b"Transfer-Encoding: gzip, chunked"),
    "a coding that ends nowhere": (bytes, b"Transfer-Encoding: identity"),
    "a chunk that is longer than it says": (lambda asked: b"2\r\n" + asked, CHUNKED),
    "a chunk of no size": (lambda asked: b"x\r\n" + asked, CHUNKED),
    "a chunk of a negative size": (lambda asked: b"-1\r\n" + asked, CHUNKED),
    "a chunk without an end": (lambda asked: b"%x\r\n%s..0" % (len(asked), asked), CHUNKED),
    "a header without a name": (bytes, b": x", b"Content-Length: 10"),
    "a header with a blank": (bytes, b"A B: x", b"Content-Length: 10"),
    "a header with a null": (bytes, b"A: \x00", b"Content-Length: 10"),
}


def test_a_request_that_contradicts_itself_is_a_400_and_reaches_nobody(
    dialect: Dialect, proxy: Served, upstream: Upstream
) -> None:
    for lie, (frame, *headers) in LIES.items():
        asked = dialect.ask(frame(dialect.asked), *headers, length=False)
        got = exchange(proxy.port, asked)
        assert (got.status, got.complete) == (400, True), lie
        assert dict(got.headers)[b"connection"] == b"close", lie
        assert "HTTP/1.1" in sentence(dialect, got), lie
    assert not upstream.seen


@pytest.mark.parametrize(
    "raw",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"HELO there\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"CONNECT example.net:443 HTTP/1.1\r\nHost: {host}\r\n\r\n",
        b"GET /v1/models HTTP/3.0\r\nHost: {host}\r\n\r\n",
        b"GET /v1/mod\xc3\xa9ls HTTP/1.1\r\nHost: {host}\r\n\r\n",
        b"GET /v1/a b HTTP/1.1\r\nHost: {host}\r\n\r\n",
    ],
    ids=["TLS", "mail", "HTTP/2", "CONNECT", "HTTP/3", "a path beyond ASCII", "a blank"],
)
def test_what_is_not_http_1_is_a_400_in_the_shape_of_most_clients(
    raw: bytes, proxy: Served, upstream: Upstream
) -> None:
    got = exchange(proxy.port, raw)
    assert (got.status, json.loads(got.body)["error"]["code"]) == (400, "malformed")
    assert not upstream.seen


def test_a_head_that_is_too_large_is_told_in_the_dialects_shape(
    dialect: Dialect, proxy: Served
) -> None:
    got = exchange(proxy.port, dialect.ask(None, b"X-A: " + b"a" * 40_000))
    assert got.status == 431
    assert "32 KiB" in sentence(dialect, got)


def test_bytes_beyond_the_length_are_no_part_of_the_request(
    dialect: Dialect, proxy: Served, upstream: Upstream
) -> None:
    upstream.script(OK)
    asked = dialect.ask(dialect.asked + b"x" * 9, b"Content-Length: 5", length=False)
    with connect(proxy.port, asked) as line:
        assert read_all(line).startswith(b"HTTP/1.1 200 OK")
    assert [seen.body for seen in upstream.seen] == [dialect.asked[:5]]


UPLOAD = ask(
    b"x" * 5000,
    b"Content-Type: audio/wav",
    b"Content-Length: 9000",
    target=b"/v1/audio",
    length=False,
)


def test_half_a_chat_reaches_nobody(dialect: Dialect, proxy: Served, upstream: Upstream) -> None:
    for asked in (dialect.ask()[:-5], dialect.ask(b"5\r\nabc", CHUNKED, length=False)):
        line = connect(proxy.port, asked)
        time.sleep(0.1)
        line.close()
    time.sleep(0.2)
    assert not upstream.seen
    upstream.script(OK)
    assert exchange(proxy.port, dialect.ask()).status == 200


def test_half_an_upload_is_half_an_upload_to_the_upstream(
    proxy: Served, upstream: Upstream
) -> None:
    line = connect(proxy.port, UPLOAD)
    until(lambda: upstream.connections)
    line.close()
    time.sleep(0.2)
    assert (upstream.connections, upstream.seen) == (1, [])


def test_a_body_that_falls_silent_is_a_408_after_a_while(
    dialect: Dialect, proxy: Served, upstream: Upstream, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(body, "SILENCE", 0.3)
    chunks = dialect.ask(b"5\r\nabc", CHUNKED, length=False)
    for asked in (dialect.ask()[:-5], chunks):
        with connect(proxy.port, asked) as line:
            got = parse(read_all(line), b"POST")
        assert (got.status, dict(got.headers)[b"connection"]) == (408, b"close")
        assert "0.3 seconds" in sentence(dialect, got)
    assert not upstream.seen


def test_an_upload_that_falls_silent_ends_on_both_sides(
    proxy: Served, upstream: Upstream, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(body, "SILENCE", 0.3)
    with connect(proxy.port, UPLOAD) as line:
        assert parse(read_all(line), b"POST").status == 408
    assert not upstream.seen


def test_a_slow_body_is_not_a_silent_one(
    dialect: Dialect, proxy: Served, upstream: Upstream, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(body, "SILENCE", 0.5)
    upstream.script(1.0, OK)  # who has sent everything may wait for as long as it likes
    asked = dialect.ask()
    with connect(proxy.port, asked[:-4]) as line:
        for byte in asked[-4:]:
            time.sleep(0.2)
            line.sendall(bytes([byte]))
        assert parse(read_all(line), b"POST").status == 200


@pytest.mark.parametrize("status", [b"600 Odd", b"777 Odder", b"999 Oddest"])
def test_a_status_that_http_does_not_have_is_a_502(
    status: bytes, proxy: Served, upstream: Upstream
) -> None:
    upstream.script(answer(b"{}", status=status))
    got = exchange(proxy.port, chat.DIALECT.ask())
    assert (got.status, b"scripted" in got.body) == (502, True)


def unreadable(dialect: Dialect) -> Iterator[tuple[str, bytes, tuple[bytes, ...]]]:
    """Bodies that say something worth learning, in a way that only an upstream may judge."""
    said = dialect.asked.replace(b"Hello", TAUGHT.encode())
    deep = b'{"x":' + b"[" * 5_000 + b"]" * 5_000 + b"," + said[1:]
    yield "not UTF-8", said[:-1] + b',"x":"\xfc"}', ()
    yield "UTF-16", said.decode().encode("utf-16"), ()
    yield "not JSON", said[:-1], ()
    yield "nothing", b"", ()
    yield "text around it", b"data: " + said + b"\n\n", ()
    yield "too deep", deep, ()
    yield "nested without an end", said[:-1] + b',"x":' + b"[" * 100_000, ()
    yield "two of a key", said[:-1] + b',"model":"m-1"}', ()
    yield "too large", said[:-1] + b',"x":"' + b"y" * MAX_BODY + b'"}', ()
    codings = {
        b"gzip": gzip.compress(said),
        b"deflate": zlib.compress(said),
        b"br": brotli.compress(said),
        b"zstd": zstandard.compress(said),
        b"gzip, zstd": said,
        b"of my own": said,
    }
    for coding, packed in codings.items():
        yield f"in {coding.decode()}", packed, (b"Content-Encoding: " + coding,)


def learned(home: Path) -> int:
    with Store.open(home) as store:
        return store.count()


def test_a_body_that_cannot_be_read_goes_on_as_it_is_and_teaches_nothing(
    dialect: Dialect, settings: Settings, upstream: Upstream
) -> None:
    said = dialect.asked.replace(b"Hello", TAUGHT.encode())
    with serving(create_app(settings)) as served:
        for name, raw, headers in unreadable(dialect):
            for status in (b"200 OK", b"400 Bad Request"):
                upstream.script(answer(b'{"judged":1}', status=status))
                got = exchange(served.port, dialect.ask(raw, *headers))
                assert (got.status, got.body) == (int(status[:3]), b'{"judged":1}'), name
                assert dict(got.headers)[b"x-mindhold-memory"].startswith(b"bypass; "), name
                assert upstream.last.body == raw, name
        assert httpx.get(f"{served.origin}/healthz").json()["faults"] == 0
    assert learned(settings.home) == 0
    with serving(create_app(settings)) as served:
        upstream.script(OK)
        exchange(served.port, dialect.ask(said))
    assert learned(settings.home) == 1
