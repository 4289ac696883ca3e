"""`mindhold learn`: what a conversation teaches, proposal by proposal, and the deciding rules."""

import hashlib
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mindhold.beliefs.home import begun
from mindhold.beliefs.scope import parse_scope
from mindhold.cli import extractor
from mindhold.cli.conversation import UserTurn, user_turns
from mindhold.cli.options import local_zone
from mindhold.cli.places import Places
from mindhold.cli.screen import answer, aside
from mindhold.cli.terminal import AsJson, data

if TYPE_CHECKING:
    from mindhold.beliefs.learning.deciding import Learned
    from mindhold.beliefs.learning.said import Said
    from mindhold.beliefs.store import Store


def learn(
    files: Annotated[
        list[str] | None,
        typer.Argument(metavar="FILE", help="OpenAI messages as JSON, or - for what is piped."),
    ] = None,
    *,
    backfill: Annotated[
        bool,
        typer.Option("--backfill", help="The files are exports of ChatGPT or Claude, zip or JSON."),
    ] = False,
    scope: Annotated[
        list[str] | None,
        typer.Option("--scope", metavar="SCOPE", help="Where it was said; may be repeated."),
    ] = None,
    agent: Annotated[str | None, typer.Option("--agent", help="As said to this agent.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Decide, and change nothing.")] = False,
    costs: Annotated[
        bool, typer.Option("--costs", help="Say what the background extractor's calls cost.")
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="With --backfill: go on without being asked.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Run the extractors and the gate over a conversation.

    Each user turn is learned from once, in order; doing it again changes nothing. A dry run shows
    what each turn would lead to after those before it, beside what is held now.

    With --backfill the files are exports of all your conversations: you are told first what reading
    them takes, and what is found waits for you (mindhold review).
    """
    places = Places.find()
    if costs:
        extractor.costs(places, as_json=as_json)
        return
    if not files:
        raise typer.BadParameter("FILE is missing: a conversation, or - for what is piped.")
    if backfill:
        from mindhold.cli.backfill import backfill as read_exports

        read_exports(
            [Path(file) for file in files], scopes=tuple(map(parse_scope, scope or ())),
            agent=agent, dry_run=dry_run, yes=yes, as_json=as_json,
        )  # fmt: skip
        return
    if len(files) > 1:
        raise typer.BadParameter("Give one FILE at a time, or exports with --backfill.")
    turns = user_turns(files[0])
    with _store(places, dry_run=dry_run) as store:
        said = _said(turns, _scopes(store, places, scope), agent)
        learned = _learned(store, places, said, dry_run=dry_run)
        replaced = {id_ for one in learned for belief in one.beliefs for id_ in belief.supersedes}
        names = {id_: old.canonical_name for id_, old in store.many(replaced).items()}
    if as_json:
        data(_told(learned))
    else:
        _print(learned, names, dry_run=dry_run)
        if places.settings().learn.mode == "off":
            aside().print("learn.mode is off in the config: nothing is learned.")


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


def _said(turns: Sequence[UserTurn], scopes: tuple[str, ...], agent: str | None) -> list["Said"]:
    """The turns as learning sees them; the same file is the same conversation."""
    from mindhold.beliefs.learning.said import ANSWER, Said, context

    texts, at = [turn.text for turn in turns], datetime.now(UTC)
    name = hashlib.sha256("\0".join(texts).encode("utf-8", "replace")).hexdigest()[:16]
    return [
        Said(
            text=turn.text, scopes=scopes, at=at, agent=agent, client="learn",
            conversation=f"file:{name}", turn=str(number), earlier=context(texts[:number]),
            answer=turn.answer[:ANSWER],
        )
        for number, turn in enumerate(turns)
    ]  # fmt: skip


def _learned(
    store: "Store", places: Places, turns: Sequence["Said"], *, dry_run: bool
) -> list["Learned"]:
    from mindhold.beliefs.learning.learner import Learner

    chosen = places.settings().learn
    learner = Learner(store, mode=chosen.mode, rules=chosen.rules, zone=local_zone(places))
    if dry_run:
        return learner.rehearse(*turns) if turns else []
    return [learner.learn(said) for said in turns]


def _told(learned: Sequence["Learned"]) -> dict[str, object]:
    """What was learned for programs; `turn` counts the user's turns from 1."""
    from mindhold.beliefs.exchange import to_json
    from mindhold.cli.decisions import shown

    beliefs = {belief.id: to_json(belief) for one in learned for belief in one.beliefs}
    decisions = [
        {"turn": turn, **shown(decision)}
        for turn, one in enumerate(learned, start=1)
        for decision in one.decisions
    ]
    return {"beliefs": list(beliefs.values()), "decisions": decisions}


def _print(learned: Sequence["Learned"], names: Mapping[str, str], *, dry_run: bool) -> None:
    from mindhold.cli.decisions import print_decisions

    console = answer()
    names = dict(names) | {b.id: b.canonical_name for one in learned for b in one.beliefs}
    print_decisions(console, learned, names)
    count = sum(len(one.decisions) for one in learned)
    turns = f"{len(learned)} user turn{'' if len(learned) == 1 else 's'}"
    line = f"{turns}, {count or 'nothing new'} proposed."
    if dry_run:
        line += " Nothing was changed: this was a dry run."
    console.print(line)
