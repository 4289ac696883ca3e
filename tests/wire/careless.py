"""Careless proxies: each is faithful but for one flaw, as first drafts have them.

They are scripts of an upstream that asks the real one; the corpus must catch every flaw.
"""

import gzip
import json
import re
import socket
import zlib
from collections.abc import Callable, Iterable, Iterator

from upstream import CUT, RESET, Script, Seen, Step
from wire.exchange import parse

Edit = Callable[[bytes], bytes]
Pieces = Callable[[Iterable[Step]], Iterable[Step]]


def faithful(port: int, *, sent: Edit = bytes, got: Pieces = iter) -> Script:
    """Relays to a port; `sent` changes the bytes of a request, `got` the pieces of its answer."""

    host = b"127.0.0.1:%d" % port

    def relay(seen: Seen) -> Iterator[Step]:
        with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
            line.sendall(re.sub(rb"(?<=\r\nHost: )[^\r]*", host, sent(seen.raw), count=1))
            yield from got(_pieces(line))

    return relay


def _pieces(line: socket.socket) -> Iterator[Step]:
    """What comes, as it comes, and how it ends."""
    while True:
        try:
            data = line.recv(1 << 16)
        except ConnectionResetError:
            yield RESET
            return
        if not data:
            yield CUT
            return
        yield data


def _whole(pieces: Iterable[Step]) -> bytes:
    return b"".join(piece for piece in pieces if isinstance(piece, bytes))


def _answer(edit: Edit) -> Pieces:
    """A flaw that needs the whole answer; it breaks off where the upstream did."""
    return lambda pieces: [edit(_whole(pieces)), CUT]


def _json(raw: bytes) -> bytes:
    """Parsed and written again, in a message of the right length."""
    head, _, body = raw.partition(b"\r\n\r\n")
    try:
        made = json.dumps(json.loads(body)).encode()
    except (ValueError, RecursionError):
        return raw
    length = b"ength: %d" % len(body)
    return head.replace(length, b"ength: %d" % len(made)) + b"\r\n\r\n" + made


def _once(raw: bytes) -> bytes:
    """Every header but the last of its name is lost, as in a dict."""
    head, gap, body = raw.partition(b"\r\n\r\n")
    first, *lines = head.split(b"\r\n")
    named = {line.split(b":")[0].lower(): line for line in lines}
    return b"\r\n".join((first, *named.values())) + gap + body


def _decoded(raw: bytes) -> bytes:
    """A gzipped body is unpacked and its header gone."""
    head, _, body = raw.partition(b"\r\n\r\n")
    if b"Content-Encoding: gzip" not in head:
        return raw
    try:
        plain = gzip.decompress(body)
    except (OSError, EOFError, zlib.error):
        return raw
    lines = [line for line in head.split(b"\r\n") if not line.lower().startswith(b"content-")]
    return b"\r\n".join((*lines, b"Content-Length: %d" % len(plain))) + b"\r\n\r\n" + plain


def _own_errors(raw: bytes) -> bytes:
    """An error is told in words of the proxy's own."""
    status = raw.split(b" ", 2)[1:2]
    if not raw or status < [b"400"]:
        return raw
    return b'HTTP/1.1 502 Bad Gateway\r\nContent-Length: 15\r\n\r\n{"error":"bad"}'


def _mended(pieces: Iterable[Step]) -> Iterator[Step]:
    """What was cut ends as if it had been whole."""
    told = b""
    for piece in pieces:
        if isinstance(piece, bytes):
            told += piece
            yield piece
    if b"chunked" in told and not parse(told, b"POST").complete:
        yield b"0\r\n\r\n"
    yield CUT


def _unasked(raw: bytes) -> bytes:
    """The client's Accept-Encoding gives way to the proxy's own."""
    lines = raw.split(b"\r\n")
    return b"\r\n".join(b"Accept-Encoding: gzip" if line.startswith(b"Accept-E") else line
                        for line in lines)  # fmt: skip


def _known_fields(raw: bytes) -> bytes:
    """Fields that the proxy does not know are left out."""
    head, gap, body = raw.partition(b"\r\n\r\n")
    made = body.replace(b',"y":[]}', b"}")
    lengths = (b"ength: %d" % len(one) for one in (body, made))
    return head.replace(*lengths) + gap + made


FLAWS: dict[str, Callable[[int], Script]] = {
    "buffers the answer": lambda port: faithful(port, got=_answer(bytes)),
    "ends what was cut": lambda port: faithful(port, got=_mended),
    "writes the request's JSON anew": lambda port: faithful(port, sent=_json),
    "writes the answer's JSON anew": lambda port: faithful(port, got=_answer(_json)),
    "keeps one request header of a name": lambda port: faithful(port, sent=_once),
    "keeps one answer header of a name": lambda port: faithful(port, got=_answer(_once)),
    "unpacks gzip": lambda port: faithful(port, got=_answer(_decoded)),
    "has errors of its own": lambda port: faithful(port, got=_answer(_own_errors)),
    "chooses the encoding": lambda port: faithful(port, sent=_unasked),
    "drops fields it does not know": lambda port: faithful(port, sent=_known_fields),
}
