"""Failures of the way to an upstream: the one boundary between httpx's errors and ours."""

import socket
import ssl

import httpx

from mindhold.proxy.address import BadAddress
from mindhold.proxy.errors import Unreachable


def unreachable(name: str, origin: str, error: httpx.HTTPError | httpx.InvalidURL) -> Unreachable:
    """Which upstream gave no answer, and why, in one sentence."""
    return Unreachable(f"Upstream {name} ({origin}) {_failure(error)}.")


_FAILURES: tuple[tuple[type[Exception], str], ...] = (  # most specific first
    (httpx.ConnectTimeout, "did not accept a connection in time"),
    (httpx.PoolTimeout, "has no free connection left"),
    (httpx.TimeoutException, "did not answer in time"),
    (httpx.ConnectError, "cannot be reached"),
    (httpx.ProxyError, "cannot be reached through its proxy"),
    (httpx.UnsupportedProtocol, "has an address of an unknown kind"),
    (httpx.RemoteProtocolError, "closed the connection without a valid answer"),
    (httpx.LocalProtocolError, "cannot be sent this request"),
    (httpx.ProtocolError, "does not speak HTTP as we do"),
    (httpx.NetworkError, "broke the connection before it answered"),
    (httpx.InvalidURL, "has an address that is not a URL"),
    (httpx.HTTPError, "gave no answer"),
)


def _failure(error: Exception) -> str:
    said = next(text for kind, text in _FAILURES if isinstance(error, kind))
    cause = _cause(error)
    return f"{said}: {cause}" if cause else said


def _cause(error: BaseException | None) -> str:
    """What the operating system said, in words; empty where that is nothing people can use."""
    while error is not None:
        if isinstance(error, BadAddress):
            return str(error)
        if isinstance(error, ssl.SSLCertVerificationError):
            return f"its certificate is not trusted ({error.verify_message})"
        if isinstance(error, ssl.SSLError):
            return "TLS failed"
        if isinstance(error, socket.gaierror):
            return "its name does not resolve"
        if isinstance(error, ConnectionRefusedError):
            return "nothing listens there"
        error = error.__cause__ or error.__context__
    return ""
