"""Access tokens: who may use the proxy, and in which scopes."""

import hashlib
import json
import secrets
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from mindhold.beliefs.codec import encode_list, microseconds, moment
from mindhold.beliefs.database import Database
from mindhold.beliefs.errors import Conflict, Invalid, NotFound
from mindhold.beliefs.ids import new_id
from mindhold.beliefs.scope import parse_scope

PREFIX = "mh_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """An access token without its secret, which is shown once and stored as a hash only.

    `scopes` are the holder's default and limit; none: any scope.
    """

    id: str
    name: str
    digest: str
    created_at: datetime
    scopes: tuple[str, ...] = ()
    user: str = "local"
    agent: str | None = None
    revoked_at: datetime | None = None


class Tokens:
    """The access tokens of one store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(
        self,
        name: str,
        *,
        now: datetime,
        scopes: Sequence[str] = (),
        user: str = "local",
        agent: str | None = None,
    ) -> tuple[str, Token]:
        """A new token and its secret, 256 random bits that cannot be asked for again.

        Raises `Conflict` while a live token has this name, `Invalid` for a bad name or scope.
        """
        secret = PREFIX + secrets.token_urlsafe(32)
        token = Token(
            id=new_id(now),
            name=_checked(name),
            digest=digest(secret),
            created_at=now,
            scopes=tuple(dict.fromkeys(parse_scope(scope) for scope in scopes)),
            user=user,
            agent=agent,
        )
        with self._database.transaction() as connection:
            if connection.execute(_TAKEN, (token.name,)).fetchone():
                raise Conflict(f"A token called {token.name} exists: revoke it first.")
            connection.execute(_INSERT, _row(token))
        return secret, token

    def all(self, *, revoked: bool = False) -> list[Token]:
        """The tokens in order of their making, the revoked ones only if wanted."""
        return [token for token in self._read() if revoked or token.revoked_at is None]

    def revoke(self, name: str, *, now: datetime) -> Token:
        """Take a token's access away, by name or id; it never comes back. Raises `NotFound`."""
        found = [token for token in self.all() if name in (token.name, token.id)]
        if not found:
            raise NotFound(f"There is no token called {name}: see mindhold tokens list.")
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE tokens SET revoked_at = ? WHERE id = ?", (microseconds(now), found[0].id)
            )
        return found[0]

    def by_digest(self) -> dict[str, Token]:
        """Every live token under its digest: the table a front door looks secrets up in."""
        return {token.digest: token for token in self.all()}

    def _read(self) -> list[Token]:
        return [_token(row) for row in self._database.rows(_ALL)]


def digest(secret: str) -> str:
    """What is stored of a secret; 256 random bits need neither salt nor slow hashing."""
    return hashlib.sha256(secret.encode("utf-8", "surrogateescape")).hexdigest()


def rescope(connection: sqlite3.Connection, before: str, after: str) -> int:
    """Names a scope anew in every token that has it; how many live ones had."""
    changed = 0
    for row in connection.execute("SELECT id, scopes, revoked_at FROM tokens").fetchall():
        scopes = json.loads(row["scopes"])
        if before in scopes:
            made = dict.fromkeys(after if scope == before else scope for scope in scopes)
            connection.execute(
                "UPDATE tokens SET scopes = ? WHERE id = ?", (encode_list(list(made)), row["id"])
            )
            changed += row["revoked_at"] is None
    return changed


_ALL = "SELECT * FROM tokens ORDER BY created_at, rowid"
_TAKEN = "SELECT 1 FROM tokens WHERE name = ? AND revoked_at IS NULL"
_INSERT = (
    "INSERT INTO tokens (id, name, digest, created_at, scopes, user, agent)"
    " VALUES (?, ?, ?, ?, ?, ?, ?)"
)


def _row(token: Token) -> tuple[str | int | None, ...]:
    return (
        token.id,
        token.name,
        token.digest,
        microseconds(token.created_at),
        encode_list(list(token.scopes)),
        token.user,
        token.agent,
    )


def _token(row: sqlite3.Row) -> Token:
    return Token(
        id=row["id"],
        name=row["name"],
        digest=row["digest"],
        created_at=moment(row["created_at"]),
        scopes=tuple(json.loads(row["scopes"])),
        user=row["user"],
        agent=row["agent"],
        revoked_at=moment(row["revoked_at"]) if row["revoked_at"] is not None else None,
    )


def _checked(name: str) -> str:
    name = name.strip()
    if not name or len(name) > 64 or not name.isprintable():
        raise Invalid("A token's name is 1 to 64 printable characters.")
    return name
