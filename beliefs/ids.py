"""An id: sortable by time, short to type, made here only."""

import secrets
from datetime import datetime

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32, lower case


def new_id(now: datetime) -> str:
    """A ULID in lower case (github.com/ulid/spec): 48 bits of milliseconds, 80 random bits.

    The random part follows the time, so ids of one millisecond have no order among themselves.
    """
    value = (int(now.timestamp() * 1000) << 80) | secrets.randbits(80)
    return "".join(_ALPHABET[(value >> shift) & 31] for shift in range(125, -1, -5))
