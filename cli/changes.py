"""The verbs of `mindhold beliefs` that change what is held; each says in a line what it did."""

from datetime import UTC, datetime
from typing import Annotated, Any, Literal

import typer

from mindhold.beliefs.exchange import to_json
from mindhold.beliefs.ids import new_id
from mindhold.beliefs.imperative import imperative
from mindhold.beliefs.model import Alias, Belief, Type
from mindhold.beliefs.store import Store
from mindhold.beliefs.valid import surface
from mindhold.cli import options, removal, screen
from mindhold.cli.cautions import cautions, tell, warnings
from mindhold.cli.done import do, say
from mindhold.cli.here import scope_here
from mindhold.cli.opened import changing, owning
from mindhold.cli.places import Places
from mindhold.cli.removal import leave_the_index
from mindhold.cli.terminal import AsJson, data

_ERASING = """\
This takes {} out of the store for good: its content, names and quotes, its history, and
what the injection log and earlier prompts kept of it. Copies made elsewhere are not reached:
your exports and backups, and what your model providers were sent.\
"""

TypeOf = Annotated[Type, typer.Option("--type", help="What kind of thing it is.")]
Subtype = Annotated[
    str | None,
    typer.Option(
        "--subtype",
        help="Of a preference: expertise, style, constraint; of a lesson: strategy, pitfall.",
    ),
]
Aliases = Annotated[
    list[str] | None,
    typer.Option("--alias", metavar="WORDS", help="Another name for it; may be repeated."),
]
Why = Annotated[
    str | None,
    typer.Option("--why", metavar="TEXT", help="What answers must do because of it."),
]


def add(
    *,
    type_: TypeOf,
    name: Annotated[str, typer.Option("--name", help="What it is called, such as test_runner.")],
    content: Annotated[
        str, typer.Option("--content", metavar="TEXT", help="What is held, in one line.")
    ],
    why: Why = None,
    alias: Aliases = None,
    scope: Annotated[
        list[str] | None,
        typer.Option(
            "--scope",
            metavar="SCOPE",
            help="Where it holds; may be repeated. Left out: the project of the git repository "
            "you are in, else default_scope of the config.",
        ),
    ] = None,
    agent: Annotated[str | None, typer.Option("--agent", help="For this agent only.")] = None,
    subtype: Subtype = None,
    participant: Annotated[
        list[str] | None,
        typer.Option("--participant", metavar="NAME", help="Of a relation; may be repeated."),
    ] = None,
    pin: Annotated[bool, typer.Option("--pin", help="Always give it to models, there.")] = False,
    json: AsJson = False,
) -> None:
    """Add a belief by hand.

    Without --why it says what its type always asks for: a decision is to be kept to, say.
    A name that a message will seldom or too often be taken to mean is told of.
    """
    places, now = Places.find(), datetime.now(UTC)
    with Store.open(places.home) as store:
        belief = Belief(
            id=new_id(now),
            type=type_,
            subtype=subtype,
            canonical_name=name,
            content=content,
            why_it_matters=why or imperative(type_),
            scopes=tuple(options.scopes_of(scope) or [scope_here(store, places)]),
            aliases=tuple(Alias(text=text) for text in alias or ()),
            agent=agent,
            participants=tuple(participant or ()),
            pinned=pin,
            created_at=now,
            updated_at=now,
        )
        with changing(store, now) as write:
            made = write.add(belief)
        found = cautions(store, made)
        more = {"warnings": warnings(found)}
        say(store, made, f"Added {{}} in {', '.join(made.scopes)}", json=json, more=more)
        if json:
            return
        if why is None:
            line = f"It matters because of its type: {made.why_it_matters} (--why says it your way)"
            screen.aside().print(line, soft_wrap=True, style="dim")
        tell(store, made, found)


def edit(
    id_: options.Reference,
    *,
    content: Annotated[str | None, typer.Option("--content", metavar="TEXT")] = None,
    why: Why = None,
    name: Annotated[str | None, typer.Option("--name", help="Another canonical name.")] = None,
    alias: Aliases = None,
    remove_alias: Annotated[
        list[str] | None,
        typer.Option("--remove-alias", metavar="WORDS", help="A name it no longer has."),
    ] = None,
    scope: Annotated[
        list[str] | None,
        typer.Option("--scope", metavar="SCOPE", help="Where it holds instead; may be repeated."),
    ] = None,
    type_: Annotated[Type | None, typer.Option("--type", help="Another type.")] = None,
    subtype: Subtype = None,
    status: Annotated[
        Literal["active"] | None,
        typer.Option("--status", help="Confirm it as it stands: what waited is given from now on."),
    ] = None,
    json: AsJson = False,
) -> None:
    """Change a belief; without options, in your editor.

    One that waited for you (pending, candidate) is admitted by it, and replaces what it contested.
    """
    with owning() as store:
        belief = store.resolve(id_)
        given: dict[str, Any] = {
            "content": content,
            "why_it_matters": why,
            "canonical_name": name,
            "type": type_,
            "subtype": subtype,
            "scopes": tuple(options.scopes_of(scope) or ()) or None,
        }
        fields = {field: value for field, value in given.items() if value is not None}
        if alias or remove_alias:
            fields["aliases"] = _aliases(belief, alias or [], remove_alias or [])
        if status:
            fields["confirmed"] = True
        if fields:
            made = _edited(store, belief, fields)
        else:
            from mindhold.cli.form import edited

            made = edited(belief, lambda changed: _edited(store, belief, changed))
        found, known = cautions(store, made), cautions(store, belief)
        more = {"warnings": warnings(found)}
        say(store, made, "Changed {}", json=json, before=belief, more=more)
        if not json:
            tell(store, made, found, known)


def pin(id_: options.Reference, json: AsJson = False) -> None:
    """Always give a belief to models, in its scopes, whatever the message."""
    do(id_, lambda write, belief: write.pin(belief.id), "Pinned {}", json=json)


def unpin(id_: options.Reference, json: AsJson = False) -> None:
    """Give a belief only when a message names it."""
    do(id_, lambda write, belief: write.unpin(belief.id), "Unpinned {}", json=json)


def supersede(
    id_: options.Reference,
    *,
    content: Annotated[
        str | None, typer.Option("--content", metavar="TEXT", help="What is held instead.")
    ] = None,
    why: Why = None,
    name: Annotated[str | None, typer.Option("--name", help="Left out: the same name.")] = None,
    alias: Aliases = None,
    by: Annotated[
        str | None, typer.Option("--by", metavar="ID", help="A belief that is there already.")
    ] = None,
    json: AsJson = False,
) -> None:
    """Put another belief in the place of one that is no longer true.

    The successor takes over the old one's names, so that asking about the old leads to the new.
    What leans on the old one, as the gym leans on the city, is put up for review.
    """
    if (content is None) == (by is None):
        raise typer.BadParameter("say --content TEXT for a new belief, or --by ID for one you have")
    from mindhold.beliefs.learning.flagging import flag_after

    with owning() as store:
        old, now = store.resolve(id_), datetime.now(UTC)
        if by is not None:
            successor = store.resolve(by)
        else:
            successor = _successor(
                old, content=content or "", why=why, name=name, aliases=alias or [], now=now
            )
        with changing(store, now) as write, write.whole():
            made = write.supersede(old.id, successor)
            leaning = flag_after(write, old, made)
        found = cautions(store, made)
        more = {"warnings": warnings(found), "flagged": leaning}
        say(store, made, f"{{}} replaces {old.canonical_name}", json=json, more=more)
        if not json:
            tell(store, made, found)
            _tell_leaning(leaning)


def _tell_leaning(count: int) -> None:
    if count:
        them = "1 belief leans" if count == 1 else f"{count} beliefs lean"
        line = f"{them} on what was replaced; see whether it still is so: mindhold review"
        screen.aside().print(line, style="dim", soft_wrap=True)


def retire(id_: options.Reference, json: AsJson = False) -> None:
    """Say that a belief is no longer true; it may be learned again."""
    do(id_, lambda write, belief: write.retire(belief.id), "Retired {}", json=json)


def forget(
    id_: Annotated[
        str | None,
        typer.Argument(metavar="[ID]", help="An id, the beginning of one, a name or an alias."),
    ] = None,
    *,
    hard: Annotated[
        bool, typer.Option("--hard", help="Take every word of it out of the store, for good.")
    ] = False,
    since: removal.Since = None,
    client: removal.Client = None,
    conversation: removal.Conversation = None,
    dry_run: removal.DryRun = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    json: AsJson = False,
) -> None:
    """Take a belief back, so that it is not learned again; or all that came from somewhere."""
    origin = removal.origin_of(since, client, conversation)
    if (origin is None) == (id_ is None) or (dry_run and origin is None):
        message = "say which belief, or where from: --since, --client, --conversation"
        raise typer.BadParameter(message)
    if origin is not None:
        return removal.forget_from(origin, hard=hard, dry_run=dry_run, yes=yes, json=json)
    return _forget_one(id_ or "", hard=hard, yes=yes, json=json)


def _forget_one(id_: str, *, hard: bool, yes: bool, json: bool) -> None:
    if not hard:
        do(id_, lambda write, belief: write.forget(belief.id), "Forgot {}", json=json)
        return
    with owning() as store:
        belief = store.resolve(id_)
        if not yes:
            typer.echo(_ERASING.format(belief.canonical_name), err=True)
            typer.confirm("Forget it for good?", abort=True, err=True)
        with changing(store) as write:
            made = write.forget_hard(belief.id)
        leave_the_index(store)
    if json:
        data(to_json(made))
    else:
        told = "Forgot {} for good; it is not learned again, and cannot be brought back."
        screen.answer().print(told.format(belief.canonical_name))


def undo(
    id_: Annotated[
        str | None,
        typer.Argument(metavar="[ID]", help="Its last change; without it, the last of all."),
    ] = None,
    json: AsJson = False,
) -> None:
    """Take back the last change, or the last one of a belief; again, to take that back."""
    with owning() as store:
        wanted = store.resolve(id_).id if id_ else None
        with changing(store) as write:
            made = write.undo(wanted)
        say(store, made, f"Undid the last change of {{}}; it is {made.state.value} now", json=json)


def _edited(store: Store, belief: Belief, fields: dict[str, Any]) -> Belief:
    with changing(store) as write:
        return write.edit(belief.id, **fields)


def _aliases(belief: Belief, more: list[str], fewer: list[str]) -> tuple[Alias, ...]:
    gone = {surface(text) for text in fewer}
    if unknown := gone - {surface(alias.text) for alias in belief.aliases}:
        raise typer.BadParameter(
            f"it is not called {', '.join(unknown)}", param_hint="--remove-alias"
        )
    kept = [alias for alias in belief.aliases if surface(alias.text) not in gone]
    return (*kept, *(Alias(text=text) for text in more))


def _successor(
    old: Belief,
    *,
    content: str,
    why: str | None,
    name: str | None,
    aliases: list[str],
    now: datetime,
) -> Belief:
    return Belief(
        id=new_id(now),
        type=old.type,
        subtype=old.subtype,
        canonical_name=name or old.canonical_name,
        content=content,
        why_it_matters=why or imperative(old.type),
        scopes=old.scopes,
        user=old.user,
        agent=old.agent,
        aliases=tuple(Alias(text=text) for text in aliases),
        participants=old.participants,
        relation_type=old.relation_type,
        pinned=old.pinned,
        created_at=now,
        updated_at=now,
    )
