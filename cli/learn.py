"""`mindhold learn`: what a conversation teaches, proposal by proposal, and the deciding rules."""

import hashlib
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table
from rich.text import Text

from mindhold.beliefs.home import begun
from mindhold.beliefs.scope import parse_scope
from mindhold.cli.conversation import user_turns
from mindhold.cli.options import local_zone
from mindhold.cli.places import Places
from mindhold.cli.screen import answer, plain
from mindhold.cli.terminal import AsJson, data

if TYPE_CHECKING:
    from mindhold.beliefs.learning.journal import Decision
    from mindhold.beliefs.learning.learner import Learned
    from mindhold.beliefs.store import Store

_COLOURS = {"rejected": "red", "quarantined": "magenta", "pending": "yellow", "contested": "yellow"}


def learn(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="OpenAI messages as JSON, or - for what is piped.")
    ],
    scope: Annotated[
        list[str] | None,
        typer.Option("--scope", metavar="SCOPE", help="Where it was said; may be repeated."),
    ] = None,
    agent: Annotated[str | None, typer.Option("--agent", help="As said to this agent.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Decide, and change nothing.")] = False,
    as_json: AsJson = False,
) -> None:
    """Run the extractors and the gate over a conversation.

    Each user turn is learned from once, in order; doing it again changes nothing. In a dry run
    each turn is decided for itself, beside what is held now.
    """
    places, turns = Places.find(), user_turns(file)
    with _store(places, dry_run=dry_run) as store:
        scopes = _scopes(store, places, scope)
        learned = _learned(store, places, turns, scopes, agent=agent, dry_run=dry_run)
    decisions = [decision for one in learned for decision in one.decisions]
    if as_json:
        from mindhold.beliefs.exchange import to_json

        beliefs = {belief.id: to_json(belief) for one in learned for belief in one.beliefs}
        data({"beliefs": list(beliefs.values()), "decisions": [_shown(d) for d in decisions]})
    else:
        _print(decisions, len(turns), dry_run=dry_run)


@contextmanager
def _store(places: Places, *, dry_run: bool) -> Iterator["Store"]:
    """The owner's store; for a dry run where there is none yet, one that is thrown away."""
    from mindhold.beliefs.store import Store

    with tempfile.TemporaryDirectory(prefix="mindhold-") as passing:
        home = places.home if begun(places.home) or not dry_run else Path(passing)
        with Store.open(home) as store:
            yield store


def _scopes(store: "Store", places: Places, asked: list[str] | None) -> tuple[str, ...]:
    if asked:
        return tuple(map(parse_scope, asked))
    from mindhold.cli.here import scope_here

    return (scope_here(store, places),)


def _learned(
    store: "Store",
    places: Places,
    turns: Sequence[str],
    scopes: tuple[str, ...],
    *,
    agent: str | None,
    dry_run: bool,
) -> list["Learned"]:
    from mindhold.beliefs.learning.learner import Learner
    from mindhold.beliefs.learning.said import Said, context

    chosen = places.settings().learn
    learner = Learner(store, mode=chosen.mode, rules=chosen.rules, zone=local_zone(places))
    name = hashlib.sha256("\0".join(turns).encode("utf-8", "replace")).hexdigest()[:16]
    return [
        learner.learn(
            Said(
                text=text, scopes=scopes, at=datetime.now(UTC), agent=agent, client="learn",
                conversation=f"file:{name}", turn=str(number), earlier=context(turns[:number]),
            ),
            dry_run=dry_run,
        )
        for number, text in enumerate(turns)
    ]  # fmt: skip


def _shown(decision: "Decision") -> dict[str, object]:
    value = asdict(decision)
    if value.pop("redacted"):
        value |= {"quote": "", "content": ""}
    return value


def _print(decisions: Sequence["Decision"], turns: int, *, dry_run: bool) -> None:
    console = answer()
    if not decisions:
        console.print(f"{turns} user turn{'' if turns == 1 else 's'}, nothing new proposed.")
        return
    table = Table("Said", "Outcome", "Rule", "Held as", box=None, pad_edge=False)
    for decision in decisions:
        colour = _COLOURS.get(decision.outcome, "green")
        said = "(it holds a secret)" if decision.redacted else plain(decision.quote)
        why = f"{decision.rule}: {decision.reason}" if decision.reason else decision.rule
        held = "" if decision.redacted else plain(decision.content or decision.name)
        table.add_row(said, Text(decision.outcome, style=colour), why, held)
    console.print(table)
    if dry_run:
        console.print("Nothing was changed: this was a dry run.")
