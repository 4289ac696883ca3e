"""Beliefs as people read them: the list, and one in full."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, tzinfo
from itertools import chain, islice

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from mindhold.beliefs.model import Alias, Belief, Epistemic, Evidence, Origin, State
from mindhold.cli import moments
from mindhold.cli.screen import in_pipe, plain
from mindhold.cli.sheet import Cell, Column, Sheet

COLOURS = {
    State.ACTIVE: "green",
    State.OPEN: "green",
    State.EXPLORATORY: "yellow",
    State.CONTESTED: "yellow",
    State.PENDING: "cyan",
    State.CANDIDATE: "cyan",
    State.QUARANTINED: "red",
}
_WIDE = 120  # columns from which every property has a column of its own
_PEEK = 200  # rows that decide how wide the ids are
_FULL = {"NAME": 24, "TYPE": 13, "STATE": 20, "SCOPE": 22}
_NARROW = {"NAME": 18, "TYPE, STATE, SCOPE": 18}
_HOLDS = "WHAT IS HELD"


def print_list(console: Console, beliefs: Iterable[Belief], short: Callable[[str], str]) -> int:
    """Print a row a belief as they come; returns how many.

    On a terminal, content is wrapped to its width; in a pipe a belief is one line, for `grep`.
    """
    rest = iter(beliefs)
    first = list(islice(rest, _PEEK))
    if not first:
        return 0
    width = max(8, *(len(short(belief.id)) for belief in first))
    full = in_pipe(console) or console.width >= _WIDE
    row = _full_row if full else _narrow_row
    peeked = [row(belief, "") for belief in first] if full and not in_pipe(console) else []
    sheet = Sheet(console, _columns(console, width, peeked, full=full))
    sheet.head()
    return sheet.rows(row(belief, short(belief.id)) for belief in chain(first, rest))


def _columns(
    console: Console, id_width: int, peeked: list[tuple[Cell, ...]], *, full: bool
) -> tuple[Column, ...]:
    """The columns; those of the wide form are no wider than what stands in the first rows."""
    widths = (
        {"NAME": 24, "TYPE": 13, "STATE": 20, "SCOPE": 22}
        if full
        else {"NAME": 18, "TYPE, STATE, SCOPE": 18}
    )
    for number, title in enumerate(widths, start=1):
        wanted = [cell_len(line) for row in peeked for line in row[number].lines]
        widths[title] = (
            min(widths[title], max([cell_len(title), *wanted])) if wanted else widths[title]
        )
    columns = (
        Column(title="ID", width=id_width, whole=True),
        *(Column(title=title, width=width) for title, width in widths.items()),
    )
    rest = max(20, console.width - sum(column.width + 2 for column in columns if column.width))
    return (*columns, Column(title=_HOLDS, width=None if in_pipe(console) else rest))


def _full_row(belief: Belief, short: str) -> tuple[Cell, ...]:
    return (
        Cell(lines=(short,), style="cyan"),
        Cell(lines=(belief.canonical_name,), style="bold"),
        Cell(lines=(belief.type.value,)),
        Cell(lines=(", ".join(standing(belief)),), style=COLOURS.get(belief.state, "dim")),
        Cell(lines=(" ".join(belief.scopes),)),
        Cell(lines=(_content(belief),)),
    )


def _narrow_row(belief: Belief, short: str) -> tuple[Cell, ...]:
    return (
        Cell(lines=(short,), style="cyan"),
        Cell(lines=(belief.canonical_name,), style="bold"),
        Cell(
            lines=(belief.type.value, ", ".join(standing(belief)), *belief.scopes),
            style=COLOURS.get(belief.state, "dim"),
        ),
        Cell(lines=(_content(belief),)),
    )


def _content(belief: Belief) -> str:
    return plain(belief.content) or "(forgotten with all its words)"


def standing(belief: Belief) -> Iterator[str]:
    """How it stands: its state, how it is known where that says more, and its marks."""
    yield belief.state.value
    if belief.epistemic.value != belief.state.value and belief.epistemic is not Epistemic.STATED:
        yield belief.epistemic.value
    for mark in ("pinned", "muted"):
        if getattr(belief, mark):
            yield mark


class Portrait:
    """One belief in full, for the screen; `names` has the names of the beliefs it refers to."""

    def __init__(
        self,
        belief: Belief,
        *,
        names: Mapping[str, str],
        local: tzinfo | None,
        now: datetime,
        heard: Mapping[str, datetime],
    ) -> None:
        """`heard`: since when it has had each alias that its use gave it."""
        self._belief = belief
        self._heard = heard
        self._names = names
        self._local = local
        self._now = now

    def print(self, console: Console, notes: Sequence[str] = ()) -> None:
        """Print it: what is held, what follows from it, its properties, notes on its names, and
        its evidence."""
        belief = self._belief
        heading = Text.assemble((belief.canonical_name, "bold"), "  ", (belief.id, "cyan"))
        console.print(heading)
        console.print(Text(_content(belief)))
        if belief.content:
            console.print(Text(f"→ {plain(belief.why_it_matters)}", style="italic"))
        console.print()
        console.print(self._properties())
        if notes:
            console.print(Text("\nIts names", style="bold"))
        for note in notes:
            console.print(Text(f"  {note}"), soft_wrap=True)
        if belief.evidence:
            console.print()
            console.print(Text("Because you said", style="bold"))
            console.print(self._evidence())

    def _properties(self) -> Table:
        grid = Table.grid(padding=(0, 2, 0, 0))
        grid.add_column(style="dim", no_wrap=True)
        grid.add_column()
        for label, value in self._facts():
            if value:
                grid.add_row(f"  {label}", Text(plain(value)))
        return grid

    def _facts(self) -> Iterator[tuple[str, str]]:
        belief = self._belief
        yield "type", " · ".join(filter(None, (belief.type.value, belief.subtype)))
        yield "state", " · ".join(dict.fromkeys((*standing(belief), belief.epistemic.value)))
        yield "scope", ", ".join(belief.scopes)
        yield "agent", belief.agent or ""
        yield "also called", ", ".join(map(self._alias, belief.aliases))
        yield "valid", self._validity()
        yield "review by", belief.review_by.isoformat() if belief.review_by else ""
        yield "relation", self._relation()
        yield "expertise", _joined(belief.expertise_domain, belief.expertise_depth)
        pending = belief.state is State.PENDING
        yield "would replace" if pending else "replaces", self._named(belief.supersedes)
        yield "replaced by", self._named((belief.superseded_by,))
        yield "answers", self._named(belief.resolves)
        yield "said again", self._repetition()
        yield "confidence", f"{belief.confidence:g}" if belief.confidence < 1 else ""
        yield "sensitive", "yes" if belief.sensitive else ""
        yield "since", self._clock(belief.created_at)
        yield "changed", self._change()

    def _evidence(self) -> Table:
        grid = Table.grid(padding=(0, 0, 0, 2))
        for quote in self._belief.evidence:
            grid.add_row(Text(f"“{plain(quote.quote)}”"))
            grid.add_row(Text(f"  {self._source(quote)}", style="dim"))
        return grid

    def _source(self, quote: Evidence) -> str:
        parts = (self._clock(quote.at), quote.client, quote.model, quote.conversation)
        return " · ".join(plain(part) for part in parts if part)

    def _alias(self, alias: Alias) -> str:
        since = self._heard.get(alias.text)
        notes = [
            "of what it replaced" if alias.origin is Origin.COUNTER else "",
            f"observed, since {self._clock(since)}" if since else "",
            "muted" if alias.muted else "",
        ]
        told = ", ".join(filter(None, notes))
        return alias.text + (f" ({told})" if told else "")

    def _validity(self) -> str:
        start, end = self._belief.valid_from, self._belief.valid_until
        return _joined(f"from {start}" if start else None, f"until {end}" if end else None)

    def _relation(self) -> str:
        return _joined(self._belief.relation_type, ", ".join(self._belief.participants))

    def _named(self, ids: Iterable[str | None]) -> str:
        return ", ".join(f"{self._names.get(id, 'forgotten')} ({id})" for id in ids if id)

    def _repetition(self) -> str:
        belief = self._belief
        if not belief.reinforced:
            return ""
        last = f", last {self._clock(belief.reinforced_at)}" if belief.reinforced_at else ""
        return f"in {_counted(belief.reinforced, 'conversation')}{last}"

    def _change(self) -> str:
        belief = self._belief
        hand = ", by your hand" if belief.user_edited else ""
        return f"{self._clock(belief.updated_at)} (version {belief.version}{hand})"

    def _clock(self, at: datetime) -> str:
        return moments.clock(at, self._local, now=self._now)


def _joined(*parts: str | None) -> str:
    return " ".join(part for part in parts if part)


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" + ("" if count == 1 else "s")
