"""A person at a terminal: a command that is typed into."""

import os
import pty


def typed_into(command: list[str], text: str) -> tuple[str, int]:
    """What a terminal shows while this is typed into it, and the exit code."""
    child, terminal = pty.fork()
    if child == 0:
        os.execve(command[0], command, {**os.environ, "COLUMNS": "200"})
    os.write(terminal, text.encode())
    said = b""
    while True:
        try:
            part = os.read(terminal, 4096)
        except OSError:  # Linux ends a terminal so
            break
        if not part:
            break
        said += part
    return said.decode(), os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
