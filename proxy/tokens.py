"""The tokens as the daemon sees them: read when the store was written, kept when it fails."""

from collections.abc import Mapping
from pathlib import Path

from mindhold.beliefs.database import Database
from mindhold.beliefs.errors import StoreError, StoreMissing
from mindhold.beliefs.tokens import Token, Tokens


class LiveTokens:
    """Live tokens by digest over a connection of its own, which no writer makes wait."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._database: Database | None = None
        self._version: int | None = None
        self._known: Mapping[str, Token] | None = None

    def by_digest(self) -> Mapping[str, Token]:
        """The tokens as they stand; what was read last while the store cannot be read.

        Raises `StoreError` when it could never be read.
        """
        try:
            return self._read()
        except StoreMissing:
            return self._known or {}
        except StoreError:
            self.close()
            if self._known is None:
                raise
            return self._known

    def close(self) -> None:
        """Let the store go; the next look opens it again."""
        database, self._database, self._version = self._database, None, None
        if database:
            database.close()

    def _read(self) -> Mapping[str, Token]:
        if self._database is None:
            self._database = Database.open(self._home, create=False, readonly=True)
        version = self._database.data_version()
        if version != self._version or self._known is None:
            self._known = Tokens(self._database).by_digest()
            self._version = version
        return self._known
