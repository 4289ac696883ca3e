"""`mindhold eval`: measure the product on files and on other people's benchmarks."""

import json
import tempfile
from collections import Counter
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table

from mindhold.cli.bridge import bridge
from mindhold.cli.failure import Failed
from mindhold.cli.screen import answer
from mindhold.cli.terminal import AsJson, data

if TYPE_CHECKING:
    from mindhold.retrieval.benchmark import Outcome

app = typer.Typer(no_args_is_help=True)
app.command()(bridge)

File = typer.Option(exists=True, dir_okay=False, readable=True, metavar="FILE")


class Group(StrEnum):
    """What the rows of a report are."""

    FAMILY = "family"
    LIFE = "life"
    LANGUAGE = "language"


Probes = Annotated[
    list[Path] | None,
    typer.Option(
        metavar="FILE", exists=True, help="A life and its probes, or a directory; may be repeated."
    ),
]
By = Annotated[
    list[Group] | None,
    typer.Option(help="What the rows of the report are; may be repeated. Families if left out."),
]
Failures = Annotated[bool, typer.Option("--failures", help="Show each probe that is not exact.")]
Without = Annotated[
    list[str] | None,
    typer.Option(
        metavar="RULE",
        help="Leave this rule out, or a kind of evidence (ordinary.capital); may be repeated.",
    ),
]
Ablate = Annotated[
    bool, typer.Option("--ablate", help="Leave out each rule in turn: what it is worth.")
]
Among = Annotated[
    int,
    typer.Option("--distractors", metavar="N", min=0, help="Among so many beliefs of the scopes."),
]
AsMarkdown = Annotated[bool, typer.Option("--markdown", help="Tables and lists for a page.")]


Mine = Annotated[
    bool, typer.Option("--mine", help="Your own probes (mindhold why --wrong), in your own store.")
]
Drop = Annotated[
    str | None, typer.Option("--drop", metavar="PROBE", help="With --mine: let go of this one.")
]


@app.callback()
def evaluate() -> None:
    """Measure retrieval and learning on files, with a store of its own for each run."""


@app.command()
def retrieval(
    *,
    beliefs: Annotated[Path | None, File] = None,
    cases: Annotated[Path | None, File] = None,
    sessions: Annotated[Path | None, File] = None,
    probes: Probes = None,
    by: By = None,
    failures: Failures = False,
    without: Without = None,
    ablate: Ablate = False,
    among: Among = 0,
    markdown: AsMarkdown = False,
    mine: Mine = False,
    drop: Drop = None,
    as_json: AsJson = False,
) -> None:
    """Run probes, or cases in the PrecisionMemBench schema, through the real store and index.

    With --mine the exit code is 1 when an answer is not as you judged it.
    """
    if mine and not (probes or beliefs or cases or sessions):
        _own(drop, as_json=as_json)
    elif mine or drop:
        raise typer.BadParameter("--mine stands alone, or with --drop PROBE.")
    elif probes and not (beliefs or cases or sessions):
        from mindhold.cli import report, restraint
        from mindhold.cli.lives import lives

        groups = by or [Group.FAMILY]
        variants = restraint.variants(without or [], ablate=ablate)
        outcomes = restraint.compared(lives(probes), variants, among=among)
        if as_json:
            data(report.described(outcomes, groups))
        else:
            report.show(outcomes, groups, failures=failures, markdown=markdown)
    elif beliefs and cases and not probes:
        _benchmark(beliefs, cases, sessions, as_json=as_json)
    else:
        raise typer.BadParameter("Give --probes, or --beliefs and --cases, or --mine.")


class Kinds(StrEnum):
    """What the rows of the scores of extraction are."""

    FILE = "file"
    KIND = "kind"
    LIFE = "life"


@app.command()
def extraction(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...", exists=True, help="Labelled talks or sentences, or directories."
        ),
    ],
    *,
    by: Annotated[
        list[Kinds] | None,
        typer.Option(help="What the rows are; may be repeated. Files if left out."),
    ] = None,
    failures: Annotated[
        bool, typer.Option("--failures", help="Show each talk that did not teach what it should.")
    ] = False,
    markdown: AsMarkdown = False,
    as_json: AsJson = False,
) -> None:
    """Put labelled talks through the real learner: what it keeps, what it misses, what it invents.

    Precision and recall are those of plain statements; every turn is said on 2 March 2026.
    """
    from mindhold.cli import scores
    from mindhold.cli.extraction import read, run

    outcomes = run(read(files))
    if as_json:
        data(scores.described(outcomes, by or [Kinds.FILE]))
    else:
        scores.show(outcomes, by or [Kinds.FILE], failures=failures, markdown=markdown)


def _own(drop: str | None, *, as_json: bool) -> None:
    from mindhold.cli import mine

    if drop is not None:
        mine.drop(drop)
    elif not mine.mine(json=as_json):
        raise typer.Exit(1)


def _benchmark(beliefs: Path, cases: Path, sessions: Path | None, *, as_json: bool) -> None:
    outcomes, loaded = _run(_rows(beliefs), _rows(cases), _rows(sessions) if sessions else [])
    summary = {"beliefs": loaded, **_summary(outcomes)}
    if as_json:
        data(summary)
    else:
        _print(summary)


def _rows(path: Path) -> list[dict[str, Any]]:
    """A JSON array, or one object a line."""
    text = path.read_text("utf-8")
    try:
        whole = json.loads(text) if text.lstrip().startswith("[") else None
        lines = [line for line in text.splitlines() if line.strip()]
        rows = [json.loads(line) for line in lines] if whole is None else whole
    except ValueError as error:
        raise Failed(f"{path} is not JSON: {error}.") from error
    if not all(isinstance(row, dict) for row in rows):
        raise Failed(f"{path} must hold objects, as an array or one a line.")
    return rows


def _run(
    beliefs: list[dict[str, Any]], cases: list[dict[str, Any]], sessions: list[dict[str, Any]]
) -> tuple[list["Outcome"], int]:
    from mindhold.beliefs.store import Store
    from mindhold.retrieval import benchmark, seed
    from mindhold.retrieval.recall import Recall

    with (
        tempfile.TemporaryDirectory(prefix="mindhold-eval-") as home,
        Store.open(Path(home)) as store,
        Recall(store, directory=Path(home) / "index") as recall,
    ):
        loaded = len(beliefs) - len(seed.load(store, map(seed.parse, beliefs)))
        recall.catch_up()
        try:
            return [
                *benchmark.run_cases(recall, cases),
                *benchmark.run_sessions(store, recall, sessions),
            ], loaded
        except KeyError as error:
            raise Failed(f"A case lacks {error}: it is not in the schema.") from error


def _summary(outcomes: Sequence["Outcome"]) -> dict[str, Any]:
    ran = Counter(outcome.category for outcome in outcomes)
    passed = Counter(outcome.category for outcome in outcomes if outcome.passed)
    times = sorted(outcome.ms for outcome in outcomes)
    noise = [outcome.noise for outcome in outcomes if outcome.noise is not None]
    return {
        "cases": len(outcomes),
        "passed": sum(passed.values()),
        "categories": {name: {"cases": ran[name], "passed": passed[name]} for name in ran},
        "mean_precision": _mean([o.precision for o in outcomes if o.precision is not None]),
        "mean_recall": _mean([o.recall for o in outcomes if o.recall is not None]),
        "drift": {"turns": len(noise), "with_noise": sum(bool(count) for count in noise)},
        "ms": {"p50": _at(times, 0.50), "p95": _at(times, 0.95)},
        "failures": {o.case: list(o.faults) for o in outcomes if not o.passed},
    }


def _mean(values: Sequence[float]) -> float | None:
    return round(sum(values) / len(values), 4) if values else None


def _at(ordered: Sequence[float], share: float) -> float | None:
    return round(ordered[min(len(ordered) - 1, int(len(ordered) * share))], 3) if ordered else None


def _print(summary: dict[str, Any]) -> None:
    console = answer()
    table = Table(box=None, pad_edge=False, header_style="bold dim")
    table.add_column("CATEGORY")
    table.add_column("PASSED", justify="right")
    for name, count in summary["categories"].items():
        table.add_row(name, f"{count['passed']} of {count['cases']}")
    table.add_row("all", f"{summary['passed']} of {summary['cases']}", style="bold")
    console.print(table)
    drift, ms = summary["drift"], summary["ms"]
    console.print(f"\nmean precision  {summary['mean_precision']}")
    console.print(f"mean recall     {summary['mean_recall']}")
    console.print(f"drift           {drift['with_noise']} of {drift['turns']} turns with noise")
    console.print(f"retrieval       p50 {ms['p50']} ms, p95 {ms['p95']} ms")
    for case, faults in summary["failures"].items():
        console.print(f"\n{case}", style="bold red")
        for fault in faults:
            console.print(f"  {fault}", soft_wrap=True)
