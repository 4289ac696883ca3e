"""Keyrings that are there and of no use, as on a machine that nobody sits at."""

import threading

from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked


class Locked(KeyringBackend):
    """Says no, in words that nobody should repeat."""

    priority = 1

    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked("sk-secret")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise KeyringLocked("sk-secret")


class Hung(KeyringBackend):
    """Waits for a person who is not there."""

    priority = 1

    def get_password(self, service: str, username: str) -> str | None:
        threading.Event().wait()

    def set_password(self, service: str, username: str, password: str) -> None:
        threading.Event().wait()
