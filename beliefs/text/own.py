"""Own: what of a user's text its person typed, where their client wrote the rest of it."""

import re

from mindhold.beliefs.text.spans import shown

_APPENDED = 8_192  # characters at the end of a text in which a client's rules may begin
_PARAGRAPHS = 64
_SYSTEM = 131_072  # characters of a system prompt in which they are looked for
_SHORT = 12  # characters; shorter ones a person says in the same words
_BREAK = re.compile(r"\n\s*\n")
_FRAME = re.compile(r"\s*+#{2,3} Task:\s+Respond to the user query using the provided")
_FRAMED = "</context>"
_WRAPPER = re.compile(
    r"</?(?:user_(?:input|message|query|request|command)|userRequest|command-args|task|feedback)\b"
    r"[^<>]{0,200}>|(?<=</mode_notice>)|(?<=</system-reminder>)|(?<=</system_reminder>)"
)  # on lines of their own, or the sentence beside one would begin with it
_QUOTES = frozenset({"opencode"})  # put a message that holds a space in quotation marks


def own_words(text: str, system: str = "", program: str = "") -> str:
    """The person's words in a text; `program` is the client, by its user agent.

    A client that reminds the model of its rules repeats at the end of the text what its system
    prompt says; one that looks things up puts what it found, and what to do with it, in front.
    """
    if _FRAME.match(text) and (end := text.rfind(_FRAMED)) >= 0:
        text = text[end + len(_FRAMED) :].strip()
    text = _without_rules(_unwrapped(text), system)
    if program in _QUOTES and len(text) > 1 and text[0] == text[-1] == '"':
        return text[1:-1].replace('\\"', '"')
    return text


def _unwrapped(text: str) -> str:
    if "<" not in text or any(shown(text, found.start()) for found in _WRAPPER.finditer(text)):
        return text
    return _WRAPPER.sub("\n", text).strip()


def _without_rules(text: str, system: str) -> str:
    first = max(0, len(text) - _APPENDED)
    breaks = list(_BREAK.finditer(text, first))[-_PARAGRAPHS:]
    told = system[:_SYSTEM]
    for found in breaks:
        rules = text[found.end() :].strip()
        if len(rules) >= _SHORT and rules in told:
            return text[: found.start()]
    return text
