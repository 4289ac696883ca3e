"""Soundness: whether a file is a whole store of ours that this key opens, and what it holds."""

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from mindhold.beliefs.cipher import Cipher
from mindhold.beliefs.creation import check_key, connect, version
from mindhold.beliefs.errors import StoreBroken
from mindhold.beliefs.faults import boundary, files


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What a sound store is: its identity, its format, and how many beliefs are in it."""

    identity: str
    format: int
    beliefs: int


def examine(path: Path, key: bytes, cipher: Cipher | None = None) -> Held:
    """Reads all of a store that nobody else has open.

    Raises `StoreBroken` where any of it is damaged or not of this key, `StoreSealed`, `StoreNewer`.
    """
    with files(), boundary(), closing(connect(path, cipher)) as connection:
        found = version(connection)
        if connection.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
            raise StoreBroken("SQLite finds damage in it.")
        return Held(
            identity=check_key(connection, key),
            format=found,
            beliefs=connection.execute("SELECT count(*) FROM beliefs").fetchone()[0],
        )
