"""`mindhold why --missing`: a belief that a request should have been given, and was not."""

import shlex

import typer

from mindhold.beliefs.model import Alias, Belief
from mindhold.beliefs.shorthand import short
from mindhold.beliefs.store import Store
from mindhold.cli import judgement, screen
from mindhold.cli.absence import NO_NAME_HELPS, Reason, absence, helped
from mindhold.cli.cautions import cautions, tell
from mindhold.cli.done import say
from mindhold.cli.failure import Failed
from mindhold.cli.judgement import Judged
from mindhold.cli.opened import changing
from mindhold.cli.places import Places
from mindhold.cli.recall import dry_run
from mindhold.cli.terminal import at_terminal, data


def missing(store: Store, places: Places, about: Judged, alias: str | None, *, json: bool) -> None:
    """Says why it stayed out, adds a name that would have brought it, keeps the message."""
    if about.given:
        name = about.belief.canonical_name
        raise Failed(f"{name} was given to request {about.request.id}; --wrong judges that.")
    about = judgement.with_words(about)
    reason = _reason(store, places, about)
    if not json:
        _tell(store, about.belief, reason)
        if alias is None and reason.todo is None and at_terminal():
            alias = _asked(reason)
    if alias:
        _add(store, about.belief, alias, quiet=json)
    probe = judgement.record(store, about, due=True)
    after = _now(store, places, about)
    if json:
        told = {"reason": reason.said, "rule": reason.rule, "alias": reason.alias, "added": alias}
        data({**judgement.described(about, probe), **told, "given_now": after is None})
        return
    judgement.say_recorded(about, probe)
    if after is None:
        screen.answer().print("That message would be given it now.")
    elif alias:
        line = f"That message would still not be given it: {after.said}."
        screen.answer().print(line, soft_wrap=True)


def _reason(store: Store, places: Places, about: Judged) -> Reason:
    """As the log has it, else as it would be now."""
    belief, request = about.belief, about.request
    logged = next((one for one in request.left_out if one.id == belief.id), None)
    if logged:
        return helped(store, belief, about.words or "", logged.rule, logged.reason)
    if now := _now(store, places, about):
        return now
    since = "it was not held yet" if belief.created_at > request.at else "something has changed"
    todo = f"mindhold beliefs history {short(store.database, belief.id)}"
    return Reason(rule="since", said=f"{since}; now it would be given", todo=todo)


def _now(store: Store, places: Places, about: Judged) -> Reason | None:
    """Why the same message would not be given it now; None if it would."""
    query = judgement.query(places, about)
    belief = store.get(about.belief.id)
    return absence(store, belief, query, dry_run(store, places, query))


def _tell(store: Store, belief: Belief, reason: Reason) -> None:
    line = f"{belief.canonical_name} stayed out: {screen.plain(reason.said)} [{reason.rule}]"
    screen.answer().print(line, soft_wrap=True)
    todo = reason.todo
    if reason.alias:
        alias = shlex.quote(reason.alias)
        todo = f"mindhold beliefs edit {short(store.database, belief.id)} --alias {alias}"
    if todo:
        screen.answer().print(f"  → {todo}", soft_wrap=True)
    elif reason.rule not in NO_NAME_HELPS and not at_terminal():
        screen.aside().print("--alias WORDS gives it another name.", style="dim")


def _asked(reason: Reason) -> str | None:
    """Another name, if who sits there has one."""
    hint = f"such as {reason.alias}; " if reason.alias else ""
    question = f"A name that would have brought it ({hint}Enter for none)"
    return typer.prompt(question, default="", show_default=False, err=True).strip() or None


def _add(store: Store, before: Belief, alias: str, *, quiet: bool) -> None:
    with changing(store) as write:
        made = write.edit(before.id, aliases=(*before.aliases, Alias(text=alias)))
    if not quiet:
        say(store, made, "Changed {}", json=False, before=before)
        tell(store, made, cautions(store, made), cautions(store, before), ask=False)
