"""What the proxy itself has to say to a client; an upstream's own errors are data, not these.

ProxyError              a status and one sentence for the person who can mend it
├── BadScope            400  a scope that does not parse, in a header, the path or the metadata
├── BadPath             400  a path that leads out of the API
├── TokenInUrl          400  a token of ours stands where the upstream would read it
├── Unreadable          400  the built-in model cannot read the body
├── Malformed           400  what came is no request of HTTP
├── NoToken             401  this call needs an access token of this proxy
├── BadToken            401  the token is unknown, revoked or expired
├── NoCredential        401  the upstream passes the caller's own key on, and none came
├── ForeignHost         403  the Host header names somebody else
├── ForeignOrigin       403  a web page of another site is asking
├── ForbiddenScope      403  the token does not reach this scope
├── NotAllowed          403  the token is not one for this
├── NothingHere         404  a path of our own that nothing answers
├── NoUpstream          404  no upstream speaks this dialect, or has this name
├── TwiceVersioned      404  the path begins with /v1 twice: a base URL with one too many
├── NoModel             404  no upstream of this dialect serves the model
├── WrongMethod         405  a path of our own that is only read
├── Stalled             408  the rest of a request's body did not come
├── UpgradeRequired     426  WebSocket is not spoken here; the client falls back to HTTP
├── HeadTooLarge        431  what precedes a request's body is more than is read
├── Unexpected          500  a fault of the proxy
├── MethodUnsupported   501  a method that is not passed on
├── RealtimeElsewhere   501  realtime goes over WebSocket, to the provider itself
├── Unreachable         502  no answer came from the upstream
├── KeyMissing          503  the key that the proxy holds for the upstream cannot be read
├── TokensUnreadable    503  the store that holds the tokens cannot be read
└── Crowded             503  as much is going on as may be at one time

No message holds a key or what a user wrote.
"""

import json
from typing import ClassVar

from mindhold.proxy.settings import Dialect

CLOSING = ((b"connection", b"close"),)


class ProxyError(Exception):
    """A status and one sentence for the person who can mend it."""

    status: ClassVar[int] = 500
    kind: ClassVar[str] = "server_error"
    code: ClassVar[str] = "proxy_error"
    headers: ClassVar[tuple[tuple[bytes, bytes], ...]] = ()


class BadScope(ProxyError):
    """A scope that does not parse; the message names the header or path it stood in."""

    status, kind, code = 400, "invalid_request_error", "bad_scope"


class BadPath(ProxyError):
    """A path that leads out of the API, to whatever else its server has."""

    status, kind, code = 400, "invalid_request_error", "bad_path"


class TokenInUrl(ProxyError):
    """A token of ours stands in the URL, where the upstream would read it."""

    status, kind, code = 400, "invalid_request_error", "token_in_url"


class Unreadable(ProxyError):
    """The built-in model cannot read the body."""

    status, kind, code = 400, "invalid_request_error", "unreadable"


class Malformed(ProxyError):
    """What came is no request of HTTP."""

    status, kind, code = 400, "invalid_request_error", "malformed"
    headers = CLOSING


class NoToken(ProxyError):
    """This call needs an access token of this proxy."""

    status, kind, code = 401, "authentication_error", "token_required"


class BadToken(ProxyError):
    """The token is unknown, revoked or expired."""

    status, kind, code = 401, "authentication_error", "token_invalid"


class NoCredential(ProxyError):
    """The upstream passes the caller's own key on, and none came."""

    status, kind, code = 401, "authentication_error", "key_required"


class ForeignHost(ProxyError):
    """The Host header names somebody else."""

    status, kind, code = 403, "permission_error", "foreign_host"


class ForeignOrigin(ProxyError):
    """A web page of another site is asking."""

    status, kind, code = 403, "permission_error", "foreign_origin"


class ForbiddenScope(ProxyError):
    """The token does not reach this scope."""

    status, kind, code = 403, "permission_error", "forbidden_scope"


class NotAllowed(ProxyError):
    """The token is not one for this."""

    status, kind, code = 403, "permission_error", "capability_missing"


class NothingHere(ProxyError):
    """A path of our own that nothing answers; such paths never go upstream."""

    status, kind, code = 404, "invalid_request_error", "not_found"


class NoUpstream(ProxyError):
    """No upstream speaks this dialect, or has this name."""

    status, kind, code = 404, "invalid_request_error", "upstream_missing"


class TwiceVersioned(ProxyError):
    """The path names the version of the API twice: once by the base URL, once by the client."""

    status, kind, code = 404, "invalid_request_error", "unknown_url"


class NoModel(ProxyError):
    """No upstream of this dialect serves the model."""

    status, kind, code = 404, "invalid_request_error", "model_not_found"


class WrongMethod(ProxyError):
    """A path of our own that is only read."""

    status, kind, code = 405, "invalid_request_error", "method_not_allowed"
    headers = ((b"allow", b"GET, HEAD"),)


class Stalled(ProxyError):
    """The rest of a request's body did not come."""

    status, kind, code = 408, "invalid_request_error", "body_stalled"
    headers = CLOSING


class UpgradeRequired(ProxyError):
    """WebSocket is not spoken here; clients that try it first fall back to HTTP at once."""

    status, kind, code = 426, "invalid_request_error", "upgrade_required"
    headers = ((b"upgrade", b"HTTP/1.1"), (b"connection", b"upgrade"))


class HeadTooLarge(ProxyError):
    """What precedes a request's body is more than is read."""

    status, kind, code = 431, "invalid_request_error", "head_too_large"
    headers = CLOSING


class Unexpected(ProxyError):
    """A fault of the proxy."""

    code = "unexpected"


class MethodUnsupported(ProxyError):
    """A method that is not passed on."""

    status, kind, code = 501, "invalid_request_error", "method_unsupported"


class RealtimeElsewhere(ProxyError):
    """Realtime goes over WebSocket, to the provider itself: HTTP has no such call."""

    status, kind, code = 501, "invalid_request_error", "realtime_unsupported"


class Unreachable(ProxyError):
    """No answer came from the upstream."""

    status, kind, code = 502, "server_error", "upstream_unreachable"


class KeyMissing(ProxyError):
    """The key that the proxy holds for the upstream cannot be read."""

    status, kind, code = 503, "server_error", "upstream_key_missing"


class TokensUnreadable(ProxyError):
    """The store that holds the tokens cannot be read."""

    status, kind, code = 503, "server_error", "tokens_unreadable"


class Crowded(ProxyError):
    """As much is going on as may be at one time."""

    status, kind, code = 503, "server_error", "crowded"
    headers = (*CLOSING, (b"retry-after", b"1"))


class ClientGone(Exception):
    """The client left before its answer was complete; nobody is there to be told."""


def body_of(error: ProxyError, dialect: Dialect) -> bytes:
    """The error as this dialect's own servers would word it."""
    text = str(error)
    shapes: dict[Dialect, object] = {
        "openai": {
            "error": {"message": text, "type": error.kind, "param": None, "code": error.code}
        },
        "anthropic": {"type": "error", "error": {"type": _kind(error), "message": text}},
        "ollama": {"error": text},
    }
    return json.dumps(shapes[dialect], ensure_ascii=False).encode()


def _kind(error: ProxyError) -> str:
    """What Anthropic calls an error of this status."""
    if error.status >= 500:
        return "api_error"
    return "not_found_error" if error.status == 404 else error.kind
