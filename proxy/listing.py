"""Listing: how the built-in model shows itself to a client that asks which models there are."""

from mindhold.proxy.settings import Dialect

NAME = "demo"
_BORN = "1970-01-01T00:00:00Z"
_OLLAMA = "0.13.0"  # the version of Ollama whose API is spoken; some clients want a recent one
_DETAILS = {
    "parent_model": "",
    "format": "",
    "family": NAME,
    "families": [NAME],
    "parameter_size": "0B",
    "quantization_level": "",
}

Shown = dict[str, object]

_OPENAI: Shown = {"id": NAME, "object": "model", "created": 0, "owned_by": "mindhold"}
_ANTHROPIC: Shown = {"type": "model", "id": NAME, "display_name": "Demo", "created_at": _BORN}
_TAG: Shown = {
    "name": NAME,
    "model": NAME,
    "modified_at": _BORN,
    "size": 0,
    "digest": "0" * 64,
    "details": _DETAILS,
}
_SHOWN: Shown = {
    "modelfile": "",
    "parameters": "",
    "template": "",
    "modified_at": _BORN,
    "details": _DETAILS,
    "model_info": {},
    "capabilities": ["completion"],
}
_MODELS: dict[Dialect, tuple[Shown, Shown]] = {
    "openai": ({"object": "list", "data": [_OPENAI]}, _OPENAI),
    "anthropic": (
        {"data": [_ANTHROPIC], "has_more": False, "first_id": NAME, "last_id": NAME},
        _ANTHROPIC,
    ),
}
_ASKED: dict[bytes, Shown | str] = {
    b"/": "mindhold is running",  # for Ollama's clients, and whoever looks with a browser
    b"/api/tags": {"models": [_TAG]},
    b"/api/ps": {"models": []},
    b"/api/version": {"version": _OLLAMA},
}


def answer(method: str, path: bytes, dialect: Dialect) -> Shown | str | None:
    """The list of models, or what else is asked of the demo before a chat; None: not of ours.

    A string is plain text.
    """
    if method == "POST":
        return _SHOWN if path == b"/api/show" else None
    if method not in ("GET", "HEAD"):
        return None
    if dialect in _MODELS and path in (b"/v1/models", b"/v1/models/demo"):
        return _MODELS[dialect][path == b"/v1/models/demo"]
    return _ASKED.get(path)


def listed(path: bytes, dialect: Dialect) -> bool:
    """Whether a client asks so which models there are, where no upstream can say it."""
    return path != b"/v1/models/demo" and answer("GET", path, dialect) is not None
