"""A dialogue: the body of a request, read once, as memory sees it whatever its dialect."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from operator import itemgetter

from mindhold.proxy.dialects.seam import Edit, Seam
from mindhold.proxy.splice import (
    NotJson,
    Place,
    depth,
    read_array,
    read_object,
    read_value,
    skip,
    splice,
)

_LARGE = 1024 * 1024  # bytes; what is smaller cannot hold so many values that they matter
MAX_VALUES = 500_000  # as their punctuation tells; 4 MB of dense JSON, more than any model takes
MAX_DEPTH = 64
SYSTEM = frozenset({"system", "developer"})


class NoDialogue(ValueError):
    """A body that can be read, and in which nobody speaks to anybody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message or item of the history.

    `text` is what its speaker wrote, `rest` what else of it counts. `silent`: nobody said it, so
    it does not count at all: what a client tells about its surroundings, or a model's thoughts.
    """

    role: str
    place: Place
    text: str = ""
    rest: tuple[object, ...] = ()
    silent: bool = False

    @property
    def system(self) -> bool:
        """Whether it instructs the model."""
        return self.role in SYSTEM

    @property
    def words(self) -> bytes:
        """What counts of it when histories are compared; nothing of a system or silent one."""
        if self.system or self.silent:
            return b""
        return _dump([self.role, self.text, *self.rest]).encode("utf-8", "surrogatepass")


_dump = partial(json.dumps, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@dataclass(frozen=True, slots=True, kw_only=True)
class UserTurn:
    """A user message with text of its own; `index` is its place among the messages."""

    index: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialogue:
    """`ends`: the last turn ends the request, a prefill aside.

    `held` names the response or conversation after which this is said, where its history is on
    the server; `keeps`: its answer may be gone on from so. `conversation` is the one that its body
    names. `stable` and `seam` say where the blocks go; without `stable` there is no place.
    `compacts`: it asks for a summary of itself in a field of its own.
    """

    body: bytes
    text: str
    payload: dict[str, object]
    messages: tuple[Message, ...]
    turns: tuple[UserTurn, ...]
    ends: bool
    system_text: str
    metadata: Place | None
    stable: Callable[[], Seam] | None
    seam: Callable[[Message], Seam]
    held: str | None = None
    conversation: str | None = None
    keeps: bool = False
    compacts: bool = False

    def with_blocks(self, stable: str, turns: dict[int, str]) -> bytes:
        """The body with the stable block and, by turn number, the blocks of user turns."""
        edits = [self.stable().edit(stable)] if stable and self.stable else []
        for number, block in turns.items():
            edits.append(self.seam(self.messages[self.turns[number].index]).edit(block))
        return splice(self.body, self.text, sorted(edits, key=itemgetter(0)))

    def without_member(self, key: str, inner: str = "") -> bytes:
        """The body without a member, or a member of it; not with an object that held no other."""
        top, _ = read_object(self.text, skip(self.text, 0))
        within = read_object(self.text, top[key].start)[0] if inner else {}
        edit = _cut(within, inner) if len(within) > 1 else _cut(top, key)
        return splice(self.body, self.text, [edit])


def read_top(body: bytes, key: str) -> tuple[str, dict[str, Place]]:
    """A body and its members, the items of the array under `key` each with their place.

    Raises `ValueError` for what the upstream must judge.
    """
    if len(body) > _LARGE and sum(map(body.count, (b"{", b"[", b","))) > MAX_VALUES:
        raise NotJson("more values than can be looked at while others wait")
    text = body.decode()
    top, end = read_object(text, skip(text, 0), {key: _array})
    if skip(text, end) != len(text):
        raise NotJson("more than one value")
    return text, top


def items(top: dict[str, Place], key: str) -> tuple[Place, ...]:
    """The items that `read_top` found under its key; raises `NotJson` where there is no array."""
    found = top[key].value if key in top else None
    if not isinstance(found, list) or not all(isinstance(one, Place) for one in found):
        raise NotJson(f"{key} is no array")
    return tuple(found)


def made(
    body: bytes,
    text: str,
    top: dict[str, Place],
    messages: Sequence[Message],
    *,
    stable: Callable[[], Seam] | None,
    seam: Callable[[Message], Seam],
    system_text: str = "",
    held: str | None = None,
    conversation: str | None = None,
    keeps: bool = False,
    compacts: bool = False,
) -> Dialogue:
    """The dialogue of these messages; raises `NotJson` for a body that is odd as a whole."""
    payload = {key: _plain(place.value) for key, place in top.items()}
    if depth(payload, MAX_DEPTH) > MAX_DEPTH or not isinstance(payload.get("model", ""), str):
        raise NotJson("too deep, or a model without a name")
    turns = tuple(_turns(messages))
    return Dialogue(
        body=body,
        text=text,
        payload=payload,
        messages=tuple(messages),
        turns=turns,
        ends=bool(turns) and _ends(messages[turns[-1].index + 1 :]),
        system_text=system_text,
        metadata=top.get("metadata"),
        stable=stable,
        seam=seam,
        held=held,
        conversation=conversation,
        keeps=keeps,
        compacts=compacts,
    )


def in_object(top: dict[str, Place], key: str, value: str) -> Seam:
    """As a new first member of the body; `value` is JSON with `{}` where the block goes."""
    before, _, after = value.partition("{}")
    first = next(iter(top.values()))
    return Seam(at=first.key, end=first.key, before=f'"{key}": {before}', after=f"{after}, ")


def in_place(place: Place, value: str) -> Seam:
    """Instead of a value; `value` is JSON with `{}` where the block goes."""
    before, _, after = value.partition("{}")
    return Seam(at=place.start, end=place.end, before=before, after=after)


def _array(text: str, at: int) -> tuple[object, int]:
    return (read_array if text[at : at + 1] == "[" else read_value)(text, at)


def _plain(value: object) -> object:
    if isinstance(value, list):
        return [one.value if isinstance(one, Place) else one for one in value]
    return value


def _turns(messages: Sequence[Message]) -> Iterator[UserTurn]:
    for index, message in enumerate(messages):
        if message.role == "user" and message.text.strip():
            yield UserTurn(index=index, text=message.text)


def _ends(after: Sequence[Message]) -> bool:
    left = [message for message in after if not (message.system or message.silent)]
    prefill = len(left) == 1 and left[0].role == "assistant" and not any(left[0].rest)
    return not left or prefill


def _cut(members: dict[str, Place], key: str) -> Edit:
    """The edit that takes a member out, with the comma on one side of it."""
    order = list(members)
    number = order.index(key)
    if number + 1 < len(order):
        return members[key].key, members[order[number + 1]].key, ""
    start = members[order[number - 1]].end if number else members[key].key
    return start, members[key].end, ""
