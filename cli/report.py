"""The report of a measurement of restraint: tables, what failed and why; for people or a page."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from mindhold.cli.restraint import ALL
from mindhold.cli.screen import answer, plain
from mindhold.retrieval.probes import Outcome
from mindhold.retrieval.query import Recalled
from mindhold.retrieval.tally import Tally, grouped, tally

_LONGEST = 240  # characters of a message that are shown
_SHARES = ("exact", "silence", "recall", "precision")


def described(variants: Mapping[str, Sequence[Outcome]], by: Sequence[str]) -> dict[str, Any]:
    """The report as JSON values; rates are of 1."""
    whole = variants[ALL]
    return {
        **_described(tally(whole)),
        "by": {
            group: {name: _described(part) for name, part in grouped(whole, group).items()}
            for group in by
        },
        "failures": [_failure(outcome) for outcome in whole if not outcome.exact],
        "without": {
            name: _described(tally(outcomes)) for name, outcomes in variants.items() if name != ALL
        },
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


def show(
    variants: Mapping[str, Sequence[Outcome]],
    by: Sequence[str],
    *,
    failures: bool,
    markdown: bool,
) -> None:
    """For a person: what failed, a table for each grouping, and what each rule is worth."""
    whole = variants[ALL]
    failed = [outcome for outcome in whole if failures and not outcome.exact]
    if not markdown:
        _show_failures(failed)
    for group in by:
        head = [group, "probes", *_SHARES, "p50 ms", "p95 ms"]
        rows = [[name, *_cells(part)] for name, part in grouped(whole, group).items()]
        grid(head, [*rows, [ALL, *_cells(tally(whole))]], markdown=markdown)
    if len(variants) > 1:
        rows = [_worth(name, whole, outcomes) for name, outcomes in variants.items()]
        grid(["without", *_SHARES, "mends", "spoils"], rows, markdown=markdown)
    if markdown and failed:
        typer.echo("\n".join(map(_item, failed)))


def _worth(name: str, whole: Sequence[Outcome], without: Sequence[Outcome]) -> list[str]:
    """The rates without a rule, and how many probes it mends and how many it spoils."""
    if name == ALL:
        return ["none", *_rates(tally(whole)), "", ""]
    pairs = list(zip(whole, without, strict=True))
    mends = sum(one.exact > other.exact for one, other in pairs)
    spoils = sum(one.exact < other.exact for one, other in pairs)
    return [name, *_rates(tally(without)), str(mends), str(spoils)]


def grid(head: Sequence[str], rows: Sequence[Sequence[str]], *, markdown: bool) -> None:
    """Prints a table, names on the left and figures on the right; the row ALL stands out."""
    if markdown:
        lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
        typer.echo("\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n")
        return
    table = Table(box=None, pad_edge=False, header_style="bold dim")
    for place, name in enumerate(head):
        table.add_column(name.upper(), justify="right" if place else "left")
    for row in rows:
        table.add_row(*row, style="bold" if row[0] == ALL else None)
    answer().print(table, "")


def _rates(counted: Tally) -> list[str]:
    return ["–" if share is None else f"{share:.1%}" for share in counted.shares().values()]


def _cells(counted: Tally) -> list[str]:
    times = (f"{counted.ms(share):.2f}" for share in (0.5, 0.95))
    return [str(counted.probes), *_rates(counted), *times]


def _item(outcome: Outcome) -> str:
    """One line of a list: what should come and what does, why it should, and why it does not."""
    probe = outcome.probe
    said = shortened(probe.text).replace("`", "'")
    due, came = (", ".join(ids) or "nothing" for ids in (probe.expect, outcome.got))
    line = f"- {outcome.life}, {probe.family}: `{said}` should bring {due} ({plain(probe.reason)})"
    return "; ".join([f"{line}, brings {came}", *_causes(outcome)])


def _causes(outcome: Outcome) -> Iterator[str]:
    yield from map(plain, outcome.faults)
    yield from _named(outcome.recalled, outcome.wrong)
    yield from _left_out(outcome.recalled, outcome.missing)


def _show_failures(failed: Iterable[Outcome]) -> None:
    console = answer()
    for outcome in failed:
        _show_failure(console, outcome)
        console.print()


def _show_failure(console: Console, outcome: Outcome) -> None:
    probe = outcome.probe
    head = f"{outcome.life} · {probe.family} · {probe.language}"
    console.print(Text(head, style="bold dim"))
    for name, said in _told(outcome):
        console.print(Text.assemble((f"  {name:<9} ", "dim"), said), soft_wrap=True)


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
