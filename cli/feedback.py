"""Feedback: what the owner says of a past request, as options of `mindhold why`."""

from dataclasses import dataclass
from typing import Annotated

import typer

from mindhold.beliefs import requests
from mindhold.beliefs.scope import parse_scope
from mindhold.cli.opened import owning
from mindhold.cli.places import Places

Wrong = Annotated[
    str | None,
    typer.Option("--wrong", metavar="ID", help="This belief should not have been given."),
]
Mute = Annotated[bool, typer.Option("--mute", help="With --wrong: mute the name that brought it.")]
Scopes = Annotated[
    list[str] | None,
    typer.Option(
        "--scope", metavar="SCOPE", help="With --wrong: where it holds instead; may be repeated."
    ),
]
Missing = Annotated[
    str | None,
    typer.Option("--missing", metavar="ID", help="This belief should have been given."),
]
Name = Annotated[
    str | None,
    typer.Option("--alias", metavar="WORDS", help="With --missing: another name for it."),
]
Record = Annotated[
    bool, typer.Option("--record", help="With --wrong: keep the message as a probe as well.")
]
Text = Annotated[
    str | None,
    typer.Option(
        "--text", metavar="TEXT", help="The message, where the log has not kept it; - if piped."
    ),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """The options as they were given."""

    wrong: str | None = None
    missing: str | None = None
    mute: bool = False
    scope: list[str] | None = None
    alias: str | None = None
    record: bool = False
    text: str | None = None


def give(
    places: Places, reference: str | None, said: Feedback, *, listed: bool, json: bool
) -> None:
    """Judges the request as the owner does."""
    from mindhold.cli.judgement import judged
    from mindhold.cli.missing import missing
    from mindhold.cli.wrong import Mending, wrong

    _check(said, listed=listed)
    scopes = tuple(parse_scope(scope) for scope in said.scope or ())
    with owning() as store:
        request = requests.get(store.database, reference)
        about = judged(store, request, said.wrong or said.missing or "", said.text)
        if said.wrong is not None:
            mending = Mending(mute=said.mute, scopes=scopes, record=said.record)
            wrong(store, places, about, mending, json=json)
        else:
            missing(store, places, about, said.alias, json=json)


def _check(said: Feedback, *, listed: bool) -> None:
    """Raises a usage error for options that say nothing together."""
    if listed or (said.wrong is None) == (said.missing is None):
        raise typer.BadParameter("say of one request either --wrong ID or --missing ID")
    if said.wrong is not None and said.alias is not None:
        raise typer.BadParameter("--alias goes with --missing")
    if said.missing is not None and (said.mute or said.scope):
        raise typer.BadParameter("--mute and --scope go with --wrong")
