"""The server: uvicorn as we need it, with limits on connections and on all that is not a body."""

import asyncio
import logging
import re
import sys
from http import HTTPStatus
from typing import Any

import httptools
import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from mindhold.proxy.errors import Crowded, HeadTooLarge, Malformed, ProxyError, body_of
from mindhold.proxy.headers import OWN
from mindhold.proxy.route import read_route

MAX_HEAD = 32 * 1024  # bytes of request line and headers
MAX_HEADERS = 200  # of one request; each costs four times its bytes
HEAD_SECONDS = 10.0
MAX_CONNECTIONS = 1024
MAX_PIPELINED = 16  # requests that wait for the answer before them
_SPARE = 64  # connections beyond, which are only told to come again
_HURRY = 1.0  # seconds that one may take to say what it wants before it makes room for another
_LINGER = 2.0  # seconds for which a refused client may still send what it has begun to
KEEP_ALIVE = 120  # seconds; longer than the pools of clients keep theirs
DRAIN = 30  # seconds that open streams get when the server stops
_VERSIONS = ("1.0", "1.1")
_WHOLE = re.compile(rb"https?://([^/?#]*)", re.IGNORECASE)
_TOO_LARGE = HeadTooLarge(
    f"What precedes the body may have {MAX_HEAD // 1024} KiB and {MAX_HEADERS} headers."
)
_CROWDED = Crowded(f"There are {MAX_CONNECTIONS} connections already: try again in a second.")
_MALFORMED = Malformed("This is no request of HTTP/1.1 that can be read.")


class Protocol(HttpToolsProtocol):
    """HTTP/1.1 whose request head must be small and arrive in time, on one of so many connections.

    The raw target goes into the scope as `mindhold.target`: httptools drops an empty query. The
    name in a target that is a whole URL is `mindhold.authority`. For HTTP/1.0 there is
    `mindhold.unframed`, which ends the body of the answer by closing.
    """

    _head = 0  # bytes since the request began, or since the last of its body
    _since = 0.0  # from when on there is no request on this connection
    _crowded = False  # one too many: its request will be told so
    _deaf = False  # all is said, and what still comes is dropped
    _deadline: asyncio.TimerHandle | None = None
    _fed = b""  # what the parser was given last
    url = b""  # of the request that is being read, as far as it is there
    _declined = False  # an upgrade that was offered with a request, and not followed
    _running: RequestResponseCycle | None = None  # the one that is being answered; more may wait

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A request is due within the time for a head."""
        super().connection_made(transport)
        self._since = self.loop.time()
        self._expect_head()
        if len(self.connections) > MAX_CONNECTIONS:
            self._make_room()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing more is due, and nobody waits for what was asked."""
        self._head_done()
        self._forsake()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Counts what arrives and is no body: a head, trailers, what frames chunks."""
        if self._deaf:
            return
        self._head += len(data)
        self._fed = data
        super().data_received(data)
        if self._head > MAX_HEAD and not self._deaf:
            self.send_400_response("")

    def send_400_response(self, msg: str) -> None:
        """The last words to a client whose request is broken, or begins with too much."""
        self._head_done()
        self._deaf = True
        running = self._running
        self._forsake()
        if running and running.response_started and not running.response_complete:
            self.transport.close()
            return
        large = self._head > MAX_HEAD or len(self.headers or ()) > MAX_HEADERS
        error = _CROWDED if self._crowded else _TOO_LARGE if large else _MALFORMED
        self.transport.write(self._told(error))
        self._linger()

    def _forsake(self) -> None:
        """The client is gone for every request of this connection, also for those that wait.

        uvicorn would tell the newest of them alone, and go on with the others.
        """
        waiting = [cycle for cycle, _ in self.pipeline]
        self.pipeline.clear()
        for cycle in (self._running, *waiting):
            if cycle and not cycle.response_complete:
                cycle.disconnected = True
                cycle.message_event.set()

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        self._running = cycle
        super()._start_asgi_task(cycle, app)

    def _linger(self) -> None:
        """Closes once the client has: closing over what it still sends would take our words back.

        RFC 9112, 9.6.
        """
        if self.transport.can_write_eof():
            self.transport.write_eof()
        self.flow.resume_reading()
        self.loop.call_later(_LINGER, self.transport.close)

    def _make_room(self) -> None:
        """Closes the connection that has been without a request for longest, or refuses this one.

        So neither idle clients nor heads that do not come can keep others out.
        """
        others = (one for one in self.connections if isinstance(one, Protocol))
        idle = [one for one in others if one.is_idle and not one.transport.is_closing()]
        longest = min(idle, key=lambda one: one._since)  # noqa: SLF001 - of the same class
        if longest._since <= self.loop.time() - _HURRY:  # noqa: SLF001
            longest.transport.close()
        elif len(self.connections) > MAX_CONNECTIONS + _SPARE:
            self.transport.abort()
        else:
            self._crowded = True

    @property
    def is_idle(self) -> bool:
        """Whether there is no request on it, or one whose head is not there yet."""
        return self.cycle is None or self.cycle.response_complete

    def on_response_complete(self) -> None:
        """The connection waits for its next request."""
        self._since = self.loop.time()
        super().on_response_complete()

    def _told(self, error: ProxyError) -> bytes:
        """The error in the shape that this request's dialect has, as far as that is known."""
        headers = self.scope["headers"] if self.scope else ()
        route = read_route("POST", self.url.partition(b"?")[0], b"", [*headers])
        body = body_of(error, route.dialect)
        phrase = HTTPStatus(error.status).phrase.encode()
        pairs = ((b"content-type", b"application/json"), (b"content-length", b"%d" % len(body)))
        lines = [b"HTTP/1.1 %d %s" % (error.status, phrase)]
        lines += [b"%s: %s" % pair for pair in (*pairs, *OWN, *error.headers)]
        return b"\r\n".join([*lines, b"", body])

    def on_message_begin(self) -> None:
        """Another request on this connection."""
        super().on_message_begin()
        if self._deadline is None:
            self._expect_head()

    def on_header(self, name: bytes, value: bytes) -> None:
        """One header or trailer."""
        super().on_header(name, value)
        if len(self.headers) > MAX_HEADERS:
            raise ValueError  # ends in send_400_response

    def on_body(self, body: bytes) -> None:
        """Some of the body."""
        self._head = 0
        super().on_body(body)

    def on_headers_complete(self) -> None:
        """The head is there: the application may begin."""
        offers = [value.lower() for name, value in self.headers if name == b"upgrade"]
        self._declined = self.parser.should_upgrade() and offers not in ([], [b"websocket"])
        if self._declined:
            return
        self._head_done()
        self._head = len(self.url) + sum(len(name) + len(value) + 4 for name, value in self.headers)
        codings = {value.lower() for name, value in self.headers if name == b"transfer-encoding"}
        if self._head > MAX_HEAD or codings - {b"chunked"} or self._crowded:
            raise ValueError  # ends in send_400_response
        if len(self.pipeline) >= MAX_PIPELINED or not self._is_http():
            raise ValueError
        super().on_headers_complete()
        self.headers = []  # the scope has its own; what comes now are trailers, and not for it
        if self.url.startswith(b"/"):
            self.scope["mindhold.target"] = self.url.partition(b"#")[0]  # type: ignore[typeddict-unknown-key]
        elif whole := _WHOLE.match(self.url):
            self.scope["mindhold.authority"] = whole[1]  # type: ignore[typeddict-unknown-key]
        if self.scope["http_version"] == "1.0":
            self.scope["mindhold.unframed"] = self._unframed  # type: ignore[typeddict-unknown-key]

    def _is_http(self) -> bool:
        """Whether this is a version of HTTP that is spoken here, and a target that it knows."""
        target = self.url.startswith(b"/") or _WHOLE.match(self.url)
        asterisk = self.url == b"*" and self.parser.get_method() == b"OPTIONS"
        return self.parser.get_http_version() in _VERSIONS and bool(target or asterisk)

    def on_message_complete(self) -> None:
        """The request is there, unless it is only its head."""
        self._head = 0
        if not self._declined:
            super().on_message_complete()

    def _unsupported_upgrade_warning(self) -> None:
        """Reads on as if no upgrade had been offered: Java's client offers HTTP/2 with every call.

        The parser has stopped after the head and takes what follows for another protocol.
        """
        stopped = sys.exception()
        if not self._declined or not isinstance(stopped, httptools.HttpParserUpgrade):
            return
        first = b"%s %s HTTP/1.1\r\n" % (self.parser.get_method(), self.url)
        pairs = (b"%s: %s\r\n" % pair for pair in self.headers if pair[0] != b"upgrade")
        self.parser = httptools.HttpRequestParser(self)
        super().data_received(b"".join((first, *pairs, b"\r\n", self._fed[stopped.args[0] :])))

    def _unframed(self) -> None:
        self.cycle.chunked_encoding = False
        self.cycle.expected_content_length = sys.maxsize

    def _expect_head(self) -> None:
        self._head = 0
        self._deadline = self.loop.call_later(HEAD_SECONDS, self.transport.close)

    def _head_done(self) -> None:
        if self._deadline:
            self._deadline.cancel()
            self._deadline = None


class _Noise(logging.Filter):
    """Lets uvicorn be silent about what is meant here."""

    _MEANT = (
        "ASGI callable returned without completing response",  # an upstream's break, passed on
        "Unsupported upgrade request",  # answered with 426
        "No supported WebSocket library",
    )

    def filter(self, record: logging.LogRecord) -> bool:
        """False for the lines that would be written for every such call."""
        return not str(record.msg).startswith(self._MEANT)


def configuration(app: ASGIApp) -> uvicorn.Config:
    """How uvicorn serves the app; whoever calls it binds the sockets and runs the loop."""
    logging.getLogger("uvicorn.error").addFilter(_NOISE)
    return uvicorn.Config(
        app,
        http=Protocol,
        ws="none",
        interface="asgi3",
        lifespan="on",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        date_header=False,
        server_header=False,
        timeout_keep_alive=KEEP_ALIVE,
        timeout_graceful_shutdown=DRAIN,
    )


_NOISE = _Noise()
