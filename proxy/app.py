"""The application: the life of a call, from the front door to the last byte of its answer."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial

import httpx
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from mindhold.proxy.answered import Answered
from mindhold.proxy.asking import Asking
from mindhold.proxy.background import Background
from mindhold.proxy.body import Body, Room
from mindhold.proxy.boundary import Boundary
from mindhold.proxy.dialects.speech.speak import speak
from mindhold.proxy.dialects.speech.spoken import Spoken
from mindhold.proxy.errors import (
    Crowded,
    ProxyError,
    WrongMethod,
)
from mindhold.proxy.frontdoor import Caller, FrontDoor
from mindhold.proxy.headers import OWN, Pair, upstream_headers
from mindhold.proxy.keys import Keys
from mindhold.proxy.logged import Injection
from mindhold.proxy.memory import Memory
from mindhold.proxy.metrics import Metrics
from mindhold.proxy.observed import Observed
from mindhold.proxy.reading import MAX_BODY, read_turn
from mindhold.proxy.refusal import refusal
from mindhold.proxy.relay import relay
from mindhold.proxy.route import Route as Call
from mindhold.proxy.settings import Settings
from mindhold.proxy.tokens import LiveTokens
from mindhold.proxy.turn import Bypass, Turn
from mindhold.proxy.upstream import Upstreams
from mindhold.proxy.wanted import limit, model_of


def create_app(
    settings: Settings,
    *,
    client: httpx.AsyncClient | None = None,
    keys: Keys | None = None,
    memory: Memory | None = None,
) -> Starlette:
    """The one composition root; what is given takes the place of the real part."""
    memory = memory or Memory(settings)
    tokens = LiveTokens(settings.home)
    memory.beside(tokens.close)
    door = FrontDoor(settings, tokens)
    upstreams = Upstreams(settings.upstreams, keys=keys or Keys(settings.home), client=client)

    chosen = settings.learn.background
    asking = Asking(upstreams, chosen, limit=memory.pace.call) if chosen else None
    background = Background(memory, asking) if asking else None

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await memory.start()
        try:
            await upstreams.start()
            async with _beside(background):
                yield
        finally:
            await upstreams.aclose()
            tokens.close()
            await memory.stop()

    metrics = Metrics()
    calls = Calls(settings, door, memory, upstreams, metrics)
    observed = Observed(settings, memory, upstreams, metrics, door)
    app = Starlette(
        routes=[
            Route("/healthz", observed.health),
            Route("/metrics", observed.counted),
        ],
        middleware=[Middleware(Boundary, door=door, metrics=metrics)],
        exception_handlers={405: _wrong_method},
        lifespan=lifespan,
    )
    app.router.default = calls  # a Mount would match no path with a line break in it
    app.router.redirect_slashes = False
    return app


@asynccontextmanager
async def _beside(background: Background | None) -> AsyncIterator[None]:
    """The background extractor runs beside what is inside, and ends with it."""
    async with asyncio.TaskGroup() as group:
        task = group.create_task(background.run()) if background else None
        try:
            yield
        finally:
            if task:
                task.cancel()


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """What memory made of a call; without a turn it only says why in `header`.

    `said` is the answer to a command, which goes to no upstream.
    """

    header: str
    bypass: Bypass | None = None
    turn: Turn | None = None
    injection: Injection | None = None
    said: Spoken | None = None


class Calls:
    """Every path but our own: one call in, its upstream's answer out."""

    def __init__(
        self,
        settings: Settings,
        door: FrontDoor,
        memory: Memory,
        upstreams: Upstreams,
        metrics: Metrics,
    ) -> None:
        self._settings = settings
        self._metrics = metrics
        self._door = door
        self._memory = memory
        self._upstreams = upstreams
        self._room = Room(MAX_BODY)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One call through the front door."""
        call: Call = scope["mindhold.route"]
        if refused := refusal(call, scope["method"]):
            raise refused
        caller = self._door.caller(scope["headers"])
        caller.demand("chat")
        body = Body(receive, self._room)
        try:
            await self._pass_on(scope, caller, body, send)
        finally:
            body.leave()

    async def _pass_on(self, scope: Scope, caller: Caller, body: Body, send: Send) -> None:
        """One call from its body to its last byte, step by step."""
        call: Call = scope["mindhold.route"]
        choice = self._upstreams.choice(call.dialect)
        held = await body.hold(limit(call, scope["headers"], choice=choice))
        if body.crowded and choice:
            raise Crowded("Too many large bodies are on their way at once: try again in a second.")
        part = await self._remember(scope, caller, held, body.unheld)
        if part.injection:
            scope["mindhold.remembered"] = True
            self._metrics.recalled(part.injection.recall_ms)
        if part.said is not None:
            await _say(scope, send, part, part.said)
            return
        asked = part.turn or part.bypass
        model = asked.model if asked else model_of(held or b"", scope["headers"])
        way = self._upstreams.choose(call.dialect, model, call.target)
        await self._upstreams.look(way)
        headers = upstream_headers(
            scope["headers"],
            host=way.host,
            credentials=way.owed(caller),
            length=body.swap(held, part.injection.body if part.injection else held),
        )
        answered = Answered(partial(self._named, part))
        try:
            async with body.while_connected():
                answer = await self._upstreams.open(
                    way, method=scope["method"], target=call.target, headers=headers, body=body
                )
                body.release()
                answered.begin(answer)
                await relay(
                    answer,
                    send,
                    added=_added(scope, part.header),
                    heed=partial(self._heed, answered) if asked else None,
                    unframed=scope.get("mindhold.unframed"),
                )
        finally:
            self._finish(part, answered)

    async def _remember(
        self, scope: Scope, caller: Caller, held: bytes | None, unheld: str
    ) -> Remembered:
        """What memory adds; raises `BadScope` and `ForbiddenScope` on every path."""
        call: Call = scope["mindhold.route"]
        try:
            turn = read_turn(
                request=scope["mindhold.request"],
                route=call,
                headers=scope["headers"],
                body=held if held and call.kind else b"",
                caller=caller,
                settings=self._settings,
                projects=self._memory.projects,
            )
            if not call.kind:
                return Remembered(header="off")
            if isinstance(turn, Bypass):
                reason = turn.reason if held is not None else unheld
                model = model_of(held or b"", scope["headers"])
                bypass = replace(turn, reason=reason, model=model)
                return Remembered(header=bypass.header, bypass=bypass)
            if turn.commands.answered:
                said = speak(call.kind, await self._memory.obey(turn))
                return Remembered(header=turn.commands.header, said=said)
            injection = await self._memory.inject(turn)
        except ProxyError:
            raise
        except Exception as error:  # noqa: BLE001 - memory never breaks a chat: counted, in the header
            self._memory.fault("reading a call", error)
            return Remembered(header="bypass; reason=fault")
        return Remembered(header=injection.header, turn=turn, injection=injection)

    def _named(self, part: Remembered, response_id: str, whole: bool) -> None:
        """Tell memory by which id a later call may go on from this one."""
        if part.turn and part.injection:
            self._memory.answering(part.turn, part.injection, response_id, whole=whole)

    def _heed(self, answered: Answered, chunk: bytes) -> None:
        """Read along in the answer."""
        try:
            answered.feed(chunk)
        except Exception as error:  # noqa: BLE001 - these bytes are with the client already: counted
            self._memory.fault("reading along in an answer", error)

    def _finish(self, part: Remembered, answered: Answered) -> None:
        """Tell memory what became of the call, however it ended."""
        tap = answered.tap
        try:
            tap.close()
            if part.bypass:
                finished = partial(self._memory.passed, part.bypass)
            elif part.turn and part.injection:
                finished = partial(
                    self._memory.finished, part.turn, part.injection, answer=tap.text
                )
            else:
                return
            finished(status=answered.status, usage=tap.usage, response_id=tap.response_id)
        except Exception as error:  # noqa: BLE001 - the answer is given already: counted
            self._memory.fault("keeping what became of a call", error)


async def _say(scope: Scope, send: Send, part: Remembered, said: Spoken) -> None:
    """Send an answer of our own."""
    headers = [
        (b"content-type", said.kind),
        (b"content-length", b"%d" % len(said.body)),
        *OWN,
        *_added(scope, part.header),
    ]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": said.body})


async def _wrong_method(_: Request, __: Exception) -> Response:
    raise WrongMethod("This path of mindhold's own is only read: GET or HEAD.")


def _added(scope: Scope, memory: str) -> tuple[Pair, Pair]:
    request: str = scope["mindhold.request"]
    return (b"x-mindhold-request", request.encode()), (b"x-mindhold-memory", memory.encode())
