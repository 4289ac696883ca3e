"""Content: the text in a message, whether it is written as a string or as a list of parts."""

from collections.abc import Iterable

from mindhold.beliefs.text.machine import furniture
from mindhold.proxy.dialects.dialogue import Message
from mindhold.proxy.dialects.seam import Seam
from mindhold.proxy.splice import NotJson, Place, quoted, read_array, read_object

GAP = quoted("\n\n")
_TEXTS = frozenset({"text", "input_text", "output_text"})
_THOUGHTS = frozenset({"thinking", "redacted_thinking"})  # clients may drop them from a history
_UNCOUNTED = frozenset(
    {"id", "tool_call_id", "tool_use_id", "call_id", "cache_control", "status"}
    | {"internal_chat_message_metadata_passthrough"}  # Codex's notes on when an item came to be
)


def message(place: Place, role: str, content: object, *calls: object) -> Message:
    """A message of this content, with calls that stand beside it; raises `NotJson` for odd ones.

    Only a user's must have content.
    """
    if content is None and role == "user":
        raise NotJson("a message without content")
    if not isinstance(content, str | None):
        check(content)
    text = (own_text if role == "user" else whole_text)(content)
    rest = others(content), *calls
    silent = role == "user" and bool(content) and not text and not any(rest)
    return Message(role=role, place=place, text=text, rest=rest, silent=silent)


def check(content: object) -> None:
    """Raises `NotJson` for parts that are none."""
    if not isinstance(content, list):
        raise NotJson("content that is neither text nor parts")
    for part in content:
        if not isinstance(part, dict):
            raise NotJson("a content part that is none")
        if part.get("type") in _TEXTS and not isinstance(part.get("text"), str):
            raise NotJson("a text part without text")


def text_of(part: object) -> str:
    """The text of a text part, else nothing."""
    if isinstance(part, dict) and part.get("type") in _TEXTS:
        text: str = part["text"]
        return text
    return ""


def whole_text(content: object) -> str:
    """All text of a content, the same whether it is a string or a list of parts."""
    return "\n\n".join(filter(None, _texts(content)))


def own_text(content: object) -> str:
    """The text of a content without what a client wrote about its surroundings."""
    return "\n\n".join(text for text in _texts(content) if text and not furniture(text))


def others(content: object) -> list[object]:
    """What counts of a content beside its text: pictures, documents, calls and their results."""
    parts = content if isinstance(content, list) else []
    return [bare(one) for one in parts if not text_of(one) and one.get("type") not in _THOUGHTS]


def bare(value: object) -> object:
    """A value without what clients change about it from one request to the next."""
    if isinstance(value, dict):
        return {key: bare(inner) for key, inner in value.items() if key not in _UNCOUNTED}
    return [bare(inner) for inner in value] if isinstance(value, list) else value


def inside(text: str, message: Place) -> Place:
    """Where a message's content is; a message that is a string is its own content."""
    if isinstance(message.value, str):
        return message
    return read_object(text, message.start)[0]["content"]


def in_front(text: str, content: Place, kind: str) -> Seam:
    """In front of the user's own text; a part of its own of this kind where there are parts."""
    if isinstance(content.value, str):
        return Seam(at=content.start + 1, end=content.start + 1, after=GAP)
    parts, _ = read_array(text, content.start)
    at = next(part.start for part in parts if _own(part.value))
    return Seam(at=at, end=at, before=opening(kind), after='"}, ')


def at_end(text: str, content: Place, kind: str) -> Seam:
    """At the end of a content; a part of its own of this kind where there are parts."""
    if isinstance(content.value, str):
        gap = GAP if content.value else ""
        return Seam(at=content.end - 1, end=content.end - 1, before=gap)
    parts, _ = read_array(text, content.start)
    at = parts[-1].end if parts else content.start + 1
    return Seam(at=at, end=at, before=(", " if parts else "") + opening(kind), after='"}')


def opening(kind: str) -> str:
    """How a text part of this kind begins, up to its text."""
    return f'{{"type": "{kind}", "text": "'


def _texts(content: object) -> Iterable[str]:
    if isinstance(content, list):
        return map(text_of, content)
    return (content,) if isinstance(content, str) else ()


def _own(part: object) -> bool:
    text = text_of(part)
    return bool(text.strip()) and not furniture(text)
