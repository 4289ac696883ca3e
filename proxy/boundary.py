"""The boundary: every request passes the front door here, and every error of ours is told here."""

import logging
import time
from datetime import UTC, datetime

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mindhold.beliefs.ids import new_id
from mindhold.beliefs.mishap import place
from mindhold.proxy.current import REQUEST
from mindhold.proxy.errors import ClientGone, ProxyError, Unexpected, body_of
from mindhold.proxy.frontdoor import FrontDoor
from mindhold.proxy.headers import OWN, Pair
from mindhold.proxy.metrics import Metrics
from mindhold.proxy.route import Route, read_route
from mindhold.proxy.settings import Dialect

log = logging.getLogger("mindhold.proxy")


class Boundary:
    """The outermost layer: gives the request its id and route, asks the front door, tells errors.

    What nobody expected answers 500 and is logged by its place alone: its message may quote
    somebody.
    """

    def __init__(self, app: ASGIApp, *, door: FrontDoor, metrics: Metrics) -> None:
        self._app = app
        self._door = door
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, or the lifespan of the application."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope["mindhold.request"] = new_id(datetime.now(UTC))
        REQUEST.set(scope["mindhold.request"])
        scope["mindhold.route"] = route_of(scope)
        started = Started(send, scope["mindhold.route"].dialect, self._metrics)
        self._metrics.open += 1
        try:
            port = scope["server"][1] if scope["server"] else None
            self._door.check(scope["headers"], port, scope.get("mindhold.authority"))
            await self._app(scope, receive, started.send)
        except* ClientGone:
            pass
        except* ProxyError as group:
            await started.tell(_first(group), scope)
        except* Exception as group:  # noqa: BLE001 - a fault of ours is told without its words
            if scope.get("mindhold.remembered"):
                self._metrics.failed()
            log.error("fault of the proxy: %s", place(_first(group)))
            await started.tell(Unexpected("The proxy failed; its log says where."), scope)
        finally:
            self._metrics.open -= 1
            started.note()


class Started:
    """Sends an answer and knows whether it has begun, after which no error can be told."""

    def __init__(self, send: Send, dialect: Dialect, metrics: Metrics) -> None:
        self._send = send
        self._dialect = dialect
        self._metrics = metrics
        self._begun = False
        self._answered = "no answer"
        self._since = time.perf_counter()

    async def send(self, message: Message) -> None:
        """Send it on."""
        if not self._begun:
            self._begun = True
            told = dict(message["headers"]).get(b"x-mindhold-memory", b"")
            self._metrics.answered(self._dialect, message["status"], told.decode())
            memory = told.partition(b"; scopes=")[0].decode() or "none"
            self._answered = f"{message['status']}, memory {memory}"
        await self._send(message)

    def note(self) -> None:
        """A line for who wants to see every call: no word of it, nor of its path or scopes."""
        took = (time.perf_counter() - self._since) * 1e3
        log.debug("%s call: %s, %.0f ms", self._dialect, self._answered, took)

    async def tell(self, error: BaseException, scope: Scope) -> None:
        """Answer with the error; an answer that has begun ends as a break instead."""
        if not isinstance(error, ProxyError):
            return
        self._metrics.error(error.code)
        if self._begun:
            return
        body = body_of(error, scope["mindhold.route"].dialect)
        headers: list[Pair] = [
            (b"content-type", b"application/json"),
            (b"content-length", b"%d" % len(body)),
            (b"x-mindhold-request", scope["mindhold.request"].encode()),
            *OWN,
            *error.headers,
        ]
        start = {"type": "http.response.start", "status": error.status, "headers": headers}
        await self.send(start)
        await self.send({"type": "http.response.body", "body": body})


def route_of(scope: Scope) -> Route:
    """The route of this request, by its raw target."""
    target: bytes | None = scope.get("mindhold.target")
    if target is not None:
        path, mark, query = target.partition(b"?")
    else:
        path, query = scope["raw_path"], scope["query_string"]
        mark = b"?" if query else b""
    return read_route(scope["method"], path, mark + query, scope["headers"])


def _first(group: BaseExceptionGroup[BaseException]) -> BaseException:
    error: BaseException = group
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error
