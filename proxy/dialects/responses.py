"""Responses: items of many types, and a history that may be on the server.

https://platform.openai.com/docs/api-reference/responses/create
"""

from functools import partial

from mindhold.proxy.dialects.chat import system_text
from mindhold.proxy.dialects.content import at_end, bare, in_front, inside, message
from mindhold.proxy.dialects.dialogue import (
    Dialogue,
    Message,
    in_object,
    in_place,
    items,
    made,
    read_top,
)
from mindhold.proxy.dialects.seam import Seam
from mindhold.proxy.splice import NotJson, Place

_INPUT = "input_text"
_INSTRUCTIONS = "instructions"
_REFERENCE = "item_reference"
_SUMMARY = "compaction_trigger"  # as the last item: a summary of those before it is wanted
_UNSAID = frozenset({"reasoning", "additional_tools", "configuration_update"})


def read_responses(body: bytes) -> Dialogue:
    """Reads a body; raises `ValueError` when it is odd in a way the upstream must judge."""
    text, top = read_top(body, "input")
    instructions = top[_INSTRUCTIONS].value if _INSTRUCTIONS in top else None
    if not isinstance(instructions, str | None) or not top:
        raise NotJson("instructions that are no text")
    messages = _messages(top)
    return made(
        body,
        text,
        top,
        messages,
        stable=partial(_stable, text, top),
        seam=partial(_seam, text),
        system_text=f"{instructions or ''}\n{system_text(messages)}",
        held=_named(top, "previous_response_id") or _named(top, "conversation"),
        conversation=_named(top, "conversation"),
        keeps=True,
        compacts=bool(messages) and messages[-1].role == _SUMMARY,
    )


def _messages(top: dict[str, Place]) -> tuple[Message, ...]:
    given = top.get("input")
    if given is None:  # a prompt that is kept on the server says it all
        return ()
    if isinstance(given.value, str):
        return (Message(role="user", place=given, text=given.value),)
    return tuple(map(_message, items(top, "input")))


def _message(place: Place) -> Message:
    item = place.value
    if not isinstance(item, dict):
        raise NotJson("an item that is none")
    kind = item.get("type") or ("message" if "role" in item else _REFERENCE)
    if not isinstance(kind, str):
        raise NotJson("an item of no type")
    if kind != "message":
        rest = item if kind == _REFERENCE else bare(item)  # its id is all that it says
        return Message(role=kind, place=place, rest=(rest,), silent=kind in _UNSAID)
    role, content = item.get("role"), item.get("content")
    if not isinstance(role, str):
        raise NotJson("a message of nobody")
    return message(place, role, content)


def _stable(text: str, top: dict[str, Place]) -> Seam:
    """At the end of the instructions, which every request brings along, history or not."""
    instructions = top.get(_INSTRUCTIONS)
    if instructions is None:
        return in_object(top, _INSTRUCTIONS, '"{}"')
    if instructions.value is None:
        return in_place(instructions, '"{}"')
    return at_end(text, instructions, _INPUT)


def _seam(text: str, message: Message) -> Seam:
    return in_front(text, inside(text, message.place), _INPUT)


def _named(top: dict[str, Place], key: str) -> str | None:
    """The id under a key, which may stand in an object."""
    value = top[key].value if key in top else None
    named = value.get("id") if isinstance(value, dict) else value
    return named if isinstance(named, str) and named else None
