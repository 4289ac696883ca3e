"""Custody: what stands beside an encrypted store, which key opens it and who holds that.

Without it the store is plain. It is not the file itself that is asked: see `cipher.salt_of`. While
a conversion is at work, and where one was cut short, it is `unsettled`: then nobody has the store
open, and its first bytes say what it is.
"""

from contextlib import suppress
from pathlib import Path

import msgspec

from mindhold.beliefs import keyholder
from mindhold.beliefs.cipher import Cipher, salt_of
from mindhold.beliefs.durable import replace_file
from mindhold.beliefs.errors import StoreSealed
from mindhold.beliefs.home import CUSTODY, DATABASE, LOCK
from mindhold.beliefs.storelock import PATIENCE, StoreLock


class Custody(msgspec.Struct, frozen=True, kw_only=True):
    """The salt of the store, in hexadecimal, and where its key is held."""

    salt: str
    where: str
    unsettled: bool = False


def read(home: Path) -> Custody | None:
    """What is known, None for a plain store; raises `StoreSealed` where it cannot be read."""
    try:
        return msgspec.json.decode((home / CUSTODY).read_bytes(), type=Custody)
    except FileNotFoundError:
        return None
    except msgspec.DecodeError:
        raise StoreSealed(
            f"{CUSTODY} beside the store is damaged: put a copy of it back."
        ) from None


def write(home: Path, custody: Custody | None) -> None:
    """From now on it is so; None: the store is plain."""
    if custody is None:
        (home / CUSTODY).unlink(missing_ok=True)
    else:
        replace_file(home / CUSTODY, msgspec.json.encode(custody))


def of(home: Path) -> Cipher | None:
    """The cipher of the store, None for a plain one; raises `StoreSealed`, `StoreLocked`."""
    found = read(home)
    if found is not None and found.unsettled:
        found = _settled(home)
    if found is None:
        return None
    key = keyholder.holder(found.where).fetch(home, found.salt)
    if key is None:
        told = keyholder.told(found.where)
        raise StoreSealed(f"The store is encrypted, and its key is not in {told}.")
    with suppress(ValueError):
        return Cipher(key=bytes.fromhex(key), salt=bytes.fromhex(found.salt))
    raise StoreSealed(f"What {keyholder.told(found.where)} holds for the store is no key.")


def _settled(home: Path) -> Custody | None:
    """After a conversion that was cut short: what the store is now."""
    lock = StoreLock(home / LOCK)
    try:
        with lock.held(PATIENCE):
            found = read(home)
            if found is None or not found.unsettled:
                return found
            salt = salt_of(home / DATABASE)
            settled = Custody(salt=salt.hex(), where=found.where) if salt else None
            write(home, settled)
            return settled
    finally:
        lock.close()
