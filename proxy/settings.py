"""Settings: what the owner's config file says, parsed once at the edge; `config.py` reads it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from mindhold.beliefs.learning.background.budget import Model


class ConfigError(Exception):
    """The config file cannot be followed; one sentence with the file, the line and what is near."""


Dialect = Literal["openai", "anthropic", "ollama"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listen:
    """Where the proxy listens; `localhost` is 127.0.0.1 and ::1, `names` further Host names."""

    host: str = "localhost"
    port: int = 7723
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Upstream:
    """Where calls go. `key`: passthrough, keyring, env:NAME, file:PATH or none."""

    name: str
    dialect: Dialect
    base_url: str
    key: str = "passthrough"
    models: tuple[str, ...] = ("*",)
    local: bool = False
    proxy: str | None = None
    ca: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Inject:
    """What goes in front of a request; tokens are estimates, the deadline is milliseconds."""

    enabled: bool = True
    turn_tokens: int = 400
    stable_tokens: int = 300
    placement: Literal["user", "system"] = "user"
    deadline_ms: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Learn:
    """What is learned from the owner's words."""

    mode: Literal["off", "explicit", "curated", "auto"] = "auto"
    rules: bool = True
    background: Model | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Which requests a scope rule is for; every key given must fit; globs."""

    client: str | None = None
    path: str | None = None
    model: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeRule:
    """Scopes and switches for the requests that match."""

    match: Match
    scopes: tuple[str, ...] = ()
    learn: bool | None = None
    inject: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """How long the injection log is kept, in days, and how many daily snapshots of the store."""

    requests_days: int = 30
    snapshots: int = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Log:
    """How the daemon's own log is written."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    format: Literal["text", "json"] = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reads:
    """What a program is given when it is started: variables, of which None takes one away; JSON
    documents, merged under what the variable holds; arguments after its name.

    {url} is the proxy's address with the scope, without /v1; in variables there are also {token},
    the caller's, and {inherited}, what the variable held before.
    """

    env: Mapping[str, str | None] = field(default_factory=dict)
    json: Mapping[str, str] = field(default_factory=dict)
    args: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Client(Reads):
    """One program, which `also` goes by other names and needs an upstream of one of `dialects`.

    `token_as_key` is added where callers need no key of their own, `token_beside_key` where they
    must hold a token as well; their `args` stand in place of these.
    What cannot be pointed anywhere has a sentence in `refuse`.
    """

    name: str
    also: tuple[str, ...] = ()
    dialects: tuple[Dialect, ...] = ()
    token_as_key: Reads = field(default_factory=Reads)
    token_beside_key: Reads = field(default_factory=Reads)
    refuse: str = ""


OPENAI = Upstream(name="openai", dialect="openai", base_url="https://api.openai.com/v1")
ANTHROPIC = Upstream(name="anthropic", dialect="anthropic", base_url="https://api.anthropic.com")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything the proxy is told; `home` is the data directory."""

    home: Path
    listen: Listen = field(default_factory=Listen)
    upstreams: tuple[Upstream, ...] = (OPENAI, ANTHROPIC)
    inject: Inject = field(default_factory=Inject)
    retrieval_mode: Literal["match", "all"] = "match"
    learn: Learn = field(default_factory=Learn)
    default_scope: str = "domain:general"
    scope_rules: tuple[ScopeRule, ...] = ()
    commands: bool = False
    timezone: str | None = None
    require_token: Literal["auto", "always", "never"] = "auto"  # noqa: S105
    retention: Retention = field(default_factory=Retention)
    log: Log = field(default_factory=Log)
    clients: tuple[Client, ...] = ()
