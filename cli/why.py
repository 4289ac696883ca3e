"""`mindhold why`: what a past request was given, word for word, and why that and nothing else."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, tzinfo
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from mindhold.beliefs import ledger, requests
from mindhold.beliefs.requests import Injected, Request
from mindhold.beliefs.store import Store
from mindhold.cli import feedback, moments, options
from mindhold.cli.opened import reading
from mindhold.cli.places import Places
from mindhold.cli.screen import answer, aside, plain, print_array
from mindhold.cli.terminal import AsJson, data
from mindhold.proxy.explained import origin, reason

_RECENT = 20  # requests that --list shows
_SHORT = 12  # characters of a request's id: the millisecond and two more


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One logged request, with its blocks and the names of its beliefs."""

    request: Request
    blocks: Mapping[str, str]
    names: Mapping[str, str]


def why(
    request: Annotated[
        str | None,
        typer.Argument(
            metavar="[REQUEST]",
            help="Its id, as in the X-Mindhold-Request header, or the beginning of it.",
        ),
    ] = None,
    *,
    listed: Annotated[bool, typer.Option("--list", help="List the last requests.")] = False,
    wrong: feedback.Wrong = None,
    mute: feedback.Mute = False,
    scope: feedback.Scopes = None,
    missing: feedback.Missing = None,
    alias: feedback.Name = None,
    record: feedback.Record = False,
    text: feedback.Text = None,
    as_json: AsJson = False,
) -> None:
    """Say what the last request, or another one, was given, and why (not).

    --wrong and --missing say what should have been otherwise, and mend it.
    Without more they keep the message as a probe of yours, for eval retrieval --mine.
    """
    places = Places.find()
    said = feedback.Feedback(
        wrong=wrong, missing=missing, mute=mute, scope=scope, alias=alias, record=record, text=text
    )
    if said != feedback.Feedback():
        feedback.give(places, request, said, listed=listed, json=as_json)
        return
    local, now = options.local_zone(places), datetime.now(UTC)
    with reading(places) as store:
        if listed:
            _print_recent(requests.recent(store.database, _RECENT), local, now, as_json=as_json)
            return
        found = _found(store, requests.get(store.database, request))
    if as_json:
        data(_json(found))
    else:
        _print(answer(), found, moments.clock(found.request.at, local, now=now))


def _found(store: Store, request: Request) -> Answer:
    blocks = {"stable": request.stable, "turn": request.block}
    texts = {
        place: block.text
        for place, nonce in blocks.items()
        if nonce and (block := ledger.block(store.database, nonce))
    }
    ids = [one.id for one in request.injected]
    names = {id: belief.canonical_name for id, belief in store.many(ids).items()}
    return Answer(request=request, blocks=texts, names=names)


def _print(console: Console, found: Answer, when: str) -> None:
    request = found.request
    console.print(Text.assemble(("Request ", "bold"), (request.id, "cyan"), f"  {when}"))
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column()
    for label, value in _facts(request):
        grid.add_row(f"  {label}", Text(plain(value)))
    console.print(grid)
    _section(console, "Given to the model", [_given(one, found) for one in request.injected])
    left = [f"{one.name}: {one.reason} ({one.rule})" for one in request.left_out]
    _section(console, "Left out", left)
    for place, text in found.blocks.items():
        console.print()
        console.print(Text(f"The {place} block, as it was sent", style="bold"))
        console.print(Text(text), soft_wrap=True)
    if not request.injected:
        console.print(Text("\nNothing was given to the model."))
    if console.is_terminal:
        hint = "\nNot right? mindhold why --wrong ID, or --missing ID"
        aside().print(hint, style="dim", soft_wrap=True)


def _facts(request: Request) -> Iterator[tuple[str, str]]:
    yield "client", " · ".join(filter(None, (request.client, request.agent, request.model)))
    yield "scopes", f"{', '.join(request.scopes)} ({origin(request.origin)})"
    yield "you said", f"“{request.query}”" if request.query else "(not kept)"
    yield "memory", request.memory
    yield "took", f"{request.recall_ms:g} ms to recall, {request.added_ms:g} ms in all"
    if request.tokens:
        yield "added", f"about {request.tokens} tokens"
    yield "upstream", "no answer" if request.status is None else f"answered {request.status}"


def _section(console: Console, title: str, lines: list[str]) -> None:
    if lines:
        console.print()
        console.print(Text(title, style="bold"))
    for line in lines:
        console.print(Text(f"  {plain(line)}"))


def _given(one: Injected, found: Answer) -> str:
    name = found.names.get(one.id, f"{one.id} (forgotten since)")
    return f"{name} (version {one.version}): {reason(one)}"


def _json(found: Answer) -> dict[str, Any]:
    made = asdict(found.request)
    for key in ("end", "turns", "block", "stable"):
        del made[key]  # the ledger's own
    made["at"] = found.request.at.isoformat()
    for one in made["injected"]:
        one["name"] = found.names.get(one["id"])
    return {**made, "blocks": found.blocks}


def _print_recent(
    found: list[Request], local: tzinfo | None, now: datetime, *, as_json: bool
) -> None:
    if as_json:
        print_array(_json(Answer(request=one, blocks={}, names={})) for one in found)
        return
    if not found:
        aside().print("No request yet.")
        return
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold dim")
    for title, width in (("REQUEST", _SHORT), ("WHEN", 13), ("CLIENT", 6), ("GIVEN", 5)):
        table.add_column(title, no_wrap=True, min_width=width)
    table.add_column("YOU SAID", ratio=1, no_wrap=True, overflow="ellipsis")
    for one in found:
        when = moments.clock(one.at, local, now=now)
        said = Text(plain(one.query or "(not kept)"))
        given = str(len(one.injected))
        table.add_row(Text(one.id[:_SHORT], style="cyan"), when, Text(one.client), given, said)
    answer().print(table)
