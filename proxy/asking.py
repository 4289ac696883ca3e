"""Asking: one call to the extractor's model, through the proxy's own connections to its upstream.

It ends within its time whatever the server does, holds a bounded answer, and is the owner's own
call: no client's key goes with it, and a mindhold on the other side is told to stay out of it.
"""

import asyncio
from contextlib import suppress
from typing import Any

import httpx

from mindhold.beliefs.learning.background.budget import Model
from mindhold.beliefs.learning.background.desk import Job, Reply
from mindhold.proxy import asked
from mindhold.proxy.asked import Manner
from mindhold.proxy.errors import Unreachable
from mindhold.proxy.headers import Pair
from mindhold.proxy.upstream import Upstreams, Way

_MOST = 256 * 1024  # bytes of an answer
_BREATH = 0.02  # seconds between reads: a server that trickles bytes wakes nobody up for each
_REFUSES = frozenset({400, 415, 422, 501})  # statuses of a server that does not know a field
_OWN: tuple[Pair, ...] = (
    (b"content-type", b"application/json"),
    (b"accept", b"application/json"),
    (b"accept-encoding", b"identity"),
    (b"user-agent", b"mindhold"),
    (b"x-mindhold-learn", b"off"),
    (b"x-mindhold-inject", b"off"),
)


class NoAnswer(Exception):
    """The call brought nothing; one sentence for the owner.

    `counted`: the server may have worked on it, and count it. `after`: seconds for which it wants
    not to be asked.
    """

    def __init__(self, sentence: str, *, counted: bool = True, after: float = 0.0) -> None:
        super().__init__(sentence)
        self.counted = counted
        self.after = after


class Asking:
    """The model that the config names. Remembers, until the process ends, how it must be asked."""

    def __init__(self, upstreams: Upstreams, background: Model, *, limit: float) -> None:
        self._upstreams = upstreams
        self._background = background
        self._limit = limit
        self._manner = Manner()

    async def ask(self, job: Job) -> Reply:
        """What the model answers; raises `NoAnswer`, after `limit` seconds at the latest."""
        way = self._upstreams.named(self._background.upstream)
        await self._upstreams.look(way)
        if way.credentials is None:
            raise NoAnswer(way.missing, counted=False)
        try:
            async with asyncio.timeout(self._limit):
                return await self._answer(way, job)
        except TimeoutError:
            raise NoAnswer(f"It did not answer within {self._limit:g} seconds.") from None
        except Unreachable as error:
            raise NoAnswer(str(error), counted=False) from error
        except httpx.HTTPError as error:
            raise NoAnswer("It broke off in its answer.") from error

    async def _answer(self, way: Way, job: Job) -> Reply:
        manner: Manner | None = self._manner
        while manner:
            status, headers, raw = await self._call(way, job, manner)
            if status in _REFUSES and (other := manner.after(raw)):
                manner = other
                continue
            if not 200 <= status < 300:
                raise NoAnswer(
                    f"It answered with {status}{_MEANING.get(status, '')}.",
                    counted=False,
                    after=_after(headers),
                )
            self._manner = manner
            if reply := asked.reply(way.upstream.dialect, raw):
                return reply
            break
        raise NoAnswer("What it answered is not an answer to a chat.")

    async def _call(self, way: Way, job: Job, manner: Manner) -> tuple[int, httpx.Headers, bytes]:
        dialect = way.upstream.dialect
        body = asked.body(dialect, self._background.model, job.prompt, job.tokens, manner)
        answer = await self._upstreams.open(
            way,
            method="POST",
            target=asked.target(dialect),
            headers=_headers(way, len(body)),
            body=httpx.ByteStream(body),
        )
        try:
            return answer.status_code, answer.headers, await _held(answer)
        finally:
            await answer.aclose()


_MEANING = {
    401: ": it does not take the key",
    403: ": it does not take the key",
    404: ": it does not know the model, or the call",
    429: ": it wants to be asked less",
}


def _headers(way: Way, length: int) -> list[Pair]:
    own = way.credentials.own if way.credentials else ()
    version = [(b"anthropic-version", b"2023-06-01")]
    more = version if way.upstream.dialect == "anthropic" else []
    return [(b"host", way.host), *_OWN, (b"content-length", b"%d" % length), *more, *own]


async def _held(answer: httpx.Response) -> bytes:
    """The whole answer; raises `NoAnswer` for one that does not end."""
    held = bytearray()
    async for chunk in answer.aiter_raw():
        held += chunk
        await asyncio.sleep(_BREATH)
        if len(held) > _MOST:
            raise NoAnswer("It wrote too much.")
    return bytes(held)


def _after(headers: Any) -> float:
    """For how many seconds a server wants not to be asked."""
    with suppress(ValueError):
        return max(0.0, float(headers.get("retry-after", "0")))
    return 0.0
