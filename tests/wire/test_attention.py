"""An upstream that answers before it has the whole request: heard as a client would hear it."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from queue import SimpleQueue

import httpcore
import httpx
import pytest
from serving import Served, serving
from upstream import Upstream, answer
from wire.corpus import ASK, ask
from wire.exchange import Got, parse, read_all

from mindhold.proxy.app import create_app
from mindhold.proxy.attention import Attentive
from mindhold.proxy.settings import Settings
from mindhold.proxy.settings import Upstream as Line

LARGE = 40 * 1024 * 1024  # bytes, more than all sockets on the way hold
REFUSED = answer(b'{"error":{"message":"too large"}}', status=b"413 Request Entity Too Large")
UPLOAD = ask(None, b"Content-Type: audio/wav", b"Content-Length: %d" % LARGE, target=b"/v1/audio")
CHAT = ASK[:-1] + b',"x":"' + b"y" * (LARGE // 2) + b'"}'


def closes(line: socket.socket) -> None:
    """Answers and closes, as a server does that reads no bodies of that size."""
    line.sendall(REFUSED)
    line.shutdown(socket.SHUT_WR)
    time.sleep(0.1)


def resets(line: socket.socket) -> None:
    """Answers and is gone; what it has not read becomes a reset."""
    line.sendall(REFUSED)


def reads_on(line: socket.socket) -> None:
    """Answers, and lets the rest come."""
    line.sendall(REFUSED)
    with suppress(ConnectionError):
        while line.recv(1 << 16):
            pass


def takes_no_more(line: socket.socket) -> None:
    """Answers, and neither reads nor closes."""
    line.sendall(REFUSED)
    STOPPED.wait(10)


STOPPED = threading.Event()
WAYS = [closes, resets, reads_on, takes_no_more]


@contextmanager
def refusing(way: Callable[[socket.socket], None]) -> Iterator[str]:
    """A server that answers in this way as soon as it has a head."""

    def serve() -> None:
        with suppress(OSError):
            while True:
                line, _ = listener.accept()
                with line:
                    head = b""
                    while b"\r\n\r\n" not in head:
                        head += line.recv(1)
                    way(line)

    STOPPED.clear()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve, name="refusing", daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/v1"
        STOPPED.set()
        listener.shutdown(socket.SHUT_RDWR)
    thread.join(10)


def send(port: int, head: bytes, body: Iterator[bytes]) -> tuple[Got, int]:
    """What is answered, and how much could be sent until then."""
    got: list[bytes] = []
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(head.replace(b"{host}", b"127.0.0.1:%d" % port))
        reader = threading.Thread(target=lambda: got.append(read_all(line)))
        reader.start()
        sent = 0
        with suppress(ConnectionError, TimeoutError):
            for piece in body:
                if not reader.is_alive():
                    break
                line.sendall(piece)
                sent += len(piece)
        reader.join(10)
    return parse(got[0], b"POST"), sent


def slowly(size: int) -> Iterator[bytes]:
    for _ in range(0, size, 1 << 16):
        yield b"x" * (1 << 16)
        time.sleep(0.002)


@pytest.mark.parametrize("way", WAYS)
def test_an_upload_that_is_refused_by_its_head_is_refused_before_it_is_sent(
    way: Callable[[socket.socket], None], serve: Callable[..., Served]
) -> None:
    with refusing(way) as base:
        served = serve(upstreams=(Line(name="a", dialect="openai", base_url=base),))
        got, sent = send(served.port, UPLOAD, slowly(LARGE))
        assert (got.status, got.body) == (413, REFUSED.partition(b"\r\n\r\n")[2])
        assert sent < LARGE


@pytest.mark.parametrize("way", WAYS)
def test_a_chat_that_is_refused_by_its_head_is_refused_as_the_upstream_words_it(
    way: Callable[[socket.socket], None], serve: Callable[..., Served]
) -> None:
    with refusing(way) as base:
        served = serve(upstreams=(Line(name="a", dialect="openai", base_url=base),))
        got, _ = send(served.port, ask(CHAT), iter(()))
        assert (got.status, got.body) == (413, REFUSED.partition(b"\r\n\r\n")[2])


@pytest.mark.parametrize(
    "early",
    [
        b"HTTP/1.1 100 Continue\r\n\r\n",
        b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\nX-A: HTTP/1.1 413 No\r\n\r\n",
        b"HTTP/1.1 102 Processing\r\n\r\n" * 3,
    ],
    ids=["100", "103", "three of 102"],
)
def test_what_only_encourages_is_no_answer(early: bytes, serve: Callable[..., Served]) -> None:
    received = 0

    def encourages(line: socket.socket) -> None:
        nonlocal received
        for at in range(0, len(early), 5):
            line.sendall(early[at : at + 5])
            time.sleep(0.01)
        while received < LARGE:
            received += len(line.recv(1 << 20))
        line.sendall(answer(b"{}"))

    with refusing(encourages) as base:
        served = serve(upstreams=(Line(name="a", dialect="openai", base_url=base),))
        got, sent = send(served.port, UPLOAD, slowly(LARGE))
    assert (got.status, sent, received) == (200, LARGE, LARGE)


def test_a_connection_serves_on_after_a_large_request(proxy: Served, upstream: Upstream) -> None:
    for body in (CHAT, ASK, CHAT, ASK):
        got, _ = send(proxy.port, ask(body), iter(()))
        assert got.status == 200
        assert upstream.last.body == body
    assert upstream.connections == 1


@contextmanager
def hearing() -> Iterator[tuple[str, "SimpleQueue[bytes]"]]:
    """A server, and what it receives, piece by piece; it answers whatever ends a body."""
    heard: SimpleQueue[bytes] = SimpleQueue()
    lines: list[socket.socket] = []

    def serve() -> None:
        line, _ = listener.accept()
        lines.append(line)
        with line:
            while piece := line.recv(1 << 16):
                heard.put(piece)
                if piece.endswith((b"}", b"end")):
                    line.sendall(answer(b"{}"))

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve, name="hearing", daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/v1", heard
        with suppress(OSError):  # it was the proxy that closed
            lines[0].shutdown(socket.SHUT_RDWR)
    thread.join(10)


def test_a_small_request_reaches_the_upstream_in_one_piece(serve: Callable[..., Served]) -> None:
    with hearing() as (base, heard):
        served = serve(upstreams=(Line(name="a", dialect="openai", base_url=base),))
        for _ in range(5):
            assert send(served.port, ask(), iter(()))[0].status == 200
            assert heard.get(timeout=10).endswith(b"\r\n\r\n" + ASK)


def test_what_a_client_sends_bit_by_bit_goes_on_at_once(serve: Callable[..., Served]) -> None:
    bits = [b"one", b"two", b"end"]
    head = ask(None, b"Content-Length: 9", target=b"/v1/audio")
    with hearing() as (base, heard):
        served = serve(upstreams=(Line(name="a", dialect="openai", base_url=base),))
        with socket.create_connection(("127.0.0.1", served.port), timeout=10) as line:
            line.sendall(head.replace(b"{host}", b"127.0.0.1:%d" % served.port))
            assert heard.get(timeout=10).endswith(b"\r\n\r\n")
            for bit in bits:
                line.sendall(bit)
                assert heard.get(timeout=10) == bit
            assert line.recv(1 << 16).startswith(b"HTTP/1.1 200")


class Rebound(httpcore.AnyIOBackend):
    """A network on which every name leads to one address, though a server of ours answers there."""

    def __init__(self, address: str) -> None:
        self.address = address

    async def connect_tcp(self, *args: object, **options: object) -> httpcore.AsyncNetworkStream:
        stream = await super().connect_tcp(*args, **options)  # type: ignore[arg-type]
        asked = stream.get_extra_info

        def told(info: str) -> object:
            return (self.address, 80) if info == "server_addr" else asked(info)

        stream.get_extra_info = told  # type: ignore[method-assign]
        return stream


@pytest.mark.parametrize(
    ("address", "called"),
    [
        ("169.254.169.254", False),
        ("169.254.170.2", False),
        ("fd00:ec2::254", False),
        ("::ffff:169.254.169.254", False),
        ("192.168.1.5", True),
        ("fe80::1%eth0", True),
    ],
)
def test_a_name_that_comes_to_mean_a_metadata_service_is_told_nothing(
    address: str, called: bool, settings: Settings, upstream: Upstream
) -> None:
    transport = Attentive(trust_env=False, limits=httpx.Limits(max_keepalive_connections=0))
    transport._pool._maker._network_backend._backend = Rebound(address)  # type: ignore[attr-defined]
    with serving(create_app(settings, client=httpx.AsyncClient(transport=transport))) as served:
        got, _ = send(served.port, ask(), iter(()))
    assert bool(upstream.seen) is called
    assert got.status == (200 if called else 502)
    assert called or b"leads to a cloud metadata address" in got.body
