"""Refusal: what no upstream shall have, whoever asks for it."""

from collections.abc import Iterator

from mindhold.proxy.errors import (
    BadPath,
    MethodUnsupported,
    NothingHere,
    ProxyError,
    RealtimeElsewhere,
    TokenInUrl,
    TwiceVersioned,
    UpgradeRequired,
)
from mindhold.proxy.route import Route


def refusal(call: Route, method: str) -> ProxyError | None:
    """Why this call goes to no upstream, if there is a reason."""
    return next(_reasons(call, method), None)


def _reasons(call: Route, method: str) -> Iterator[ProxyError]:
    if call.own:
        yield NothingHere("This path is mindhold's own, and nothing is there in this version.")
    if method in ("CONNECT", "TRACE"):  # a tunnel past the proxy; an echo of the key that it adds
        yield MethodUnsupported(f"{method} is not passed on.")
    if call.climbs:
        yield BadPath("The steps .. in this path lead out of the API, and it is not passed on.")
    if call.tokened:
        yield TokenInUrl(
            "An access token of this proxy stands in the URL, which would go on to the upstream:"
            " send it as the API key or in X-Mindhold-Token, and make a new one (mindhold tokens)."
        )
    if call.target.startswith(b"/v1/v1/"):
        yield TwiceVersioned(
            "This client adds /v1 to its base URL by itself: leave it out there, as in"
            " ANTHROPIC_BASE_URL=http://127.0.0.1:7723"
        )
    if call.websocket:
        yield _elsewhere(call.target.partition(b"?")[0])


def _elsewhere(path: bytes) -> ProxyError:
    if path == b"/v1/realtime":
        return RealtimeElsewhere(
            "Realtime goes over WebSocket, which mindhold does not relay: give this client the"
            " provider's own base URL (OpenAI: https://api.openai.com/v1); all its other calls may"
            " stay here."
        )
    return UpgradeRequired("WebSocket is not spoken here; use HTTP.")
