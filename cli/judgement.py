"""A judgement of the owner's on a past request: which one, which belief, in which words."""

import sys
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import typer

from mindhold.beliefs import probes, requests
from mindhold.beliefs.ids import new_id
from mindhold.beliefs.model import Belief
from mindhold.beliefs.probes import Probe
from mindhold.beliefs.requests import Injected, Request
from mindhold.beliefs.store import Store
from mindhold.beliefs.valid import surface, surfaces
from mindhold.cli import screen
from mindhold.cli.failure import Failed
from mindhold.cli.opened import changing
from mindhold.cli.options import local_zone
from mindhold.cli.places import Places
from mindhold.cli.terminal import at_terminal

if TYPE_CHECKING:
    from mindhold.retrieval.query import Query


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A belief in its relation to a request; `words` are the message's, where they are known, and
    `typed` says that the owner gave them just now."""

    request: Request
    belief: Belief
    words: str | None = None
    typed: bool = False

    @property
    def given(self) -> Injected | None:
        """How the request carried the belief, if it did."""
        return next((one for one in self.request.injected if one.id == self.belief.id), None)


def judged(store: Store, request: Request, reference: str, text: str | None) -> Judged:
    """The belief that is meant, those of the request first; raises `Failed`, `NotFound`."""
    if not request.memory.startswith("injected="):
        raise Failed(f"Memory had no part in request {request.id} ({request.memory}).")
    belief, words = _meant(store, request, reference), _words(store, request, text)
    return Judged(request=request, belief=belief, words=words, typed=text is not None)


def _meant(store: Store, request: Request, reference: str) -> Belief:
    ids = [*(one.id for one in request.injected), *(one.id for one in request.left_out)]
    key = surface(reference)
    named = [b for b in store.many(ids).values() if key in surfaces(b)]
    return named[0] if len(named) == 1 else store.resolve(reference, user=request.user)


def _words(store: Store, request: Request, text: str | None) -> str | None:
    """What was typed or piped, else what the log has; a round of an agent has its turn's."""
    if text is not None:
        return (sys.stdin.read() if text == "-" else text).strip() or None
    if request.query or not request.turns:
        return request.query
    rounds = requests.conversation(store.database, request)
    return next((one.query for one in rounds if one.query and one.turns == request.turns), None)


def with_words(about: Judged) -> Judged:
    """With its words, which who sits at a terminal is asked for; raises `Failed` without any."""
    if about.words:
        return about
    if not at_terminal():
        lost = f"The words of request {about.request.id} were not kept"
        raise Failed(f"{lost}; say them with --text, or - for what is piped.")
    words = typer.prompt("The log has not kept the message. What did you write", err=True)
    return replace(about, words=words)


def record(store: Store, about: Judged, *, due: bool) -> Probe:
    """Keeps the message as a probe."""
    now = datetime.now(UTC)
    probe = Probe(
        id=new_id(now),
        at=now,
        text=about.words or "",
        scopes=about.request.scopes,
        belief=about.belief.id,
        due=due,
        user=about.request.user,
        agent=about.request.agent,
    )
    with changing(store, now) as write:
        return probes.record(write.connection, probe)


def described(about: Judged, probe: Probe | None) -> dict[str, Any]:
    """What is common to every judgement, for programs."""
    return {
        "request": about.request.id,
        "belief": about.belief.id,
        "name": about.belief.canonical_name,
        "recorded": probe.id if probe else None,
    }


def say_recorded(about: Judged, probe: Probe) -> None:
    """Where it went, and what is not in it."""
    line = f"Recorded as probe {probe.id}. All of them: mindhold eval retrieval --mine"
    screen.answer().print(line, soft_wrap=True)
    if about.words == about.request.query and not requests.whole(probe.text):
        line = "The log kept the message's head and tail only; --text gives it whole."
        screen.aside().print(line, style="dim", soft_wrap=True)
    elif probe.text != (about.words or "").strip():
        screen.aside().print("The secrets in it were left out.", style="dim")


def query(places: Places, about: Judged) -> "Query":
    """The message as the request said it, asked now."""
    from mindhold.retrieval.query import Query

    request = about.request
    return Query(
        text=about.words or "",
        scopes=request.scopes,
        agent=request.agent,
        user=request.user,
        now=datetime.now(UTC).astimezone(local_zone(places)),
    )
