"""`mindhold why --wrong`: a belief that a request should not have been given."""

from dataclasses import dataclass, replace

import typer

from mindhold.beliefs import requests
from mindhold.beliefs.model import Belief
from mindhold.beliefs.requests import Injected
from mindhold.beliefs.scope import UNIVERSAL, parse_scopes
from mindhold.beliefs.store import Store
from mindhold.cli import judgement, screen
from mindhold.cli.done import say
from mindhold.cli.failure import Failed
from mindhold.cli.judgement import Judged
from mindhold.cli.muting import name_of, tell_silence
from mindhold.cli.opened import changing
from mindhold.cli.places import Places
from mindhold.cli.recall import brought, dry_run
from mindhold.cli.terminal import at_terminal, data

_SETTLED = "That message would not be given it now."
_MORE = "--mute keeps the name from bringing it, --scope S says where it holds instead."


@dataclass(frozen=True, slots=True, kw_only=True)
class Mending:
    """What is to be done about it."""

    mute: bool = False
    scopes: tuple[str, ...] = ()
    record: bool = False


def wrong(store: Store, places: Places, about: Judged, mending: Mending, *, json: bool) -> None:
    """Mutes the name that brought it, says where it holds instead, keeps the message as a probe.

    Where nothing is chosen, who sits at a terminal is asked; for a script it is kept.
    """
    about, given = _came_in(store, about)
    if mending == Mending():
        asking = at_terminal() and not json
        mending = _asked(store, about, given) if asking else Mending(record=True)
    if mending.record:
        about = judgement.with_words(about)
    name = _name(store, about, given) if mending.mute else None
    after = _mended(store, about.belief, name, mending.scopes, quiet=json)
    probe = judgement.record(store, about, due=False) if mending.record else None
    still = _still(store, places, about)
    if json:
        given_now = None if still is None else bool(still)
        told = {"muted": name, "scopes": list(after.scopes), "given_now": given_now}
        data({**judgement.described(about, probe), **told})
        return
    if probe:
        judgement.say_recorded(about, probe)
    if still is not None:
        line = f"That message would still be given it: {still}." if still else _SETTLED
        screen.answer().print(line, soft_wrap=True)
    if still and mending == Mending(record=True):
        screen.aside().print(_MORE, soft_wrap=True, style="dim")


def _came_in(store: Store, about: Judged) -> tuple[Judged, Injected]:
    """With the request that brought the belief into the conversation: this one, or an earlier."""
    given = about.given
    if given is None:
        names = store.many(one.id for one in about.request.injected).values()
        others = ", ".join(belief.canonical_name for belief in names) or "nothing"
        name = about.belief.canonical_name
        raise Failed(f"{name} was not given to request {about.request.id}; given: {others}.")
    if not given.again:
        return about, given
    for request in requests.conversation(store.database, about.request):
        earlier = replace(about, request=request)
        if earlier.given and not earlier.given.again:
            words = about.words if about.typed else request.query
            return replace(earlier, words=words), earlier.given
    return about, given


def _asked(store: Store, about: Judged, given: Injected) -> Mending:
    """What who sits there wants done."""
    console, name = screen.aside(), about.belief.canonical_name
    said = f"because of “{given.matched or given.alias}”" if given.alias else "though not by a name"
    console.print(f"{name} was given {said}. What shall be done?", soft_wrap=True)
    if given.alias:
        console.print(f"  m  mute its name “{given.alias}”", soft_wrap=True)
    console.print(f"  s  say where it holds instead of {', '.join(about.belief.scopes)}")
    console.print("  r  only keep the message, for mindhold eval retrieval --mine")
    choice = typer.prompt("Which", default="r", err=True).strip().lower()
    if choice == "m":
        return Mending(mute=True)
    if choice == "s":
        scopes = typer.prompt("In which scopes does it hold", err=True)
        return Mending(scopes=parse_scopes(scopes))
    if choice != "r":
        raise Failed("Nothing was done: say m, s or r.")
    return Mending(record=True)


def _name(store: Store, about: Judged, given: Injected) -> str:
    """The name to mute; raises `Failed` with what would help where none brought the belief."""
    belief = about.belief
    if given.alias:
        return name_of(belief, given.alias)
    if given.via:
        relation = store.get(given.via).canonical_name
        raise Failed(f"{belief.canonical_name} came with {relation}: mute that, or say --scope.")
    if belief.pinned:
        raise Failed(f"It is pinned: mindhold beliefs unpin {belief.canonical_name}.")
    if UNIVERSAL in belief.scopes:
        raise Failed("It holds everywhere, named or not; --scope says where it holds instead.")
    raise Failed(f"No name brought it; all of it: mindhold beliefs mute {belief.canonical_name}.")


def _mended(
    store: Store, before: Belief, name: str | None, scopes: tuple[str, ...], *, quiet: bool
) -> Belief:
    """The belief as it then stands; each change is told."""
    after = before
    if name:
        with changing(store) as write:
            after = write.mute(before.id, name)
        if not quiet:
            say(store, after, "Muted {}", json=False, before=before, under=name)
            tell_silence(after)
    if scopes:
        muted = after
        with changing(store) as write:
            after = write.edit(before.id, scopes=scopes)
        if not quiet:
            told = f"{{}} holds in {', '.join(scopes)} now"
            say(store, after, told, json=False, before=muted)
    return after


def _still(store: Store, places: Places, about: Judged) -> str | None:
    """What would bring it to the same message now; nothing if it would stay out, None if the
    words of the message are not known."""
    if about.words is None:
        return None
    recalled = dry_run(store, places, judgement.query(places, about))
    return brought(recalled, about.belief.id) or ""
