"""The fidelity corpus: requests to the byte, and what the upstream does with each."""

import gzip
import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from upstream import CUT, RESET, Pair, Step, answer, chunked

JSON = (b"Content-Type", b"application/json")
EVENTS = (b"Content-Type", b"text/event-stream; charset=utf-8")
ASK = b'{"model":"m-1","messages":[{"role":"user","content":"Hello"}]}'
SAID = b'{"id":"chatcmpl-9","object":"chat.completion","choices":[],"usage":{"total_tokens":3}}'


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One exchange; `request` says `{host}` where the Host header has its value."""

    name: str
    request: bytes
    steps: Sequence[Step]

    @property
    def method(self) -> bytes:
        """The method of the request."""
        return self.request.split(b" ", 1)[0]


def ask(
    body: bytes | None = ASK,
    *headers: bytes,
    target: bytes = b"/v1/chat/completions",
    method: bytes = b"POST",
    version: bytes = b"HTTP/1.1",
    length: bool = True,
) -> bytes:
    """A request; with a body it is JSON of a known length unless told otherwise."""
    lines = [method + b" " + target + b" " + version, b"Host: {host}", *headers]
    if body is not None and not any(line.lower().startswith(b"content-type") for line in headers):
        lines.append(b"Content-Type: application/json")
    if body is not None and length:
        lines.append(b"Content-Length: %d" % len(body))
    return b"\r\n".join([*lines, b"Connection: close"]) + b"\r\n\r\n" + (body or b"")


def in_chunks(*chunks: bytes, extra: bytes = b"") -> bytes:
    """A body in chunks."""
    return b"".join(b"%x%s\r\n%s\r\n" % (len(one), extra, one) for one in chunks) + b"0\r\n\r\n"


def event(value: object) -> bytes:
    """One server-sent event."""
    return b"data: " + json.dumps(value).encode() + b"\n\n"


GREETING = [
    event({"id": "c-1", "choices": [{"index": 0, "delta": {"content": word}}]})
    for word in ("Grüß", " Gott", " 🌍", "")
]
DONE = b"data: [DONE]\n\n"
TEN = bytes(range(256)) * 40


def _requests() -> Iterator[Case]:
    told = [answer(SAID)]

    def case(name: str, request: bytes) -> Case:
        return Case(name=name, request=request, steps=told)

    yield case("a plain chat", ask())
    yield case(
        "spaces and order inside the JSON", ask(b'{ "messages" :[ ] ,\n\t"model": "m" }\n\n')
    )
    yield case("numbers as they were spelled", ask(b'{"model":"m","temperature":1.0e0,"seed":1E2}'))
    yield case("escapes as they were spelled", ask(b'{"model":"m","x":"\\u00fc\\/\\ud83c\\udf0d"}'))
    yield case("unknown fields and vendor extensions", ask(ASK[:-1] + b',"x_v":{"a":[null]}}'))
    yield case("logprobs and n", ask(ASK[:-1] + b',"n":3,"logprobs":true,"top_logprobs":5}'))
    yield case("tools and response_format", ask(ASK[:-1] + b',"tools":[],"response_format":{}}'))
    yield case("duplicate keys", ask(b'{"model":"a","model":"b","messages":[]}'))
    yield case("a body that is not JSON", ask(b"hello"))
    yield case("an empty body", ask(b""))
    yield case("a JSON array", ask(b"[1,2]"))
    yield case("a body in Latin-1", ask('{"model":"m","x":"ü"}'.encode("latin-1")))
    yield case("a byte-order mark", ask(b"\xef\xbb\xbf" + ASK))
    yield case("a null byte", ask(b'{"model":"m"}\x00'))
    yield case("nesting of 400 levels", ask(b'{"model":"m","x":' + b"[" * 400 + b"]" * 400 + b"}"))
    yield case("nesting without an end", ask(b"[" * 20_000))
    yield case("a message that is no object", ask(b'{"model":"m","messages":[1,"a",null]}'))
    yield case("a model that is no string", ask(b'{"model":7,"messages":[]}'))
    yield case("a megabyte", ask(b'{"model":"m","x":"' + b"y" * 1_000_000 + b'"}'))
    yield case("a gzipped body", ask(gzip.compress(ASK, mtime=0), b"Content-Encoding: gzip"))
    yield case(
        "a chunked body",
        ask(in_chunks(ASK[:7], ASK[7:]), b"Transfer-Encoding: chunked", length=False),
    )
    yield case(
        "a chunked body with extensions",
        ask(in_chunks(ASK, extra=b";a=b"), b"Transfer-Encoding: chunked", length=False),
    )
    yield case("expect 100-continue", ask(ASK, b"Expect: 100-continue"))
    yield case("HTTP/1.0", ask(version=b"HTTP/1.0"))
    yield case("no content type", ask(ASK, b"Content-Type: "))
    yield case("text/plain", ask(ASK, b"Content-Type: text/plain"))
    yield case("duplicate headers", ask(ASK, b"X-A: 1", b"X-B: 2", b"X-A: 3", b"X-A: 1"))
    yield case("an empty header", ask(ASK, b"X-Empty:", b"X-Space:   a  b  "))
    yield case("a header beyond ASCII", ask(ASK, b"X-Name: J\xc3\xb6rg \xe9"))
    yield case(
        "an SDK's headers",
        ask(ASK, b"X-Stainless-Lang: python", b"User-Agent: OpenAI/1", b"Accept: */*"),
    )
    yield case("accept-encoding", ask(ASK, b"Accept-Encoding: gzip;q=0.5, br, zstd, identity;q=0"))
    yield case(
        "organisation and project",
        ask(ASK, b"OpenAI-Organization: o", b"OpenAI-Project: p", b"Idempotency-Key: i"),
    )
    yield case(
        "forwarding headers",
        ask(ASK, b"Via: 1.1 x", b"X-Forwarded-For: 1.2.3.4", b"Forwarded: for=a"),
    )
    yield case("the caller's key", ask(ASK, b"Authorization: Bearer sk-1"))
    yield case("a query", ask(target=b"/v1/chat/completions?api-version=2024-10-21&a=b%20c&a=d"))
    yield case("an empty query", ask(None, target=b"/v1/models?", method=b"GET"))
    yield case(
        "percent-encodings", ask(None, target=b"/v1/models/org%2Fname%3A1%7e", method=b"GET")
    )
    yield case("a line break in the path", ask(None, target=b"/v1/files/a%0Ab", method=b"GET"))
    yield case(
        "odd characters", ask(None, target=b"/v1/a|b^c`d{e}/%/%zz;p=1?x=[1]|{2}", method=b"GET")
    )
    yield case("double slashes and dots", ask(None, target=b"/v1//a/./b/../c//", method=b"GET"))
    yield case("GET", ask(None, target=b"/v1/models", method=b"GET"))
    yield case("DELETE", ask(None, target=b"/v1/files/file-1", method=b"DELETE"))
    yield case(
        "PUT of bytes",
        ask(TEN, b"Content-Type: application/octet-stream", target=b"/v1/x", method=b"PUT"),
    )
    yield case("PATCH", ask(b"{}", target=b"/v1/x", method=b"PATCH"))
    yield case("OPTIONS", ask(None, target=b"/v1/chat/completions", method=b"OPTIONS"))
    yield case("a GET with a body", ask(b'{"a":1}', target=b"/v1/x", method=b"GET"))
    yield case("a POST without a body", ask(None, target=b"/v1/batches/b/cancel"))
    yield case("a method of its own", ask(None, target=b"/v1/x", method=b"PROPFIND"))
    multipart = (
        b'--b\r\nContent-Disposition: form-data; name="file"\r\n\r\n' + TEN + b"\r\n--b--\r\n"
    )
    yield case(
        "multipart",
        ask(multipart, b"Content-Type: multipart/form-data; boundary=b", target=b"/v1/files"),
    )
    yield case("embeddings", ask(b'{"model":"e","input":["a"]}', target=b"/v1/embeddings"))
    yield case("legacy completions", ask(b'{"model":"m","prompt":"a"}', target=b"/v1/completions"))
    yield case("responses", ask(b'{"model":"m","input":"a"}', target=b"/v1/responses"))
    yield case(
        "three megabytes in chunks",
        ask(
            in_chunks(*[TEN] * 300),
            b"Transfer-Encoding: chunked",
            b"Content-Type: audio/wav",
            target=b"/v1/audio/transcriptions",
            length=False,
        ),
    )


def _answers() -> Iterator[Case]:
    def case(name: str, *steps: Step, request: bytes = b"") -> Case:
        return Case(name=name, request=request or ask(), steps=steps)

    yield case("an answer with odd spaces", answer(b'{ "id" : 1.0 ,\n"x":"\\u00fc"}  \n'))
    yield case(
        "duplicate answer headers",
        answer(
            SAID, headers=(JSON, (b"Set-Cookie", b"a=1"), (b"X-A", b"1"), (b"Set-Cookie", b"b=2"))
        ),
    )
    yield case(
        "its own date and server",
        answer(SAID, headers=(JSON, (b"Date", b"now"), (b"Server", b"vLLM"))),
    )
    limits: list[Pair] = [
        JSON,
        (b"Retry-After", b"20"),
        (b"retry-after-ms", b"1"),
        (b"X-RateLimit-Remaining-Requests", b"0"),
        (b"x-request-id", b"r-1"),
    ]
    yield case(
        "429 with retry-after",
        answer(b'{"error":{"code":"rate"}}', status=b"429 Too Many Requests", headers=limits),
    )
    for status in (
        b"400 Bad Request",
        b"401 Unauthorized",
        b"404 Not Found",
        b"409 Conflict",
        b"418 Teapot",
        b"500 Oh",
        b"503 Busy",
        b"529 Overloaded",
    ):
        yield case(
            f"status {status.decode()}", answer(b'{"error":{"message":"no"}}', status=status)
        )
    yield case(
        "an HTML error page",
        answer(
            b"<html>Bad gateway</html>",
            status=b"502 Bad",
            headers=((b"Content-Type", b"text/html"),),
        ),
    )
    yield case(
        "a redirect",
        answer(b"", status=b"307 Temporary", headers=((b"Location", b"http://127.0.0.1:1/x"),)),
    )
    yield case(
        "201 and a location",
        answer(b"{}", status=b"201 Created", headers=(JSON, (b"Location", b"/v1/x/1"))),
    )
    yield case("204", b"HTTP/1.1 204 No Content\r\nX-A: 1\r\n\r\n")
    yield case("304", b"HTTP/1.1 304 Not Modified\r\nETag: x\r\n\r\n")
    yield case("an empty 200", answer(b"", headers=()))
    yield case(
        "a HEAD",
        answer(b"", headers=((b"X-A", b"1"),)),
        request=ask(None, target=b"/v1/models", method=b"HEAD"),
    )
    yield case(
        "a HEAD with a length",
        b"HTTP/1.1 200 OK\r\nContent-Length: 512\r\n\r\n",
        request=ask(None, target=b"/v1/models", method=b"HEAD"),
    )
    yield case("early hints", b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + answer(SAID))
    yield case("100 from the upstream", b"HTTP/1.1 100 Continue\r\n\r\n" + answer(SAID))
    yield case("no length at all", b"HTTP/1.1 200 OK\r\nContent-Type: a/b\r\n\r\n" + TEN, CUT)
    yield case(
        "HTTP/1.0 of the upstream", b"HTTP/1.0 200 OK\r\nContent-Type: a/b\r\n\r\n" + TEN, CUT
    )
    yield case("bytes of audio", answer(TEN * 20, headers=((b"Content-Type", b"audio/mpeg"),)))
    yield case(
        "connection-named headers",
        answer(SAID, headers=(JSON, (b"Connection", b"x-hop"), (b"Keep-Alive", b"timeout=5"))),
    )
    yield case("no content type of the answer", answer(b"abc", headers=()))
    yield case(
        "a vendor header beyond ASCII", answer(SAID, headers=(JSON, (b"X-A", b"caf\xc3\xa9 \xe9")))
    )
    for coding, body in (
        ("gzip", gzip.compress(SAID, mtime=0)),
        ("deflate", zlib.compress(SAID)),
        ("br", b"\x0b\x02\x80br\x03"),
        ("zstd", b"\x28\xb5\x2f\xfd\x04\x00"),
    ):
        yield case(
            f"a body in {coding}",
            answer(body, headers=(JSON, (b"Content-Encoding", coding.encode()))),
        )
    squeezed = gzip.compress(b"".join(GREETING) + DONE, mtime=0)
    yield case(
        "a gzipped stream",
        *chunked(squeezed[:11], squeezed[11:], headers=(EVENTS, (b"Content-Encoding", b"gzip"))),
    )
    yield case(
        "a body called gzip that is none",
        answer(b"not gzip", headers=(JSON, (b"Content-Encoding", b"gzip"))),
    )


def _streams() -> Iterator[Case]:
    asked = ask(ASK[:-1] + b',"stream":true}')

    def case(name: str, *steps: Step) -> Case:
        return Case(name=name, request=asked, steps=steps)

    whole = b"".join(GREETING) + DONE
    yield case("a stream", *chunked(*GREETING, DONE))
    yield case("a stream in one write", b"".join(chunked(*GREETING, DONE)))
    yield case("a stream byte by byte", *chunked(*(bytes([byte]) for byte in whole)))
    yield case(
        "a stream with pauses",
        *[step for piece in chunked(*GREETING, DONE) for step in (piece, 0.01)],
    )
    yield case("CRLF events", *chunked(*(one.replace(b"\n", b"\r\n") for one in GREETING), DONE))
    yield case(
        "comments and keep-alives",
        *chunked(b": OPENROUTER PROCESSING\n\n", GREETING[0], b":\n\n", DONE),
    )
    yield case(
        "event and id lines", *chunked(b"event: delta\nid: 7\nretry: 10\n" + GREETING[0], DONE)
    )
    yield case("no DONE", *chunked(*GREETING))
    yield case("no usage, no blank line at the end", *chunked(*GREETING, b"data: [DONE]"))
    yield case(
        "n choices and logprobs",
        *chunked(event({"choices": [{"index": 1, "logprobs": {}}, {"index": 0}]}), DONE),
    )
    yield case(
        "reasoning and annotations",
        *chunked(event({"choices": [{"delta": {"reasoning_content": "hm"}}], "x": 1}), DONE),
    )
    yield case(
        "an error event mid-stream",
        *chunked(GREETING[0], event({"error": {"message": "overloaded"}})),
    )
    yield case("lines of a megabyte", *chunked(b"data: " + b"x" * 1_000_000 + b"\n\n", DONE))
    yield case(
        "NDJSON",
        *chunked(b'{"a":1}\n{"a"', b":2}\n", headers=((b"Content-Type", b"application/x-ndjson"),)),
    )
    yield case("a stream of a known length", answer(whole, headers=(EVENTS,)))
    yield case(
        "a stream that ends by closing",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n" + whole,
        CUT,
    )
    yield case("trailers", *chunked(*GREETING, end=False), b"0\r\nX-Sum: 1\r\n\r\n")
    yield case("cut between events", *chunked(*GREETING[:2], end=False), CUT)
    yield case("cut inside an event", *chunked(GREETING[0], GREETING[1][:9], end=False), CUT)
    yield case(
        "cut inside a character",
        *chunked(GREETING[0][: GREETING[0].index(b"\\u") + 3], end=False),
        CUT,
    )
    yield case("cut inside a chunk's size", *chunked(GREETING[0], end=False), b"5", CUT)
    yield case("cut inside a chunk", *chunked(GREETING[0], end=False), b"ff\r\nabc", CUT)
    yield case("cut before any body", *chunked(end=False), CUT)
    yield case("cut before the last chunk", *chunked(*GREETING, DONE, end=False), CUT)
    yield case("cut inside the last chunk", *chunked(*GREETING, DONE, end=False), b"0\r\n", CUT)
    yield case("reset mid-stream", *chunked(*GREETING[:2], end=False), 0.05, RESET)
    yield case("a known length cut short", answer(whole, headers=(EVENTS,))[:-20], CUT)
    yield case(
        "a gzipped stream cut short",
        *chunked(
            gzip.compress(whole, mtime=0)[:30],
            headers=(EVENTS, (b"Content-Encoding", b"gzip")),
            end=False,
        ),
        CUT,
    )
    yield case(
        "an HTTP/1.1 error mid-chunk",
        *chunked(GREETING[0], end=False),
        b"not a chunk size\r\n",
        CUT,
    )
    yield Case(
        name="a stream for HTTP/1.0",
        request=asked.replace(b"HTTP/1.1", b"HTTP/1.0"),
        steps=chunked(*GREETING, DONE),
    )


CASES = [*_requests(), *_answers(), *_streams()]
