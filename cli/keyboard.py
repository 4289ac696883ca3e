"""A keyboard: single key presses of who sits at the terminal."""

import os
import select
import sys
import termios
import tty

_END = {b"\x04", b"\0"}  # Ctrl-D, and what Linux makes of one that was typed ahead


def press() -> str:
    """The next key, lower-case; empty for one that writes no letter, such as an arrow.

    Ctrl-C interrupts as ever. Raises `EOFError` for Ctrl-D, or when the terminal has gone.
    """
    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    try:
        tty.setcbreak(terminal, termios.TCSANOW)  # what was typed ahead is read, not thrown away
        return _read(terminal)
    except termios.error:
        raise EOFError from None
    finally:
        termios.tcsetattr(terminal, termios.TCSANOW, before)


def _read(terminal: int) -> str:
    first = _byte(terminal)
    if first in _END:
        raise EOFError
    if first == b"\x1b":
        _skip_sequence(terminal)
        return ""
    if first[0] >= 0x80:  # the first byte of a character tells how many follow
        for _ in range(min(3, 7 - (~first[0] & 0xFF).bit_length())):
            _byte(terminal)
        return ""
    return first.decode().lower()


def _skip_sequence(terminal: int) -> None:
    """Takes the rest of what an arrow or a function key sends, and no key after it."""
    if not select.select([terminal], [], [], 0.02)[0] or _byte(terminal) not in {b"[", b"O"}:
        return
    while not b"@" <= _byte(terminal) <= b"~":
        pass


def _byte(terminal: int) -> bytes:
    try:
        read = os.read(terminal, 1)
    except OSError:  # Linux ends a terminal so
        raise EOFError from None
    if not read:
        raise EOFError
    return read
