"""`mindhold env`: the variables that point a shell's clients at the proxy, in a scope."""

import os
import shlex
from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mindhold.beliefs.scope import parse_scope
from mindhold.cli import daemon
from mindhold.cli.places import Places

if TYPE_CHECKING:
    from mindhold.proxy.settings import Dialect, Settings

Scopes = Annotated[
    list[str] | None,
    typer.Option("--scope", help="May be repeated; the project of this directory if left out."),
]

_BASES: dict["Dialect", tuple[tuple[str, str], ...]] = {
    "openai": (
        ("OPENAI_BASE_URL", "/v1"),
        ("OPENAI_API_BASE", "/v1"),
        ("OPENAI_API_BASE_URLS", "/v1"),
    ),
    "anthropic": (("ANTHROPIC_BASE_URL", ""),),
    "ollama": (("OLLAMA_HOST", ""),),
}
_KEYS: dict["Dialect", str] = {"openai": "OPENAI_API_KEY", "anthropic": "ANTHROPIC_API_KEY"}


class Shell(StrEnum):
    """Whose syntax the lines are in."""

    SH = "sh"
    FISH = "fish"
    POWERSHELL = "powershell"


def env(
    scopes: Scopes = None,
    shell: Annotated[Shell | None, typer.Option("--shell", help="Default: yours.")] = None,
) -> None:
    """Print lines that point this shell's clients at the proxy: eval "$(mindhold env)"."""
    places = Places.find()
    serving = daemon.running(places.home)
    found = variables(places, serving, scopes)
    if serving is None:
        typer.echo("mindhold is not running yet: `mindhold start`.", err=True)
    for name, value in found.items():
        typer.echo(line(name, value, shell))


def line(name: str, value: str, shell: Shell | None = None) -> str:
    """A line that sets the variable, in the syntax of this shell or of the user's own."""
    shell = shell or (Shell.FISH if Path(os.environ.get("SHELL", "")).name == "fish" else Shell.SH)
    if shell is Shell.FISH:
        quoted = value.replace("\\", "\\\\").replace("'", "\\'")
        return f"set -gx {name} '{quoted}'"
    if shell is Shell.POWERSHELL:
        doubled = value.replace("'", "''")
        return f"$env:{name} = '{doubled}'"
    return f"export {name}={shlex.quote(value)}"


def variables(
    places: Places, serving: daemon.Daemon | None, scopes: Sequence[str] | None
) -> dict[str, str]:
    """What a client needs in its environment; raises `Invalid` for what is no scope.

    While the store cannot be read, clients are sent where nothing is recalled or learned: the
    project's name could be another's, and chat must go on.
    """
    from mindhold.beliefs.database import Database
    from mindhold.beliefs.errors import StoreError
    from mindhold.cli.access import token_for
    from mindhold.cli.here import client_scopes

    settings = places.settings()
    if serving:  # it may have been started with other options than the config's
        settings = replace(settings, listen=serving.listen(settings.listen))
    url = daemon.url(settings.listen.host, settings.listen.port)
    wanted = tuple(map(parse_scope, scopes or ()))
    try:
        with Database.open(places.home) as database:
            prefix = _prefix(wanted or client_scopes(database))
            token = token_for(settings, database)
    except StoreError as error:
        typer.echo(f"mindhold: {error} Chat goes on without memory.", err=True)
        prefix, token = "/temporary", ""
    return pointing(settings, url + prefix, token)


def pointing(settings: "Settings", base: str, token: str) -> dict[str, str]:
    """The variables that point clients at a base URL, with the token where it is their key."""
    return _bases(settings, base) | _keys(settings, token)


def _prefix(scopes: Sequence[str]) -> str:
    return f"/scope/{','.join(scopes)}" if scopes else ""


def _bases(settings: "Settings", base: str) -> dict[str, str]:
    """Base URLs for the dialects that have an upstream; the built-in demo speaks OpenAI's."""
    spoken = {"openai", *(upstream.dialect for upstream in settings.upstreams)}
    return {
        name: base + end
        for dialect, named in _BASES.items()
        if dialect in spoken
        for name, end in named
    }


def _keys(settings: "Settings", token: str) -> dict[str, str]:
    """The token as the client's key where no upstream of that dialect wants the client's own."""
    if not token:
        return {}
    own = {upstream.dialect for upstream in settings.upstreams if upstream.key == "passthrough"}
    for dialect in sorted(own):
        typer.echo(
            f"mindhold: {dialect} clients keep their own key; let them also send the header "
            f"X-Mindhold-Token with the token from `mindhold tokens create`.",
            err=True,
        )
    return {name: token for dialect, name in _KEYS.items() if dialect not in own}
