"""`mindhold beliefs repair`: rows that are not as mindhold wrote them, put right or kept."""

from collections.abc import Iterator
from typing import Annotated

import typer

from mindhold.beliefs.errors import NotFound
from mindhold.beliefs.exchange import to_json
from mindhold.beliefs.model import Belief
from mindhold.beliefs.repair import Damage, accept, damages, restore
from mindhold.cli import screen
from mindhold.cli.done import say
from mindhold.cli.failure import Failed
from mindhold.cli.opened import changing, owning
from mindhold.cli.story import changes
from mindhold.cli.terminal import AsJson


def repair(
    id_: Annotated[
        str | None,
        typer.Argument(metavar="[ID]", help="An id, or its beginning; without it, all of them."),
    ] = None,
    *,
    restored: Annotated[
        bool, typer.Option("--restore", help="Put back what the journal says it was.")
    ] = False,
    accepted: Annotated[
        bool, typer.Option("--accept", help="Keep what stands there now: you have seen it.")
    ] = False,
    json: AsJson = False,
) -> None:
    """Show beliefs that rotted or were edited past mindhold; restore or accept one.

    Until then they are given to nobody. Lines with − are as mindhold wrote it, + as it stands.
    """
    if restored and accepted:
        raise typer.BadParameter("Either --restore or --accept.")
    with owning() as store:
        found = [one for one in damages(store.database) if one.id.startswith(id_ or "")]
        if id_ and not found:
            raise NotFound("No damaged belief has this id.")
        if not (restored or accepted):
            _show(found, json=json)
            return
        if len(found) != 1 or not id_:
            raise Failed("Say which one, by its id: mindhold beliefs repair lists them.")
        with changing(store) as write:
            made = (restore if restored else accept)(write, found[0])
        say(store, made, "Restored {}" if restored else "Accepted {}", json=json)


def _show(found: list[Damage], *, json: bool) -> None:
    if json:
        screen.print_array(map(_to_json, found))
        return
    for damage in found:
        for line in _told(damage):
            screen.answer().print(line, soft_wrap=True)
    if not found:
        screen.aside().print("Every belief is as mindhold wrote it.")


def _told(damage: Damage) -> Iterator[str]:
    known = damage.told or damage.found
    yield f"{known.canonical_name if known else 'unreadable'} ({screen.plain(damage.id)})"
    if damage.told and damage.found:
        lines = list(changes(damage.told, damage.found))
        yield from (f"  {line}" for line in lines or ["the belief is the same, its row is not"])
    else:
        yield "  what stands there cannot be read" if damage.told else "  the journal has no word"
    if damage.told:
        yield f"  → mindhold beliefs repair {damage.id} --restore"
    if damage.found:
        yield f"  → mindhold beliefs repair {damage.id} --accept"


def _to_json(damage: Damage) -> dict[str, object]:
    def whole(belief: Belief | None) -> object:
        return to_json(belief) if belief else None

    return {"id": damage.id, "found": whole(damage.found), "told": whole(damage.told)}
