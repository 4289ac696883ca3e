"""A table that is printed row by row: columns of fixed width, long text wrapped inside its cell.

rich's own table measures all its rows before it prints the first, at 0.3 ms each: with 100,000
beliefs that is half a minute of silence.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, zip_longest

from rich.cells import cell_len
from rich.console import Console
from rich.segment import Segment, Segments
from rich.style import Style
from rich.text import Text

_TOGETHER = 200  # rows handed to the console at once
_GAP = "  "


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """Lines of text in one style; a line longer than its column is wrapped."""

    lines: tuple[str, ...]
    style: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A heading and a width in terminal cells; width None, for the last column only: no bound.

    What must stay `whole`, to be copied, runs over its column rather than being wrapped.
    """

    title: str
    width: int | None
    whole: bool = False


class Sheet:
    """Prints a heading, then rows as they come; memory does not grow with their number."""

    def __init__(self, console: Console, columns: Sequence[Column]) -> None:
        self._console = console
        self._columns = columns
        self._styles: dict[str, Style] = {}

    def head(self) -> None:
        """Print the line of titles."""
        self._print([Cell(lines=(column.title,), style="bold dim") for column in self._columns])

    def rows(self, rows: Iterable[Sequence[Cell]]) -> int:
        """Print the rows; returns how many there were."""
        rest, count = iter(rows), 0
        while some := list(islice(rest, _TOGETHER)):
            self._print(*some)
            count += len(some)
        return count

    def _print(self, *rows: Sequence[Cell]) -> None:
        segments = [segment for row in rows for segment in self._row(row)]
        self._console.print(Segments(segments), end="", soft_wrap=True)

    def _row(self, row: Sequence[Cell]) -> Iterator[Segment]:
        cells = [
            self._wrapped(cell, column) for cell, column in zip(row, self._columns, strict=True)
        ]
        for line in zip_longest(*cells, fillvalue=""):
            yield from self._line(line, row)

    def _line(self, line: Sequence[str], row: Sequence[Cell]) -> Iterator[Segment]:
        last = max((place for place, text in enumerate(line) if text), default=-1)
        for place, text in enumerate(line[: last + 1]):
            width = self._columns[place].width
            fill = "" if place == last or width is None else _fill(text, width) + _GAP
            yield Segment(text, self._style(row[place].style))
            yield Segment(fill)
        yield Segment.line()

    def _wrapped(self, cell: Cell, column: Column) -> list[str]:
        width = column.width
        if width is None:
            return [" ".join(cell.lines)]
        found: list[str] = []
        for line in cell.lines:
            if column.whole or cell_len(line) <= width:
                found.append(line)
            else:
                found += [part.plain.rstrip() for part in Text(line).wrap(self._console, width)]
        return found

    def _style(self, name: str) -> Style:
        if name not in self._styles:
            self._styles[name] = self._console.get_style(name or "none")
        return self._styles[name]


def _fill(text: str, width: int) -> str:
    return " " * (width - cell_len(text))
