"""Calls that memory has no part in: untouched, and held no longer than passing on takes."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest
from serving import Served
from upstream import Upstream, answer
from wire.cases.anthropic import beside as anthropic
from wire.cases.llama import beside as llama
from wire.cases.openai import beside as openai
from wire.corpus import Case, ask
from wire.exchange import exchange
from wire.trial import Trial, trying

from mindhold.proxy.settings import Dialect
from mindhold.proxy.settings import Upstream as Line

EVERY = [*openai.cases(), *anthropic.cases(), *llama.cases()]


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trial]:
    """Proxies, one of which has something to say to everybody who writes Hello."""
    with trying(tmp_path_factory.mktemp("trial")) as running:
        yield running


@pytest.mark.parametrize("case", EVERY, ids=lambda case: case.name)
def test_a_memory_that_has_something_to_say_says_it_elsewhere(case: Case, trial: Trial) -> None:
    assert trial.through(trial.turn.port, case) == trial.direct(case)


def test_there_are_enough_of_them_each_with_a_name_of_its_own() -> None:
    assert len({case.name for case in openai.cases()}) == len([*openai.cases()]) >= 60


@pytest.mark.parametrize(
    "header",
    [
        (b"X-Hop", b"1"),
        (b"Keep-Alive", b"timeout=77"),
        (b"Upgrade", b"h2c"),
        (b"X-Mindhold-Memory", b"injected=9"),
        (b"Mindhold_Secret", b"x"),
    ],
    ids=lambda header: header[0].decode(),
)
def test_what_belongs_to_the_upstreams_hop_or_goes_by_our_names_ends_at_the_proxy(
    header: tuple[bytes, bytes], proxy: Served, upstream: Upstream
) -> None:
    ours = ((b"Connection", b"x-hop"), (b"X-Else", b"goes on"))
    upstream.script(answer(b"{}", headers=(header, *ours)))
    got = exchange(proxy.port, ask())
    assert (header[0].lower(), header[1]) not in got.headers
    assert (b"x-else", b"goes on") in got.headers


FORM = b"Content-Type: multipart/form-data; boundary=b"
SOUND = b"Content-Type: audio/wav"
JSON = b"Content-Type: application/json"
UPLOADS = {
    "a form": (b"/v1/files", FORM),
    "a recording": (b"/v1/audio/transcriptions", SOUND),
    "JSON of many megabytes": (b"/v1/embeddings", JSON),
    "a file for Anthropic": (b"/v1/files", FORM, b"anthropic-version: 2023-06-01"),
    "a model for Ollama": (b"/api/blobs/sha256:a", b"Content-Type: application/octet-stream"),
}
MUCH = 256 * 1024 * 1024  # bytes
FEW = 32 * 1024 * 1024  # bytes that wait in the sockets of four ends, and nowhere else
every_upload = pytest.mark.parametrize("upload", UPLOADS)


@contextmanager
def bare(serve: Callable[..., Served]) -> Iterator[tuple[Served, socket.socket]]:
    """The proxy in front of an upstream that does nothing by itself: a listening socket."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(10)
        origin = f"http://127.0.0.1:{listener.getsockname()[1]}"
        dialects: tuple[Dialect, ...] = ("openai", "anthropic", "ollama")
        lines = [Line(name=f"the-{one}", dialect=one, base_url=origin) for one in dialects]
        yield serve(upstreams=tuple(lines)), listener


def connect(served: Served, request: bytes) -> socket.socket:
    line = socket.create_connection(("127.0.0.1", served.port), timeout=10)
    line.sendall(request.replace(b"{host}", b"127.0.0.1:%d" % served.port))
    return line


def read_until(line: socket.socket, text: bytes) -> bytes:
    got = b""
    while text not in got:
        data = line.recv(1 << 16)
        assert data, got
        got += data
    return got


@every_upload
@pytest.mark.parametrize("framing", ["length", "chunks"])
def test_what_is_sent_first_is_there_before_the_last_is_sent(
    upload: str, framing: str, serve: Callable[..., Served]
) -> None:
    target, *headers = UPLOADS[upload]
    size = b"Transfer-Encoding: chunked" if framing == "chunks" else b"Content-Length: %d" % MUCH
    head = ask(None, *headers, size, target=target)
    first, last = b"first " * 1000, b"last"
    with bare(serve) as (served, listener), connect(served, head) as client:
        client.sendall(b"%x\r\n%s\r\n" % (len(first), first) if framing == "chunks" else first)
        with listener.accept()[0] as upstream:
            upstream.settimeout(10)
            read_until(upstream, first[-5000:])
            client.sendall(b"%x\r\n%s\r\n" % (len(last), last) if framing == "chunks" else last)
            read_until(upstream, last)


@every_upload
def test_an_upload_is_taken_no_faster_than_its_upstream_takes_it(
    upload: str, serve: Callable[..., Served]
) -> None:
    target, *headers = UPLOADS[upload]
    head = ask(None, *headers, b"Content-Length: %d" % MUCH, target=target)
    with bare(serve) as (served, listener), connect(served, head) as client:
        client.settimeout(0.5)
        sent = 0
        with suppress(TimeoutError):
            while sent < MUCH:
                sent += client.send(b"x" * (1 << 20))
        assert sent < FEW
        listener.accept()[0].close()


def test_a_download_is_taken_no_faster_than_its_client_takes_it(
    serve: Callable[..., Served],
) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % MUCH
    asked = ask(None, method=b"GET", target=b"/v1/files/f/content")
    with bare(serve) as (served, listener), connect(served, asked) as client:
        with listener.accept()[0] as upstream:
            upstream.settimeout(0.5)
            upstream.sendall(head)
            sent = 0
            with suppress(TimeoutError):
                while sent < MUCH:
                    sent += upstream.send(b"x" * (1 << 20))
        assert sent < FEW
        assert client.recv(10)
