"""The tokens as the daemon sees them: read when the store was written, kept when it fails."""

import threading
from collections.abc import Mapping
from concurrent.futures import Future, wait
from pathlib import Path

from mindhold.beliefs.database import Database
from mindhold.beliefs.errors import StoreError, StoreLocked, StoreMissing
from mindhold.beliefs.tokens import Token, Tokens

_PATIENCE = 0.5  # seconds that a call, and so all calls, may wait for the store to be opened


class LiveTokens:
    """Live tokens by digest over a connection of its own, which no writer makes wait."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._database: Database | None = None
        self._opening: Future[Database] | None = None
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
        database = self._database  # another thread may let go of it meanwhile
        if database is None:
            database = self._database = self._opened()
        version = database.data_version()
        if version != self._version or self._known is None:
            self._known = Tokens(database).by_digest()
            self._version = version
        return self._known

    def _opened(self) -> Database:
        """Opened on a thread: a keyring that holds the store's key may not answer for seconds."""
        opening, patience = self._opening, 0.0
        if opening is None:
            opening, patience = Future(), _PATIENCE
            threading.Thread(target=_open, args=(self._home, opening), daemon=True).start()
        self._opening = opening
        if not wait([opening], patience).done:
            raise StoreLocked("The store is still being opened.")
        self._opening = None
        return opening.result()


def _open(home: Path, opening: "Future[Database]") -> None:
    try:
        opening.set_result(Database.open(home, create=False, readonly=True))
    except BaseException as error:  # noqa: BLE001 - raised where it is waited for
        opening.set_exception(error)
