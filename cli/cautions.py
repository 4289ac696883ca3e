"""What the owner is told of a belief's names: a sentence each, and the command that mends it."""

import shlex
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from itertools import islice
from typing import TYPE_CHECKING, Any

import typer
from rich.text import Text

from mindhold.beliefs.exchange import to_json
from mindhold.beliefs.model import Alias, Belief
from mindhold.beliefs.naming import namesakes
from mindhold.beliefs.shorthand import short
from mindhold.beliefs.store import Store
from mindhold.cli import screen
from mindhold.cli.done import say
from mindhold.cli.opened import changing
from mindhold.cli.terminal import at_terminal

if TYPE_CHECKING:
    from mindhold.retrieval.caution import Caution


def cautions(store: Store, belief: Belief, *, propose: bool = True) -> "tuple[Caution, ...]":
    """What is to be known of the belief's names, beside all else that is held."""
    from mindhold.retrieval.caution import cautions as found
    from mindhold.retrieval.rules.crowd import MOST

    def others(name: str) -> list[Belief]:
        return namesakes(store.database.rows, belief, name, MOST)

    return found(belief, others, propose=propose)


def warnings(found: "Sequence[Caution]") -> list[dict[str, Any]]:
    """The same for programs."""
    return [asdict(caution) for caution in found]


def lines(
    store: Store, belief: Belief, found: "Sequence[Caution]", *, commands: bool = True
) -> Iterator[str]:
    """Each sentence, with the command that helps where one does."""
    id_ = short(store.database, belief.id)
    for caution in found:
        yield screen.plain(caution.said)
        if commands and (command := _command(caution, id_)):
            yield f"  → {command}"


def tell(
    store: Store,
    belief: Belief,
    found: "Sequence[Caution]",
    known: "Sequence[Caution]" = (),
    *,
    ask: bool = True,
) -> None:
    """Say beside the answer what was not known before; who sits at a terminal is asked, once, for
    the better name."""
    told = {(caution.kind, caution.name) for caution in known}
    if any(caution.wanted for caution in known):
        found = [caution for caution in found if (caution.kind, caution.name) not in told]
    else:
        found = [c for c in found if c.wanted or (c.kind, c.name) not in told]
    wanting = next((caution for caution in found if caution.wanted), None)
    asking = ask and wanting is not None and at_terminal()
    for line in lines(store, belief, found, commands=not asking):
        screen.aside().print(line, soft_wrap=True, style="dim")
    if asking and wanting:
        _ask(store, belief, wanting.alias)


def unclear(
    store: Store, beliefs: Iterable[Belief], *, propose: bool = True
) -> "Iterator[tuple[Belief, Sequence[Caution]]]":
    """Those that no name brings up for certain, or that share one, with what is to be known."""
    from mindhold.retrieval.caution import Kind

    for belief in beliefs:
        found = cautions(store, belief, propose=propose)
        if any(caution.wanted or caution.kind is Kind.SHARED for caution in found):
            yield belief, found


def print_unclear(
    store: Store, beliefs: Iterable[Belief], *, limit: int | None, json: bool
) -> None:
    """A belief a paragraph: what it is, and what is to be known of its names."""
    found = islice(unclear(store, beliefs), limit)
    if json:
        screen.print_array({**to_json(one), "warnings": warnings(told)} for one, told in found)
        return
    console, clear = screen.answer(), True
    for belief, told in found:
        clear = False
        heading = Text.assemble((belief.canonical_name, "bold"), "  ", screen.plain(belief.content))
        console.print(heading, soft_wrap=True)
        for line in lines(store, belief, told):
            console.print(f"  {line}", soft_wrap=True, style="dim")
    if clear:
        screen.aside().print("Every name is clear.", style="dim")


def _command(caution: "Caution", id_: str) -> str | None:
    from mindhold.retrieval.caution import TOO_OFTEN

    if caution.wanted:
        alias = shlex.quote(caution.alias) if caution.alias else "WORDS"
        return f"mindhold beliefs edit {id_} --alias {alias}"
    if caution.spare and caution.kind in TOO_OFTEN:
        return f"mindhold beliefs mute {id_} {shlex.quote(caution.name)}"
    return None


def _ask(store: Store, belief: Belief, proposed: str | None) -> None:
    """Once; nothing typed, and no name is added."""
    hint = f"such as {proposed}; " if proposed else ""
    alias = typer.prompt(
        f"Another name, as you would type it ({hint}Enter for none)",
        default="", show_default=False, err=True,
    ).strip()  # fmt: skip
    if alias:
        with changing(store) as write:
            made = write.edit(belief.id, aliases=(*belief.aliases, Alias(text=alias)))
        say(store, made, "Changed {}", json=False, before=belief)
