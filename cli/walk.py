"""A walk through the review: one question at a time, one key for each answer."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import typer
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from mindhold.beliefs import review, verdict
from mindhold.beliefs.errors import BeliefError
from mindhold.beliefs.model import Belief, State
from mindhold.beliefs.review import Waiting
from mindhold.beliefs.shorthand import short
from mindhold.beliefs.states import SETTLED
from mindhold.beliefs.store import Store
from mindhold.beliefs.write import Write
from mindhold.cli import keyboard
from mindhold.cli.card import Card
from mindhold.cli.failure import Failed
from mindhold.cli.form import edited
from mindhold.cli.merging import other_of
from mindhold.cli.opened import changing
from mindhold.cli.options import local_zone, today
from mindhold.cli.places import Places
from mindhold.cli.reasons import how_many
from mindhold.cli.screen import plain

SNOOZE = timedelta(days=30)

_KEYS = "a approve  r reject  e edit  m merge  s snooze  n next  u undo  q quit  ? help"
_KEYS_DUE = "a still so  r over  e edit  m merge  s snooze  n next  u undo  q quit  ? help"
_HELP = f"""\
a  approve: it is so, in the place of what it would replace
r  reject: it is not so; a proposal is not made again, what was held is retired
e  edit it in your editor; saved, it is approved as you left it
m  merge it into another belief, which gets its words and names
s  snooze: ask again in {SNOOZE.days} days
n  next, or the space bar: leave it as it is until the next review
u  undo the last answer, and come back to it
q  quit; what was answered so far is done"""

_DONE = {
    "a": "approved", "r": "rejected", "e": "edited", "m": "merged", "s": "snoozed", " ": "skipped"
}  # fmt: skip


class _Quit(Exception):
    """The owner wants to go."""


class Walk:
    """Asks the owner about each question that waits; every answer is written at once."""

    def __init__(
        self, store: Store, places: Places, console: Console, items: list[Waiting]
    ) -> None:
        self._store = store
        self._places = places
        self._console = console
        self._ids = [item.belief.id for item in items]
        self._place = 0
        self._answered: list[tuple[int, str, str]] = []  # the place, the key, the belief changed
        self._skipped: set[int] = set()

    def go(self) -> None:
        """Walks from the first question to the last, or until the owner quits."""
        try:
            while self._place < len(self._ids):
                self._question()
        except (_Quit, EOFError):
            pass
        finally:
            self._farewell()

    def _question(self) -> None:
        """One question; answered, or gone meanwhile, the next one is up."""
        item = self._item()
        if item is None:
            self._place += 1
            return
        card = Card(self._console, local=local_zone(self._places), now=datetime.now(UTC))
        place = f"{self._place + 1} of {len(self._ids)}"
        card.print(item, short(self._store.database, item.belief.id), place)
        due = item.belief.state in SETTLED
        self._say(_KEYS_DUE if due else _KEYS, style="cyan")
        here = self._place
        while self._place == here:
            self._answer(item)

    def _item(self) -> Waiting | None:
        """The question as it stands now, unless somebody else has answered it."""
        return review.question(
            self._store.database, self._ids[self._place], today=today(self._places)
        )

    def _answer(self, item: Waiting) -> None:
        """One key; the question stays open until it is answered or left."""
        key = keyboard.press()
        ways: dict[str, Callable[[Waiting], None]] = {
            "a": self._approve, "r": self._reject, "e": self._edit, "m": self._merge,
            "s": self._snooze, " ": self._skip, "n": self._skip, "u": self._undo, "q": self._quit,
            "?": self._help, "h": self._help,
        }  # fmt: skip
        if key not in ways:
            self._say("Press a key of the line above, ? for help.", style="dim")
            return
        try:
            ways[key](item)
        except (BeliefError, Failed) as error:
            self._say(str(error), style="red")
        except typer.Abort:
            self._say("Nothing was changed.", style="dim")

    def _approve(self, item: Waiting) -> None:
        if item.belief.state is State.QUARANTINED and not self._sure():
            self._say("It stays set apart.", style="dim")
            return
        made = self._judged("a", lambda write: verdict.approve(write, item.belief.id))
        if item.belief.state in SETTLED:
            day = f", and asked about again on {made.review_by}" if made.review_by else ""
            self._done(f"Kept {made.canonical_name}{day}")
            return
        replaced = [f"“{plain(old.content).rstrip('.')}”" for old in item.beside]
        instead = f", in the place of {' and '.join(replaced)}" if replaced else ""
        self._done(f"Approved {made.canonical_name}{instead}")

    def _sure(self) -> bool:
        self._say("Its words could steer a model. Give them to models all the same? y/n")
        return keyboard.press() == "y"

    def _reject(self, item: Waiting) -> None:
        made = self._judged("r", lambda write: verdict.reject(write, item.belief.id))
        if item.belief.live:
            self._done(f"Retired {made.canonical_name}; it may be learned again")
        else:
            self._done(f"Rejected {made.canonical_name}; it is not proposed again")

    def _edit(self, item: Waiting) -> None:
        before = item.belief

        def save(fields: dict[str, object]) -> Belief:
            return self._judged("e", lambda write: verdict.edit(write, before.id, **fields))

        made = edited(before, save)
        if made is before:
            self._say("Nothing was changed.", style="dim")
            return
        self._done(f"Edited {made.canonical_name}; it is {made.state.value} now")

    def _merge(self, item: Waiting) -> None:
        other = other_of(self._store, item, self._console)
        if other is None:
            self._say("Nothing was changed.", style="dim")
            return
        gone = item.belief
        made = self._judged("m", lambda write: verdict.merge(write, gone.id, other.id))
        self._done(f"Merged {gone.canonical_name} into {made.canonical_name}")

    def _snooze(self, item: Waiting) -> None:
        made = self._judged(
            "s", lambda write: verdict.snooze(write, item.belief.id, write.today + SNOOZE)
        )
        self._done(f"Snoozed {made.canonical_name} until {made.review_by}")

    def _skip(self, _: Waiting) -> None:
        self._skipped.add(self._place)
        self._place += 1

    def _undo(self, _: Waiting) -> None:
        if not self._answered:
            self._say("Nothing was answered yet.", style="dim")
            return
        place, key, id_ = self._answered[-1]
        with changing(self._store) as write:
            made = write.undo(id_)
        self._answered.pop()
        self._place = place
        self._say(f"Took back that {made.canonical_name} was {_DONE[key]}.")

    def _quit(self, _: Waiting) -> None:
        raise _Quit

    def _help(self, _: Waiting) -> None:
        self._say(_HELP)

    def _judged(self, key: str, judge: Callable[[Write], Belief]) -> Belief:
        sequence = self._store.sequence
        with changing(self._store) as write:
            made = judge(write)
        if self._store.sequence == sequence:  # there is nothing to undo
            return made
        self._answered.append((self._place, key, made.id))
        return made

    def _done(self, told: str) -> None:
        self._say(f"{told.rstrip('.')}.", style="green")
        self._skipped.discard(self._place)
        self._place += 1

    def _say(self, line: str, style: str = "") -> None:
        said = Padding(Text(line, style=style), (0, 0, 0, 2), expand=False)
        self._console.print(said)

    def _farewell(self) -> None:
        counts = Counter(_DONE[key] for _, key, _ in self._answered)
        if self._skipped:
            counts["skipped"] = len(self._skipped)
        told = ", ".join(f"{count} {word}" for word, count in counts.items()) or "nothing answered"
        left = review.waiting(self._store.database, today=today(self._places))
        self._console.print(f"\n{told.capitalize()}; {how_many(left)}.")
        if self._answered:
            id_ = short(self._store.database, self._answered[-1][2])
            line = f"To take the last answer back: mindhold beliefs undo {id_}"
            self._console.print(line, style="dim", soft_wrap=True)
