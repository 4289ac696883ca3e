"""Headers: which go on, which belong to one hop, which are ours."""

import re
from collections.abc import Iterable, Iterator

from mindhold.proxy.credentials import CREDENTIALS, Credentials

Pair = tuple[bytes, bytes]

# On every answer that is our own, so that a browser that gets hold of one makes nothing of it.
OWN: tuple[Pair, ...] = (
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
)

_HOP = frozenset({b"connection", b"keep-alive", b"proxy-connection", b"te", b"trailer", b"upgrade"})
_CONTROLS = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")
_FRAMING = frozenset({b"host", b"content-length", b"transfer-encoding"})


def upstream_headers(
    pairs: Iterable[Pair], *, host: bytes, credentials: Credentials, length: int | None
) -> list[Pair]:
    """The client's headers as the upstream shall see them: in order, duplicates kept.

    `length` is the new length of a body that was changed; None leaves the framing as it came.
    """
    # Blanks around a value are not part of it; the parser leaves the trailing ones.
    pairs = [(name, value.strip(b" \t")) for name, value in pairs]
    dropped = _HOP | _named_by_connection(pairs)
    kept = [pair for pair in pairs if pair[0] not in dropped and not _ours(pair[0])]
    made = [_reframed(pair, host, length) for pair in kept if credentials.let_through(pair)]
    return [*made, *credentials.own]


def client_headers(raw: Iterable[Pair]) -> Iterator[Pair]:
    """The upstream's headers as the client shall see them; the server frames the body itself.

    Not what goes by our names, nor what no client could read. Where chunks framed the body, a
    length beside them meant nothing (RFC 9112, 6.3).
    """
    pairs = [pair for pair in raw if not _CONTROLS.search(pair[1])]
    lowered = [(name.lower(), value) for name, value in pairs]
    dropped = _HOP | _named_by_connection(lowered) | {b"transfer-encoding"}
    if any(name == b"transfer-encoding" for name, _ in lowered):
        dropped |= {b"content-length"}
    kept = zip(lowered, pairs, strict=True)
    return (pair for (name, _), pair in kept if name not in dropped and not _is_named_ours(name))


def _named_by_connection(pairs: Iterable[Pair]) -> frozenset[bytes]:
    """Headers that Connection declares to be of this hop; never what frames the message."""
    values = [value for name, value in pairs if name == b"connection"]
    names = frozenset(name.strip().lower() for value in values for name in value.split(b","))
    return names - _FRAMING - CREDENTIALS


def _ours(name: bytes) -> bool:
    return name == b"origin" or name.startswith(b"sec-") or _is_named_ours(name)


def _is_named_ours(name: bytes) -> bool:
    plain = name.replace(b"_", b"-")  # what CGI makes of both
    return plain.startswith((b"x-mindhold-", b"mindhold-"))


def _reframed(pair: Pair, host: bytes, length: int | None) -> Pair:
    if pair[0] == b"host":
        return (b"host", host)
    if pair[0] == b"content-length" and length is not None:
        return (b"content-length", b"%d" % length)
    return pair
