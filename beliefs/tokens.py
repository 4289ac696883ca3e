"""Access tokens: who may use the proxy, for what, in which scopes and until when."""

import hashlib
import json
import secrets
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from mindhold.beliefs.codec import encode_list, microseconds, moment
from mindhold.beliefs.database import Database
from mindhold.beliefs.errors import Conflict, Invalid, NotFound
from mindhold.beliefs.ids import new_id
from mindhold.beliefs.scope import parse_scope

PREFIX = "mh_"
_SECRET_BYTES = 32
SECRET_CHARACTERS = 43  # of base64, behind the prefix

Capability = Literal["chat", "inject", "learn", "read", "write", "admin"]
"""chat: call upstreams; inject: be given what memory holds; learn: teach it; read, write: look at
and change beliefs through the owner's API; admin: settings and tokens there."""

CAPABILITIES: tuple[Capability, ...] = get_args(Capability)
USUAL: frozenset[Capability] = frozenset({"chat", "inject", "learn"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """An access token without its secret, which is shown once and stored as a hash only.

    `scopes` are the holder's default and limit; none: any scope. `expires_at`: from then on it is
    good for nothing; None: never.
    """

    id: str
    name: str
    digest: str
    created_at: datetime
    scopes: tuple[str, ...] = ()
    user: str = "local"
    agent: str | None = None
    can: frozenset[Capability] = USUAL
    expires_at: datetime | None = None
    revoked_at: datetime | None = None

    def expired(self, now: datetime) -> bool:
        """Whether its time is over."""
        return self.expires_at is not None and self.expires_at <= now


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
        can: Iterable[str] = USUAL,
        expires_at: datetime | None = None,
    ) -> tuple[str, Token]:
        """A new token and its secret, 256 random bits that cannot be asked for again.

        Takes the place of an expired one of this name. Raises `Conflict` while a live one has it,
        `Invalid` for a bad name, scope or capability, and for a time that is over.
        """
        secret = PREFIX + secrets.token_urlsafe(_SECRET_BYTES)
        token = Token(
            id=new_id(now),
            name=_checked(name),
            digest=digest(secret),
            created_at=now,
            scopes=tuple(dict.fromkeys(parse_scope(scope) for scope in scopes)),
            user=user,
            agent=agent,
            can=frozenset(map(capability, can)),
            expires_at=expires_at,
        )
        if token.expired(now):
            raise Invalid("A token cannot expire in the past.")
        if not token.can:
            raise Invalid(f"A token must be for something: {', '.join(CAPABILITIES)}.")
        with self._database.transaction() as connection:
            connection.execute(_END, {"name": token.name, "now": microseconds(now)})
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
        """Every token that is not revoked under its digest: the table a front door looks into.

        Looking a secret up by its digest tells nothing by the time it takes: whoever guesses
        does not choose the digest, so being nearly right looks like being wrong.
        """
        return {token.digest: token for token in self.all()}

    def _read(self) -> list[Token]:
        return [_token(row) for row in self._database.rows(_ALL)]


def capability(word: str) -> Capability:
    """The capability of this name; raises `Invalid`."""
    for one in CAPABILITIES:
        if word.strip().lower() == one:
            return one
    raise Invalid(f"{word!r} is nothing that a token can do: {', '.join(CAPABILITIES)}.")


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
_END = (
    "UPDATE tokens SET revoked_at = expires_at"
    " WHERE name = :name AND revoked_at IS NULL AND expires_at <= :now"
)
_INSERT = (
    "INSERT INTO tokens (id, name, digest, created_at, scopes, user, agent, can, expires_at)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
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
        encode_list([one for one in CAPABILITIES if one in token.can]),
        microseconds(token.expires_at) if token.expires_at else None,
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
        can=frozenset(map(capability, json.loads(row["can"]))),
        expires_at=moment(row["expires_at"]) if row["expires_at"] is not None else None,
        revoked_at=moment(row["revoked_at"]) if row["revoked_at"] is not None else None,
    )


def _checked(name: str) -> str:
    name = name.strip()
    if not name or len(name) > 64 or not name.isprintable():
        raise Invalid("A token's name is 1 to 64 printable characters.")
    return name
