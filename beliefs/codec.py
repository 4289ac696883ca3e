"""How beliefs, moments and hashes are written in the store's columns."""

from datetime import UTC, datetime, timedelta

import msgspec

from mindhold.beliefs.errors import Invalid, StoreBroken
from mindhold.beliefs.model import Belief

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Belief).decode


def encode(belief: Belief) -> bytes:
    """The belief as JSON; raises `Invalid` for half a character, which has no bytes."""
    try:
        return _encode(belief)
    except UnicodeEncodeError:
        raise Invalid("A text holds half a character (a lone surrogate).") from None


def decode(value: bytes) -> Belief:
    """The belief that `encode` wrote; raises `StoreBroken` for anything else."""
    try:
        return _decode(value)
    except (msgspec.DecodeError, UnicodeDecodeError, TypeError):
        raise StoreBroken("A belief in the store is damaged; nothing was changed.") from None


def encode_list(values: list[str]) -> str:
    """A JSON array, as SQLite's json_each reads it."""
    return _encode(values).decode()


def microseconds(at: datetime) -> int:
    """A moment as whole microseconds since 1970, UTC."""
    return (at - _EPOCH) // _MICROSECOND


def moment(value: int) -> datetime:
    """The moment that `microseconds` wrote."""
    return _EPOCH + timedelta(microseconds=value)
