"""`mindhold import` and `mindhold export`: beliefs as JSON lines; to be read, as Markdown."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, BinaryIO, TypeVar

import typer

from mindhold.beliefs import exchange
from mindhold.beliefs.exchange import Report
from mindhold.beliefs.store import Store
from mindhold.cli import options, screen
from mindhold.cli.failure import Failed
from mindhold.cli.opened import reading
from mindhold.cli.places import Places
from mindhold.cli.terminal import AsJson, data, dumped

_TOLD = 10  # lines left out that are told one by one

Line = TypeVar("Line")


class Format(StrEnum):
    """How an export is written."""

    JSONL = "jsonl"
    MARKDOWN = "markdown"


def import_(
    source: Annotated[
        str, typer.Argument(metavar="SOURCE", help="A file of JSON lines, or - for what is piped.")
    ],
    *,
    as_json: AsJson = False,
) -> int:
    """Take in beliefs, a JSON object a line, as mindhold export writes them.

    Doing it twice changes nothing. A line that is no belief is left out and told; the exit code
    is then 1, and the rest is in.
    """
    with ExitStack() as stack:
        lines, total = _opened(source, stack)
        store = stack.enter_context(Store.open(Places.find().home))
        counted = stack.enter_context(_counted(lines, total, "Importing"))
        report = exchange.load(store, counted, now=datetime.now(UTC))
    if as_json:
        data(asdict(report))
    else:
        _tell(report)
    return 1 if report.problems else 0


def export(
    *,
    format_: Annotated[
        Format, typer.Option("--format", help="jsonl: whole, for import; markdown: to be read.")
    ] = Format.JSONL,
    scope: options.Scopes = None,
    type_: options.Types = None,
    status: options.Statuses = None,
) -> None:
    """Print the beliefs: in every state as JSON lines, or the live ones as Markdown.

    JSON lines end with the probes that you recorded, unless only a type or a state is asked for.
    """
    places, scopes = Places.find(), options.scopes_of(scope)
    states = options.states_of(status, every=format_ is Format.JSONL)
    with reading(places) as store:
        if format_ is Format.JSONL:
            found = exchange.export(store, user=None, scopes=scopes, types=type_, states=states)
            lines: Iterator[str] = (dumped(belief) for belief in found)
        else:
            from mindhold.cli.markdown import Selected, written

            selected = Selected(scopes=scopes, types=type_, states=states)
            lines = written(store, selected, options.local_zone(places), datetime.now(UTC))
        total = store.count(user=None, scopes=scopes, types=type_, states=states)
        with _counted(lines, total, "Exporting", quiet=sys.stdout.isatty()) as counted:
            sys.stdout.writelines(f"{line}\n" for line in counted)


def _opened(source: str, stack: ExitStack) -> tuple[BinaryIO, int | None]:
    """The lines to read, and how many there are if that can be known."""
    if source == "-":
        return sys.stdin.buffer, None
    path = Path(source)
    if path.is_dir():
        raise Failed(f"{source} is a directory; name a file of JSON lines.")
    file = stack.enter_context(path.open("rb"))
    if not file.seekable():
        return file, None
    total = sum(1 for _ in file)
    file.seek(0)
    return file, total


@contextmanager
def _counted(
    lines: Iterable[Line], total: int | None, doing: str, *, quiet: bool = False
) -> Iterator[Iterable[Line]]:
    """The lines; on a terminal a bar goes along beside them."""
    console = screen.aside()
    if quiet or not console.is_terminal:
        yield lines
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    columns = ("{task.description}", BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, redirect_stdout=False) as progress:
        yield progress.track(lines, total=total, description=doing)


def _tell(report: Report) -> None:
    screen.answer().print(
        f"{report.added} new, {report.updated} newer than before, {report.kept} known already, "
        f"{len(report.problems)} left out." + (f" {report.probes} probes." if report.probes else "")
    )
    for problem in report.problems[:_TOLD]:
        screen.aside().print(f"line {problem.line}: {problem.reason}", soft_wrap=True)
    if more := len(report.problems[_TOLD:]):
        screen.aside().print(f"and {more} more (--json lists them all)")
