"""Spoken: what is to be said, and the bytes that say it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

JSON = b"application/json"
EVENTS = b"text/event-stream; charset=utf-8"
LINES = b"application/x-ndjson"
_WORD = re.compile(r"\s*\S+|\s+$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """A text to answer with; `payload` is the parsed request, read with care: anything may be odd.

    `mark` is what ids are made of: letters, digits, `-`. `id` is that of the answer, where it must
    be a certain one. `read` and `written` are tokens, as usage tells them. The same speech gives
    the same bytes.
    """

    text: str
    mark: str
    payload: Mapping[str, object]
    id: str = ""
    at: int = 0  # seconds since 1970
    read: int = 0
    written: int = 0

    @property
    def model(self) -> str:
        """The model asked for, which is the one that answers."""
        model = self.payload.get("model")
        return model if isinstance(model, str) else "mindhold"

    def streams(self, *, unless_told: bool = False) -> bool:
        """Whether the answer is to come in pieces; a null is what the dialect does untold."""
        told = self.payload.get("stream")
        return unless_told if told is None else bool(told)

    def pieces(self) -> list[str]:
        """The text a word at a time."""
        return _WORD.findall(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """The body of an answer and its content type."""

    kind: bytes
    body: bytes


def whole(value: object) -> Spoken:
    """An answer in one piece."""
    return Spoken(kind=JSON, body=msgspec.json.encode(value))
