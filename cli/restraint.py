"""Restraint, measured: lives put through the real store, index and context, and what came of it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from mindhold.beliefs.store import Store
from mindhold.cli.failure import Failed
from mindhold.cli.screen import answer, plain
from mindhold.retrieval.probes import Life, Outcome, hold, run
from mindhold.retrieval.query import Recalled
from mindhold.retrieval.recall import INDEX, Recall
from mindhold.retrieval.rules.rule import Rule
from mindhold.retrieval.tally import Tally, grouped, tally
from mindhold.retrieval.verify import RULES

_LONGEST = 240  # characters of a message that are shown
_SHARES = ("exact", "silence", "recall", "precision")


def rules_without(names: Iterable[str]) -> tuple[Rule, ...]:
    """All rules but these; raises `Failed` where there is no such rule."""
    known = {rule.name: rule for rule in RULES}
    for name in names:
        if known.pop(name, None) is None:
            raise Failed(
                f"There is no rule {name!r}; there are {', '.join(r.name for r in RULES)}."
            )
    return tuple(known.values())


def measured(lives: Iterable[Life], rules: Sequence[Rule]) -> list[Outcome]:
    """Every probe of every life, each life in a store of its own."""
    now = datetime.now(UTC)
    outcomes: list[Outcome] = []
    for life in lives:
        with (
            TemporaryDirectory(prefix="mindhold-eval-") as folder,
            Store.open(Path(folder)) as store,
            Recall(store, directory=Path(folder) / INDEX, rules=rules) as recall,
        ):
            hold(store, life)
            recall.catch_up()
            outcomes += run(recall, life, now)
    return outcomes


def described(outcomes: Sequence[Outcome], by: str) -> dict[str, Any]:
    """The report as JSON values; rates are of 1."""
    return {
        **_described(tally(outcomes)),
        "by": by,
        "groups": {name: _described(part) for name, part in grouped(outcomes, by).items()},
        "failures": [_failure(outcome) for outcome in outcomes if not outcome.exact],
    }


def _described(counted: Tally) -> dict[str, Any]:
    shares = {name: _rounded(share) for name, share in counted.shares().items()}
    times = {"p50": round(counted.ms(0.50), 3), "p95": round(counted.ms(0.95), 3)}
    return {"probes": counted.probes, "restraint": counted.restraint, **shares, "ms": times}


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)


def _failure(outcome: Outcome) -> dict[str, Any]:
    probe = outcome.probe
    return {
        "life": outcome.life,
        "family": probe.family,
        "language": probe.language,
        "text": probe.text,
        "expect": list(probe.expect),
        "got": list(outcome.got),
        "faults": list(outcome.faults),
        "reason": probe.reason,
    }


def show(outcomes: Sequence[Outcome], by: str, *, failures: bool) -> None:
    """The report for a person."""
    console = answer()
    if failures:
        for outcome in outcomes:
            if not outcome.exact:
                _show_failure(console, outcome)
    table = Table(box=None, pad_edge=False, header_style="bold dim")
    table.add_column(by.upper())
    for name in ("PROBES", *map(str.upper, _SHARES), "P50 MS", "P95 MS"):
        table.add_column(name, justify="right")
    for name, part in grouped(outcomes, by).items():
        table.add_row(name, *_cells(part))
    table.add_row("all", *_cells(tally(outcomes)), style="bold")
    console.print(table)


def _cells(counted: Tally) -> list[str]:
    shares = ["-" if share is None else f"{share:.1%}" for share in counted.shares().values()]
    return [str(counted.probes), *shares, *(f"{counted.ms(share):.2f}" for share in (0.5, 0.95))]


def _show_failure(console: Console, outcome: Outcome) -> None:
    probe = outcome.probe
    head = f"{outcome.life} · {probe.family} · {probe.language}"
    console.print(Text(head, style="bold dim"))
    for name, said in _told(outcome):
        console.print(Text.assemble((f"  {name:<9} ", "dim"), said), soft_wrap=True)
    console.print()


def _told(outcome: Outcome) -> Iterator[tuple[str, str]]:
    probe = outcome.probe
    yield "said", f"“{shortened(probe.text)}”"
    yield "expected", ", ".join(probe.expect) or "nothing"
    yield "got", ", ".join(outcome.got) or "nothing"
    yield from (("tier", plain(fault)) for fault in outcome.faults)
    yield from (("named", why) for why in _named(outcome.recalled, outcome.wrong))
    yield from (("left out", why) for why in _left_out(outcome.recalled, outcome.missing))
    yield "because", plain(probe.reason)


def shortened(text: str) -> str:
    """The message on one line, its middle left out where it is long: questions stand at ends."""
    line = plain(text)
    half = _LONGEST // 2
    return line if len(line) <= _LONGEST else f"{line[:half]} … {line[-half:]}"


def _named(recalled: Recalled, ids: Sequence[str]) -> Iterator[str]:
    for hit in recalled.relevant:
        if hit.belief.id in ids:
            match = hit.match
            words = f"“{plain(match.matched)}” ({match.kind})" if match else f"came with {hit.via}"
            yield f"{hit.belief.id}: {words}"


def _left_out(recalled: Recalled, ids: Sequence[str]) -> Iterator[str]:
    reasons = {rejection.id: rejection for rejection in recalled.rejected}
    for id in ids:
        rejection = reasons.get(id)
        yield f"{id}: " + (
            f"“{plain(rejection.surface)}”: {plain(rejection.reason)} [{rejection.rule}]"
            if rejection
            else "no name of it was found"
        )
