"""`mindhold tokens`: who may use the proxy, for what, in which scopes and until when."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from mindhold.cli import moments
from mindhold.cli.failure import Failed
from mindhold.cli.options import local_zone
from mindhold.cli.places import Places
from mindhold.cli.terminal import AsJson, data, table

if TYPE_CHECKING:
    from mindhold.beliefs.tokens import Token

app = typer.Typer(
    no_args_is_help=True,
    help="Access tokens: who may use the proxy, for what, in which scopes and until when.",
)


@app.command()
def create(
    name: Annotated[str, typer.Argument(help="Whose token it is, such as laptop or ci.")],
    *,
    scopes: Annotated[
        list[str] | None,
        typer.Option("--scope", help="Its scopes, default and limit; may be repeated. None: any."),
    ] = None,
    agent: Annotated[
        str | None, typer.Option("--agent", help="The agent whose own memory it uses.")
    ] = None,
    can: Annotated[
        list[str] | None,
        typer.Option(
            "--can",
            metavar="LIST",
            help="What it is for: chat (call models), inject (be given what is held), learn "
            "(teach), read, write, admin (the owner's own pages); may be repeated. "
            "None: chat,inject,learn.",
        ),
    ] = None,
    expires: Annotated[
        str | None,
        typer.Option("--expires", metavar="TIME", help="30d, 8w, or its last day: 2027-01-31."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Make a token. Its secret is printed now and cannot be asked for again."""
    from mindhold.beliefs.database import Database
    from mindhold.beliefs.tokens import USUAL, Tokens

    now, places = datetime.now(UTC), Places.find()
    until = _end(expires, now, places) if expires else None
    with Database.open(places.home) as database:
        secret, made = Tokens(database).create(
            name,
            now=now,
            scopes=scopes or (),
            agent=agent,
            can=[one for said in can for one in said.split(",") if one.strip()] if can else USUAL,
            expires_at=until,
        )
    if as_json:
        data({"secret": secret, **_row(made, now)})
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
    now = datetime.now(UTC)
    rows = [_row(token, now) for token in found]
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


def _end(text: str, now: datetime, places: Places) -> datetime:
    """When a span from now is over, or a day in the owner's time zone."""
    try:
        return now + moments.span(text)
    except (ValueError, OverflowError):
        pass
    try:
        return moments.parse(text, now=now, local=local_zone(places))
    except ValueError:
        raise Failed(f"{text!r} is no time to expire: write 30d, 8w or 2027-01-31.") from None


def _row(token: "Token", now: datetime) -> dict[str, object]:
    from mindhold.beliefs.tokens import CAPABILITIES

    return {
        "name": token.name,
        "state": "revoked" if token.revoked_at else "expired" if token.expired(now) else "live",
        "can": [one for one in CAPABILITIES if one in token.can],
        "scopes": list(token.scopes),
        "agent": token.agent,
        "created": _told(token.created_at),
        "expires": token.expires_at and _told(token.expires_at),
        "revoked": token.revoked_at and _told(token.revoked_at),
        "id": token.id,
    }


def _told(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
