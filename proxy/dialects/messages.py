"""Messages, as Anthropic's models take them: content in blocks, the system's apart.

https://docs.anthropic.com/en/api/messages
"""

from functools import partial

from mindhold.proxy.dialects.chat import before_text, messages_of, system_text
from mindhold.proxy.dialects.content import at_end, check, opening, whole_text
from mindhold.proxy.dialects.dialogue import Dialogue, in_object, in_place, made, read_top
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
        seam=partial(before_text, text),
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
    first = f'{{"type": "text", "text": {text[system.start : system.end]}}}'
    return Seam(at=system.start, end=system.end, before=f"[{first}, {_BLOCK}", after='"}]')
