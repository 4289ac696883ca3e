"""The cipher of an encrypted store: one key for the store and every copy of it.

The file is SQLCipher's: AES-256 in pages, each with its own HMAC. Its first 16 bytes are random
(the salt), and name its key wherever keys are held. A copy keeps them: the same key opens it.
"""

import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mindhold.beliefs.drivers import PLAIN, raised
from mindhold.beliefs.errors import StoreSealed

_KEY = 32  # bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Cipher:
    """A raw key, used as it is, and the salt of the files that it opens."""

    key: bytes = field(repr=False)
    salt: bytes

    @classmethod
    def new(cls) -> "Cipher":
        """One that nobody has used."""
        return cls(key=secrets.token_bytes(_KEY), salt=secrets.token_bytes(len(PLAIN)))

    @property
    def written(self) -> str:
        """As a pragma or ATTACH take it."""
        return f"x'{self.key.hex()}{self.salt.hex()}'"

    def unlock(self, connection: Any) -> None:
        """Gives a new connection its key; raises `StoreSealed` where it is not the file's."""
        connection.execute("PRAGMA cipher_log_level = NONE")  # it would write to stderr
        connection.execute(f'PRAGMA key = "{self.written}"')
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except raised("DatabaseError") as error:
            if getattr(error, "sqlite_errorname", "") == "SQLITE_NOTADB":
                raise StoreSealed(
                    "The key that was found does not open the store, or its first page is damaged; "
                    "nothing was changed."
                ) from None
            raise


def salt_of(path: Path) -> bytes | None:
    """What names the key of an encrypted file; None for a plain or an empty one.

    Never of a database that this process may have open: to close a file is to let go of all locks
    that the process holds on it.
    """
    with path.open("rb") as file:
        salt = file.read(len(PLAIN))
    return salt if len(salt) == len(PLAIN) and salt != PLAIN else None
