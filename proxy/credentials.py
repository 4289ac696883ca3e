"""Credentials: of all the headers that may hold one, only what this upstream is owed."""

import re
from base64 import b64decode
from contextlib import suppress
from dataclasses import dataclass

from mindhold.beliefs.tokens import PREFIX, SECRET_CHARACTERS
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
# Other headers in which the world sends keys, by their names: X-Auth-Token, Helicone-Auth, apikey,
# Ocp-Apim-Subscription-Key, CF-Access-Client-Secret; not Idempotency-Key nor any count of tokens.
_SECRET = re.compile(
    rb"(?:^|[-_])(?:auth|authorization|authentication|token|secret|password|api-?key|credentials?"
    rb"|(?:subscription|access|virtual|private|license)-key|set-cookie|cookie2)(?:[-_]|$)"
)
# Behind any scheme, comma, quote or tab; not in the middle of somebody's key.
_BEGINS = rb"(?<![\w.-])" + PREFIX.encode()
_TOKEN = re.compile(_BEGINS)
_WHOLE = re.compile(_BEGINS + rb"[\w-]{%d}(?![\w-])" % SECRET_CHARACTERS)
_BASIC = re.compile(rb"(?i)\s*basic\s+([\w+/=-]+)")
_PASSED: dict[Dialect, frozenset[bytes]] = {
    "openai": frozenset({b"authorization", b"api-key"}),
    "anthropic": frozenset({b"x-api-key", b"authorization"}),
    "ollama": frozenset({b"authorization"}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """What an upstream gets: the caller's headers of these names, or a key that we hold.

    `others`: also what a caller sends in headers that only look as if they held a key.
    """

    passed: frozenset[bytes] = frozenset()
    own: tuple[tuple[bytes, bytes], ...] = ()
    others: bool = False

    def let_through(self, pair: tuple[bytes, bytes]) -> bool:
        """Whether a header goes on; a token of this proxy never does, wherever it stands."""
        name, value = pair
        if name in CREDENTIALS:
            return name in self.passed and not _is_token(value)
        return not holds_token(value) and (self.others or not _SECRET.search(name))


def credentials(upstream: Upstream, key: str | None) -> Credentials:
    """What this upstream is owed; `key` is the one that the proxy holds for it, if any."""
    if upstream.key == "passthrough":
        return Credentials(passed=_PASSED[upstream.dialect], others=True)
    if key is None:
        return Credentials()
    if upstream.dialect == "anthropic":
        return Credentials(own=((b"x-api-key", key.encode()),))
    return Credentials(own=((b"authorization", b"Bearer " + key.encode()),))


def holds_token(text: bytes) -> bool:
    """Whether a whole access token of a proxy stands somewhere in it."""
    return _WHOLE.search(text) is not None


def _is_token(value: bytes) -> bool:
    return _TOKEN.search(value) is not None or _TOKEN.search(_unbased(value)) is not None


def _unbased(value: bytes) -> bytes:
    """What Basic credentials say, as a URL with a user makes them; empty where there are none."""
    if not (basic := _BASIC.fullmatch(value)):
        return b""
    with suppress(ValueError):
        return b64decode(basic[1] + b"==", validate=False)
    return b""
