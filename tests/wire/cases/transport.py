"""What HTTP can do to a call, in any dialect: framings, headers, codings, statuses, breaks."""

import gzip
import json
import zlib
from collections.abc import Iterator
from functools import partial
from itertools import chain

import brotli
import zstandard
from upstream import CUT, HEARD, RESET, Pair, answer, chunked
from wire.corpus import EVENTS, JSON, Case, Dialect, in_chunks

TEN = bytes(range(256)) * 40
FORMS = {
    "indented": {"indent": 3},
    "escaped": {"ensure_ascii": True, "separators": (" ,\t", "\r\n : ")},
    "spread out": {"separators": ("  ,  ", "  :  ")},
}
CODINGS = {
    "gzip": partial(gzip.compress, mtime=0),
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstandard.compress,
}
STATUSES = (
    b"400 Bad Request",
    b"401 Unauthorized",
    b"403 Forbidden",
    b"404 Not Found",
    b"409 Conflict",
    b"418 Teapot",
    b"500 Oh",
    b"503 Busy",
    b"529 Overloaded",
)


def cases(dialect: Dialect) -> Iterator[Case]:
    """The exchanges of a dialect that any server could have."""
    return chain(
        _bodies(dialect), _framings(dialect), _headers(dialect), _targets(dialect),
        _answers(dialect), _codings(dialect), _streams(dialect), _cuts(dialect),
    )  # fmt: skip


def _bodies(dialect: Dialect) -> Iterator[Case]:
    case, asked, more = dialect.case, dialect.asked, dialect.more
    yield case("the plain question")
    for name, form in FORMS.items():
        body = json.dumps(json.loads(asked), **{"ensure_ascii": False, **form}).encode()
        yield case(f"JSON that is {name}", dialect.ask(b" \n" + body + b"\n\n"))
    turned = dict(reversed(json.loads(asked).items()))
    yield case("keys the other way round", dialect.ask(json.dumps(turned).encode()))
    yield case("numbers as spelled", dialect.ask(more(b'"temperature":1.0e0,"seed":1E2')))
    yield case("escapes as spelled", dialect.ask(more(b'"x":"\\u00fc\\/\\ud83c\\udf0d"')))
    yield case("letters beyond ASCII", dialect.ask(more('"xü": "Grüß 🌍"'.encode())))
    yield case("unknown fields", dialect.ask(more(b'"x_v":{"a":[null,{"type":"text"}]},"y":[]')))
    yield case("a megabyte", dialect.ask(more(b'"x":"' + b"y" * 1_000_000 + b'"')))
    unread = {
        "duplicate keys": more(b'"model":"b"'),
        "a body that is not JSON": b"Hello",
        "an empty body": b"",
        "a JSON array": b"[" + asked + b"]",
        "a body in Latin-1": more('"x":"ü"'.encode("latin-1")),
        "a byte-order mark": b"\xef\xbb\xbf" + asked,
        "a null byte": asked + b"\x00",
        "two bodies": asked + asked,
        "half a body": asked[: len(asked) // 2],
        "a model that is no string": asked.replace(b'"m-1"', b"7"),
        "nesting of 400 levels": more(b'"x":' + b"[" * 400 + b"]" * 400),
        "nesting without an end": b"[" * 20_000,
    }
    for name, body in unread.items():
        yield case(name, dialect.ask(body), stable=False)


def _framings(dialect: Dialect) -> Iterator[Case]:
    case, asked = dialect.case, dialect.asked
    for name, coded in CODINGS.items():
        request = dialect.ask(coded(asked), b"Content-Encoding: " + name.encode())
        yield case(f"a question in {name}", request, stable=False)
    parts = in_chunks(asked[:7], asked[7:])
    yield case("a chunked body", dialect.ask(parts, b"Transfer-Encoding: chunked", length=False))
    extended = in_chunks(asked, extra=b";a=b")
    yield case(
        "chunk extensions", dialect.ask(extended, b"Transfer-Encoding: chunked", length=False)
    )
    yield case("expect 100-continue", dialect.ask(None, b"Expect: 100-continue"))
    yield case("HTTP/1.0", dialect.ask(version=b"HTTP/1.0"))
    yield case("no content type", dialect.ask(None, b"Content-Type: "))
    yield case("text/plain", dialect.ask(None, b"Content-Type: text/plain"))
    yield case("JSON and its charset", dialect.ask(None, b"Content-Type: application/json;a=b"))


def _headers(dialect: Dialect) -> Iterator[Case]:
    case, ask = dialect.case, dialect.ask
    yield case("duplicate headers", ask(None, b"X-A: 1", b"X-B: 2", b"X-A: 3", b"X-A: 1"))
    yield case("an empty header", ask(None, b"X-Empty:", b"X-Space:   a  b  "))
    yield case("a header beyond ASCII", ask(None, b"X-Name: J\xc3\xb6rg \xe9"))
    yield case(
        "an SDK's headers",
        ask(None, b"X-Stainless-Lang: python", b"User-Agent: An/1 (b; c)", b"Accept: */*"),
    )
    yield case("accept-encoding", ask(None, b"Accept-Encoding: gzip;q=0.5, br, zstd, identity;q=0"))
    yield case("an idempotency key", ask(None, b"Idempotency-Key: i", b"traceparent: 00-a-b-01"))
    yield case("forwarding headers", ask(None, b"Via: 1.1 x", b"X-Forwarded-For: 1.2.3.4"))
    yield case("the caller's key", ask(None, b"Authorization: Bearer sk-1"))


def _targets(dialect: Dialect) -> Iterator[Case]:
    case, other = dialect.case, dialect.other
    query = dialect.target + b"?api-version=2024-10-21&a=b%20c&a=d"
    yield case("a query", dialect.ask(target=query))
    yield case("an empty query", other(b"GET", b"/models?"))
    yield case("percent-encodings", other(b"GET", b"/models/org%2Fname%3A1%7e"))
    yield case("a line break in the path", other(b"GET", b"/files/a%0Ab"))
    yield case("odd characters", other(b"GET", b"/a|b^c`d{e}/%/%zz;p=1?x=[1]|{2}"))
    yield case("double slashes and dots", other(b"GET", b"//a/./b/../c//"))
    for method in (b"GET", b"DELETE", b"OPTIONS", b"PROPFIND"):
        yield case(method.decode(), other(method, b"/x"))
    yield case("PUT of bytes", other(b"PUT", b"/x", TEN, b"Content-Type: application/octet-stream"))
    yield case("PATCH", other(b"PATCH", b"/x", b"{}"))
    yield case("a GET with a body", other(b"GET", b"/x", b'{"a":1}'))
    yield case("a POST without a body", other(b"POST", b"/batches/b/cancel"))


def _answers(dialect: Dialect) -> Iterator[Case]:
    said, head = dialect.said, dialect.other(b"HEAD", b"/models")

    def case(name: str, *steps: bytes, request: bytes | None = None) -> Case:
        return dialect.case(name, request, *steps)

    yield case("an answer with odd spaces", answer(b' { "id" : 1.0 ,\n"x":"\\u00fc"}  \n'))
    cookies: list[Pair] = [(b"Set-Cookie", b"a=1"), (b"X-A", b"1"), (b"Set-Cookie", b"b=2")]
    yield case("duplicate answer headers", answer(said, headers=(JSON, *cookies)))
    dated: list[Pair] = [JSON, (b"Date", b"now"), (b"Server", b"vLLM")]
    yield case("its own date and server", answer(said, headers=dated))
    limits: list[Pair] = [
        JSON,
        (b"Retry-After", b"20"),
        (b"retry-after-ms", b"1"),
        (b"X-RateLimit-Remaining-Requests", b"0"),
        (b"x-request-id", b"r-1"),
    ]
    many = answer(b'{"error":{"code":"rate"}}', status=b"429 Too Many Requests", headers=limits)
    yield case("429 with retry-after", many)
    for status in STATUSES:
        told = answer(b'{ "error": {"message":"no"}}', status=status, headers=limits)
        yield case(f"status {status.decode()}", told)
    page = b"<html>Bad gateway</html>"
    html = (b"Content-Type", b"text/html")
    yield case("an HTML error page", answer(page, status=b"502 Bad", headers=(html,)))
    elsewhere = (b"Location", b"http://127.0.0.1:1/x")
    yield case("a redirect", answer(b"", status=b"307 Temporary", headers=(elsewhere,)))
    made = (b"Location", b"/v1/x/1")
    yield case("201 and a location", answer(b"{}", status=b"201 Created", headers=(JSON, made)))
    yield case("204", b"HTTP/1.1 204 No Content\r\nX-A: 1\r\n\r\n")
    yield case("304", b"HTTP/1.1 304 Not Modified\r\nETag: x\r\n\r\n")
    yield case("an empty 200", answer(b"", headers=()))
    yield case("a HEAD", answer(b"", headers=((b"X-A", b"1"),)), request=head)
    sized = b"HTTP/1.1 200 OK\r\nContent-Length: 512\r\n\r\n"
    yield case("a HEAD with a length", sized, request=head)
    hints = b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
    yield case("early hints", hints + answer(said))
    yield case("100 from the upstream", b"HTTP/1.1 100 Continue\r\n\r\n" + answer(said))
    yield case("bytes of audio", answer(TEN * 20, headers=((b"Content-Type", b"audio/mpeg"),)))
    named: list[Pair] = [JSON, (b"Connection", b"x-hop"), (b"Keep-Alive", b"timeout=5")]
    yield case("connection-named headers", answer(said, headers=named))
    yield case("no content type of the answer", answer(b"abc", headers=()))
    odd = (b"X-A", b"caf\xc3\xa9 \xe9")
    yield case("an answer header beyond ASCII", answer(said, headers=(JSON, odd)))
    endless = b" 200 OK\r\nContent-Type: a/b\r\n\r\n" + TEN
    yield dialect.case("no length at all", None, b"HTTP/1.1" + endless, CUT)
    yield dialect.case("HTTP/1.0 of the upstream", None, b"HTTP/1.0" + endless, CUT)


def _codings(dialect: Dialect) -> Iterator[Case]:
    whole, streamed = b"".join((*dialect.pieces, dialect.end)), dialect.ask(dialect.streamed)
    for name, coded in CODINGS.items():
        coding = (b"Content-Encoding", name.encode())
        told = answer(coded(dialect.said), headers=(JSON, coding))
        yield dialect.case(f"a body in {name}", None, told)
        told = answer(dialect.said, headers=(JSON, coding))
        yield dialect.case(f"a body called {name} that is none", None, told)
        body, heads = coded(whole), (dialect.kind, coding)
        parts = chunked(body[:11], body[11:], headers=heads)
        yield dialect.case(f"a stream in {name}", streamed, *parts)
        parts = chunked(body[: len(body) // 2], headers=heads, end=False)
        yield dialect.case(f"a stream in {name} cut short", streamed, *parts, CUT)
    twice = answer(gzip.compress(dialect.said), headers=(JSON, (b"Content-Encoding", b"gzip, x")))
    yield dialect.case("a body in two codings", None, twice)


def _streams(dialect: Dialect) -> Iterator[Case]:
    asked, pieces, end = dialect.ask(dialect.streamed), dialect.pieces, dialect.end
    whole, stream = b"".join((*pieces, end)), dialect.stream

    def case(name: str, *steps: bytes) -> Case:
        return dialect.case(name, asked, *steps)

    yield case("a stream", *stream())
    yield case("a stream in one write", b"".join(stream()))
    yield case("a stream byte by byte", *stream(*(bytes([one]) for one in whole)))
    head, first, *rest = stream()
    yield dialect.case("a stream whose model thinks", asked, head, first, HEARD, *rest)
    yield dialect.case("a stream with pauses", asked, head, first, 0.01, rest[0], 0.01, *rest[1:])
    yield case("CRLF between the lines", *stream(whole.replace(b"\n", b"\r\n")))
    yield case("no end of the last line", *stream(whole.rstrip(b"\n")))
    yield case("no last event", *stream(*pieces))
    yield case("lines of a megabyte", *stream(pieces[0], b"data: " + b"x" * 1_000_000 + b"\n\n"))
    yield case("a stream of a known length", answer(whole, headers=(dialect.kind,)))
    plain = b"HTTP/1.1 200 OK\r\nContent-Type: " + dialect.kind[1] + b"\r\n\r\n" + whole
    yield dialect.case("a stream that ends by closing", asked, plain, CUT)
    yield case("trailers", *stream(end=False), b"0\r\nX-Sum: 1\r\n\r\n")
    old = dialect.ask(dialect.streamed, version=b"HTTP/1.0")
    yield dialect.case("a stream for HTTP/1.0", old, *stream())
    if dialect.kind == EVENTS:
        comments = (b": KEEP ALIVE\n\n", pieces[0], b":\n\n", b"id: 7\nretry: 10\n", end)
        yield case("comments and keep-alives", *stream(*comments))


def _cuts(dialect: Dialect) -> Iterator[Case]:
    asked, pieces = dialect.ask(dialect.streamed), dialect.pieces
    whole = b"".join((*pieces, dialect.end))

    def case(name: str, *said: bytes, then: bytes = b"") -> Case:
        return dialect.case(name, asked, *dialect.stream(*said, end=False), then, CUT)

    yield case("cut between events", *pieces[:2])
    yield case("cut inside an event", pieces[0], pieces[1][:9])
    yield case("cut inside a character", whole[: _inside_a_character(whole)])
    yield case("cut inside a chunk's size", pieces[0], then=b"5")
    yield case("cut inside a chunk", pieces[0], then=b"ff\r\nabc")
    head = chunked(headers=(dialect.kind,), end=False)
    yield dialect.case("cut before any body", asked, *head, CUT)
    yield case("cut before the last chunk", whole)
    yield case("cut inside the last chunk", whole, then=b"0\r\n")
    yield case("an HTTP/1.1 error mid-chunk", pieces[0], then=b"not a chunk size\r\n")
    reset = dialect.stream(*pieces[:2], end=False)
    yield dialect.case("reset mid-stream", asked, *reset, 0.05, RESET)
    short = answer(whole, headers=(dialect.kind,))[:-20]
    yield dialect.case("a known length cut short", asked, short, CUT)


def _inside_a_character(whole: bytes) -> int:
    """A place inside the first character that is not plain ASCII, written out or escaped."""
    escaped = whole.find(b"\\u")
    return escaped + 3 if escaped >= 0 else next(n for n, one in enumerate(whole) if one > 127) + 1
