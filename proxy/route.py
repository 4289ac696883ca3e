"""A route: what a raw request target asks for, and which part of it the upstream shall see."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote_to_bytes

from mindhold.proxy.credentials import holds_token
from mindhold.proxy.settings import Dialect

Headers = Sequence[tuple[bytes, bytes]]
Kind = Literal["chat", "responses", "messages", "ollama", "generate"]
"""The calls that carry memory, each with a wire format of its own."""

RESERVED = ("ui", "mindhold", "metrics")
"""First words of paths that are our own; what is under them never goes upstream."""

_SCOPED = re.compile(rb"/scope/(.+?)(/temporary)?(/(?:v1|api)(?:/.*)?|/?)", re.DOTALL)
_TEMPORARY = b"/temporary/"
_PARTS = re.compile(r"[/\\?#]")  # some servers take a backslash for a slash
_BLANK = "".join(map(chr, range(33)))  # controls and the space
KINDS: dict[tuple[Dialect, bytes], Kind] = {
    ("openai", b"/v1/chat/completions"): "chat",
    ("openai", b"/v1/responses"): "responses",
    ("anthropic", b"/v1/messages"): "messages",
    ("ollama", b"/api/chat"): "ollama",
    ("ollama", b"/api/generate"): "generate",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Where a call goes; `target` is the raw path and query, less our own prefixes.

    `scope_text` is what the path says before `/v1` or `/api`, percent-decoded, not yet parsed.
    `kind` is the call that memory may serve; None: it is none of hers. `own`: the path is ours,
    and no upstream's. `climbs`: its `..` lead out of the API to any path of the upstream;
    `tokened`: it has an access token of ours in it.
    """

    target: bytes
    dialect: Dialect
    kind: Kind | None = None
    scope_text: str | None = None
    temporary: bool = False
    websocket: bool = False
    own: bool = False
    climbs: bool = False
    tokened: bool = False


def read_route(method: str, raw_path: bytes, query: bytes, headers: Headers) -> Route:
    """The route of a request; `query` begins with its `?`. Never raises.

    Percent-encodings stay as they came.
    """
    path, temporary, scope_text = _own_prefixes(raw_path)
    dialect = _dialect(method, path, headers)
    return Route(
        target=path + query,
        dialect=dialect,
        kind=KINDS.get((dialect, path)) if method == "POST" else None,
        scope_text=scope_text,
        temporary=temporary,
        websocket=_upgrades(headers),
        own=_reserved(path),
        climbs=_climbs(path),
        tokened=holds_token(unquote_to_bytes(path + query)),
    )


def _own_prefixes(path: bytes) -> tuple[bytes, bool, str | None]:
    """The path without `/temporary` and `/scope/…`, in either order, and what these said."""
    temporary, scope_text = path.startswith(_TEMPORARY), None
    if temporary:
        path = path[len(_TEMPORARY) - 1 :]
    if found := _SCOPED.fullmatch(path):
        scope_text, path = unquote_to_bytes(found[1]).decode("utf-8", "replace"), found[3] or b"/"
        before, _, last = scope_text.rpartition("/")
        if before and last.strip().lower() == "temporary":  # however it is spelled: no scope
            scope_text, temporary = before, True
        temporary = temporary or found[2] is not None
    return path, temporary, scope_text


def _reserved(path: bytes) -> bool:
    """Whether the first word of the path is ours, however it is spelled."""
    plain = unquote_to_bytes(unquote_to_bytes(path)).decode("latin-1")
    first = next((word for word in _PARTS.split(plain) if word not in ("", ".")), "")
    return first.partition(";")[0].strip(_BLANK).lower() in RESERVED


def _climbs(path: bytes) -> bool:
    """Whether it leads out of its own first step, and so out of the API to any path of a server."""
    depth = 0
    for part in _PARTS.split(unquote_to_bytes(path).decode("latin-1")):
        step = part.partition(";")[0]
        depth += -1 if step == ".." else step not in ("", ".")
        if depth < 1 and step == "..":
            return True
    return False


def _dialect(method: str, path: bytes, headers: Headers) -> Dialect:
    if path == b"/v1/messages" or path.startswith(b"/v1/messages/"):
        return "anthropic"
    if path == b"/api" or path.startswith(b"/api/"):
        return "ollama"
    if path == b"/" and method in ("GET", "HEAD"):
        return "ollama"  # its clients ask there first whether anybody is at home
    if any(name == b"anthropic-version" for name, _ in headers):
        return "anthropic"
    return "openai"


def _upgrades(headers: Headers) -> bool:
    return any(name == b"upgrade" and value.lower() == b"websocket" for name, value in headers)
