"""Upstreams: which one a call is for, where on it, and the open line to it."""

import asyncio
import ssl
import time
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path
from urllib import request as environment

import httpx

from mindhold.proxy.address import loopback
from mindhold.proxy.attention import Attentive
from mindhold.proxy.credentials import Credentials, credentials
from mindhold.proxy.demo import DEMO, Demo
from mindhold.proxy.errors import KeyMissing, NoCredential, NoUpstream
from mindhold.proxy.failure import unreachable
from mindhold.proxy.frontdoor import Caller
from mindhold.proxy.headers import Pair
from mindhold.proxy.keys import Keys, KeyUnavailable
from mindhold.proxy.listing import listed
from mindhold.proxy.missing import no_dialect, no_model
from mindhold.proxy.settings import Dialect, Upstream

# No read timeout: a model may think for as long as its client waits for it.
_TIMEOUT = {"connect": 15.0, "read": None, "write": None, "pool": None}
# Common servers close idle connections after 5 s (Node, uvicorn) or 60 s and more (the big ones):
# we close ours first, since a call on a connection that is just being closed would be lost.
_IDLE_LOCAL, _IDLE_REMOTE = 4.0, 45.0
_IDLE = 100  # connections to one upstream that are kept for the next requests
_AGAIN = 10.0  # seconds after which a key that was not to be had is looked for once more
_STATUSES = range(200, 600)  # the final ones that HTTP has, and that our server can send on


@dataclass(slots=True, kw_only=True)
class Way:
    """One upstream: `host` is its Host header, `base` its URL's path.

    `credentials` are read when the application starts, those in a keyring beside the first calls:
    `reading` is at it. `missing` says why they are not there.
    """

    upstream: Upstream
    origin: str
    host: bytes
    base: bytes
    transport: httpx.AsyncBaseTransport
    proxied: bool = False
    credentials: Credentials | None = None
    missing: str = ""
    reading: "asyncio.Future[None] | None" = None
    looked: float = 0.0

    def owed(self, caller: Caller) -> Credentials:
        """Which credentials a call of this caller brings; raises `NoCredential`, `KeyMissing`."""
        if self.credentials is None:
            raise KeyMissing(
                self.missing or f"The key of upstream {self.upstream.name} is not read."
            )
        if caller.consumed and self.upstream.key == "passthrough":
            raise NoCredential(
                f"Upstream {self.upstream.name} takes the caller's own key: send that as the API"
                " key and the access token in X-Mindhold-Token."
            )
        return self.credentials

    def target(self, asked: bytes) -> bytes:
        """The raw target that a call to the proxy has on this upstream.

        `base_url` is what an SDK would be given: for OpenAI it ends with the version, which the
        call names as well. Without any path in it, the target stays as it came.
        """
        if self.base.endswith(b"/v1"):
            return self.base[:-3] + asked
        if self.base and self.upstream.dialect == "openai" and _versioned(asked):
            return self.base + asked[3:]
        return self.base + asked


class Upstreams:
    """All upstreams of the settings and the built-in demo, with their connections."""

    def __init__(
        self,
        upstreams: tuple[Upstream, ...],
        *,
        keys: Keys,
        client: httpx.AsyncClient | None = None,
    ) -> None:
        self._keys = keys
        through = _ThroughClient(client) if client else None
        self._transports: dict[tuple[object, ...], httpx.AsyncBaseTransport] = {}
        self._ways = [_way(one, through or self._transport(one)) for one in upstreams]
        self._demo = _way(DEMO, Demo())

    async def start(self) -> None:
        """Read every key; one that cannot be read is an error of the calls that need it."""
        for way in (*self._ways, self._demo):
            if way.upstream.key == "keyring":  # it may take its time: only calls that need it wait
                way.reading = self._reading(way)
            else:
                self._read_key(way)

    async def look(self, way: Way) -> None:
        """Waits while the key of an upstream is being read; looks again where it was not there.

        A keyring that was locked when the machine started may be open by now.
        """
        if way.credentials is not None or way.reading is None:
            return
        if way.reading.done() and time.monotonic() - way.looked > _AGAIN:
            way.reading = self._reading(way)
        await asyncio.shield(way.reading)

    @property
    def missing(self) -> int:
        """How many of them have a key that could not be read."""
        return sum(way.credentials is None and bool(way.missing) for way in self._ways)

    def choose(self, dialect: Dialect, model: str | None, target: bytes = b"") -> Way:
        """The first upstream of this dialect that serves the model; raises `NoUpstream`, `NoModel`.

        Without a model it is the dialect's first. The model `demo` is the demo's, always.
        """
        path = target.partition(b"?")[0]
        if model == DEMO.name or path == b"/v1/models/demo":
            return self._demo
        ways = [way for way in self._ways if way.upstream.dialect == dialect]
        if not ways:
            if listed(path, dialect):
                return self._demo
            raise no_dialect(dialect, [way.upstream for way in self._ways])
        for way in ways:
            if model is None or any(fnmatchcase(model, glob) for glob in way.upstream.models):
                return way
        raise no_model(model or "", [way.upstream for way in ways])

    def choice(self, dialect: Dialect) -> bool:
        """Whether it depends on the model which upstream of this dialect gets a call."""
        ways = [way for way in self._ways if way.upstream.dialect == dialect]
        return len(ways) > 1 or any("*" not in way.upstream.models for way in ways)

    def named(self, name: str) -> Way:
        """The upstream of this name; raises `NoUpstream`."""
        for way in self._ways:
            if way.upstream.name == name:
                return way
        raise NoUpstream(f"No upstream is called {name}.")

    async def open(
        self,
        way: Way,
        *,
        method: str,
        target: bytes,
        headers: list[Pair],
        body: httpx.AsyncByteStream,
    ) -> httpx.Response:
        """The upstream's answer, its body still to be read; raises `Unreachable`."""
        raw = way.target(target)
        # httpcore would give this target to a proxy as well, which needs another one.
        exact = {} if way.proxied else {"target": raw}
        request = httpx.Request(
            method,
            _url(way.origin, raw),
            headers=headers,
            stream=body,
            extensions={"timeout": _TIMEOUT, **exact},
        )
        try:
            answer = await way.transport.handle_async_request(request)
            if answer.status_code in _STATUSES:
                return answer
            await answer.aclose()
            raise httpx.RemoteProtocolError("no status of HTTP")
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise unreachable(way.upstream.name, way.origin, error) from error

    async def aclose(self) -> None:
        """Close every connection."""
        for way in self._ways:
            if way.reading:
                way.reading.cancel()
        for transport in self._transports.values():
            await transport.aclose()

    def _reading(self, way: Way) -> "asyncio.Future[None]":
        return asyncio.get_running_loop().run_in_executor(None, self._read_key, way)

    def _read_key(self, way: Way) -> None:
        try:
            way.credentials = credentials(way.upstream, self._keys.get(way.upstream))
        except KeyUnavailable as error:
            way.missing = str(error)
        way.looked = time.monotonic()

    def _transport(self, upstream: Upstream) -> httpx.AsyncBaseTransport:
        proxy, secure = proxy_of(upstream), upstream.base_url.startswith("https:")
        near = loopback(httpx.URL(upstream.base_url).host)
        kind = (proxy, upstream.ca, secure, near)
        if kind not in self._transports:
            self._transports[kind] = Attentive(
                verify=trust(upstream.ca) if secure else False,
                proxy=proxy,
                trust_env=False,
                limits=httpx.Limits(
                    max_keepalive_connections=_IDLE,
                    keepalive_expiry=_IDLE_LOCAL if near else _IDLE_REMOTE,
                ),
            )
        return self._transports[kind]


class _ThroughClient(httpx.AsyncBaseTransport):
    """Sends through a client that was given, without anything that a client would add."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return await self._client.send(request, stream=True, auth=None, follow_redirects=False)


def proxy_of(upstream: Upstream) -> str | None:
    """The proxy between here and this upstream: its own, or for https the environment's."""
    if upstream.proxy or not upstream.base_url.startswith("https:"):
        return upstream.proxy
    return environment_proxy(httpx.URL(upstream.base_url).host)


def environment_proxy(host: str) -> str | None:
    """The proxy that HTTPS_PROXY and NO_PROXY name for this host."""
    if loopback(host) or environment.proxy_bypass_environment(host):  # type: ignore[attr-defined]
        return None
    found = environment.getproxies_environment()
    return found.get("https") or found.get("all")


def _way(upstream: Upstream, transport: httpx.AsyncBaseTransport) -> Way:
    url = httpx.URL(upstream.base_url)
    return Way(
        upstream=upstream,
        origin=f"{url.scheme}://{url.netloc.decode()}",
        host=url.netloc,
        base=url.raw_path.rstrip(b"/"),
        transport=transport,
        proxied=proxy_of(upstream) is not None,
    )


def trust(ca: Path | None) -> ssl.SSLContext:
    """The system's trust store, or the one file that the config names."""
    if ca:
        return ssl.create_default_context(cafile=str(ca))
    paths = ssl.get_default_verify_paths()
    if paths.cafile or (paths.capath and any(Path(paths.capath).iterdir())):
        return ssl.create_default_context()
    import certifi  # this Python brings no trust store of its own

    return ssl.create_default_context(cafile=certifi.where())


def _versioned(target: bytes) -> bool:
    return target == b"/v1" or target.startswith((b"/v1/", b"/v1?"))


@lru_cache(512)
def _url(origin: str, raw: bytes) -> httpx.URL:
    """The URL of a request; what goes over the wire is the raw target, however odd."""
    try:
        return httpx.URL(origin + raw.decode("ascii"))
    except (httpx.InvalidURL, UnicodeDecodeError):
        return httpx.URL(origin)
