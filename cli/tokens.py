"""`mindhold tokens`: who may use the proxy, and in which scopes."""

from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from mindhold.cli.places import Places
from mindhold.cli.terminal import AsJson, data, table

app = typer.Typer(
    no_args_is_help=True, help="Access tokens: who may use the proxy, and in which scopes."
)


@app.command()
def create(
    name: Annotated[str, typer.Argument(help="Whose token it is, such as laptop or ci.")],
    scopes: Annotated[
        list[str] | None,
        typer.Option("--scope", help="Its scopes, default and limit; may be repeated. None: any."),
    ] = None,
    agent: Annotated[
        str | None, typer.Option("--agent", help="The agent whose own memory it uses.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Make a token. Its secret is printed now and cannot be asked for again."""
    from mindhold.beliefs.database import Database
    from mindhold.beliefs.tokens import Tokens

    with Database.open(Places.find().home) as database:
        secret, made = Tokens(database).create(
            name, now=datetime.now(UTC), scopes=scopes or (), agent=agent
        )
    if as_json:
        data({"secret": secret, "id": made.id, "name": made.name, "scopes": made.scopes})
    else:
        typer.echo(secret)
        typer.echo("Keep it now: only its hash is stored.", err=True)


@app.command("list")
def list_(
    revoked: Annotated[bool, typer.Option("--revoked", help="The revoked ones as well.")] = False,
    as_json: AsJson = False,
) -> None:
    """List the tokens, without their secrets."""
    from mindhold.beliefs.database import Database
    from mindhold.beliefs.tokens import Tokens

    with Database.open(Places.find().home) as database:
        found = Tokens(database).all(revoked=revoked)
    rows = [_row(token) for token in found]
    if as_json:
        data(rows)
    else:
        table(rows, none="No tokens.")


@app.command()
def revoke(name: Annotated[str, typer.Argument(help="Its name or id.")]) -> None:
    """Take a token's access away; the running daemon follows at once."""
    from mindhold.beliefs.database import Database
    from mindhold.beliefs.tokens import Tokens

    with Database.open(Places.find().home) as database:
        gone = Tokens(database).revoke(name, now=datetime.now(UTC))
    typer.echo(f"Revoked {gone.name}.")


def _row(token: Any) -> dict[str, object]:
    return {
        "name": token.name,
        "scopes": list(token.scopes),
        "agent": token.agent,
        "created": token.created_at.isoformat(timespec="seconds"),
        "revoked": token.revoked_at and token.revoked_at.isoformat(timespec="seconds"),
        "id": token.id,
    }
