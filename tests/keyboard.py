"""A person at a terminal: a command that is typed into."""

import os
import pty
import re
import select

_KEY = re.compile(r"\x1b\[?\w|.", re.DOTALL)  # an arrow sends several characters at once
_QUIET = 0.05  # seconds of silence after which somebody types on


def typed_into(command: list[str], text: str) -> tuple[str, int]:
    """What a terminal shows while this is typed into it, and the exit code.

    A key is typed when the command has fallen silent, as people do: what is typed ahead of a
    change between keys and lines, the terminal itself may lose.
    """
    child, terminal = pty.fork()
    if child == 0:
        os.execve(command[0], command, {**os.environ, "COLUMNS": "200"})
    said, left = b"", _KEY.findall(text)
    while part := _heard(terminal, wait=_QUIET if said and left else None):
        if part == _SILENCE:
            os.write(terminal, left.pop(0).encode())
        else:
            said += part
    return said.decode(), os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


_SILENCE = b"\0"


def _heard(terminal: int, *, wait: float | None) -> bytes:
    """What is said next, or that nothing was for so long; empty at the end."""
    if not select.select([terminal], [], [], wait)[0]:
        return _SILENCE
    try:
        return os.read(terminal, 4096)
    except OSError:  # Linux ends a terminal so
        return b""
