"""`mindhold beliefs forget --since/--client/--conversation`: all that came from somewhere."""

from contextlib import suppress
from datetime import UTC, datetime
from typing import Annotated

import typer

from mindhold.beliefs.exchange import to_json
from mindhold.beliefs.provenance import Origin, Removal, outcome, remove, remove_hard
from mindhold.beliefs.shorthand import short
from mindhold.beliefs.store import Store
from mindhold.cli import moments, screen
from mindhold.cli.opened import changing, owning
from mindhold.cli.options import local_zone
from mindhold.cli.places import Places
from mindhold.cli.terminal import data

Since = Annotated[
    str | None,
    typer.Option(
        "--since", metavar="TIME", help="All that was said since then: 2h, 3d, or a date."
    ),
]
Client = Annotated[
    str | None,
    typer.Option("--client", metavar="NAME", help="All that this client sent."),
]
Conversation = Annotated[
    str | None,
    typer.Option("--conversation", metavar="ID", help="All that was said in this conversation."),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would go, and change nothing.")]
_FOR_GOOD = "Their words leave the store for good; this cannot be undone."


class _Tried(Exception):
    """Ends a transaction that was only tried."""


def origin_of(since: str | None, client: str | None, conversation: str | None) -> Origin | None:
    """What the options mean together; None where none is given. A usage error for no time."""
    if not (since or client or conversation):
        return None
    return Origin(since=_moment(since) if since else None, client=client, conversation=conversation)


def _moment(text: str) -> datetime:
    now, local = datetime.now(UTC), local_zone(Places.find())
    with suppress(ValueError, OverflowError):
        return now - moments.span(text)
    try:
        return moments.begun(text, now=now, local=local)
    except (ValueError, OverflowError):
        message = f"{text!r} is no time that is known here; write 2h, 3d, {moments.FORMS}."
        raise typer.BadParameter(message, param_hint="--since") from None


def forget_from(origin: Origin, *, hard: bool, dry_run: bool, yes: bool, json: bool) -> None:
    """Shows what would go, asks, and takes it all back in one change."""
    with owning() as store:
        would = _tried(store, origin)
        empty = not (would.beliefs or would.waiting or hard)
        if not dry_run and not yes and not empty:
            _tell(store, would)
            question = f"{_FOR_GOOD} Go on?" if hard else "Take it back?"
            typer.confirm(question, abort=True, err=True)
        made = would if dry_run or empty else _done(store, origin, hard=hard)
        if json:
            data(_described(made, dry_run=dry_run))
            return
        if dry_run or yes:
            _tell(store, made)
        screen.answer().print(_summary(made, hard=hard, dry_run=dry_run or empty), soft_wrap=True)


def _tried(store: Store, origin: Origin) -> Removal:
    would = Removal(beliefs=(), waiting=0)
    with suppress(_Tried), changing(store) as write:
        would = remove(write, origin)
        raise _Tried
    return would


def _done(store: Store, origin: Origin, *, hard: bool) -> Removal:
    with changing(store) as write:
        made = (remove_hard if hard else remove)(write, origin)
    if hard:
        leave_the_index(store)
    return made


def _tell(store: Store, made: Removal) -> None:
    for before, after in made.beliefs:
        id_ = short(store.database, after.id)
        line = f"{id_}  {before.canonical_name}: {outcome(before, after)}"
        screen.aside().print(line, soft_wrap=True, markup=False, highlight=False)
    if made.waiting:
        screen.aside().print(f"{made.waiting} turns that wait to be learned from", soft_wrap=True)


def _summary(made: Removal, *, hard: bool, dry_run: bool) -> str:
    if not made.beliefs and not made.waiting:
        return "Nothing is held from there."
    gone = sum(not after.live for _, after in made.beliefs)
    count = f"{len(made.beliefs)} beliefs; {gone} no longer held"
    if dry_run:
        return f"It would change {count}. This was a dry run: nothing was changed."
    if hard:
        return f"Took back {count}, for good."
    return f"Took back {count}. Undo: mindhold beliefs undo"


def _described(made: Removal, *, dry_run: bool) -> dict[str, object]:
    rows = [{**to_json(after), "outcome": outcome(before, after)} for before, after in made.beliefs]
    return {"beliefs": rows, "waiting": made.waiting, "changed": not dry_run}


def leave_the_index(store: Store) -> None:
    """What was forgotten for good leaves the index too; a daemon that keeps it sees to that."""
    from mindhold.retrieval.recall import INDEX, Recall

    directory = store.database.home / INDEX
    if directory.exists():
        with Recall(store, directory=directory) as recall:
            recall.catch_up()
