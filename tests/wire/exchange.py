"""One raw exchange: bytes out, bytes back, nothing in between that could mend them."""

import socket
import threading
from dataclasses import dataclass

from upstream import Pair

HOP = frozenset(
    {b"connection", b"keep-alive", b"proxy-connection", b"te", b"trailer", b"transfer-encoding"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Got:
    """What a client saw. `complete`: the body ended as it said it would."""

    status: int
    headers: list[Pair]
    body: bytes
    complete: bool


def exchange(
    port: int, request: bytes, *, host: str = "", heard: threading.Event | None = None
) -> Got:
    """Send the request (its `{host}` filled in) and read until the other side closes.

    `heard` is set as soon as some of the body is there.
    """
    request = request.replace(b"{host}", host.encode() or b"127.0.0.1:%d" % port)
    with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
        line.sendall(request)
        return parse(read_all(line, heard), request.split(b" ", 1)[0])


def read_all(line: socket.socket, heard: threading.Event | None = None) -> bytes:
    """Everything until the close; a reset ends it as well."""
    got = b""
    while True:
        try:
            data = line.recv(1 << 16)
        except ConnectionResetError:
            return got
        if not data:
            return got
        got += data
        if heard and not heard.is_set() and got.partition(b"\r\n\r\n")[2]:
            heard.set()


def parse(raw: bytes, method: bytes) -> Got:
    """The final answer in these bytes, after any 1xx."""
    head, _, rest = raw.partition(b"\r\n\r\n")
    status = int(head.split(b" ", 2)[1])
    if 100 <= status < 200:
        return parse(rest, method)
    lines = head.split(b"\r\n")[1:]
    pairs = [line.split(b":", 1) for line in lines]
    headers = [(name.lower(), value.strip()) for name, value in pairs]
    named = dict(headers)
    if method == b"HEAD" or status in (204, 304):
        body, complete = rest, not rest
    elif named.get(b"transfer-encoding") == b"chunked":
        body, complete = unchunk(rest)
    elif b"content-length" in named:
        body, complete = rest, len(rest) == int(named[b"content-length"])
    else:
        body, complete = rest, True  # the close is its end
    return Got(status=status, headers=headers, body=body, complete=complete)


def unchunk(raw: bytes) -> tuple[bytes, bool]:
    """The bytes in the chunks, and whether the last chunk came, with its trailers."""
    body = b""
    while True:
        line, found, rest = raw.partition(b"\r\n")
        try:
            size = int(line.split(b";")[0], 16)
        except ValueError:
            return body, False
        if not found:
            return body, False
        if size == 0:
            return body, rest.endswith(b"\r\n")
        body += rest[:size]
        if len(rest) < size + 2:
            return body, False
        raw = rest[size + 2 :]


def end_to_end(headers: list[Pair], *, without: frozenset[bytes] = frozenset()) -> list[Pair]:
    """The pairs that are not of one hop, names in lower case."""
    named = [value.lower() for name, value in headers if name.lower() == b"connection"]
    hop = HOP | {token.strip() for value in named for token in value.split(b",")} | without
    return [(name.lower(), value) for name, value in headers if name.lower() not in hop]
