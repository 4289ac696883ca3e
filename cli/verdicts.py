"""The verbs of `mindhold review` for scripts: one answer to several questions at once."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Annotated, Any

import typer

from mindhold.beliefs import verdict
from mindhold.beliefs.errors import Ambiguous, BeliefError, NotFound
from mindhold.beliefs.exchange import to_json
from mindhold.beliefs.model import Belief
from mindhold.beliefs.review import queue
from mindhold.beliefs.store import Store
from mindhold.beliefs.valid import surface, surfaces
from mindhold.beliefs.write import Write
from mindhold.cli import moments, options, screen
from mindhold.cli.done import say
from mindhold.cli.failure import Failed
from mindhold.cli.opened import changing, owning
from mindhold.cli.places import Places
from mindhold.cli.terminal import AsJson

Ids = Annotated[
    list[str],
    typer.Argument(metavar="ID...", help="Ids, beginnings of them, or names of what waits."),
]


def approve(ids: Ids, json: AsJson = False) -> None:
    """Say that it is so: what waited is held, what was due is due later."""
    _judge(ids, verdict.approve, "Approved {}", json=json)


def reject(ids: Ids, json: AsJson = False) -> None:
    """Say that it is not so.

    A proposal is not made again in the same words; what was held is retired, and may be learned
    again.
    """
    _judge(ids, verdict.reject, "Rejected {}", json=json)


def edit(
    ids: Ids,
    *,
    content: Annotated[str | None, typer.Option("--content", metavar="TEXT")] = None,
    why: Annotated[
        str | None,
        typer.Option("--why", metavar="TEXT", help="What answers must do because of it."),
    ] = None,
    name: Annotated[str | None, typer.Option("--name", help="Another canonical name.")] = None,
    json: AsJson = False,
) -> None:
    """Change what waits, and approve it so; without options, each in your editor."""
    given = {"content": content, "why_it_matters": why, "canonical_name": name}
    fields = {field: value for field, value in given.items() if value is not None}
    if fields and len(ids) > 1:
        raise typer.BadParameter("--content, --why and --name are for one belief")
    if fields:
        _judge(ids, lambda write, id_: verdict.edit(write, id_, **fields), "Edited {}", json=json)
        return
    from mindhold.cli.form import edited

    def by_hand(store: Store, belief: Belief) -> Belief:
        def save(changed: dict[str, Any]) -> Belief:
            with changing(store) as write:
                return verdict.edit(write, belief.id, **changed)

        return edited(belief, save)

    with owning() as store:
        made = [(one, by_hand(store, one)) for one in _found(store, ids)]
        _tell(store, made, "Edited {}", json=json)


def merge(
    ids: Ids,
    into: Annotated[
        str, typer.Option("--into", metavar="ID", help="The belief that gets words and names.")
    ],
    json: AsJson = False,
) -> None:
    """Merge what waits into another belief, which gets its words and names."""
    with owning() as store:
        kept = _held(store, into)
        gone = _found(store, ids)
        with changing(store) as write:
            for one in gone:
                _judged(write, one, lambda write, id_: verdict.merge(write, id_, kept.id))
        made = [(one, store.get(one.id)) for one in gone]
        _tell(store, made, f"Merged {{}} into {kept.canonical_name}", json=json)


def snooze(
    ids: Ids,
    duration: Annotated[
        str, typer.Option("--for", metavar="TIME", help="Such as 30d or 8w; a month if left out.")
    ] = "30d",
    json: AsJson = False,
) -> None:
    """Ask again later; until then it stays as it is."""
    try:
        span = max(moments.span(duration), timedelta(days=1))
    except ValueError:
        message = f"{duration!r} is not a time: write 30d or 8w"
        raise typer.BadParameter(message, param_hint="--for") from None

    day = options.today(Places.find()) + span

    def later(write: Write, id_: str) -> Belief:
        return verdict.snooze(write, id_, day)

    _judge(ids, later, f"Snoozed {{}} until {day}", json=json)


def _judge(
    ids: Sequence[str], judge: Callable[[Write, str], Belief], told: str, *, json: bool
) -> None:
    """All of them in one transaction: where one cannot be done, none is."""
    with owning() as store:
        found = _found(store, ids)
        with changing(store) as write:
            made = [(one, _judged(write, one, judge)) for one in found]
        _tell(store, made, told, json=json)


def _judged(write: Write, belief: Belief, judge: Callable[[Write, str], Belief]) -> Belief:
    try:
        return judge(write, belief.id)
    except BeliefError as error:
        id_ = f"{belief.canonical_name} ({belief.id})"
        raise Failed(f"{id_}: {error} Nothing was changed.") from None


def _tell(store: Store, made: Sequence[tuple[Belief, Belief]], told: str, *, json: bool) -> None:
    if json:
        screen.print_array(to_json(after) for _, after in made)
        return
    for before, after in made:
        say(store, after, told, json=False, before=before)


def _found(store: Store, references: Sequence[str]) -> list[Belief]:
    """The beliefs meant, each once: a name means what waits under it, before what is held."""
    today = options.today(Places.find())
    items = queue(store.database, today=today, candidates=True, snoozed=True)
    waiting = [item.belief for item in items]
    found = [_meant(store, waiting, reference) for reference in references]
    return list({belief.id: belief for belief in found}.values())


def _meant(store: Store, waiting: Sequence[Belief], reference: str) -> Belief:
    key = surface(reference)
    named = [belief for belief in waiting if key in surfaces(belief)]
    exact = [belief for belief in named if surface(belief.canonical_name) == key]
    for group in (exact, named):
        if len(group) == 1:
            return group[0]
        if group:
            ids = ", ".join(f"{belief.id} ({belief.state})" for belief in group[:8])
            raise Ambiguous(f"{len(group)} that wait answer to {reference!r}; say which: {ids}.")
    return _held(store, reference)


def _held(store: Store, reference: str) -> Belief:
    try:
        return store.resolve(reference)
    except NotFound:
        told = screen.plain(reference)
        raise Failed(f"No belief answers to “{told}”. Nothing was changed.") from None
