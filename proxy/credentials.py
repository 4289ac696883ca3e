"""Credentials: of all the headers that may hold one, only what this upstream is owed."""

import re
from dataclasses import dataclass

from mindhold.beliefs.tokens import PREFIX
from mindhold.proxy.settings import Dialect, Upstream

CREDENTIALS = frozenset(
    {
        b"authorization",
        b"x-api-key",
        b"api-key",
        b"x-goog-api-key",
        b"proxy-authorization",
        b"cookie",
    }
)
# Behind any scheme, comma, quote or tab; not in the middle of somebody's key.
_TOKEN = re.compile(rb"(?<![\w.-])" + PREFIX.encode())
_PASSED: dict[Dialect, frozenset[bytes]] = {
    "openai": frozenset({b"authorization", b"api-key"}),
    "anthropic": frozenset({b"x-api-key", b"authorization"}),
    "ollama": frozenset({b"authorization"}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """What an upstream gets: the caller's headers of these names, or a key that we hold."""

    passed: frozenset[bytes] = frozenset()
    own: tuple[tuple[bytes, bytes], ...] = ()

    def let_through(self, pair: tuple[bytes, bytes]) -> bool:
        """Whether a header goes on; a token of this proxy never does, wherever it stands."""
        name, value = pair
        return name not in CREDENTIALS or (name in self.passed and not _is_token(value))


def credentials(upstream: Upstream, key: str | None) -> Credentials:
    """What this upstream is owed; `key` is the one that the proxy holds for it, if any."""
    if upstream.key == "passthrough":
        return Credentials(passed=_PASSED[upstream.dialect])
    if key is None:
        return Credentials()
    if upstream.dialect == "anthropic":
        return Credentials(own=((b"x-api-key", key.encode()),))
    return Credentials(own=((b"authorization", b"Bearer " + key.encode()),))


def _is_token(value: bytes) -> bool:
    return _TOKEN.search(value) is not None
