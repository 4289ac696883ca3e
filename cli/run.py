"""`mindhold run`: a program whose clients talk to the proxy, in the scope of this project."""

import os
import shlex
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from mindhold.cli import daemon
from mindhold.cli.clients import Start, arranged, client_of, refusal
from mindhold.cli.detours import detour
from mindhold.cli.environment import Pointing, Scopes, pointing, say_whose_key
from mindhold.cli.failure import Failed
from mindhold.cli.places import Places

if TYPE_CHECKING:
    from mindhold.proxy.settings import Client

_NO_KEY = "no-key-needed"  # many clients refuse to start without one

app = typer.Typer()


@app.command(context_settings={"allow_interspersed_args": False})
def run(
    context: typer.Context,
    command: Annotated[list[str], typer.Argument(metavar="-- CMD...", help="What to run.")],
    scopes: Scopes = None,
    show: Annotated[
        bool, typer.Option("--show", help="Print what would be set and run, and run nothing.")
    ] = False,
) -> None:
    """Run a program with its clients pointed at the proxy; starts the daemon if it is not up.

    The program takes this process's place, so signals and the exit code are its own.
    """
    places = Places.find()
    settings = places.settings()  # a config that cannot be followed is this command's own failure
    client = client_of(command, settings)
    if client and client.refuse:
        raise Failed(refusal(client, daemon.url(settings.listen.host, settings.listen.port)))
    serving = daemon.running(places.home) if show else daemon.start(places, [])
    here = pointing(places, serving, scopes)
    start = _start(command, client, here)
    if client:
        _warn(client, here)
    if show:
        _show(start, here.token)
    else:
        _become(start, umask=context.obj)


def _start(command: list[str], client: "Client | None", here: Pointing) -> Start:
    """The command as it must be run, under the variables for all clients and its own."""
    from mindhold.proxy.settings import Reads

    keyed = replace(here, token=here.token or _NO_KEY, also=client.dialects if client else ())
    reads: tuple[Reads, ...] = (client,) if client else ()
    if client and here.own.isdisjoint(client.dialects or here.own):
        reads += (client.token_as_key,)
    elif client and here.token and client.token_beside_key != Reads():
        reads += (client.token_beside_key,)
    else:
        say_whose_key(here)
    fill = {"url": here.url, "token": keyed.token}
    own = arranged(command, reads, fill, os.environ)
    return replace(own, environment={**keyed.variables, **own.environment})


def _warn(client: "Client", here: Pointing) -> None:
    """Before the program starts: it takes the screen, and might not show what goes wrong."""
    there = {upstream.dialect for upstream in here.settings.upstreams}
    told = detour(client.name, here, os.environ)
    if client.dialects and there.isdisjoint(client.dialects):
        needed = f"`dialect: {client.dialects[0]}`"
        told = (
            f"{client.name} needs an upstream with {needed}, and the config has none; "
            "only the model demo will answer."
        )
    if told:
        typer.echo(f"mindhold: {told}", err=True)


def _show(start: Start, token: str) -> None:
    """Variables and command, a line each, for reading: the token stays hidden."""
    for name, value in start.environment.items():
        hidden = value.replace(token, "mh_…") if value and token else value
        typer.echo(f"without {name}" if hidden is None else f"{name}={hidden}")
    typer.echo(shlex.join(start.command))


def _become(start: Start, *, umask: int) -> NoReturn:
    program = start.command[0]
    os.umask(umask)
    try:
        os.execvpe(program, start.command, start.within(os.environ))  # noqa: S606 - it is the command
    except FileNotFoundError:
        raise Failed(f"There is no program called {program}.") from None
    except PermissionError:
        raise Failed(f"{program} cannot be run: no permission.") from None
