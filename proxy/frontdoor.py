"""The front door: which names we answer to, which pages may ask, and who the caller is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from mindhold.beliefs.errors import StoreError
from mindhold.beliefs.tokens import PREFIX, USUAL, Capability, Token, digest
from mindhold.proxy.address import loopback
from mindhold.proxy.errors import (
    BadToken,
    ForeignHost,
    ForeignOrigin,
    NotAllowed,
    NoToken,
    TokensUnreadable,
)
from mindhold.proxy.route import Headers
from mindhold.proxy.settings import Settings

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
_NEAR = (b"same-origin", b"same-site", b"none")  # what a browser says of pages and people here
_WILDCARDS = ("", "0.0.0.0", "::")  # noqa: S104 - known here in order to be refused as names


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who is asking. `scopes` are a token's default and limit; None: no limit.

    `can`: what the token is for; who needs none to come in may do what a usual one may.
    `consumed` says that the caller's API key was a token of ours: there is none to pass on.
    """

    user: str = "local"
    agent: str | None = None
    scopes: tuple[str, ...] | None = None
    name: str | None = None
    consumed: bool = False
    can: frozenset[Capability] = USUAL

    def demand(self, capability: Capability) -> None:
        """Raises `NotAllowed` unless the caller may do this."""
        if capability not in self.can:
            raise NotAllowed(
                f"This access token is not one for this: it lacks {capability}"
                f" (mindhold tokens create NAME --can {capability})."
            )


class TokenTable(Protocol):
    """Where tokens are looked up, by digest; raises `StoreError` when it cannot be read."""

    def by_digest(self) -> Mapping[str, Token]:
        """Every token that is not revoked, under its digest."""


class FrontDoor:
    """Checks Host, then Origin, then token; every path goes through it."""

    def __init__(self, settings: Settings, tokens: TokenTable) -> None:
        self._names = frozenset(name.lower() for name in settings.listen.names)
        self._addresses = self._names | set(LOOPBACK) | _own(settings.listen.host.lower())
        self._port = settings.listen.port
        self._required = demands_token(settings)
        self._alone = _alone(settings)
        self._tokens = tokens

    def check(self, headers: Headers, port: int | None, authority: bytes | None = None) -> None:
        """Raises `ForeignHost` or `ForeignOrigin`; `port` is the one this connection came in on.

        `authority`: whom the target names where it is a whole URL. It goes before the Host header
        (RFC 9112, 3.2.2), so both must be ours.
        """
        hosts = [value.strip(b" \t") for name, value in headers if name == b"host"]
        named = hosts if authority is None else [*hosts, authority]
        if len(hosts) != 1 or not all(self._ours(host, port) for host in named):
            raise ForeignHost(
                "The Host header names neither this machine's loopback address with the proxy's"
                " port nor a name under listen.names."
            )
        for name, value in headers:
            if name == b"origin" and not self._same(value, port):
                raise ForeignOrigin("Web pages of other sites may not call the proxy.")
            if name == b"sec-fetch-site" and value.strip(b" \t").lower() not in _NEAR:
                raise ForeignOrigin("Web pages of other sites may not call the proxy.")

    def caller(self, headers: Headers) -> Caller:
        """Who is asking; raises `NoToken`, `BadToken` or `TokensUnreadable`."""
        return self._caller(headers, required=self._required)

    def _caller(self, headers: Headers, *, required: bool) -> Caller:
        secret, consumed = _presented(headers)
        if secret is None:
            if required:
                raise NoToken(
                    "This proxy holds an API key or is open to a network, so it asks for an access"
                    " token as the API key or in X-Mindhold-Token: see mindhold tokens create."
                )
            return Caller()
        token = self._find(secret)
        return Caller(
            user=token.user,
            agent=token.agent,
            scopes=token.scopes or None,
            name=token.name,
            consumed=consumed,
            can=token.can,
        )

    def admit_reader(self, headers: Headers) -> None:
        """Who may look at what holds no private word: anybody here, from elsewhere who can `read`.

        Raises what `caller` does, and `NotAllowed`.
        """
        if not self._alone:
            self._caller(headers, required=True).demand("read")

    def _find(self, secret: str) -> Token:
        try:
            token = self._tokens.by_digest().get(digest(secret))
        except StoreError as error:
            raise TokensUnreadable("The access tokens cannot be read: see mindhold status.") from (
                error
            )
        if token is None:
            raise BadToken("This access token is unknown or revoked: see mindhold tokens list.")
        if token.expires_at and token.expired(datetime.now(UTC)):
            raise BadToken(
                f"This access token expired on {token.expires_at:%Y-%m-%d}: make another with"
                " mindhold tokens create."
            )
        return token

    def _ours(self, host: bytes, port: int | None) -> bool:
        name = host.decode("latin-1").lower()
        suffix = f":{port or self._port}"
        if name in self._names or (suffix == ":80" and name in self._addresses):
            return True
        return name.endswith(suffix) and name.removesuffix(suffix) in self._addresses

    def _same(self, origin: bytes, port: int | None) -> bool:
        scheme, separator, host = origin.strip().partition(b"://")
        return bool(separator) and scheme in (b"http", b"https") and self._ours(host, port)


def demands_token(settings: Settings) -> bool:
    """Whether callers must hold a token, as `auth.require_token` says.

    auto: when the proxy holds a key of its own for any upstream, or listens beyond loopback.
    """
    if settings.require_token != "auto":  # noqa: S105
        return settings.require_token == "always"  # noqa: S105
    holds_key = any(upstream.key not in ("passthrough", "none") for upstream in settings.upstreams)
    return holds_key or not _alone(settings)


def _alone(settings: Settings) -> bool:
    """Whether only this machine can reach us."""
    return loopback(settings.listen.host.strip("[]"))


def _own(host: str) -> frozenset[str]:
    """The Host that the address we listen on goes by; every address at once has no name."""
    if host in _WILDCARDS:
        return frozenset()
    return frozenset({f"[{host}]" if ":" in host and not host.startswith("[") else host})


def _presented(headers: Headers) -> tuple[str | None, bool]:
    """The token that came, and whether it stood where an API key stands."""
    keys: list[str] = []
    for name, value in headers:
        text = value.decode("latin-1").strip()
        if name == b"x-mindhold-token":
            return text, False
        if name == b"authorization":
            scheme, _, text = text.partition(" ")
            text = text.strip() if scheme.lower() == "bearer" else ""
        elif name != b"x-api-key":
            continue
        if text.startswith(PREFIX):
            keys.append(text)
    return (keys[0], True) if keys else (None, False)
