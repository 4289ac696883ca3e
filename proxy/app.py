"""The application: the life of a call, from the front door to the last byte of its answer."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Mount, Route
from starlette.types import Receive, Scope, Send

from mindhold.proxy.body import Body, model_of
from mindhold.proxy.boundary import Boundary
from mindhold.proxy.errors import UpgradeRequired
from mindhold.proxy.frontdoor import FrontDoor
from mindhold.proxy.headers import Pair, upstream_headers
from mindhold.proxy.keys import Keys
from mindhold.proxy.relay import relay
from mindhold.proxy.route import Route as Call
from mindhold.proxy.settings import Settings
from mindhold.proxy.tap import Tap
from mindhold.proxy.tokens import LiveTokens
from mindhold.proxy.upstream import Upstreams

MAX_HELD = 32 * 1024 * 1024  # bytes of a chat body; a larger one streams on without memory
MAX_PEEKED = 1024 * 1024  # bytes of another JSON body, held to see which model it is for


def create_app(
    settings: Settings, *, client: httpx.AsyncClient | None = None, keys: Keys | None = None
) -> Starlette:
    """The one composition root. `client` and `keys` take the place of the real ones."""
    tokens = LiveTokens(settings.home)
    door = FrontDoor(settings, tokens)
    upstreams = Upstreams(settings.upstreams, keys=keys or Keys(settings.home), client=client)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await upstreams.start()
        try:
            yield
        finally:
            await upstreams.aclose()
            tokens.close()

    return Starlette(
        routes=[Route("/healthz", _health), Mount("/", Calls(door, upstreams))],
        middleware=[Middleware(Boundary, door=door)],
        lifespan=lifespan,
    )


class Calls:
    """Every path but our own: one call in, its upstream's answer out."""

    def __init__(self, door: FrontDoor, upstreams: Upstreams) -> None:
        self._door = door
        self._upstreams = upstreams

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One call from its front door to its last byte, step by step."""
        call: Call = scope["mindhold.route"]
        if call.websocket:
            raise UpgradeRequired("WebSocket is not spoken here; use HTTP.")
        caller = self._door.caller(scope["headers"])
        body = Body(receive)
        model = await _model(call, scope["headers"], body)
        way = self._upstreams.choose(call.dialect, model, call.target)
        headers = upstream_headers(
            scope["headers"], host=way.host, credentials=way.owed(caller), length=None
        )
        async with body.while_connected():
            answer = await self._upstreams.open(
                way, method=scope["method"], target=call.target, headers=headers, body=body
            )
            body.release()
            await relay(
                answer,
                send,
                added=_added(scope, "off"),
                tap=Tap(answer.headers.raw) if call.chat else None,
                unframed=scope.get("mindhold.unframed"),
            )


async def _model(call: Call, headers: list[Pair], body: Body) -> str | None:
    """The model that a JSON body of moderate size names; other bodies are not looked into."""
    named = dict(headers)
    length = named.get(b"content-length", b"")
    if named.get(b"content-type", b"").partition(b";")[0].strip().lower() != b"application/json":
        return None
    if b"content-encoding" in named or not length.isdigit() or int(length) > MAX_PEEKED:
        return None
    held = await body.hold(MAX_PEEKED)
    return model_of(held) if held else None


def _added(scope: Scope, memory: str) -> tuple[Pair, Pair]:
    request: str = scope["mindhold.request"]
    return (b"x-mindhold-request", request.encode()), (b"x-mindhold-memory", memory.encode())


async def _health(_: Request) -> JSONResponse:
    return JSONResponse({"status": "ok"})
