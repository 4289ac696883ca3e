"""The tap: reads usage, id and text off an answer that flows past, without ever holding it up."""

import re
from collections.abc import Iterable
from typing import Protocol

import msgspec

from mindhold.beliefs.learning.said import ANSWER
from mindhold.proxy.coding import Undecodable, decoder
from mindhold.proxy.events import Events, Lines

MAX_ANSWER = 8 * 1024 * 1024  # bytes, decoded; beyond it the answer flows on unread
_TELLING = re.compile(rb'"usage"\s*:\s*\{|"eval_count"')
_SPEAKING = re.compile(rb'"(?:response\.output_text\.delta|text_delta)"')
_SPOKEN = ("text", "text_delta", "output_text")
_NONE, _NOTHING = msgspec.Raw(), msgspec.Raw(b"[]")


class _Told(msgspec.Struct):
    """An answer or one event of it, in any dialect: chat, Responses, Messages, Ollama."""

    id: object = None
    type: object = None
    usage: object = None
    prompt_eval_count: object = None
    eval_count: object = None
    message: msgspec.Raw = _NONE  # what begins an answer of Messages
    response: msgspec.Raw = _NONE  # what begins and ends one of Responses
    delta: msgspec.Raw = _NONE
    content: msgspec.Raw = _NOTHING
    output: msgspec.Raw = _NOTHING


class _Said(msgspec.Struct):
    type: str = ""
    text: str = ""


class _Item(msgspec.Struct):
    content: list[_Said] | None = None


_told = msgspec.json.Decoder(_Told).decode
_delta = msgspec.json.Decoder(str | _Said).decode
_content = msgspec.json.Decoder(list[_Said]).decode
_output = msgspec.json.Decoder(list[_Item]).decode
_UNREADABLE = (msgspec.MsgspecError, RecursionError, UnicodeDecodeError)


class _Whole:
    """An answer in one piece."""

    def __init__(self) -> None:
        self._text = bytearray()

    @property
    def held(self) -> int:
        return len(self._text)

    def feed(self, text: bytes) -> list[bytes]:
        self._text += text
        return []

    def close(self) -> list[bytes]:
        return [bytes(self._text)]


class _Messages(Protocol):
    @property
    def held(self) -> int: ...
    def feed(self, text: bytes) -> list[bytes]: ...
    def close(self) -> list[bytes]: ...


_KINDS: dict[str, type[_Messages]] = {
    "application/json": _Whole,
    "application/x-ndjson": Lines,
    "text/event-stream": Events,
}


class Tap:
    """Fed with the raw bytes of one answer after they were forwarded; never raises.

    `usage` is what the upstream counted, in its own words; of several counts of one name the last.
    `text` is how the answer begins, at most `ANSWER` characters, in the dialects whose servers may
    hold the history (Responses, Messages): elsewhere the client sends it back. All stay empty for
    what cannot be read: another content type or coding, more than `MAX_ANSWER`, odd JSON.
    """

    def __init__(self, headers: Iterable[tuple[bytes, bytes]]) -> None:
        self.usage: dict[str, object] | None = None
        self.response_id: str | None = None
        self.text = ""
        named = {name.lower(): value.decode("latin-1").lower() for name, value in headers}
        kind = _KINDS.get(named.get(b"content-type", "").partition(";")[0].strip())
        self._decode = decoder(named.get(b"content-encoding", "").strip())
        self._messages = kind() if kind and self._decode else None
        self._left = MAX_ANSWER

    @property
    def held(self) -> int:
        """How many bytes wait to be understood."""
        return self._messages.held if self._messages else 0

    def feed(self, chunk: bytes) -> None:
        """Take note of the bytes; costs microseconds."""
        if not self._messages or not self._decode:
            return
        try:
            text = self._decode(chunk)
        except Undecodable:
            self._messages = None
            return
        self._left -= len(text)
        if self._left <= 0:
            self._messages = None
            return
        self._read(self._messages.feed(text))

    def close(self) -> None:
        """The answer is over, whole or not."""
        if self._messages:
            self._read(self._messages.close())
        self._messages = self._decode = None

    def _read(self, messages: Iterable[bytes]) -> None:
        for message in messages:
            if self.response_id is None or _TELLING.search(message) or self._speaks(message):
                self._take(message)

    def _speaks(self, message: bytes) -> bool:
        return len(self.text) < ANSWER and _SPEAKING.search(message) is not None

    def _take(self, message: bytes, *, outermost: bool = True) -> None:
        try:
            told = _told(message)
        except _UNREADABLE:
            return
        if isinstance(told.id, str) and self.response_id is None:
            self.response_id = told.id
        self._count(told)
        if told.delta or not self.text:  # at its end a stream of Responses says all of it again
            self.text = (self.text + _words(told))[:ANSWER]
        for inner in filter(None, (told.message, told.response)) if outermost else ():
            self._take(bytes(inner), outermost=False)

    def _count(self, told: _Told) -> None:
        """In a stream of Messages the beginning knows some of the counts, and the end the rest."""
        counted = told.usage if isinstance(told.usage, dict) else {}
        if type(told.eval_count) is int:
            counted = {"prompt_eval_count": told.prompt_eval_count, "eval_count": told.eval_count}
        for name, count in counted.items():
            self.usage = self.usage or {}
            if count is not None or name not in self.usage:
                self.usage[name] = count


def _words(told: _Told) -> str:
    """What this message says of the answer's text."""
    try:
        if not told.delta:
            items = [_Item(content=_content(told.content)), *_output(told.output)]
            parts = [part for item in items for part in item.content or ()]
            return "".join(part.text for part in parts if part.type in _SPOKEN)
        delta = _delta(told.delta)
    except _UNREADABLE:
        return ""
    if isinstance(delta, str):
        return delta if told.type == "response.output_text.delta" else ""
    return delta.text if delta.type in _SPOKEN else ""
