"""A card: one question of the review as its owner reads it, with the words that it rests on."""

from collections.abc import Iterator
from datetime import datetime, tzinfo

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from mindhold.beliefs.model import Belief, Evidence
from mindhold.beliefs.review import Waiting
from mindhold.cli import moments
from mindhold.cli.reasons import why
from mindhold.cli.screen import plain
from mindhold.cli.tables import COLOURS, standing

_NARROW = 70  # columns below which two sides are shown one under the other
_QUOTES = 3  # of each side; the newest


class Card:
    """Prints questions on one console, dates in one time zone."""

    def __init__(self, console: Console, *, local: tzinfo | None, now: datetime) -> None:
        self._console = console
        self._local = local
        self._now = now

    def print(self, item: Waiting, short: str, place: str) -> None:
        """The whole question; `place` says which of how many it is."""
        belief, console = item.belief, self._console
        head = Text.assemble((belief.canonical_name, "bold"), ("  " + short, "cyan"))
        console.print()
        console.print(Text.assemble(head, (f"  {place}", "dim")))
        console.print(Text("  " + " · ".join(_properties(belief)), style=_colour(belief)))
        if item.beside:
            self._both(item)
        else:
            for line in self._side(belief):
                console.print(Padding(line, (0, 0, 0, 2), expand=False))
        console.print()
        console.print(Padding(Text(why(item), style="yellow"), (0, 0, 0, 2), expand=False))

    def _both(self, item: Waiting) -> None:
        console = self._console
        held = [("HELD NOW", other) for other in item.beside]
        sides = [*held, ("NEW", item.belief)]
        console.print()
        if console.width < _NARROW:
            for title, belief in sides:
                console.print(Text(f"  {title}", style="bold dim"))
                for line in self._side(belief, named=title == "HELD NOW"):
                    console.print(Padding(line, (0, 0, 0, 2), expand=False))
            return
        grid = Table.grid(padding=(0, 3, 0, 0), expand=True)
        grid.add_column(ratio=1)
        grid.add_column(ratio=1)
        left = [line for title, other in held for line in self._titled(title, other)]
        right = self._titled("NEW", item.belief, named=False)
        grid.add_row(Text("\n").join(left), Text("\n").join(right))
        console.print(Padding(grid, (0, 0, 0, 2)))

    def _titled(self, title: str, belief: Belief, *, named: bool = True) -> list[Text]:
        return [Text(title, style="bold dim"), *self._side(belief, named=named)]

    def _side(self, belief: Belief, *, named: bool = False) -> Iterator[Text]:
        """What is held, what follows, and the owner's words."""
        if named:
            yield Text.assemble((belief.canonical_name, "bold"), f"  {', '.join(standing(belief))}")
        yield Text(plain(belief.content))
        yield Text(f"→ {plain(belief.why_it_matters)}", style="italic")
        for quote in belief.evidence[-_QUOTES:]:
            yield Text(f"“{plain(quote.quote)}”")
            yield Text(f"  you, {self._source(quote)}", style="dim")
        if belief.user_edited:
            yield Text("  written by your own hand", style="dim")

    def _source(self, quote: Evidence) -> str:
        when = moments.clock(quote.at, self._local, now=self._now)
        return f"{when}, in {plain(quote.client)}"


def _properties(belief: Belief) -> Iterator[str]:
    yield belief.type.value
    yield from standing(belief)
    yield ", ".join(belief.scopes)
    if belief.agent:
        yield f"of the agent {plain(belief.agent)}"
    if belief.aliases:
        yield f"also called {', '.join(plain(alias.text) for alias in belief.aliases)}"


def _colour(belief: Belief) -> str:
    return COLOURS.get(belief.state, "dim")
