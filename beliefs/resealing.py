"""Resealing: all rows of a plain store sealed anew, under a key that is held at another place.

It happens in one transaction, with nobody else at the store: others would take every row for a
damaged one. A row that was damaged stays so.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from mindhold.beliefs import custody, sealkey, seals
from mindhold.beliefs.codec import decode
from mindhold.beliefs.conversion import alone
from mindhold.beliefs.creation import check_key, connect, identity_of, name_key, new_key, own_key
from mindhold.beliefs.errors import StoreBroken, StoreKeyLost, StoreSealed
from mindhold.beliefs.faults import boundary, files
from mindhold.beliefs.home import DATABASE, KEY, LOCK
from mindhold.beliefs.keyholder import KEYRING
from mindhold.beliefs.lineage import emptied
from mindhold.beliefs.storelock import PATIENCE, StoreLock
from mindhold.beliefs.table import columns

_ASIDE = f"{KEY}.other"  # a key that was beside the store and is not its own
_ROWS = """
SELECT id, user, agent, type, state, pinned, subtype, review_by, valid_until, value,
(SELECT value FROM journal WHERE belief = beliefs.id ORDER BY sequence DESC LIMIT 1) AS told
FROM beliefs
"""
_SOUND = f"SELECT id FROM beliefs WHERE NOT ({seals.UNSOUND})"  # noqa: S608


@dataclass(frozen=True, slots=True, kw_only=True)
class Resealed:
    """How many rows are sealed now, and how many are not as mindhold wrote them."""

    sealed: int
    damaged: int


def reseal(home: Path, place: str | None, *, known: bytes | None = None) -> Resealed:
    """Seals every sound row with the key at `place`; None: with one made of the store's own.

    The key that is left is let go of. `known` is the one that they are sealed with, where it is not
    to be asked for. Raises
    `StoreSealed` where one of both cannot be had, `StoreKeyLost` where the store's own is lost,
    `StoreLocked` where the store is open elsewhere; nothing is changed then.
    """
    with _alone(home) as connection:
        own = own_key(home)
        identity, now = check_key(connection, own), seals.place(connection)
        seals.prepare(connection, known or (sealkey.held(home, now, identity) if now else own))
        sound = [row["id"] for row in connection.execute(_SOUND)]
        done = _seal(connection, place, _key(home, place, identity, own), own, sound)
        if known is None and (left := now or KEYRING) != place:
            sealkey.drop(home, left, identity)
    return done


def accept(home: Path, place: str | None) -> Resealed:
    """The same where a key is lost: those rows are sealed that say what the journal says.

    Nobody can prove them any more, so that is for their owner to decide. Where the store's own key
    is lost it gets another, and no longer knows what was forgotten.
    """
    with _alone(home) as connection:
        own = own_key(home)
        try:
            identity = check_key(connection, own)
        except StoreKeyLost:
            own, identity = _renewed(home), identity_of(connection)
        agreeing = [row["id"] for row in connection.execute(_ROWS) if _agrees(row)]
        return _seal(connection, place, _key(home, place, identity, own), own, agreeing)


def look(home: Path) -> Resealed:
    """What `accept` would do; changes nothing, and needs no key of the seals."""
    with files(), boundary(), closing(connect(home / DATABASE, custody.of(home))) as connection:
        agree = [_agrees(row) for row in connection.execute(_ROWS)]
    return Resealed(sealed=agree.count(True), damaged=agree.count(False))


def bring(home: Path, key: bytes) -> bool:
    """A store that came here with the key of its seals, which then lay in a keyring or a file.

    It is held in the keyring here, or in that file if it is; else the rows are sealed anew beside,
    and it is false.
    """
    with files(), boundary(), closing(connect(home / DATABASE, custody.of(home))) as connection:
        identity, place = identity_of(connection), seals.place(connection)
    if place is None:
        return True
    with suppress(StoreSealed):
        if place == KEYRING:
            sealkey.keep(home, place, identity, key)
        if sealkey.held(home, place, identity) == key:
            return True
    reseal(home, None, known=key)
    return False


@contextmanager
def _alone(home: Path) -> Iterator[sqlite3.Connection]:
    lock = StoreLock(home / LOCK)
    try:
        with (
            files(), boundary(), lock.held(PATIENCE),
            closing(connect(home / DATABASE, custody.of(home))) as connection,
        ):  # fmt: skip
            alone(connection)
            yield connection
    finally:
        lock.close()


def _seal(
    connection: sqlite3.Connection, place: str | None, key: bytes, own: bytes, ids: Iterable[str]
) -> Resealed:
    seals.prepare(connection, key)
    connection.execute("BEGIN IMMEDIATE")
    name_key(connection, own)
    seals.move(connection, place)
    for id in ids:
        seals.renew(connection, id)
    count = connection.execute("SELECT count(*) FROM beliefs").fetchone()[0]
    sealed = len(connection.execute(_SOUND).fetchall())
    connection.execute("COMMIT")
    return Resealed(sealed=sealed, damaged=count - sealed)


def _key(home: Path, place: str | None, identity: str, own: bytes) -> bytes:
    return sealkey.kept(home, place, identity) if place else own


def _renewed(home: Path) -> bytes:
    """Another key beside the store; one that was there may be that of another store."""
    if (home / KEY).exists():
        (home / KEY).replace(home / _ASIDE)
    return new_key(home / KEY)


def _agrees(row: sqlite3.Row) -> bool:
    """Whether all of a row is what its journal says, which says nothing of what was erased."""
    with suppress(StoreBroken):
        found = decode(row["value"])
        told = emptied(found) if row["told"] is None else decode(row["told"])
        beside = columns(told)[:-1]
        return found == told and tuple(row)[: len(beside)] == beside
    return False
