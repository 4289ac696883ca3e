"""Options that several commands share, each in one wording."""

from datetime import UTC, date, datetime, tzinfo
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from mindhold.beliefs.model import LIVE, State, Type
from mindhold.beliefs.scope import parse_scope
from mindhold.cli import moments
from mindhold.cli.places import Places

Reference = Annotated[
    str, typer.Argument(metavar="ID", help="An id, the beginning of one, a name or an alias.")
]
Scopes = Annotated[
    list[str] | None,
    typer.Option("--scope", metavar="SCOPE", help="Only in this scope; may be repeated."),
]
Types = Annotated[
    list[Type] | None, typer.Option("--type", help="Only of this type; may be repeated.")
]
Statuses = Annotated[
    list[State] | None, typer.Option("--status", help="Only in this state; may be repeated.")
]
Every = Annotated[bool, typer.Option("--all", help="In every state, not only the live ones.")]
At = Annotated[
    str | None,
    typer.Option("--at", metavar="TIME", help=f"As it stood then: {moments.FORMS}."),
]
Limit = Annotated[
    int | None, typer.Option("--limit", metavar="N", min=1, help="At most this many.")
]


def local_zone(places: Places) -> tzinfo | None:
    """The time zone that the config names; None is the system's."""
    name = places.settings().timezone
    return ZoneInfo(name) if name else None


def today(places: Places) -> date:
    """The day that it is for the owner."""
    return datetime.now(local_zone(places)).date()


def moment(text: str | None, local: tzinfo | None) -> datetime | None:
    """What `--at` means; a usage error when it means nothing."""
    if text is None:
        return None
    try:
        return moments.parse(text, now=datetime.now(UTC), local=local)
    except (ValueError, OverflowError):
        message = f"{text!r} is no time that is known here; write {moments.FORMS}."
        raise typer.BadParameter(message, param_hint="--at") from None


def scopes_of(texts: list[str] | None) -> list[str] | None:
    """The scopes in their one spelling; raises `Invalid`."""
    return [parse_scope(text) for text in texts] if texts else None


def states_of(statuses: list[State] | None, *, every: bool) -> frozenset[State] | None:
    """The states asked for: those named, else all of them, else the live ones."""
    if statuses:
        return frozenset(statuses)
    return None if every else LIVE
