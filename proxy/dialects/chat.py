"""Chat completions: where the user's turns are in a body, and where a block goes."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from mindhold.proxy.splice import (
    NotJson,
    Place,
    Reader,
    depth,
    quoted,
    read_array,
    read_object,
    read_value,
    skip,
    splice,
)

MAX_DEPTH = 64
SYSTEM = frozenset({"system", "developer"})
_UNCOUNTED = frozenset({"id", "tool_call_id", "cache_control"})

Message = dict[str, object]
Edit = tuple[int, int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class UserTurn:
    """A user message with text of its own; `index` is its place among the messages."""

    index: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """A chat body, read once. `ends`: the last turn ends the request, a prefill aside."""

    body: bytes
    text: str
    payload: dict[str, object]
    messages: tuple[Message, ...]
    places: tuple[Place, ...]
    metadata: Place | None
    turns: tuple[UserTurn, ...]
    ends: bool

    @property
    def system_text(self) -> str:
        """What the system and developer messages say."""
        return "\n".join(own_text(message) for message in self.messages if _system(message))

    def words(self, index: int) -> bytes:
        """What counts of a message in the chain: ids, cache_control and system text do not."""
        message = self.messages[index]
        return b"" if _system(message) else _dump(_counted(message))

    def with_blocks(self, stable: str, turns: dict[int, str]) -> bytes:
        """The body with the stable block and, by turn number, the blocks of user turns."""
        edits: list[Edit] = [self._stable(stable)] if stable else []
        for number, block in turns.items():
            edits.append(self._turn(self.turns[number], block))
        return splice(self.body, self.text, sorted(edits))

    def without_scope(self) -> bytes:
        """The body without `metadata.mindhold_scope`, nor an object that held nothing else."""
        top, _ = self._members(skip(self.text, 0))
        inside, _ = self._members(top["metadata"].start)
        members, key = (inside, "mindhold_scope") if len(inside) > 1 else (top, "metadata")
        return splice(self.body, self.text, [_cut(members, key)])

    def _members(self, at: int) -> tuple[dict[str, Place], int]:
        return read_object(self.text, at)

    def _content(self, index: int) -> Place:
        return self._members(self.places[index].start)[0]["content"]

    def _stable(self, block: str) -> Edit:
        """At the end of the last leading system message, or a system message in front."""
        leading = -1
        while leading + 1 < len(self.messages) and _system(self.messages[leading + 1]):
            leading += 1
        if leading < 0:
            at = self.places[0].start
            return at, at, f'{{"role": "system", "content": "{quoted(block)}"}}, '
        content = self._content(leading)
        if isinstance(content.value, str):
            gap = "\n\n" if content.value else ""
            return content.end - 1, content.end - 1, quoted(gap + block)
        parts, _ = read_array(self.text, content.start)
        at = parts[-1].end if parts else content.start + 1
        return at, at, (", " if parts else "") + _part(block)

    def _turn(self, turn: UserTurn, block: str) -> Edit:
        """In front of the turn's text; a part of its own where content is a list."""
        content = self._content(turn.index)
        if isinstance(content.value, str):
            return content.start + 1, content.start + 1, quoted(block + "\n\n")
        parts, _ = read_array(self.text, content.start)
        at = next(part.start for part in parts if _text(part.value).strip())
        return at, at, _part(block) + ", "


def read_chat(body: bytes) -> Chat:
    """Reads a chat body; raises `ValueError` when it is odd in a way the upstream must judge."""
    text = body.decode()
    top, end = read_object(text, skip(text, 0), {"messages": _array})
    if skip(text, end) != len(text):
        raise NotJson("more than one value")
    places = top["messages"].value if "messages" in top else None
    if not isinstance(places, list) or not places:
        raise NotJson("no messages")
    messages = tuple(_checked(place.value) for place in places)
    payload = {key: place.value for key, place in top.items()} | {"messages": list(messages)}
    if depth(payload, MAX_DEPTH) > MAX_DEPTH or not isinstance(payload.get("model", ""), str):
        raise NotJson("too deep, or a model without a name")
    turns = tuple(_turns(messages))
    return Chat(
        body=body,
        text=text,
        payload=payload,
        messages=messages,
        places=tuple(places),
        metadata=top.get("metadata"),
        turns=turns,
        ends=bool(turns) and _ends(messages[turns[-1].index + 1 :]),
    )


def own_text(message: Message) -> str:
    """A message's text, the same whether its content is a string or a list of parts."""
    content = message.get("content")
    if isinstance(content, list):
        return "\n\n".join(text for part in content if (text := _text(part)))
    return content if isinstance(content, str) else ""


def _array(text: str, at: int) -> tuple[object, int]:
    reader: Reader = read_array if text[at : at + 1] == "[" else read_value
    return reader(text, at)


def _checked(message: object) -> Message:
    if not isinstance(message, dict) or not isinstance(message.get("role"), str):
        raise NotJson("a message that is none")
    content = message.get("content")
    if isinstance(content, list):
        if not all(isinstance(part, dict) and _sound(part) for part in content):
            raise NotJson("a content part that is none")
    elif not isinstance(content, str) and (
        content is not None or _system(message) or message["role"] == "user"
    ):
        raise NotJson("a message without content")
    return message


def _sound(part: dict[str, object]) -> bool:
    return part.get("type") != "text" or isinstance(part.get("text"), str)


def _turns(messages: tuple[Message, ...]) -> Iterator[UserTurn]:
    for index, message in enumerate(messages):
        if message["role"] == "user" and (text := own_text(message)).strip():
            yield UserTurn(index=index, text=text)


def _ends(after: tuple[Message, ...]) -> bool:
    left = [message for message in after if not _system(message)]
    prefill = len(left) == 1 and left[0]["role"] == "assistant" and not left[0].get("tool_calls")
    return not left or prefill


def _system(message: Message) -> bool:
    return message["role"] in SYSTEM


def _text(part: object) -> str:
    """The text of a text part, else nothing."""
    if isinstance(part, dict) and part.get("type") == "text" and isinstance(part["text"], str):
        return part["text"]
    return ""


def _counted(message: Message) -> object:
    content = message.get("content")
    others = [part for part in content if not _text(part)] if isinstance(content, list) else []
    calls = message.get("tool_calls") or message.get("function_call") or []
    return [message["role"], own_text(message), _bare(others), _bare(calls)]


def _bare(value: object) -> object:
    if isinstance(value, dict):
        return {key: _bare(inner) for key, inner in value.items() if key not in _UNCOUNTED}
    return [_bare(inner) for inner in value] if isinstance(value, list) else value


_dump_text = partial(json.dumps, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _dump(value: object) -> bytes:
    return _dump_text(value).encode("utf-8", "surrogatepass")


def _part(block: str) -> str:
    return f'{{"type": "text", "text": "{quoted(block)}"}}'


def _cut(members: dict[str, Place], key: str) -> Edit:
    """The edit that takes a member out, with the comma on one side of it."""
    order = list(members)
    number = order.index(key)
    if number + 1 < len(order):
        return members[key].key, members[order[number + 1]].key, ""
    start = members[order[number - 1]].end if number else members[key].key
    return start, members[key].end, ""
