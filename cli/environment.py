"""`mindhold env`: the variables that point a shell's clients at the proxy, in a scope."""

import os
import shlex
from collections.abc import Sequence
from dataclasses import dataclass, replace
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
    "anthropic": (("ANTHROPIC_BASE_URL", ""), ("ANTHROPIC_API_BASE", "")),
    "ollama": (("OLLAMA_HOST", ""), ("OLLAMA_API_BASE", "")),
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
    found = pointing(places, serving, scopes)
    say_whose_key(found)
    if serving is None:
        typer.echo("mindhold is not running yet: `mindhold start`.", err=True)
    for name, value in found.variables.items():
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointing:
    """Where clients are sent: the address with its scope, and the token if callers must hold one.

    `also` are dialects that a client speaks though no upstream does: the proxy says so best.
    """

    settings: "Settings"
    url: str
    token: str = ""
    also: "tuple[Dialect, ...]" = ()

    @property
    def variables(self) -> dict[str, str]:
        """The variables that point any client here, with the token where it is their key."""
        return self._bases() | self.keys

    @property
    def own(self) -> "set[Dialect]":
        """The dialects whose clients send a key of their own, which their provider is owed."""
        return {one.dialect for one in self.settings.upstreams if one.key == "passthrough"}

    @property
    def keys(self) -> dict[str, str]:
        """The token as the client's key where no upstream of that dialect wants its own."""
        named = _KEYS.items() if self.token else ()
        return {name: self.token for dialect, name in named if dialect not in self.own}

    def _bases(self) -> dict[str, str]:
        """Base URLs for the dialects that have an upstream; the built-in demo speaks OpenAI's."""
        spoken = {"openai", *self.also, *(one.dialect for one in self.settings.upstreams)}
        return {
            name: self.url + end
            for dialect, named in _BASES.items()
            if dialect in spoken
            for name, end in named
        }


def pointing(
    places: Places, serving: daemon.Daemon | None, scopes: Sequence[str] | None
) -> Pointing:
    """Where a client is sent from here; raises `Invalid` for what is no scope.

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
    return Pointing(settings=settings, url=url + prefix, token=token)


def say_whose_key(found: Pointing) -> None:
    """That clients with a key of their own must bring the token as well, where that is so."""
    for dialect in sorted(found.own) if found.token else ():
        typer.echo(
            f"mindhold: {dialect} clients keep their own key; let them also send the header "
            f"X-Mindhold-Token with the token from `mindhold tokens create`.",
            err=True,
        )


def _prefix(scopes: Sequence[str]) -> str:
    return f"/scope/{','.join(scopes)}" if scopes else ""
