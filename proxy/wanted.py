"""Wanted: the model that a body asks for, and how much of it must be held to know that."""

import re
from collections.abc import Mapping, Sequence

import msgspec

from mindhold.proxy.coding import Undecodable, decoder
from mindhold.proxy.headers import Pair
from mindhold.proxy.reading import MAX_BODY
from mindhold.proxy.route import Route

_PEEKED = 1024 * 1024  # bytes that are held only to see whether it is the built-in model
_FORMS = (b"/v1/audio/", b"/v1/images/", b"/v1/videos")  # whose fields name a model
_BOUNDARY = re.compile(rb'multipart/form-data\s*;.*?\bboundary="?([^";]{1,200})', re.IGNORECASE)
_FIELD = rb'--%s\r\n(?:[^\r\n]{1,1000}\r\n){0,4}?[^\r\n]{1,1000};\s*name="?model"?\r\n'
_VALUE = rb"(?:[^\r\n]{1,1000}\r\n){0,4}\r\n([^\r\n]{1,1000})\r\n--"


class _Named(msgspec.Struct):
    model: object = None


_named = msgspec.json.Decoder(_Named)


def limit(route: Route, headers: Sequence[Pair], *, choice: bool) -> int:
    """How many bytes of a body to hold; below zero: none, it passes as it comes.

    A chat is held for memory, another call where its model decides which upstream gets it.
    """
    named = dict(headers)
    length = named.get(b"content-length", b"")
    small = length.isdigit() and int(length) <= _PEEKED
    if length.isdigit() and int(length) > MAX_BODY:
        return -1
    if route.kind:
        return MAX_BODY
    if not _names_a_model(route, named):
        return -1
    return MAX_BODY if choice else _PEEKED if small else -1


def model_of(body: bytes, headers: Sequence[Pair]) -> str | None:
    """The model that a JSON body or a form asks for; None where it names none that can be read."""
    named = dict(headers)
    if boundary := _BOUNDARY.search(named.get(b"content-type", b"")):
        found = re.search((_FIELD + _VALUE) % re.escape(boundary[1]), body, re.IGNORECASE)
        return found[1].decode("utf-8", "replace") if found else None
    try:
        model = _named.decode(_decoded(body, named.get(b"content-encoding", b""))).model
    except (Undecodable, msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        return None
    return model if isinstance(model, str) else None


def _names_a_model(route: Route, named: Mapping[bytes, bytes]) -> bool:
    kind = named.get(b"content-type", b"")
    if _BOUNDARY.match(kind):
        return route.target.startswith(_FORMS)
    return kind.partition(b";")[0].strip().lower() == b"application/json"


def _decoded(body: bytes, coding: bytes) -> bytes:
    """The body as it was before it was packed; raises `Undecodable`."""
    decode = decoder(coding.decode("latin-1").strip().lower(), most=MAX_BODY)
    if decode is None:
        raise Undecodable
    return decode(body)
