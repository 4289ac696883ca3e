"""Where a key of the store is held: in a private file, or with a keyholder.

A keyholder is an entry point of the group `mindhold.keyholders`, so that this package need not know
the system's keyring.
"""

import os
import re
import stat
from functools import cache
from pathlib import Path
from typing import Protocol

from mindhold.beliefs.durable import replace_file
from mindhold.beliefs.errors import StoreSealed

KEYRING = "keyring"
_GROUP = "mindhold.keyholders"
_FILE = "file:"
_LINES = re.compile(r"(?:[0-9a-f]+ [0-9a-f]+\n)*")
_MOST = 64 * 1024  # bytes of a key file


class Keyholder(Protocol):
    """Holds keys for the store in a home, by name; raises `StoreSealed` where it cannot."""

    def fetch(self, home: Path, name: str) -> str | None:
        """The key of this name, or None."""

    def keep(self, home: Path, name: str, key: str) -> None:
        """Holds a key; it has been read back when this returns."""

    def drop(self, home: Path, name: str) -> None:
        """Lets go of a key, if it is there."""


class KeyFile:
    """Keys in one file of the owner's, a line each: its name and the key, in hexadecimal."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def fetch(self, _home: Path, name: str) -> str | None:
        """The key of this name, or None; raises `StoreSealed` where the file is none of ours."""
        return self._read().get(name) if self._path.exists() else None

    def keep(self, _home: Path, name: str, key: str) -> None:
        """Holds a key beside those that are there."""
        held = self._read() if self._path.exists() else {}
        self._write(held | {name: key})

    def drop(self, _home: Path, name: str) -> None:
        """Lets go of a key, and of the file with its last one."""
        held = self._read() if self._path.exists() else {}
        held.pop(name, None)
        if held:
            self._write(held)
        else:
            self._path.unlink(missing_ok=True)

    def _read(self) -> dict[str, str]:
        try:
            with self._path.open("rb") as file:
                mode = os.fstat(file.fileno()).st_mode
                if not stat.S_ISREG(mode) or mode & 0o077:
                    raise StoreSealed(f"Others may read the key file {self._path}: chmod 600 it.")
                text = file.read(_MOST).decode("ascii", "replace")
        except OSError as error:
            raise StoreSealed(
                f"A key of the store is in {self._path}, which cannot be read: {error.strerror}."
            ) from None
        if not _LINES.fullmatch(text):
            raise StoreSealed(f"{self._path} is no key file of mindhold; nothing was changed.")
        return dict(line.split() for line in text.splitlines())

    def _write(self, held: dict[str, str]) -> None:
        text = "".join(f"{name} {key}\n" for name, key in held.items())
        replace_file(self._path, text.encode())


def in_file(path: Path) -> str:
    """The place that a key file is."""
    return f"{_FILE}{path.resolve()}"


@cache
def holder(where: str) -> Keyholder:
    """Who holds keys at a place, one for the process; raises `StoreSealed` for an unknown one."""
    if where.startswith(_FILE):
        return KeyFile(Path(where.removeprefix(_FILE)))
    from importlib.metadata import entry_points  # 20 ms, for stores with such a key only

    for found in entry_points(group=_GROUP, name=where):
        made: Keyholder = found.load()()
        return made
    raise StoreSealed(f"A key of the store is with “{where}”, which this mindhold has not.")


def told(where: str) -> str:
    """The place in words."""
    if where.startswith(_FILE):
        return f"the key file {where.removeprefix(_FILE)}"
    return "the system's keyring" if where == KEYRING else where
