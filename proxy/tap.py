"""The tap: reads usage and id off an answer that flows past, without ever holding it up."""

import zlib
from collections.abc import Iterable

import msgspec

MAX_ANSWER = 8 * 1024 * 1024  # bytes, decoded; beyond it the answer flows on unread
_WINDOWS = {"gzip": 31, "x-gzip": 31, "deflate": 15}


class _Answer(msgspec.Struct):
    id: object = None
    usage: object = None


_decode = msgspec.json.Decoder(_Answer).decode


class Tap:
    """Fed with the raw bytes of one answer after they were forwarded.

    `usage` and `response_id` stay None for what it cannot read: another content type or encoding,
    more than `MAX_ANSWER`, odd JSON.
    """

    def __init__(self, headers: Iterable[tuple[bytes, bytes]]) -> None:
        self.usage: dict[str, object] | None = None
        self.response_id: str | None = None
        named = {name.lower(): value.decode("latin-1").lower() for name, value in headers}
        kind = named.get(b"content-type", "").partition(";")[0].strip()
        coding = named.get(b"content-encoding", "identity").strip()
        self._events = kind == "text/event-stream"
        self._open = kind in ("text/event-stream", "application/json") and (
            coding == "identity" or coding in _WINDOWS
        )
        self._inflate = zlib.decompressobj(_WINDOWS[coding]) if coding in _WINDOWS else None
        self._left = MAX_ANSWER
        self._text = bytearray()

    @property
    def held(self) -> int:
        """How many bytes wait to be understood."""
        return len(self._text)

    def feed(self, chunk: bytes) -> None:
        """Take note of the bytes; costs microseconds, never raises."""
        if not self._open:
            return
        text = self._decoded(chunk)
        self._text += text
        if self._left <= 0:
            self._give_up()
        elif self._events and b"\n" in text:
            self._read_events()

    def close(self) -> None:
        """The answer is over, whole or not."""
        if self._open:
            self._read(self._text if not self._events else self._text.removeprefix(b"data:"))
        self._give_up()

    def _decoded(self, chunk: bytes) -> bytes:
        if self._inflate:
            try:
                chunk = self._inflate.decompress(chunk, self._left)
            except zlib.error:
                self._left = 0
                return b""
        self._left -= len(chunk)
        return chunk

    def _read_events(self) -> None:
        *lines, rest = self._text.split(b"\n")
        self._text = rest
        for line in lines:
            if line.startswith(b"data:") and (self.response_id is None or b'"usage"' in line):
                self._read(line[5:])

    def _read(self, text: bytes | bytearray) -> None:
        try:
            answer = _decode(text)
        except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
            return
        if isinstance(answer.id, str) and self.response_id is None:
            self.response_id = answer.id
        if isinstance(answer.usage, dict):
            self.usage = answer.usage

    def _give_up(self) -> None:
        self._open, self._text, self._inflate = False, bytearray(), None
