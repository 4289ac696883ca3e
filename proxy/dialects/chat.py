"""Chat completions: messages whose content is text or parts, the system's among them.

https://platform.openai.com/docs/api-reference/chat/create
"""

from collections.abc import Sequence
from functools import partial
from itertools import takewhile
from operator import attrgetter

from mindhold.proxy.dialects.content import at_end, bare, in_front, inside, message
from mindhold.proxy.dialects.dialogue import SYSTEM, Dialogue, Message, items, made, read_top
from mindhold.proxy.dialects.seam import Seam
from mindhold.proxy.splice import NotJson, Place

_KIND = "text"


def read_chat(body: bytes) -> Dialogue:
    """Reads a chat body; raises `ValueError` when it is odd in a way the upstream must judge."""
    text, top = read_top(body, "messages")
    messages = messages_of(top)
    return made(
        body,
        text,
        top,
        messages,
        stable=partial(_stable, text, messages),
        seam=partial(before_text, text),
        system_text=system_text(messages),
    )


def messages_of(top: dict[str, Place]) -> tuple[Message, ...]:
    """The messages of a body; raises `NotJson` where there are none, or one is odd."""
    messages = tuple(map(_message, items(top, "messages")))
    if not messages:
        raise NotJson("no messages")
    return messages


def leading(messages: Sequence[Message]) -> Message | None:
    """The last of the system messages that open the dialogue, if it has content."""
    opening = [*takewhile(attrgetter("system"), messages)]
    return next((one for one in reversed(opening) if _content(one) is not None), None)


def system_text(messages: Sequence[Message]) -> str:
    """What the system messages say."""
    return "\n".join(message.text for message in messages if message.system)


def before_text(text: str, message: Message) -> Seam:
    """In front of what the user wrote."""
    return in_front(text, inside(text, message.place), _KIND)


def after_text(text: str, message: Message) -> Seam:
    """Behind what a message says."""
    return at_end(text, inside(text, message.place), _KIND)


def _content(message: Message) -> object:
    value = message.place.value
    return value.get("content") if isinstance(value, dict) else value


def _stable(text: str, messages: tuple[Message, ...]) -> Seam:
    """At the end of the last leading system message, or a system message in front."""
    if last := leading(messages):
        return after_text(text, last)
    at = messages[0].place.start
    return Seam(at=at, end=at, before='{"role": "system", "content": "', after='"}, ')


def _message(place: Place) -> Message:
    said = place.value
    if not isinstance(said, dict) or not isinstance(said.get("role"), str):
        raise NotJson("a message that is none")
    if said["role"] in SYSTEM and said.get("content", "") is None:
        raise NotJson("an instruction without content")
    calls = said.get("tool_calls") or said.get("function_call") or []
    content = said.get("content", "" if "images" in said else None)  # as Ollama's clients may
    return message(place, said["role"], content, bare(calls))
