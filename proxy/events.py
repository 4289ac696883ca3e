"""Events: the messages of a stream, put together from bytes that are cut anywhere."""

import re

_BREAK = re.compile(rb"\r\n|\n|\r")


class Lines:
    """Lines of NDJSON, and what events are made of; each ends with CRLF, LF or CR."""

    def __init__(self) -> None:
        self._rest = bytearray()
        self._after_return = False  # a line feed that comes now is part of the last line's end

    @property
    def held(self) -> int:
        """How many bytes wait for what follows them."""
        return len(self._rest)

    def feed(self, text: bytes) -> list[bytes]:
        """The lines that are whole now, without their ends."""
        if self._after_return and text:
            text = text.removeprefix(b"\n")
            self._after_return = False
        self._rest += text
        if b"\n" not in text and b"\r" not in text:
            return []
        self._after_return = text.endswith(b"\r")
        *lines, rest = _BREAK.split(bytes(self._rest))
        self._rest = bytearray(rest)
        return lines

    def close(self) -> list[bytes]:
        """What is left when no line break will come."""
        rest, self._rest = bytes(self._rest), bytearray()
        return [rest] if rest else []


class Events:
    """The data of server-sent events; their names, ids and comments are left out."""

    def __init__(self) -> None:
        self._lines = Lines()
        self._data: list[bytes] = []

    @property
    def held(self) -> int:
        """How many bytes wait for what follows them."""
        return self._lines.held + sum(map(len, self._data))

    def feed(self, text: bytes) -> list[bytes]:
        """The data of the events that are whole now."""
        return self._gathered(self._lines.feed(text))

    def close(self) -> list[bytes]:
        """What is left when no empty line will come."""
        return self._gathered([*self._lines.close(), b""])

    def _gathered(self, lines: list[bytes]) -> list[bytes]:
        found = []
        for line in lines:
            if line.startswith(b"data:"):
                self._data.append(line[5:])
            elif not line and self._data:
                found.append(b"\n".join(self._data))
                self._data.clear()
        return found
