"""The relay: an upstream's answer to the client, byte for byte, as it comes."""

from collections.abc import Callable, Iterable

import anyio
import httpx
from starlette.types import Send

from mindhold.proxy.headers import Pair, client_headers

Unframed = Callable[[], None]
Heed = Callable[[bytes], None]


async def relay(
    answer: httpx.Response,
    send: Send,
    *,
    added: Iterable[Pair],
    heed: Heed | None = None,
    unframed: Unframed | None = None,
) -> None:
    """Send status, headers and raw body on, each chunk at once; `added` are our own headers.

    Returns without a last chunk when the upstream broke off, so that the client sees the break.
    `heed` is given each chunk after it went. `unframed` is called first when this answer can only
    end by closing the connection: that is how one of unknown length ends for a client of HTTP/1.0.
    """
    headers = [*client_headers(answer.headers.raw), *added]
    by_closing = unframed is not None and b"content-length" not in {n.lower() for n, _ in headers}
    if unframed and by_closing:
        unframed()
    await send({"type": "http.response.start", "status": answer.status_code, "headers": headers})
    try:
        await _body(answer, send, heed)
    except httpx.HTTPError:
        return
    finally:
        with anyio.CancelScope(shield=True):
            await answer.stream.aclose()  # type: ignore[union-attr]
    if not by_closing:
        await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _body(answer: httpx.Response, send: Send, heed: Heed | None) -> None:
    async for chunk in answer.stream:  # type: ignore[union-attr]
        await send({"type": "http.response.body", "body": chunk, "more_body": True})
        if heed:
            heed(chunk)
