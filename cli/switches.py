"""`mindhold pause` and `resume`: the owner's two switches, learning and injection."""

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Annotated

import typer

from mindhold.cli import moments
from mindhold.cli.places import Places


class Half(StrEnum):
    """What can be paused alone."""

    LEARN = "learn"
    INJECT = "inject"


_Which = Annotated[Half | None, typer.Argument(help="Only this; both when left out.")]


def pause(
    half: _Which = None,
    duration: Annotated[
        str | None,
        typer.Option("--for", metavar="TIME", help="30m, 1h, 2d, 1w; without it until `resume`."),
    ] = None,
) -> None:
    """Stop learning, injecting or both; chat goes on."""
    from mindhold.beliefs import switches
    from mindhold.beliefs.database import Database

    until = datetime.now(UTC) + _duration(duration) if duration else None
    halves = (half.value,) if half else switches.SWITCHES
    with Database.open(Places.find().home) as database:
        for switch in halves:
            switches.pause(database, switch, until)
    typer.echo(f"Paused {how_long(until)}: {' and '.join(halves)}.")


def resume(half: _Which = None) -> None:
    """Learn and inject again."""
    from mindhold.beliefs import switches
    from mindhold.beliefs.database import Database

    halves = (half.value,) if half else switches.SWITCHES
    with Database.open(Places.find().home) as database:
        for switch in halves:
            switches.resume(database, switch)
    typer.echo(f"On again: {' and '.join(halves)}.")


def how_long(until: datetime | None) -> str:
    """The end of a pause, in this machine's time zone."""
    return f"until {until.astimezone():%Y-%m-%d %H:%M}" if until else "until `mindhold resume`"


def _duration(text: str) -> timedelta:
    try:
        return moments.span(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
