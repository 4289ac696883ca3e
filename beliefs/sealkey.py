"""The key of the seals of a plain store, where its owner holds it apart from the store.

One for each store: who goes back to an older copy finds its rows sealed with the same one.
"""

import secrets
from pathlib import Path

from mindhold.beliefs.errors import SealKeyLost, StoreSealed
from mindhold.beliefs.keyholder import holder, told

_SIZE = 32  # bytes


def held(home: Path, place: str, identity: str) -> bytes:
    """The key at a place; raises `StoreSealed` where it cannot be had, `SealKeyLost`."""
    if key := _fetched(home, place, identity):
        return key
    raise SealKeyLost(
        f"The key of the store's seals is not in {told(place)}: mindhold seal says what to do."
    )


def kept(home: Path, place: str, identity: str) -> bytes:
    """The key at a place, made there if it has none; raises `StoreSealed`."""
    if key := _fetched(home, place, identity):
        return key
    key = secrets.token_bytes(_SIZE)
    keep(home, place, identity, key)
    return key


def keep(home: Path, place: str, identity: str, key: bytes) -> None:
    """Holds a key at a place; raises `StoreSealed` unless it can be read back."""
    holder(place).keep(home, _name(identity), key.hex())


def drop(home: Path, place: str, identity: str) -> None:
    """Lets go of the key at a place; raises `StoreSealed` where that is a file which is none."""
    holder(place).drop(home, _name(identity))


def _fetched(home: Path, place: str, identity: str) -> bytes | None:
    key = holder(place).fetch(home, _name(identity))
    try:
        return bytes.fromhex(key) if key else None
    except ValueError:
        raise StoreSealed(f"What {told(place)} holds for the store's seals is no key.") from None


def _name(identity: str) -> str:
    return identity.replace("-", "")
