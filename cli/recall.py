"""`mindhold recall`: what would be put in front of a message, and why, or why not."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from mindhold.beliefs.model import Belief
from mindhold.beliefs.scope import parse_scope
from mindhold.beliefs.store import Store
from mindhold.cli.here import known_scopes
from mindhold.cli.opened import reading
from mindhold.cli.options import local_zone
from mindhold.cli.places import Places
from mindhold.cli.screen import answer, plain
from mindhold.cli.terminal import AsJson, data

if TYPE_CHECKING:
    from mindhold.retrieval.query import Hit, Query, Recalled

Message = Annotated[str, typer.Argument(metavar="TEXT", help="The message, as you would send it.")]
Scopes = Annotated[
    list[str] | None,
    typer.Option("--scope", metavar="SCOPE", help="May be repeated; this directory's if left out."),
]
Agent = Annotated[str | None, typer.Option("--agent", help="As this agent would see it.")]
Why = Annotated[
    bool, typer.Option("--why", help="The words that named each belief, and what was left out.")
]


def recall(
    text: Message,
    scope: Scopes = None,
    agent: Agent = None,
    why: Why = False,
    as_json: AsJson = False,
) -> None:
    """What would be put in front of this message. Nothing is sent or changed."""
    from mindhold.retrieval.query import Query

    places = Places.find()
    with reading(places) as store:
        scopes = tuple(map(parse_scope, scope)) if scope else known_scopes(store.database, places)
        now = datetime.now(UTC).astimezone(local_zone(places))
        found = dry_run(store, places, Query(text=text, scopes=scopes, agent=agent, now=now))
    if as_json:
        data({"scopes": list(scopes), **_described(found)})
    else:
        _print(answer(), scopes, found, why=why)


def _described(recalled: "Recalled") -> dict[str, Any]:
    """The whole answer as JSON values."""
    from dataclasses import asdict

    from mindhold.beliefs.exchange import to_json

    return {
        "prelude": [to_json(belief) for belief in recalled.prelude],
        "pinned": [to_json(belief) for belief in recalled.pinned],
        "relevant": [
            {
                "belief": to_json(hit.belief),
                "match": asdict(hit.match) if hit.match else None,
                "via": hit.via,
            }
            for hit in recalled.relevant
        ],
        "questions": [to_json(belief) for belief in recalled.questions],
        "rejected": [asdict(rejection) for rejection in recalled.rejected],
        "ms": round(recalled.ms, 3),
    }


def dry_run(store: Store, places: Places, query: "Query") -> "Recalled":
    """What a request would be given for this query; nothing is changed."""
    from mindhold.retrieval.recall import INDEX, Recall

    mode = places.settings().retrieval_mode
    with Recall(store, directory=places.home / INDEX, mode=mode, writes=False) as found:
        return found.recall(query)


def _print(console: Console, scopes: Sequence[str], recalled: "Recalled", *, why: bool) -> None:
    _head(console, f"in {' '.join(scopes)}")
    tiers = (
        ("About you, with the first message", [(belief, None) for belief in recalled.prelude]),
        ("Pinned", [(belief, None) for belief in recalled.pinned]),
        ("Named by the message", [(hit.belief, hit) for hit in recalled.relevant]),
        ("Open questions", [(belief, None) for belief in recalled.questions]),
    )
    for title, beliefs in tiers:
        if beliefs:
            _head(console, f"\n{title}")
        for belief, hit in beliefs:
            _belief(console, belief, _named_by(hit, recalled) if hit and why else "")
    if not any(beliefs for _, beliefs in tiers):
        console.print("Nothing would be added.")
    if why:
        _left_out(console, recalled)


def _head(console: Console, line: str) -> None:
    console.print(Text(line, style="bold dim"))


def _belief(console: Console, belief: Belief, evidence: str) -> None:
    line = Text.assemble((plain(belief.canonical_name), "bold"), "  ", plain(belief.content))
    console.print(line, soft_wrap=True)
    if evidence:
        console.print(Text(f"    {evidence}", style="dim"), soft_wrap=True)


def brought(recalled: "Recalled", id: str) -> str | None:
    """What brings the belief of this id, in words; None where it is not given."""
    for hit in recalled.relevant:
        if hit.belief.id == id:
            return _named_by(hit, recalled)
    always = (*recalled.prelude, *recalled.pinned, *recalled.questions)
    return "named or not" if any(belief.id == id for belief in always) else None


def _named_by(hit: "Hit", recalled: "Recalled") -> str:
    if hit.match is None:
        brought = next((h.belief for h in recalled.relevant if h.belief.id == hit.via), None)
        return f"came with {plain(brought.canonical_name)}" if brought else "fits the budget"
    match = hit.match
    named = "its name" if match.canonical else f"its alias “{plain(match.alias)}”"
    reading = f"; {plain(match.reading)}" if match.reading else ""
    return f"“{plain(match.matched)}” is {named} ({match.kind}, {match.score:.2f}){reading}"


def _left_out(console: Console, recalled: "Recalled") -> None:
    if not recalled.rejected:
        return
    _head(console, "\nLeft out")
    for line in _reasons(recalled):
        console.print(line, soft_wrap=True)


def _reasons(recalled: "Recalled") -> Iterator[Text]:
    for rejection in recalled.rejected:
        yield Text.assemble(
            (plain(rejection.name), "bold"),
            f"  “{plain(rejection.surface)}”: {plain(rejection.reason)} ",
            (f"[{rejection.rule}]", "dim"),
        )
