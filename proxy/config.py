"""The config file: YAML in, `Settings` out, or one sentence with file and line.

Unknown keys, wrong types, bad URLs and secrets are refused; nothing is guessed or repaired.
"""

import re
from collections.abc import Callable
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from yaml.nodes import Node, SequenceNode

from mindhold.beliefs.errors import Invalid
from mindhold.beliefs.learning.background.budget import Model
from mindhold.beliefs.scope import parse_scope
from mindhold.proxy import address
from mindhold.proxy.clients import clients
from mindhold.proxy.fields import (
    Malformed,
    Section,
    Wrong,
    choice,
    demand,
    document,
    each,
    flag,
    maybe,
    number,
    switch,
    text,
    whole,
)
from mindhold.proxy.settings import (
    ConfigError,
    Inject,
    Learn,
    Listen,
    Log,
    Match,
    Retention,
    ScopeRule,
    Settings,
    Upstream,
)


def load(path: Path, *, home: Path) -> Settings:
    """Read the config file; raises `ConfigError` naming the file and the line."""
    try:
        root = document(path)
    except Malformed as error:
        raise ConfigError(str(error)) from None
    if root is None:
        return Settings(home=home)
    try:
        settings: Settings = _file(path.parent, home)(root, "")
        _check_background(settings, root)
    except Wrong as wrong:
        raise ConfigError(f"{path}:{wrong.line}: {wrong}") from None
    return settings


def _file(folder: Path, home: Path) -> Section:
    """The whole file; relative paths in it start at its own folder."""
    return Section(
        partial(_settings, home),
        {
            "listen": Section(
                Listen, {"host": _host, "port": whole(1, 65535), "names": each(_host)}
            ),
            "upstreams": _upstreams(folder),
            "inject": Section(
                Inject,
                {
                    "enabled": flag,
                    "turn_tokens": whole(0, 100_000),
                    "stable_tokens": whole(0, 100_000),
                    "placement": choice("user", "system"),
                    "deadline_ms": whole(1, 60_000),
                },
            ),
            "retrieval": Section(dict, {"mode": choice("match", "all")}),
            "learn": Section(
                Learn,
                {
                    "mode": choice("off", "explicit", "curated", "auto"),
                    "rules": flag,
                    "background": maybe(_BACKGROUND),
                },
            ),
            "default_scope": _scope,
            "scopes": each(_RULE),
            "clients": clients,
            "commands": flag,
            "timezone": maybe(_timezone),
            "auth": Section(dict, {"require_token": demand}),
            "retention": Section(
                Retention, {"requests_days": whole(0, 36_500), "snapshots": whole(0, 365)}
            ),
            "log": Section(
                Log,
                {
                    "level": choice("debug", "info", "warning", "error"),
                    "format": choice("text", "json"),
                },
            ),
        },
    )


def _settings(home: Path, **read: Any) -> Settings:
    """The file's sections under the names that `Settings` gives them."""
    for section, key, name in (
        ("retrieval", "mode", "retrieval_mode"),
        ("auth", "require_token", "require_token"),
    ):
        values = read.pop(section, {})
        if key in values:
            read[name] = values[key]
    if "scopes" in read:
        read["scope_rules"] = read.pop("scopes")
    return Settings(home=home, **read)


def _scope(node: Node, name: str) -> str:
    try:
        return parse_scope(text(node, name))
    except Invalid as error:
        raise Wrong(node, f"{name}: {error}") from None


_RULE = Section(
    ScopeRule,
    {
        "match": Section(Match, {"client": text, "path": text, "model": text}),
        "scopes": each(_scope),
        "learn": switch,
        "inject": switch,
    },
)


_BACKGROUND = Section(
    Model,
    {
        "upstream": text,
        "model": text,
        "daily_tokens": whole(1, 999_999_999),
        "daily_cost": maybe(number),
        "price_in": maybe(number),
        "price_out": maybe(number),
    },
)


def _check_background(settings: Settings, root: Node) -> None:
    """What its keys cannot say alone: that its upstream is there and can be called, and that what
    a day may cost can be counted."""
    chosen, name = settings.learn.background, "learn.background"
    if chosen is None:
        return
    section = _below(root, "learn", "background")
    given = {one.name: one for one in settings.upstreams}
    upstream = given.get(chosen.upstream)
    if upstream is None:
        near = get_close_matches(chosen.upstream, given, n=1, cutoff=0.0)
        told = f"the nearest is {near[0]}" if near else "there are none"
        at = _below(section, "upstream")
        raise Wrong(at, f"{name}.upstream names no upstream of this file; {told}.")
    if upstream.key == "passthrough" and not (upstream.local or _loopback(upstream)):
        sentence = f"{upstream.name} gets its callers' own key, and this call has no caller"
        raise Wrong(
            _below(section, "upstream"),
            f"{name}.upstream: {sentence}; name an upstream whose key the proxy holds.",
        )
    if (chosen.price_in is None) != (chosen.price_out is None):
        raise Wrong(section, f"{name} needs price_in and price_out, or neither.")
    if chosen.daily_cost is not None and chosen.price_in is None:
        at = _below(section, "daily_cost")
        raise Wrong(at, f"{name}.daily_cost needs price_in and price_out, per million tokens.")


def _below(node: Node, *keys: str) -> Node:
    """What stands under these keys, one below the other; they are there."""
    for key in keys:
        node = next(below for above, below in node.value if above.value == key)
    return node


def _loopback(upstream: Upstream) -> bool:
    return address.loopback(urlsplit(upstream.base_url).hostname or "")


def _host(node: Node, name: str) -> str:
    host = text(node, name)
    if re.fullmatch(r"[A-Za-z0-9_.-]{1,253}|[0-9A-Fa-f:.]{2,45}", host):
        return host
    raise Wrong(node, f"{name} must be a host name or an address, without scheme or port.")


def _timezone(node: Node, name: str) -> str:
    zone = text(node, name)
    try:
        ZoneInfo(zone)
    except (ValueError, OSError, KeyError):
        raise Wrong(node, f"{name} must be a time zone such as Europe/Berlin.") from None
    return zone


def _upstreams(folder: Path) -> Callable[[Node, str], tuple[Upstream, ...]]:
    one = Section(
        Upstream,
        {
            "name": _name,
            "dialect": choice("openai", "anthropic", "ollama"),
            "base_url": text,
            "key": partial(_key, folder),
            "models": each(text),
            "local": flag,
            "proxy": maybe(_proxy),
            "ca": maybe(partial(_existing, folder)),
        },
    )

    def read(node: Node, name: str) -> tuple[Upstream, ...]:
        found: list[Upstream] = []
        for upstream in each(one)(node, name):
            at = node.value[len(found)] if isinstance(node, SequenceNode) else node
            _check(upstream, found, at, f"{name}[{len(found)}]")
            found.append(upstream)
        return tuple(found)

    return read


def _check(upstream: Upstream, before: list[Upstream], node: Node, name: str) -> None:
    """What no key can say alone: where calls may go, and whose the caller's own key is."""
    at = next((value for key, value in node.value if key.value == "base_url"), node)
    try:
        address.check_upstream(upstream.base_url, local=upstream.local)
    except address.BadAddress as error:
        raise Wrong(at, f"{name}.base_url {error}") from None
    for other in before:
        if other.name == upstream.name:
            raise Wrong(node, f"{name}.name is taken by an upstream above.")
        if (other.dialect, other.key, upstream.key) == (upstream.dialect, *["passthrough"] * 2):
            sentence = f"{name}: {other.name} already gets the caller's own {other.dialect} key"
            raise Wrong(node, f"{sentence}, and only one may; give this one another `key`.")


def _name(node: Node, name: str) -> str:
    word = text(node, name)
    if not re.fullmatch(r"[a-z0-9][a-z0-9._-]{0,30}", word):
        raise Wrong(node, f"{name} must be a short word of lower-case letters, digits, . _ -")
    if word == "demo":
        raise Wrong(node, f"{name}: demo is built in; choose another name.")
    return word


def _key(folder: Path, node: Node, name: str) -> str:
    word = text(node, name)
    if word in {"passthrough", "keyring", "none"}:
        return word
    if re.fullmatch(r"env:[A-Za-z_][A-Za-z0-9_]*", word):
        return word
    if word.startswith("file:") and len(word) > len("file:"):
        return f"file:{_path(folder, word.removeprefix('file:'))}"
    sources = "passthrough, keyring, env:NAME, file:PATH or none"
    raise Wrong(
        node, f"{name} says where the key is ({sources}); a key itself never stands in this file."
    )


def _proxy(node: Node, name: str) -> str:
    url = text(node, name)
    try:
        address.check_url(url)
    except address.BadAddress as error:
        raise Wrong(node, f"{name} {error}") from None
    return url


def _existing(folder: Path, node: Node, name: str) -> Path:
    path = _path(folder, text(node, name))
    if not path.is_file():
        raise Wrong(node, f"{name} must be a file that is there.")
    return path


def _path(folder: Path, text: str) -> Path:
    return folder.absolute() / Path(text).expanduser()
