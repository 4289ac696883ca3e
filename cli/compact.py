"""`mindhold beliefs compact`: what is held twice, in other small words, becomes one."""

from typing import TYPE_CHECKING, Annotated

import typer

from mindhold.beliefs.shorthand import short
from mindhold.beliefs.store import Store
from mindhold.cli import options, screen
from mindhold.cli.opened import changing, owning, reading
from mindhold.cli.places import Places
from mindhold.cli.terminal import AsJson, data

if TYPE_CHECKING:
    from mindhold.beliefs.learning.compaction import Pair


def compact_(
    *,
    scope: options.Scopes = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only show what would be merged.")
    ] = False,
    json: AsJson = False,
) -> None:
    """Merge beliefs that say the same, so that one has the names and quotes of both.

    What differs in a meaning word, a figure, the place or the time stays as it is, and so does
    what you pinned or wrote. The daemon does this once a day where learning is on auto. Each
    merge can be taken back.
    """
    from mindhold.beliefs.learning.compaction import SETTLED, compact, duplicates

    scopes = options.scopes_of(scope)
    if dry_run:
        with reading(Places.find()) as store:
            found = list(duplicates(store.select(scopes=scopes, states=SETTLED)))
            _print(store, found, json=json, dry_run=True)
        return
    with owning() as store:
        held = list(store.select(scopes=scopes, states=SETTLED))
        with changing(store) as write:
            merged = compact(write, held)
        _print(store, merged, json=json, dry_run=False)


def _print(store: Store, pairs: "list[Pair]", *, json: bool, dry_run: bool) -> None:
    if json:
        data(
            [{"kept": kept.id, "merged": gone.id, "content": gone.content} for kept, gone in pairs]
        )
        return
    for kept, gone in pairs:
        names = f"{gone.canonical_name} into {kept.canonical_name}: “{screen.plain(gone.content)}”"
        undo = f". Undo: mindhold beliefs undo {short(store.database, gone.id)}"
        line = f"Would merge {names}" if dry_run else f"Merged {names}{undo}"
        screen.answer().print(line, soft_wrap=True, highlight=False)
    if not pairs:
        screen.aside().print("Nothing is held twice.")
