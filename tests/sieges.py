"""Sieges: a real daemon under clients that are silent, slow or greedy, and what others notice.

The suite holds a few such clients; `scripts/soak sieges` as many as is asked for.
"""

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx
from daemon import daemon
from upstream import Seen, Step, Upstream, chat

_CONFIG = "upstreams: [{{name: scripted, dialect: openai, base_url: '{url}', key: none}}]\n"
_CALLS = 200  # of somebody else, by which is told what they notice
_FIRST = 20  # before them, while what besieges is still being served
MOST = 80.0  # MiB that a siege may cost: 64 is the aim, and what the allocator keeps differs
_SETTLED = 3.0  # seconds after which a siege stands
_ENDLESS = b"x" * (1 << 20)
_CHAT = {"model": "m", "messages": [{"role": "user", "content": "How do we deploy?"}]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Noticed:
    """What a siege cost: 99 of 100 calls of others within `p99_ms`; the MiB of memory that the
    daemon has `grown` by since it had peace."""

    siege: str
    p99_ms: float
    grown: float
    errors: int


def besiege(home: Path, count: int) -> Iterator[Noticed]:
    """What is noticed in peace, and then with so many clients of each kind before a new daemon."""
    home.mkdir(parents=True, exist_ok=True)
    upstream = Upstream()
    upstream.default = _answering
    with upstream.running():
        (home / "config.yaml").write_text(_CONFIG.format(url=upstream.url))
        yield _besieged(home, "nobody", 0, b"", 0)
        for name, request, size in _sieges():
            yield _besieged(home, name, count, request, size)


def _besieged(home: Path, siege: str, count: int, request: bytes, size: int) -> Noticed:
    with daemon(home) as running, ExitStack() as lines:
        _calls(running.port)  # what is loaded at the first call is no cost of a siege
        before = running.rss()
        for _ in range(count):
            lines.enter_context(_attack(running.port, request, size))
        time.sleep(_SETTLED)
        times, errors = _calls(running.port)
        return Noticed(
            siege=siege,
            p99_ms=times[int(len(times) * 0.99)] * 1e3,
            grown=(running.rss() - before) / (1 << 20),
            errors=errors,
        )


def _sieges() -> Iterator[tuple[str, bytes, int]]:
    """The name of each, what its clients send, and the bytes of body that they send then."""
    post = (
        b"POST /v1/chat/completions HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n"
    )
    body = b'{"model":"endless","messages":[{"role":"user","content":"How do we deploy?"}]}'
    yield "silent", b"", 0
    yield "a head without an end", post + b"X-A: " + b"a" * 30_000, 0
    yield "headers without an end", post + b"x-a:\r\n" * 190, 0
    yield "a body that stops after 1 MiB", post + b"Content-Length: 33000000\r\n\r\n", 1 << 20
    yield (
        "an answer that is not read",
        post + b"Content-Length: %d\r\n\r\n%s" % (len(body), body),
        0,
    )
    yield "many requests at once", b"GET /healthz HTTP/1.1\r\nHost: {host}\r\n\r\n" * 5000, 0


@contextmanager
def _attack(port: int, request: bytes, size: int) -> Iterator[None]:
    with socket.create_connection(("127.0.0.1", port), timeout=2) as line:
        with suppress(OSError):
            line.sendall(request.replace(b"{host}", b"127.0.0.1:%d" % port) + b"y" * size)
        yield


def _calls(port: int) -> tuple[list[float], int]:
    """How long each took, sorted, and how many were not answered with 200."""
    times, errors = [], 0
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
        for _ in range(_FIRST + _CALLS):
            started = time.perf_counter()
            answer = client.post("/v1/chat/completions", json=_CHAT)
            times.append(time.perf_counter() - started)
            errors += answer.status_code != 200
    return sorted(times[_FIRST:]), errors


def _answering(seen: Seen) -> Iterator[Step]:
    if seen.json.get("model") != "endless":
        yield from chat(seen)
        return
    yield b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % (64 * len(_ENDLESS))
    for _ in range(64):
        yield _ENDLESS
