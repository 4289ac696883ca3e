"""The journal told as a story: when, what you said or did, and what came of it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, tzinfo
from itertools import groupby

from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from mindhold.beliefs.journal import Entry
from mindhold.beliefs.model import Belief, Evidence, Origin, State
from mindhold.beliefs.states import Event
from mindhold.beliefs.step import OWNER
from mindhold.cli import moments
from mindhold.cli.screen import plain

_DEEDS: dict[Event, tuple[str, str]] = {  # by the owner; by any other actor
    Event.ADDED: ("you added it", "learned"),
    Event.IMPORTED: ("you imported it", "imported"),
    Event.QUARANTINED: ("you set it apart", "set apart: it is never given to a model"),
    Event.EDITED: ("you edited it", "edited"),
    Event.PINNED: ("you pinned it", "pinned"),
    Event.UNPINNED: ("you unpinned it", "unpinned"),
    Event.MUTED: ("you muted it", "muted"),
    Event.UNMUTED: ("you unmuted it", "unmuted"),
    Event.REINFORCED: ("you said it again", "said again"),
    Event.ENRICHED: ("you added to it", "added to"),
    Event.UNNAMED: ("you took a name off it", "a name was taken off it: its use is not certain"),
    Event.PROMOTED: ("you confirmed it", "said often enough: now active"),
    Event.CONTESTED: ("you questioned it", "something else was said under its name"),
    Event.SUPERSEDED: ("you replaced it", "replaced"),
    Event.SUCCEEDED: ("you gave it its place", "took its place"),
    Event.MERGED: ("you merged it into another", "merged into another that says the same"),
    Event.ABSORBED: ("you merged another into it", "took in another that says the same"),
    Event.RETIRED: ("you retired it: no longer true", "retired: no longer true"),
    Event.REJECTED: ("you rejected it: not proposed again", "rejected: not proposed again"),
    Event.FORGOTTEN: ("you forgot it: not learned again", "forgotten: not learned again"),
    Event.ERASED: ("you forgot it with all its words", "forgotten with all its words"),
    Event.RESOLVED: ("you answered it", "answered"),
    Event.ANSWERED: ("you made it an answer", "became an answer"),
    Event.DROPPED: ("you dropped it", "dropped"),
    Event.EXPIRED: ("you let it expire", "its time was over"),
    Event.WITHDRAWN: ("you took the words back", "the words that taught it were taken back"),
    Event.RETURNED: ("it came back", "it came back: what had taken its place is gone"),
    Event.REDACTED: ("it lost the words of a forgotten one",) * 2,
    Event.FLAGGED: ("you marked it for review", "what it leans on has changed: look at it again"),
    Event.SCHEDULED: ("you set the day of its review", "the day of its review was set"),
    Event.UNDONE: ("you took that back", "taken back"),
    Event.REPAIRED: ("its row was damaged, and you put it right",) * 2,
}
_BEGINNINGS = {
    State.CANDIDATE: "noted as a guess, not given to models yet",
    State.EXPLORATORY: "noted as unsettled",
    State.PENDING: "noted; it waits for you",
    State.OPEN: "noted as an open question",
}
_LINES = ("content", "why_it_matters")
_WORDS = ("canonical_name", "type", "subtype", "state", "epistemic", "agent",
          "pinned", "muted", "valid_from", "valid_until", "review_by")  # fmt: skip
_TOLD = frozenset(
    {
        Event.EDITED,
        Event.ENRICHED,
        Event.UNNAMED,
        Event.IMPORTED,
        Event.SCHEDULED,
        Event.UNDONE,
        Event.REPAIRED,
        Event.REDACTED,
    }
)


def print_story(
    console: Console,
    entries: Iterable[Entry],
    *,
    names: Mapping[str, str],
    local: tzinfo | None,
    now: datetime,
    named: bool,
) -> None:
    """Print what happened, in the order given; `named`: each change begins with its belief."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column()
    for _, change in groupby(entries, key=lambda entry: entry.change):
        for place, entry in enumerate(change):
            when = "" if place else moments.clock(entry.at, local, now=now)
            grid.add_row(when, Group(*_told(entry, names, named=named)))
    console.print(grid)


def _told(entry: Entry, names: Mapping[str, str], *, named: bool) -> Iterator[Text]:
    head = Text(f"{names.get(entry.belief, entry.belief)}: ", style="bold") if named else Text()
    quotes = _new_quotes(entry)
    for quote in quotes:
        yield head + Text(f"you said in {plain(quote.client)}: “{plain(quote.quote)}”")
        head = Text()
    arrow = "→ " if quotes else ""
    yield head + Text(f"{arrow}{outcome(entry, names)}", style="green" if quotes else "")
    if entry.event in _TOLD and entry.before and entry.after:
        yield from (Text(f"  {line}", style="dim") for line in changes(entry.before, entry.after))


def outcome(entry: Entry, names: Mapping[str, str]) -> str:
    """What came of it, in a few words."""
    deed, after = _DEEDS[entry.event][entry.actor != OWNER], entry.after
    if after is None:
        return f"{deed}; its words were forgotten since"
    if entry.first and entry.actor != OWNER and entry.event in {Event.ADDED, Event.SUCCEEDED}:
        deed = _BEGINNINGS.get(after.state, "learned")
    earlier = entry.before.supersedes if entry.before else ()
    if replaced := [id for id in after.supersedes if id not in earlier]:
        deed += f"; {_replacing(after)} {_names(replaced, names)}"
    elif entry.first and (gone := [a.text for a in after.aliases if a.origin is Origin.COUNTER]):
        deed += f"; in the place of {', '.join(gone)}"
    if entry.event in {Event.SUPERSEDED, Event.MERGED} and after.superseded_by:
        deed += f" with {_names([after.superseded_by], names)}"
    if entry.reason:
        deed += f" ({plain(entry.reason)})"
    return deed if after.evidence or not entry.first else f"{deed}: “{plain(after.content)}”"


def _replacing(belief: Belief) -> str:
    return "would replace" if belief.state is State.PENDING else "replaces"


def changes(before: Belief, after: Belief) -> Iterator[str]:
    """What differs between two versions, a line each."""
    for field in _LINES:
        old, new = getattr(before, field), getattr(after, field)
        if old != new:
            yield f"− {plain(old)}"
            yield f"+ {plain(new)}"
    for field in _WORDS:
        old, new = getattr(before, field), getattr(after, field)
        if old != new:
            yield f"{field.replace('_', ' ')}: {_word(old)} → {_word(new)}"
    yield from _difference("scope", before.scopes, after.scopes)
    yield from _difference("also called", _surfaces(before), _surfaces(after))


def _difference(label: str, old: Iterable[str], new: Iterable[str]) -> Iterator[str]:
    gone = [f"− {item}" for item in old if item not in set(new)]
    come = [f"+ {item}" for item in new if item not in set(old)]
    if gone or come:
        yield f"{label}: {', '.join(gone + come)}"


def _surfaces(belief: Belief) -> list[str]:
    return [f"{alias.text} (muted)" if alias.muted else alias.text for alias in belief.aliases]


def _new_quotes(entry: Entry) -> list[Evidence]:
    if entry.after is None or entry.event is Event.UNDONE:
        return []
    earlier = entry.before.evidence if entry.before else ()
    return [quote for quote in entry.after.evidence if quote not in earlier]


def _names(ids: Iterable[str], names: Mapping[str, str]) -> str:
    return ", ".join(names.get(id, id) for id in ids)


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if value else "none"
