"""Speaking: which wire format an answer of our own takes."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Literal

from mindhold.proxy.dialects.speech import chat, messages, ollama, responses
from mindhold.proxy.dialects.speech.spoken import Speech, Spoken

Call = Literal["chat", "responses", "messages", "ollama", "generate"]

_SPEAKERS: Mapping[Call, Callable[[Speech], Spoken]] = MappingProxyType(
    {
        "chat": chat.say,
        "responses": responses.say,
        "messages": messages.say,
        "ollama": ollama.chat,
        "generate": ollama.generate,
    }
)


def speak(call: Call, speech: Speech) -> Spoken:
    """The answer as a server of this call would send it, streamed where the request asks for it."""
    return _SPEAKERS[call](speech)
