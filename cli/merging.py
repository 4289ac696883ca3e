"""The other belief of a merge: those that are near are offered by number."""

from collections.abc import Iterable

import typer
from rich.console import Console
from rich.text import Text

from mindhold.beliefs.model import LIVE, Belief
from mindhold.beliefs.review import Waiting
from mindhold.beliefs.store import Store
from mindhold.beliefs.valid import surfaces
from mindhold.cli.failure import Failed
from mindhold.cli.screen import plain

_OFFERED = 6
_SHORT = 3  # letters of a word that says nothing


def other_of(store: Store, item: Waiting, console: Console) -> Belief | None:
    """Which belief its owner wants it merged into; None: none after all. Raises `Failed`."""
    offered = _near(store, item)
    for number, other in enumerate(offered, start=1):
        console.print(Text.assemble(f"  {number}  ", (other.canonical_name, "bold"),
                                    f"  {plain(other.content)}"))  # fmt: skip
    asked = "Into which: a number, a name or an id" if offered else "Into which: a name or an id"
    said = typer.prompt(f"  {asked} (Enter: none)", default="", show_default=False).strip()
    if not said:
        return None
    if said.isdigit() and len(said) < 3:
        if not 1 <= int(said) <= len(offered):
            raise Failed(f"There is no {said} in the list.")
        return offered[int(said) - 1]
    other = store.resolve(said)
    if other.id == item.belief.id:
        raise Failed("That is this belief itself.")
    return other


def _near(store: Store, item: Waiting) -> list[Belief]:
    """What stands beside it, then the live beliefs there that share most of its words."""
    wanted = _words([item.belief])
    shared = [
        (len(wanted & _words([other])), other)
        for other in store.select(user=item.belief.user, scopes=item.belief.scopes, states=LIVE)
        if other.id != item.belief.id
    ]
    shared = [pair for pair in shared if pair[0]]
    best = [other for _, other in sorted(shared, key=lambda pair: (-pair[0], pair[1].id))]
    return list({one.id: one for one in (*item.beside, *best)}.values())[:_OFFERED]


def _words(beliefs: Iterable[Belief]) -> set[str]:
    return {
        word
        for belief in beliefs
        for text in (*surfaces(belief), belief.content.casefold())
        for word in text.strip(".").split()
        if len(word) > _SHORT
    }
