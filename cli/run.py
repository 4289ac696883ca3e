"""`mindhold run`: a program whose clients talk to the proxy, in the scope of this project."""

import os
from typing import Annotated

import typer

from mindhold.cli import daemon
from mindhold.cli.environment import Scopes, variables
from mindhold.cli.failure import Failed
from mindhold.cli.places import Places

app = typer.Typer()


@app.command(context_settings={"allow_interspersed_args": False})
def run(
    command: Annotated[list[str], typer.Argument(metavar="-- CMD...", help="What to run.")],
    scopes: Scopes = None,
) -> None:
    """Run a program with its clients pointed at the proxy; starts the daemon if it is not up.

    The program takes this process's place, so signals and the exit code are its own.
    """
    places = Places.find()
    places.settings()  # a config that cannot be followed is this command's own failure
    serving = daemon.start(places, [])
    environment = {**os.environ, **variables(places, serving, scopes)}
    try:
        os.execvpe(command[0], command, environment)  # noqa: S606 - running it is the command
    except FileNotFoundError:
        raise Failed(f"There is no program called {command[0]}.") from None
    except PermissionError:
        raise Failed(f"{command[0]} cannot be run: no permission.") from None
