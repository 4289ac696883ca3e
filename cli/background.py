"""`mindhold start`, `stop` and `restart`: the daemon in the background."""

from typing import Annotated

import typer

from mindhold.cli import daemon
from mindhold.cli.places import Places

Host = Annotated[
    str | None, typer.Option("--host", help="Listen there instead of where the config says.")
]
Port = Annotated[
    int | None, typer.Option("--port", min=1, max=65535, help="Listen on this port instead.")
]


def start(host: Host = None, port: Port = None) -> None:
    """Start the daemon in the background, and return when it answers."""
    places = Places.find()
    places.settings()  # a config that cannot be followed is this command's own failure
    already = daemon.running(places.home)
    found = daemon.start(places, arguments(host, port))
    already_or_now = "is running already" if already else "is running"
    typer.echo(f"mindhold {already_or_now}: {found.url}/v1 (pid {found.pid})")
    _say_what_is_wrong(places)


def stop() -> None:
    """Stop the daemon after its open streams have ended, at most 30 seconds."""
    found = daemon.stop(Places.find().home)
    typer.echo(f"mindhold has stopped (pid {found.pid})." if found else "mindhold is not running.")


def restart(host: Host = None, port: Port = None) -> None:
    """Stop the daemon if it runs, and start it again with the config as it is now.

    A config that cannot be followed stops nothing.
    """
    from mindhold.proxy.settings import ConfigError

    places = Places.find()
    try:
        places.settings()
    except ConfigError as error:
        if daemon.running(places.home):
            raise ConfigError(f"{error} The daemon goes on as it was started.") from None
        raise
    daemon.stop(places.home)
    found = daemon.start(places, arguments(host, port))
    typer.echo(f"mindhold is running: {found.url}/v1 (pid {found.pid})")
    _say_what_is_wrong(places)


def _say_what_is_wrong(places: Places) -> None:
    """It serves, and chat with it; a store that cannot be read is said all the same."""
    from mindhold.cli.status import look, troubles

    for one in troubles(look(places)):
        if one.weight == "out":
            typer.echo(f"mindhold: {one.sentence} → {one.todo}", err=True)


def arguments(host: str | None, port: int | None) -> list[str]:
    """The same options for `serve`."""
    named = {"--host": host, "--port": port}
    return [str(part) for key, value in named.items() if value is not None for part in (key, value)]
