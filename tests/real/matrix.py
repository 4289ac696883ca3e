"""The matrix of clients: a row for each, as the documentation shows it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

EXCHANGES = ("whole", "stream", "tools", "errors", "memory", "resumed", "project", "run")
AGENTS = EXCHANGES[-3:]  # what only programs with sessions and directories can do
DOCUMENT = Path(__file__).parents[2] / "docs" / "clients.md"
BEGIN, END = "<!-- matrix -->", "<!-- /matrix -->"


@dataclass(slots=True)
class Row:
    """One client. `results`: by exchange, each test's outcome; `notes`: why something is not."""

    name: str
    version: str = ""
    paths: set[str] = field(default_factory=set)
    results: dict[str, list[str]] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)

    def cell(self, exchange: str) -> str:
        """What came of this exchange, the worst of its tests."""
        outcomes = self.results.get(exchange, [])
        lacking = "–" if self.version else "skipped"
        for outcome, word in (("failed", "**failed**"), ("skipped", lacking), ("passed", "ok")):
            if outcome in outcomes:
                return word
        return "–" if exchange in AGENTS else "not run"

    @property
    def line(self) -> str:
        """The row in Markdown."""
        cells = [self.name, self.version or "not installed", ", ".join(sorted(self.paths))]
        return _line(cells + [self.cell(exchange) for exchange in EXCHANGES])


def table(rows: Iterable[Row]) -> str:
    """All rows, and under them why a client does without something."""
    head = ["client", "version", "endpoints", *EXCHANGES]
    rows = sorted(rows, key=lambda row: row.name.lower())
    lines = [_line(head), _line(["---"] * len(head)), *(row.line for row in rows)]
    return "\n".join([*lines, "", *_notes(rows)]).rstrip()


def write(made: str) -> None:
    """Puts the table into the documentation, between its markers."""
    before, _, rest = DOCUMENT.read_text().partition(BEGIN)
    _, end, after = rest.partition(END)
    assert end, f"{DOCUMENT} has no {BEGIN} … {END}"
    DOCUMENT.write_text(f"{before}{BEGIN}\n\n{made}\n\n{END}{after}")


def _notes(rows: Iterable[Row]) -> Iterator[str]:
    """Each reason once, with all the clients that it holds for."""
    known: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        for note in row.notes.items():
            known.setdefault(note, []).append(row.name)
    for (about, why), names in known.items():
        yield f"- {', '.join(names)}: {about}: {why}."


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
