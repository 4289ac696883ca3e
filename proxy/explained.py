"""Explained: why a request was given what it was given, in plain words."""

from mindhold.beliefs.requests import Injected
from mindhold.beliefs.valid import surface

_ORIGINS = {
    "header": "named by the X-Mindhold-Scope header",
    "path": "named in the URL",
    "command": "named by !scope in the conversation",
    "token": "of the access token",
    "metadata": "named in the request's metadata",
    "prompt": "the directory that the client's prompt names",
    "rule": "a rule of the config",
    "default": "default_scope of the config, as nothing named one",
}
_TIERS = {
    "stable": "always given here: pinned, or about you",
    "turn": "due again in this turn",
    "earlier": "given in an earlier turn, sent again unchanged",
    "held": "given earlier in this conversation, which the server keeps",
}


def origin(name: str) -> str:
    """Where the scopes of a request came from."""
    return _ORIGINS.get(name, name)


def reason(one: Injected) -> str:
    """Why a request carried this belief."""
    if one.via:
        return f"brought by {one.via}"
    if one.matched:
        differs = one.alias and surface(one.alias) != surface(one.matched)
        alias = f", which is {one.alias}" if differs else ""
        return f"you said “{one.matched}”{alias}"
    return _TIERS.get(one.tier, one.tier)
