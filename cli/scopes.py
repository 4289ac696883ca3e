"""`mindhold scopes`: the parts of a life that beliefs belong to, and which project is which."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from mindhold.beliefs.errors import Conflict, NotFound
from mindhold.beliefs.scope import parse_scope
from mindhold.cli.places import Places
from mindhold.cli.terminal import AsJson, data, table

if TYPE_CHECKING:
    from mindhold.beliefs.store import Store

app = typer.Typer(
    no_args_is_help=True, help="The scopes that beliefs belong to, and which project is which."
)


@app.command("list")
def list_(as_json: AsJson = False) -> None:
    """List every scope with its live beliefs, and the repository behind each project."""
    from mindhold.beliefs import projects
    from mindhold.beliefs.store import Store

    with Store.open(Places.find().home) as store:
        known = {f"project:{one.slug}": one.identity for one in projects.read(store.database)}
        held = Counter(store.scopes())
    rows = [
        {"scope": scope, "beliefs": held[scope], "identity": known.get(scope)}
        for scope in sorted(known.keys() | held.keys())
    ]
    if as_json:
        data(rows)
    else:
        table(rows, none="No scopes yet: they come with the first beliefs and projects.")


@app.command()
def rename(
    old: Annotated[str, typer.Argument(help="A scope, or a project's name.")],
    new: Annotated[str, typer.Argument(help="Its new name, of the same kind.")],
) -> None:
    """Rename a scope: its beliefs and tokens move, and a project is known by the new name.

    Stopped half-way it can be run again. What the config says is yours to change.
    """
    from mindhold.beliefs import projects
    from mindhold.beliefs.store import Store

    before, after = _scope(old), _scope(new)
    if before.partition(":")[0] != after.partition(":")[0]:
        raise Conflict(f"{before} and {after} are of different kinds.")
    places = Places.find()
    named = _named(places, before)
    with Store.open(places.home) as store:
        known = {f"project:{one.slug}" for one in projects.read(store.database)}
        if after in known:
            raise Conflict(f"There is a {after} already.")
        moved, followed = _move(store, before, after)
        if before in known:
            projects.rename(store.database, _slug(before), _slug(after))
        elif not (moved or followed):
            raise NotFound(f"Nothing is in {before}.")
    typer.echo(f"{before} is now {after}; {_told(moved, followed)} moved.")
    for key in named:
        typer.echo(f"{key} in {places.config} still names {before}: change it there.", err=True)


def _scope(text: str) -> str:
    return parse_scope(text if ":" in text else f"project:{text}")


def _slug(scope: str) -> str:
    return scope.partition(":")[2]


def _told(beliefs: int, tokens: int) -> str:
    parts = [(beliefs, "belief"), *([(tokens, "token")] if tokens else [])]
    return " and ".join(f"{count} {word}{'' if count == 1 else 's'}" for count, word in parts)


def _named(places: Places, scope: str) -> list[str]:
    """The keys of the config that name a scope."""
    settings = places.settings()
    rules = [
        f"scopes[{number}]"
        for number, rule in enumerate(settings.scope_rules)
        if scope in rule.scopes
    ]
    return rules + (["default_scope"] if settings.default_scope == scope else [])


def _move(store: "Store", before: str, after: str) -> tuple[int, int]:
    """How many beliefs and tokens moved: all, whatever their state and owner, in one transaction.

    Their content stays.
    """
    from mindhold.beliefs import probes
    from mindhold.beliefs.tokens import rescope

    now = datetime.now(UTC)
    with store.write(actor="owner", now=now, reason=f"{before} renamed") as write:
        found = list(store.select(user=None, scopes=[before]))
        for one in found:
            scopes = tuple(dict.fromkeys(after if s == before else s for s in one.scopes))
            write.put(replace(one, scopes=scopes, version=one.version + 1, updated_at=now))
        probes.rescope(write.connection, before, after)
        return len(found), rescope(write.connection, before, after)
