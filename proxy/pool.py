"""A pool of connections to upstreams, whose work for a request does not grow with their number.

httpcore's own looks at every connection, and for each idle one at every other, whenever a request
begins or ends: after 500 streams that kept the process busy for many seconds.
"""

from collections import deque
from collections.abc import AsyncIterable, AsyncIterator
from math import inf

import anyio
import httpcore

Key = tuple[bytes, bytes, int]  # an origin, which httpcore's own value for it cannot be a key of


class Pool:
    """As many connections as there are requests at once; an idle one is used again, newest first.

    `maker` knows how a connection is made: directly or through a proxy, with which TLS. So many
    `idle` ones to an origin are kept at most, or any number.
    """

    def __init__(self, maker: httpcore.AsyncConnectionPool, *, idle: int | None) -> None:
        self._maker = maker
        self._most = inf if idle is None else idle
        self._used: set[_Used] = set()
        self._idle: dict[Key, deque[httpcore.AsyncConnectionInterface]] = {}

    async def handle_async_request(self, request: httpcore.Request) -> httpcore.Response:
        """The answer, its body still to be read; raises what httpcore's connections raise."""
        while True:
            origin = request.url.origin
            used = _Used(self, _key(origin), await self._taken(origin))
            self._used.add(used)
            try:
                answer = await used.connection.handle_async_request(request)
            except httpcore.ConnectionNotAvailable:  # it has ended between the look and the call
                self._used.discard(used)
                continue
            except BaseException:
                await used.aclose()
                raise
            assert isinstance(answer.stream, AsyncIterable)  # noqa: S101 - httpcore's own promise
            used.body = answer.stream
            return httpcore.Response(
                status=answer.status,
                headers=answer.headers,
                content=used,
                extensions=answer.extensions,
            )

    async def aclose(self) -> None:
        """Close every connection, those in use too."""
        for idle in self._idle.values():
            while idle:
                await idle.popleft().aclose()
        while self._used:
            await self._used.pop().connection.aclose()

    async def give_back(self, used: "_Used") -> None:
        """Keep it for the next request, if it can have one, and close what was kept too long."""
        self._used.discard(used)
        idle, connection = self._idle.setdefault(used.key, deque()), used.connection
        if connection.is_closed():
            return
        if connection.is_idle() and not _left_over(connection):
            idle.append(connection)
        else:
            await connection.aclose()
        while len(idle) > self._most or (len(idle) > 1 and idle[0].has_expired()):
            await idle.popleft().aclose()

    async def _taken(self, origin: httpcore.Origin) -> httpcore.AsyncConnectionInterface:
        """The newest that is idle and still open, else a new one."""
        idle = self._idle.get(_key(origin))
        while idle:
            newest = idle.pop()
            if newest.is_idle() and not newest.has_expired():
                return newest
            await newest.aclose()
        return self._maker.create_connection(origin)


class _Used:
    """A connection in use, and the body that is read from it."""

    def __init__(self, pool: Pool, key: Key, connection: httpcore.AsyncConnectionInterface) -> None:
        self.connection = connection
        self.body: AsyncIterable[bytes] | None = None
        self._pool = pool
        self.key = key
        self._over = False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        assert self.body is not None  # noqa: S101
        try:
            async for chunk in self.body:
                yield chunk
        except BaseException:
            await self.aclose()
            raise

    async def aclose(self) -> None:
        """Over, read to its end or not; once."""
        if self._over:
            return
        self._over = True
        with anyio.CancelScope(shield=True):
            if self.body is not None and hasattr(self.body, "aclose"):
                await self.body.aclose()
            await self._pool.give_back(self)


def _left_over(connection: httpcore.AsyncConnectionInterface) -> bool:
    """Whether more has been read from it than the answer: it would begin the next one's answer.

    A server that sends a body behind a 204 or to a HEAD does so. httpcore does not look.
    """
    while inner := getattr(connection, "_connection", None):
        connection = inner
    state = getattr(connection, "_h11_state", None)
    return state is not None and bool(state.trailing_data[0])


def _key(origin: httpcore.Origin) -> Key:
    return origin.scheme, origin.host, origin.port
