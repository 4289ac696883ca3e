"""Messages, as Anthropic's models take them: content in blocks, the system's apart.

https://docs.anthropic.com/en/api/messages
"""

from functools import partial

from mindhold.proxy.dialects.chat import before_text, messages_of, system_text
from mindhold.proxy.dialects.content import at_end, check, inside, opening, whole_text
from mindhold.proxy.dialects.dialogue import (
    Dialogue,
    Message,
    in_object,
    in_place,
    made,
    read_top,
)
from mindhold.proxy.dialects.seam import Seam
from mindhold.proxy.splice import Place

_BLOCK = opening("text")


def read_messages(body: bytes) -> Dialogue:
    """Reads a body; raises `ValueError` when it is odd in a way the upstream must judge."""
    text, top = read_top(body, "messages")
    system = top["system"].value if "system" in top else None
    if not isinstance(system, str | None):
        check(system)
    messages = messages_of(top)
    # The rest of a thread is on the server, its system with it: a request may not bring another.
    previous = _names(top, "thread", "previous_message_id")
    return made(
        body,
        text,
        top,
        messages,
        stable=None if previous else partial(_stable, text, top),
        seam=partial(_turn, text),
        system_text=f"{whole_text(system)}\n{system_text(messages)}",
        held=previous,
        keeps="thread" in top,
        compacts=_names(top, "compaction", "type") == "summarize",
    )


def _names(top: dict[str, Place], key: str, inner: str) -> str | None:
    """A text in an object of the body."""
    found = top[key].value if key in top else None
    named = found.get(inner) if isinstance(found, dict) else None
    return named if isinstance(named, str) and named else None


def _stable(text: str, top: dict[str, Place]) -> Seam:
    """One more block after the client's last, without a cache breakpoint.

    Some keys work only where the system's first block is exactly what their client sends, so a
    system that is one text becomes the first block and stays as it is.
    """
    system = top.get("system")
    alone = f'[{_BLOCK}{{}}"}}]'
    if system is None:
        return in_object(top, "system", alone)
    if isinstance(system.value, list):
        return at_end(text, system, "text")
    if not system.value or not system.value.strip():  # type: ignore[attr-defined]
        return in_place(system, alone)
    first = _block(text, system)
    return Seam(at=system.start, end=system.end, before=f"[{first}, {_BLOCK}", after='"}]')


def _turn(text: str, message: Message) -> Seam:
    """A block in front of what the user wrote.

    A text alone and a block of it are the same to the model, and clients write one turn now in
    this way, now in that, to move their cache breakpoints: so it becomes the last of two blocks.
    """
    content = inside(text, message.place)
    if not isinstance(content.value, str):
        return before_text(text, message)
    after = f'"}}, {_block(text, content)}]'
    return Seam(at=content.start, end=content.end, before=f"[{_BLOCK}", after=after)


def _block(text: str, content: Place) -> str:
    """A text that stood alone, as a block, spelled as it was."""
    return f'{{"type": "text", "text": {text[content.start : content.end]}}}'
