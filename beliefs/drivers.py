"""The two drivers: Python's own SQLite for plain stores, SQLCipher's for encrypted ones.

SQLCipher's is an extra of the installation; what it raises has the names of Python's own.
"""

import sqlite3
import sys
from typing import Any

from mindhold.beliefs.errors import StoreSealed

PLAIN = b"SQLite format 3\0"  # how every plain file begins
_CIPHER = "sqlcipher3.dbapi2"


def cipher() -> Any:
    """The driver of encrypted stores; raises `StoreSealed` where it is not installed."""
    try:
        from sqlcipher3 import dbapi2
    except ImportError:
        raise StoreSealed(
            "Encrypted stores need SQLCipher, which is not installed: "
            "pip install 'mindhold[encryption]'."
        ) from None
    return dbapi2


def raised(name: str) -> tuple[type[Exception], ...]:
    """The exceptions of this name of the drivers in use, for an `except`."""
    loaded = (sqlite3, sys.modules.get(_CIPHER))
    return tuple(getattr(driver, name) for driver in loaded if driver is not None)
