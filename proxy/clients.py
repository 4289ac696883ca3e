"""What single programs read of their own: rows of `clients` in a config, read and checked."""

import json
import re
from collections.abc import Collection
from dataclasses import replace
from functools import partial

from yaml.nodes import Node

from mindhold.beliefs.text.secrets import find_secrets
from mindhold.proxy.fields import (
    Reader,
    Section,
    Wrong,
    choice,
    each,
    maybe,
    named,
    text,
)
from mindhold.proxy.settings import Client, Reads

PLACES = re.compile(r"\{([a-z_]+)\}")  # where something is filled in when the program is started


def clients(node: Node, name: str) -> tuple[Client, ...]:
    """The rows, each under the name of its program; raises `Wrong`."""
    rows = named(_ROW)(node, name)
    return tuple(replace(row, name=program) for program, row in rows.items())


def _filled(places: Collection[str], node: Node, name: str) -> str:
    """A text with known places, and without a key."""
    value = text(node, name)
    for place in PLACES.findall(value):
        if place not in places:
            raise Wrong(node, f"{name}: {{{place}}} is not known here{_instead(place, places)}")
    if find_secrets(value):
        raise Wrong(node, f"{name}: keys never stand in this file; let it inherit the variable.")
    return value


def _instead(place: str, places: Collection[str]) -> str:
    if place == "token":
        return ": command lines can be read by others; give it in a variable, under env."
    return f"; what can be filled in is {' and '.join(f'{{{one}}}' for one in places)}."


_ANYWHERE: Reader[str] = partial(_filled, ("url",))
_JSON: Reader[str] = partial(_filled, ("url", "token"))
_VALUE: Reader[str] = partial(_filled, ("url", "token", "inherited"))


def _document(node: Node, name: str) -> str:
    value = _JSON(node, name)
    try:
        if isinstance(json.loads(value), dict):
            return value
    except ValueError:
        pass
    raise Wrong(node, f"{name} must be a JSON object, in quotes.")


_READS = {
    "env": named(maybe(_VALUE), r"[A-Za-z_][A-Za-z0-9_]*"),
    "json": named(_document, r"[A-Za-z_][A-Za-z0-9_]*"),
    "args": each(_ANYWHERE),
}
_ROW = Section(
    partial(Client, name=""),
    {
        "also": each(text),
        "dialects": each(choice("openai", "anthropic", "ollama")),
        **_READS,
        "token_as_key": Section(Reads, _READS),
        "token_beside_key": Section(Reads, _READS),
        "refuse": _ANYWHERE,
    },
)
