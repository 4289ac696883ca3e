"""`mindhold keys`: the API keys that the proxy holds, in the system's keyring."""

import sys
from typing import Annotated

import typer

from mindhold.cli.failure import Failed
from mindhold.cli.places import Places
from mindhold.cli.terminal import AsJson, data, table
from mindhold.cli.upstreams import ask, named

app = typer.Typer(
    no_args_is_help=True, help="The API keys that the proxy holds, in the system's keyring."
)

_Name = Annotated[str, typer.Argument(metavar="UPSTREAM", help="An upstream of the config.")]


@app.command("set")
def set_(name: _Name) -> None:
    """Keep an upstream's key in the keyring; it is asked for, or read from a pipe."""
    from mindhold.beliefs.database import Database
    from mindhold.proxy.keys import Keys

    places = Places.find()
    upstream = named(places.settings(), name)
    if upstream.key != "keyring":
        raise Failed(f"The key of {name} is not in the keyring: its config says {upstream.key}.")
    piped = not sys.stdin.isatty()
    key = sys.stdin.readline() if piped else typer.prompt(f"Key for {name}", hide_input=True)
    if not key.strip():
        raise Failed("No key was given.")
    Database.open(places.home).close()  # entries carry the store's id, so there must be one
    Keys(places.home).set(upstream, key)
    typer.echo(f"Kept in the keyring, for {upstream.base_url} only.")


@app.command("list")
def list_(as_json: AsJson = False) -> None:
    """List where each upstream's key comes from and whether it is there; never the key."""
    from mindhold.proxy.keys import Keys, KeyUnavailable

    places = Places.find()
    rows = []
    for one in places.settings().upstreams:
        try:
            held = "yes" if Keys(places.home).get(one) else "not needed"
        except KeyUnavailable as error:
            held = str(error)
        rows.append({"upstream": one.name, "key": one.key, "there": held})
    if as_json:
        data(rows)
    else:
        table(rows, none="No upstreams.")


@app.command("test")
def try_(name: _Name) -> None:
    """Ask the upstream for its models with the key that is held for it."""
    places = Places.find()
    said = ask(places, named(places.settings(), name))
    if not said["ok"]:
        raise Failed(f"{name}: {said['said']}")
    typer.echo(f"{name}: {said['said']}")


@app.command()
def delete(name: _Name) -> None:
    """Take an upstream's key out of the keyring."""
    from mindhold.proxy.keys import Keys

    places = Places.find()
    if not Keys(places.home).delete(named(places.settings(), name)):
        raise Failed(f"The keyring has no key for {name}.")
    typer.echo(f"Deleted the key of {name}.")
