"""Speaking: which wire format an answer of our own takes."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from mindhold.proxy.dialects.speech import chat, messages, ollama, responses
from mindhold.proxy.dialects.speech.spoken import Speech, Spoken
from mindhold.proxy.route import Kind

_SPEAKERS: Mapping[Kind, Callable[[Speech], Spoken]] = MappingProxyType(
    {
        "chat": chat.say,
        "responses": responses.say,
        "messages": messages.say,
        "ollama": ollama.chat,
        "generate": ollama.generate,
    }
)


def speak(kind: Kind, speech: Speech) -> Spoken:
    """The answer as a server of such calls would send it, in a stream where that is asked for."""
    return _SPEAKERS[kind](speech)
