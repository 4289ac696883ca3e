"""A scope: the part of its owner's life that a belief belongs to."""

import re

from mindhold.beliefs.errors import Invalid
from mindhold.beliefs.text.secrets import find_secrets

UNIVERSAL = "user:universal"
_LONG = 16  # characters; no credential that is known by its form is shorter
_FORM = "user:universal, domain:<slug>[/<slug>] or project:<slug>"


def slug(name: str) -> str:
    """A slug for any name: lower-case letters, digits, `.`, `_`, `-`; at most 64 characters.

    Anything else becomes `-`; raises `Invalid` when nothing of the name is left.
    """
    made = re.sub(r"[^a-z0-9._-]+", "-", name.strip().lower())[:64].strip("-")
    if not made:
        raise Invalid(f"A scope needs a name of letters or digits: {_FORM}.")
    return made


def parse_scope(text: str) -> str:
    """The scope written in `text`, in its one canonical spelling; raises `Invalid`."""
    kind, colon, rest = text.strip().partition(":")
    kind = kind.lower()
    if len(rest) > _LONG and find_secrets(text):
        raise Invalid(f"A scope is no credential: write {_FORM}.")
    if not colon:
        raise Invalid(f"{text!r} is not a scope: write {_FORM}.")
    if kind == "user" and rest.lower() == "universal":
        return UNIVERSAL
    parts = rest.split("/")
    if (kind == "project" and len(parts) == 1) or (kind == "domain" and len(parts) <= 2):
        return f"{kind}:" + "/".join(map(_spelled, parts))
    raise Invalid(f"{text!r} is not a scope: write {_FORM}.")


def _spelled(name: str) -> str:
    """The slug that is written here; raises `Invalid` where a slug leaves something out.

    `café` and `cafè` would be one memory, as would two long names that begin alike.
    """
    made = slug(name)
    if made != re.sub(r"\s+", "-", name.strip().lower()):
        raise Invalid(
            f"{name!r} cannot be a scope's name: at most 64 of a-z, 0-9, `.`, `_` and `-`, no `-`"
            " at either end."
        )
    return made


def parse_scopes(text: str) -> tuple[str, ...]:
    """The scopes of a list separated by commas or spaces, in order, once each; raises `Invalid`."""
    found = tuple(dict.fromkeys(parse_scope(part) for part in re.split(r"[,\s]+", text) if part))
    if not found:
        raise Invalid(f"No scope given: write {_FORM}.")
    return found


def project_scopes(slug: str) -> tuple[str, str]:
    """What work in a project is given: the project's own scope, and that of all code."""
    return f"project:{slug}", "domain:code"


def expand(scopes: tuple[str, ...]) -> tuple[str, ...]:
    """What a request in these scopes may see: each, and the domain above each sub-domain.

    Nothing expands downwards or sideways, and `user:universal` is never added.
    """
    seen: dict[str, None] = {}
    for scope in scopes:
        seen[scope] = None
        head, slash, _ = scope.partition("/")
        if slash:
            seen[head] = None
    return tuple(seen)
