"""JSON read where it stands: values with their places, so that bytes can be put in between."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

_space = re.compile(r"[ \t\n\r]*").match


class NotJson(ValueError):
    """Not JSON, or JSON that we will not parse: duplicate keys, NaN, a number without end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A value and its place in the text: characters `start` to `end`.

    `key` is where its key begins, in an object.
    """

    value: object
    start: int
    end: int
    key: int = 0


Reader = Callable[[str, int], tuple[object, int]]


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise NotJson("duplicate keys")
    return made


def _refuse(name: str) -> object:
    raise NotJson(f"{name} is not JSON")


_DECODER = json.JSONDecoder(object_pairs_hook=_unique, parse_constant=_refuse)


def read_value(text: str, at: int) -> tuple[object, int]:
    """The value that begins exactly at `at`, and where it ends; raises `ValueError`."""
    value, end = _DECODER.raw_decode(text, at)
    return value, end


def read_object(
    text: str, at: int, readers: Mapping[str, Reader] | None = None
) -> tuple[dict[str, Place], int]:
    """The members of the object that begins at `at`, and its end; raises `ValueError`.

    `readers` read the values of certain keys in their own way.
    """
    found: dict[str, Place] = {}
    at = _after(text, at, "{")
    more = text[at : at + 1] != "}"
    while more:
        key, end = read_value(text, at)
        if not isinstance(key, str) or key in found:
            raise NotJson("a key that is no string, or twice")
        start = _after(text, skip(text, end), ":")
        value, end = (readers or {}).get(key, read_value)(text, start)
        found[key] = Place(value=value, start=start, end=end, key=at)
        at, more = _next(text, end, "}")
    return found, at + 1


def read_array(text: str, at: int) -> tuple[list[Place], int]:
    """The items of the array that begins at `at`, and its end; raises `ValueError`."""
    found: list[Place] = []
    at = _after(text, at, "[")
    more = text[at : at + 1] != "]"
    while more:
        value, end = read_value(text, at)
        found.append(Place(value=value, start=at, end=end))
        at, more = _next(text, end, "]")
    return found, at + 1


def skip(text: str, at: int) -> int:
    """The first place from `at` on that is no white space."""
    match = _space(text, at)
    return match.end() if match else at


def depth(value: object, limit: int) -> int:
    """How deeply a parsed value is nested, counted no further than just above `limit`."""
    level, count = [value], 0
    while count <= limit:
        level = [
            inner
            for outer in level
            for inner in (outer.values() if isinstance(outer, dict) else outer)  # type: ignore[attr-defined]
            if isinstance(inner, dict | list)
        ]
        count += 1
        if not level:
            break
    return count


def quoted(text: str) -> str:
    """The text as the inside of a JSON string, ready to be put into one."""
    return json.dumps(text, ensure_ascii=False)[1:-1]


def splice(body: bytes, text: str, edits: Iterable[tuple[int, int, str]]) -> bytes:
    """`body` with each edit (start, end, replacement) made; all else is the same bytes.

    `text` is the decoded body; edits are in characters of it, in order, without overlap.
    """
    pieces: list[bytes] = []
    characters = at = 0
    for start, end, replacement in edits:
        until = at + _size(text, characters, start)
        pieces += (body[at:until], replacement.encode())
        at = until + _size(text, start, end)
        characters = end
    return b"".join((*pieces, body[at:]))


def _size(text: str, start: int, end: int) -> int:
    return end - start if text.isascii() else len(text[start:end].encode())


def _after(text: str, at: int, mark: str) -> int:
    if text[at : at + 1] != mark:
        raise NotJson(f"{mark} expected")
    return skip(text, at + 1)


def _next(text: str, at: int, mark: str) -> tuple[int, bool]:
    """The place of the next value, or of the closing mark and False."""
    at = skip(text, at)
    if text[at : at + 1] == ",":
        return skip(text, at + 1), True
    if text[at : at + 1] != mark:
        raise NotJson(f", or {mark} expected")
    return at, False
