"""Scores of extraction: how often a talk taught just what it should."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import typer

from mindhold.cli.extraction import Outcome
from mindhold.cli.report import grid, shortened
from mindhold.cli.restraint import ALL
from mindhold.cli.screen import answer, plain

GROUPS: dict[str, Callable[[Outcome], str]] = {
    "file": lambda outcome: outcome.talk.file,
    "kind": lambda outcome: outcome.talk.kind,
    "life": lambda outcome: outcome.talk.life,
}
_HEAD = ("talks", "teach", "silence", "exact", "precision", "recall")


@dataclass(slots=True, kw_only=True)
class Score:
    """Counts over some talks; a share of nothing is None.

    `silent` of the negative ones taught nothing; `exact` of the others left just what they should.
    Precision and recall are of plain statements, Tier A.
    """

    talks: int = 0
    teach: int = 0
    silent: int = 0
    exact: int = 0
    due: int = 0
    found: int = 0
    stray: int = 0

    def add(self, outcome: Outcome) -> None:
        """Counts one more."""
        negative, right = outcome.talk.negative, not outcome.faults
        self.talks += 1
        self.teach += not negative
        self.silent += negative and right
        self.exact += right and not negative
        self.due += outcome.due
        self.found += outcome.found
        self.stray += outcome.stray

    def shares(self) -> dict[str, float | None]:
        """The four rates, of 1."""
        return {
            "silence": _share(self.silent, self.talks - self.teach),
            "exact": _share(self.exact, self.teach),
            "precision": _share(self.found, self.found + self.stray),
            "recall": _share(self.found, self.due),
        }


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def scored(outcomes: Iterable[Outcome], by: str) -> dict[str, Score]:
    """One score for each file, kind or life, in the order of their names, and ALL at the end."""
    whole, found = Score(), dict[str, Score]()
    for outcome in outcomes:
        found.setdefault(GROUPS[by](outcome), Score()).add(outcome)
        whole.add(outcome)
    return dict(sorted(found.items())) | {ALL: whole}


def described(outcomes: Sequence[Outcome], by: Sequence[str]) -> dict[str, Any]:
    """The scores as JSON values, and what is wrong with each talk that is not right."""
    groups = {group: scored(outcomes, group) for group in by}
    return {
        **_described(scored(outcomes, "file")[ALL]),
        "by": {
            group: {name: _described(one) for name, one in rows.items() if name != ALL}
            for group, rows in groups.items()
        },
        "failures": [_failure(outcome) for outcome in outcomes if outcome.faults],
    }


def _described(score: Score) -> dict[str, Any]:
    shares = {
        name: None if share is None else round(share, 4) for name, share in score.shares().items()
    }
    return {"talks": score.talks, "teach": score.teach, **shares}


def _failure(outcome: Outcome) -> dict[str, Any]:
    talk = outcome.talk
    return {
        "file": talk.file,
        "kind": talk.kind,
        "title": talk.title,
        "faults": list(outcome.faults),
        "reason": talk.reason,
    }


def show(outcomes: Sequence[Outcome], by: Sequence[str], *, failures: bool, markdown: bool) -> None:
    """For a person: what is not right, and a table for each grouping."""
    wrong = [outcome for outcome in outcomes if failures and outcome.faults]
    if not markdown:
        _list(wrong)
    for group in by:
        rows = [[name, *_cells(score)] for name, score in scored(outcomes, group).items()]
        grid([group, *_HEAD], rows, markdown=markdown)
    if markdown and wrong:
        typer.echo("\n".join(map(_item, wrong)))


def _cells(score: Score) -> list[str]:
    rates = ("–" if share is None else f"{share:.1%}" for share in score.shares().values())
    return [str(score.talks), str(score.teach), *rates]


def _list(wrong: Iterable[Outcome]) -> None:
    for outcome in wrong:
        answer().print(_item(outcome), soft_wrap=True, markup=False, highlight=False)


def _item(outcome: Outcome) -> str:
    """One line of a list: what was said, what is wrong with what came of it, what should."""
    talk = outcome.talk
    said = shortened(talk.title).replace("`", "'")
    faults = plain("; ".join(outcome.faults))
    return f"- {talk.file}, {talk.kind}: `{said}`: {faults} ({plain(talk.reason)})"
