"""A keyring in a file of the test's own, for processes that have no desktop."""

import json
import os
import threading
from pathlib import Path

from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked


class Ring(KeyringBackend):
    """Keeps what it is given where RING_FILE says.

    Beside it may stand what ails it: `locked` and it says no, `hung` and it waits for somebody.
    """

    priority = 1

    def get_password(self, service: str, username: str) -> str | None:
        return self._read().get(f"{service}\n{username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        self._write(self._read() | {f"{service}\n{username}": password})

    def delete_password(self, service: str, username: str) -> None:
        kept = self._read()
        del kept[f"{service}\n{username}"]
        self._write(kept)

    def _read(self) -> dict[str, str]:
        file = Path(os.environ["RING_FILE"])
        if file.with_suffix(".locked").exists():
            raise KeyringLocked
        if file.with_suffix(".hung").exists():
            threading.Event().wait()
        return json.loads(file.read_text()) if file.exists() else {}

    def _write(self, kept: dict[str, str]) -> None:
        Path(os.environ["RING_FILE"]).write_text(json.dumps(kept))
