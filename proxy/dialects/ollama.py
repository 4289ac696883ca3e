"""Ollama's own calls: a chat of plain messages, and generate, which is one prompt.

A model may have a system prompt of its own, which any other one in a request replaces: where the
client sends none, the stable block stands in front of what the user wrote first.

https://docs.ollama.com/api
"""

from functools import partial

from mindhold.proxy.dialects.chat import after_text, before_text, leading, messages_of, system_text
from mindhold.proxy.dialects.dialogue import Dialogue, Message, NoDialogue, made, read_top
from mindhold.proxy.splice import NotJson, Place

_COMPLETES = ("raw", "suffix", "template")  # a client that builds the prompt itself


def read_ollama(body: bytes) -> Dialogue:
    """Reads a chat; raises `ValueError` when it is odd in a way the upstream must judge."""
    text, top = read_top(body, "messages")
    messages = messages_of(top)
    first = next((one for one in messages if one.role == "user" and one.text.strip()), None)
    if first is None:
        raise NoDialogue
    last = leading(messages)
    return made(
        body,
        text,
        top,
        messages,
        stable=partial(after_text, text, last) if last else partial(before_text, text, first),
        seam=partial(before_text, text),
        system_text=system_text(messages),
    )


def read_generate(body: bytes) -> Dialogue:
    """Reads a prompt, a dialogue of one turn; raises `ValueError` as `read_ollama` does.

    A prompt that is a part of a text to be completed, or empty to load a model, is no dialogue.
    """
    text, top = read_top(body, "prompt")
    prompt, system = top.get("prompt"), top.get("system")
    if any(top[key].value for key in _COMPLETES if key in top) or prompt is None:
        raise NoDialogue
    if not isinstance(prompt.value, str):
        raise NotJson("a prompt that is no text")
    if not prompt.value.strip():
        raise NoDialogue
    turn = Message(role="user", place=prompt, text=prompt.value)
    instructs = _instructs(system)
    block = partial(after_text, text, instructs) if instructs else partial(before_text, text, turn)
    return made(
        body,
        text,
        top,
        (turn,),
        stable=block,
        seam=partial(before_text, text),
        system_text=instructs.text if instructs else "",
    )


def _instructs(system: Place | None) -> Message | None:
    """What the client sends as system prompt, if anything."""
    if system and isinstance(system.value, str) and system.value:
        return Message(role="system", place=system, text=system.value)
    return None
