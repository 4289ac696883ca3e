"""This machine's own access token, for the clients that the command line starts.

It can what a usual one can and no more: every program that is given it could do the rest as well.
"""

import os
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from mindhold.beliefs.database import Database
from mindhold.beliefs.errors import NotFound
from mindhold.beliefs.tokens import Tokens, digest

if TYPE_CHECKING:
    from mindhold.proxy.settings import Settings

NAME = "this-machine"
_FILE = "token"  # in the data directory, readable by its owner alone


def token_for(settings: "Settings", database: Database) -> str:
    """This machine's token where callers must hold one under these settings, else empty."""
    from mindhold.proxy.frontdoor import demands_token

    return own_token(database) if demands_token(settings) else ""


def own_token(database: Database) -> str:
    """The secret of this machine's token; made at the first call, and again once revoked."""
    path = database.home / _FILE
    tokens = Tokens(database)
    known = path.read_text().strip() if path.exists() else ""
    if digest(known) in tokens.by_digest():
        return known
    now = datetime.now(UTC)
    with suppress(NotFound):
        tokens.revoke(NAME, now=now)  # its secret is lost
    secret, _ = tokens.create(NAME, now=now)
    path.unlink(missing_ok=True)
    with open(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
        file.write(f"{secret}\n")
    return secret
