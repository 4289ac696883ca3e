"""`mindhold beliefs`: what is held, read by its owner; `changes.py` has the changing verbs."""

from collections.abc import Iterable
from datetime import UTC, datetime, tzinfo
from functools import partial
from itertools import islice
from typing import Annotated

import typer

from mindhold.beliefs.exchange import to_json
from mindhold.beliefs.home import begun
from mindhold.beliefs.journal import Entry
from mindhold.beliefs.model import LIVE, Belief, Origin, State, Type
from mindhold.beliefs.shorthand import short
from mindhold.beliefs.states import WAITING
from mindhold.beliefs.store import Store
from mindhold.cli import changes, compact, muting, options, repair, screen
from mindhold.cli.cautions import cautions, lines, print_unclear, unclear, warnings
from mindhold.cli.opened import HINT, reading
from mindhold.cli.places import Places
from mindhold.cli.terminal import AsJson, data

_GLANCE = 300  # beliefs whose names are looked at in passing; a look takes 0.3 ms

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help="What is held: read it, correct it, forget it.",
)


@app.command("list")
def list_(
    *,
    scope: options.Scopes = None,
    type_: options.Types = None,
    status: options.Statuses = None,
    every: options.Every = False,
    at: options.At = None,
    limit: options.Limit = None,
    only_unclear: Annotated[
        bool,
        typer.Option("--unclear", help="Only those that a message will seldom name, or too often."),
    ] = False,
    json: AsJson = False,
) -> None:
    """List beliefs, oldest first: the live ones, unless told otherwise.

    In a pipe a belief is one line. JSON is one array, a belief a line.
    """
    places = Places.find()
    moment = options.moment(at, options.local_zone(places)) if at else None
    scopes, states = options.scopes_of(scope), options.states_of(status, every=every)
    if not begun(places.home):
        _print_none(json=json)
        return
    with reading(places) as store:
        found = store.select(scopes=scopes, types=type_, states=states, at=moment)
        if only_unclear:
            print_unclear(store, found, limit=limit, json=json)
            return
        shown = _print(store, islice(found, limit), json=json)
        if not (json or at or status or every):
            _tell_rest(store, shown, scopes, type_)
        elif not (shown or json):
            screen.aside().print("No belief fits.", style="dim")
        elif not json and status and WAITING.issuperset(status):
            line = "To go through what waits for you: mindhold review"
            screen.aside().print(line, style="dim", soft_wrap=True)


@app.command()
def search(
    words: Annotated[list[str], typer.Argument(help="Words to look for; each must be there.")],
    *,
    scope: options.Scopes = None,
    type_: options.Types = None,
    status: options.Statuses = None,
    every: options.Every = False,
    limit: options.Limit = None,
    json: AsJson = False,
) -> None:
    """Find beliefs by words anywhere in them, quotes too, the best first.

    What a model would be given for a message is another question: see mindhold recall.
    """
    from mindhold.retrieval.search import plain_words
    from mindhold.retrieval.search import search as find

    places = Places.find()
    scopes, states = options.scopes_of(scope), options.states_of(status, every=every)
    if not begun(places.home):
        _print_none(json=json)
        return
    with reading(places) as store:
        asked = " ".join(words)
        held = store.select(scopes=scopes, types=type_, states=states, words=plain_words(asked))
        shown = _print(store, find(asked, held, limit=limit), json=json)
        if not (shown or json):
            also = "" if every or status else " among the live beliefs; --all looks at every one"
            screen.aside().print(f"Nothing found{also}.")


@app.command()
def show(id_: options.Reference, at: options.At = None, json: AsJson = False) -> None:
    """Show one belief in full, with the words it rests on."""
    from mindhold.cli.tables import Portrait

    places = Places.find()
    local = options.local_zone(places)
    with reading(places) as store:
        belief = _as_of(store, store.resolve(id_), options.moment(at, local))
        found = () if at else cautions(store, belief)
        if json:
            data(to_json(belief) | ({} if at else {"warnings": warnings(found)}))
            return
        names = _names(store, _relatives(belief))
        portrait = Portrait(
            belief, names=names, local=local, now=datetime.now(UTC), heard=_heard(store, belief)
        )
        portrait.print(screen.answer(), notes=list(lines(store, belief, found)))


@app.command()
def history(
    id_: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="One belief; without it, all of them.")
    ] = None,
    *,
    at: options.At = None,
    scope: options.Scopes = None,
    type_: options.Types = None,
    status: options.Statuses = None,
    limit: Annotated[
        int, typer.Option("--limit", metavar="N", min=1, help="The last so many changes.")
    ] = 50,
    json: AsJson = False,
) -> None:
    """Tell what happened, in order, and the words that made it happen."""
    places = Places.find()
    local = options.local_zone(places)
    until, scopes = options.moment(at, local), options.scopes_of(scope)
    if not begun(places.home):
        _print_none(json=json)
        return
    with reading(places) as store:
        entries = _entries(store, id_, until, limit)
        told = [entry for entry in entries if _fits(entry, scopes, type_, status)]
        if json:
            screen.print_array(map(_entry_json, told))
        elif told:
            _tell(store, told, local, named=id_ is None)
        else:
            screen.aside().print("Nothing has happened yet that fits.", style="dim")


def _print(store: Store, beliefs: Iterable[Belief], *, json: bool) -> int:
    if json:
        screen.print_array(map(to_json, beliefs))
        return 0
    from mindhold.cli.tables import print_list

    return print_list(screen.answer(), beliefs, partial(short, store.database))


def _print_none(*, json: bool) -> None:
    if json:
        screen.print_array(())
        return
    screen.aside().print(HINT)


def _tell_rest(
    store: Store, shown: int, scopes: list[str] | None, types: list[Type] | None
) -> None:
    """What a person should know beside the live beliefs: how many there are, and what waits."""
    asked = (State.PENDING, State.QUARANTINED)
    waiting = store.count(scopes=scopes, types=types, states=asked)
    candidates = store.count(scopes=scopes, types=types, states=[State.CANDIDATE])
    live = store.count(scopes=scopes, types=types, states=LIVE)
    line = f"{live} live" if live == shown else f"{shown} of {live} live"
    line = line if live else "No live belief" + (" fits." if scopes or types else ".")
    line += f" · {waiting} waiting for you (mindhold review)" if waiting else ""
    line += f" · {candidates} candidate (--status candidate)" if candidates else ""
    if live <= _GLANCE and screen.aside().is_terminal:
        found = store.select(scopes=scopes, types=types, states=LIVE)
        count = sum(1 for _ in unclear(store, found, propose=False))
        line += f" · {count} with unclear names (--unclear)" if count else ""
    screen.aside().print(line, style="dim")


def _as_of(store: Store, belief: Belief, at: datetime | None) -> Belief:
    if at is None:
        return belief
    from mindhold.cli.failure import Failed

    past = [entry for entry in store.history(belief.id) if entry.at <= at]
    if not past or past[-1].after is None:
        raise Failed("There was no such belief at that time.")
    return past[-1].after


def _entries(store: Store, id_: str | None, until: datetime | None, limit: int) -> list[Entry]:
    """The last so many entries, oldest first."""
    if id_ is None:
        return store.journal(limit=limit, before=until)[::-1]
    entries = store.history(store.resolve(id_).id)
    return [entry for entry in entries if until is None or entry.at <= until][-limit:]


def _fits(
    entry: Entry,
    scopes: list[str] | None,
    types: list[Type] | None,
    states: list[State] | None,
) -> bool:
    belief = entry.after
    if belief is None:
        return not (scopes or types or states)
    return (
        (not scopes or not set(scopes).isdisjoint(belief.scopes))
        and (not types or belief.type in types)
        and (not states or belief.state in states)
    )


def _tell(store: Store, entries: list[Entry], local: tzinfo | None, *, named: bool) -> None:
    from mindhold.cli.story import print_story

    involved = {entry.belief for entry in entries}
    for entry in entries:
        if entry.after:
            involved.update(_relatives(entry.after))
    print_story(
        screen.answer(),
        entries,
        names=_names(store, involved),
        local=local,
        now=datetime.now(UTC),
        named=named,
    )


def _relatives(belief: Belief) -> list[str]:
    ids = (*belief.supersedes, belief.superseded_by, *belief.resolves)
    return [id_ for id_ in ids if id_]


def _heard(store: Store, belief: Belief) -> dict[str, datetime]:
    """Since when it has had each of the aliases that its use gave it."""
    observed = [alias.text for alias in belief.aliases if alias.origin is Origin.OBSERVED]
    since: dict[str, datetime] = {}
    for entry in store.history(belief.id) if observed else ():
        had = {alias.text for alias in entry.after.aliases} if entry.after else set()
        since = {text: since.get(text, entry.at) for text in observed if text in had}
    return since


def _names(store: Store, ids: Iterable[str]) -> dict[str, str]:
    return {id_: belief.canonical_name for id_, belief in store.many(ids).items()}


def _entry_json(entry: Entry) -> dict[str, object]:
    return {
        "sequence": entry.sequence,
        "change": entry.change,
        "belief": entry.belief,
        "at": entry.at.isoformat(),
        "actor": entry.actor,
        "event": entry.event.value,
        "reason": entry.reason,
        "before": to_json(entry.before) if entry.before else None,
        "after": to_json(entry.after) if entry.after else None,
    }


app.command()(changes.add)
app.command()(changes.edit)
app.command()(changes.pin)
app.command()(changes.unpin)
app.command()(muting.mute)
app.command()(changes.supersede)
app.command("compact")(compact.compact_)
app.command()(changes.retire)
app.command()(changes.forget)
app.command()(changes.undo)
app.command()(repair.repair)
