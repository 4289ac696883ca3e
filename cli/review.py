"""`mindhold review`: what waits for its owner, walked through by key or answered by command."""

import sys
from collections.abc import Sequence
from typing import Annotated, Any

import typer

from mindhold.beliefs.exchange import to_json
from mindhold.beliefs.home import begun
from mindhold.beliefs.review import Waiting, queue
from mindhold.beliefs.shorthand import short
from mindhold.beliefs.store import Store
from mindhold.cli import options, screen, verdicts
from mindhold.cli.opened import owning, reading
from mindhold.cli.places import Places
from mindhold.cli.terminal import AsJson

app = typer.Typer(add_completion=False, invoke_without_command=True)


@app.callback()
def review(
    context: typer.Context,
    *,
    scope: options.Scopes = None,
    candidates: Annotated[
        bool, typer.Option("--candidates", help="Also what was said only in passing.")
    ] = False,
    snoozed: Annotated[
        bool, typer.Option("--snoozed", help="Also what was put off to a later day.")
    ] = False,
    listed: Annotated[bool, typer.Option("--list", help="List it instead of asking.")] = False,
    json: AsJson = False,
) -> None:
    """Go through what waits for you, one question and one key at a time.

    Where nobody sits at a terminal it is listed.
    """
    if context.invoked_subcommand is not None:
        return
    places, scopes = Places.find(), options.scopes_of(scope)
    asking = not (listed or json) and sys.stdin.isatty() and sys.stdout.isatty()
    if not begun(places.home):
        _print(None, [], json=json)
        return
    with owning() if asking else reading(places) as store:
        today = options.today(places)
        items = queue(store.database, today=today, candidates=candidates, snoozed=snoozed)
        items = [item for item in items if not scopes or set(scopes) & set(item.belief.scopes)]
        if asking and items:
            from mindhold.cli.walk import Walk

            Walk(store, places, screen.answer(), items).go()
        else:
            _print(store, items, json=json)


def _print(store: Store | None, items: Sequence[Waiting], *, json: bool) -> None:
    from mindhold.cli.reasons import how_many, why

    if json:
        screen.print_array(_item_json(item, why(item)) for item in items)
        return
    if store is None or not items:
        screen.aside().print(f"{how_many(0).capitalize()}.")
        return
    console = screen.answer()
    for item in items:
        belief = item.belief
        console.print(
            f"{short(store.database, belief.id)}  {belief.canonical_name}"
            f"  {screen.plain(belief.content)}",
            soft_wrap=True,
        )
        kinds = dict.fromkeys((belief.state.value, item.reason.value))
        console.print(f"  {' · '.join(kinds)}: {why(item)}", soft_wrap=True)
        for other in item.beside:
            console.print(f"  held now: {other.canonical_name}  {screen.plain(other.content)}",
                          soft_wrap=True)  # fmt: skip
    hint = "mindhold review approve ID, reject ID, edit ID, merge ID --into ID, snooze ID"
    line = f"{how_many(len(items))}: {hint}"
    screen.aside().print(line, soft_wrap=True, style="dim")


def _item_json(item: Waiting, why: str) -> dict[str, Any]:
    return {
        **to_json(item.belief),
        "reason": item.reason.value,
        "rule": item.rule,
        "why": why,
        "beside": [to_json(other) for other in item.beside],
    }


for verb in (verdicts.approve, verdicts.reject, verdicts.edit, verdicts.merge, verdicts.snooze):
    app.command()(verb)
