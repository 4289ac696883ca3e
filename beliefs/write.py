"""A write: the verbs that change beliefs, each one step of the state machine, journalled whole."""

import sqlite3
from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date
from typing import Any

from mindhold.beliefs import forgetting, journal, table
from mindhold.beliefs.change import Changing
from mindhold.beliefs.errors import Conflict, Invalid, NotFound, Refused
from mindhold.beliefs.growth import muted, narrowed, reinforced, ripe, widened
from mindhold.beliefs.horizons import renewed
from mindhold.beliefs.journal import Entry, Hand
from mindhold.beliefs.lineage import bereft, emptied, merged, succeed
from mindhold.beliefs.model import Alias, Belief, Epistemic, Evidence, State
from mindhold.beliefs.states import SETTLED, STANDING, Event, after, begun
from mindhold.beliefs.step import Step
from mindhold.beliefs.undoing import undoing
from mindhold.beliefs.valid import EDITABLE, settled
from mindhold.beliefs.withdrawal import uncontested, withdrawn

_SETTLED = {"epistemic": Epistemic.STATED}


class Write:
    """One transaction on the store; each verb is one change, which `undo` takes back whole.

    A verb returns the belief as it then stands, and writes nothing when nothing changes. It
    raises `NotFound`, `Invalid`, `Conflict` or `Refused`, and has then changed nothing.
    `connection` is the transaction's: what another table must write with it goes through there.
    `key` is the store's, for keyed hashes.
    The days of a belief are days in the time zone of the hand's time.
    """

    def __init__(self, connection: sqlite3.Connection, hand: Hand, key: bytes) -> None:
        self.connection = connection
        self.hand = hand
        self.erased = False  # whether the files must be scrubbed once it is committed
        self.key = key
        self._changing = Changing(connection, hand, key)

    @property
    def today(self) -> date:
        """The day on which it is written, where its owner is."""
        return self.hand.at.date()

    def whole(self) -> AbstractContextManager[object]:
        """What the verbs inside do is one change, which is undone as one; or nothing at all."""
        return self._changing.whole()

    def get(self, id: str) -> Belief:
        """The belief as this transaction sees it."""
        return table.fetch(self.connection, id)

    def apply(self, *steps: Step) -> None:
        """Writes steps as one change; raises as the verbs do."""
        self._changing.apply(*steps)

    def add(self, belief: Belief) -> Belief:
        """Writes a new belief; one that is active begins as its kind begins (open, exploratory)."""
        if table.find(self.connection, belief.id) is not None:
            raise Conflict("A belief with this id is in the store already.")
        return self._one(None, replace(belief, state=begun(belief)), Event.ADDED)

    def put(self, belief: Belief) -> Belief:
        """Writes a belief as it is, version and state included, over an older one of its id."""
        before = table.find(self.connection, belief.id)
        return self._one(before, belief, Event.IMPORTED)

    def quarantine(self, belief: Belief) -> Belief:
        """Writes a new belief that no one will see until its owner has looked at it."""
        if table.find(self.connection, belief.id) is not None:
            raise Conflict("A belief with this id is in the store already.")
        return self._one(None, replace(belief, state=State.QUARANTINED), Event.QUARANTINED)

    def edit(self, id: str, *, confirmed: bool = False, **fields: Any) -> Belief:
        """The owner's own hand on any of the `EDITABLE` fields, which admits what waited for it.

        `confirmed` says that it is so as it stands: it is settled and admitted, quarantined or not.
        """
        if unknown := fields.keys() - EDITABLE:
            raise Invalid(f"These fields are not edited by hand: {', '.join(sorted(unknown))}.")
        before = self.get(id)
        made = replace(before, **(_SETTLED if confirmed else {}) | fields)
        if made.state in SETTLED:
            made = replace(made, state=settled(made))
        changed = made != before
        with self.whole():
            if changed:
                made = self._one(before, replace(made, user_edited=True), Event.EDITED)
            if confirmed and made.state not in SETTLED:
                return self.promote(id)
            if confirmed and made.review_by and made.review_by <= self.today:
                return self.schedule(id)
            return self._confirmed(made) if changed else before

    def pin(self, id: str) -> Belief:
        """Always given, in its scopes; what waited for the owner is admitted by it."""
        before = self.get(id)
        with self.whole():
            return self._confirmed(self._one(before, replace(before, pinned=True), Event.PINNED))

    def unpin(self, id: str) -> Belief:
        """Given only when it is named."""
        before = self.get(id)
        return self._one(before, replace(before, pinned=False), Event.UNPINNED)

    def mute(self, id: str, surface: str | None = None, on: bool = True) -> Belief:
        """The belief, or one of its surfaces, no longer brings it up (or does again)."""
        before = self.get(id)
        event = Event.MUTED if on else Event.UNMUTED
        return self._one(before, muted(before, surface, on=on), event)

    def schedule(self, id: str, review_by: date | None = None) -> Belief:
        """Its owner looks at it again on that day; None: it is so today, so when its kind is due.

        What waits for its owner, or is due, is not shown before that day.
        """
        before = self.get(id)
        day = review_by or renewed(before, self.today)
        return self._one(before, replace(before, review_by=day), Event.SCHEDULED)

    def flag(self, id: str) -> Belief:
        """What it leans on has changed: its owner should look at it today; it goes on meanwhile."""
        before = self.get(id)
        if before.review_by and before.review_by <= self.today:
            return before
        return self._one(before, replace(before, review_by=self.today), Event.FLAGGED)

    def reinforce(self, id: str, evidence: Evidence) -> Belief:
        """The owner said it again; a candidate that has been said often enough becomes active."""
        before = self.get(id)
        made = reinforced(before, evidence)
        if made.state is State.CANDIDATE and ripe(made):
            try:
                return self._one(before, replace(made, state=settled(made)), Event.PROMOTED)
            except Conflict:  # its name is taken: it goes on as a candidate
                pass
        return self._one(before, made, Event.REINFORCED)

    def enrich(
        self,
        id: str,
        *,
        aliases: Iterable[Alias] = (),
        evidence: Iterable[Evidence] = (),
        content: str | None = None,
        why: str | None = None,
    ) -> Belief:
        """Further surfaces, quotes that are no repetition, and words that say more of the same."""
        before = self.get(id)
        made = widened(before, aliases, evidence)
        told, follows = content or made.content, why or made.why_it_matters
        return self._one(
            before, replace(made, content=told, why_it_matters=follows), Event.ENRICHED
        )

    def unname(self, id: str, alias: str) -> Belief:
        """Takes a surface off it again that its use had given it."""
        before = self.get(id)
        return self._one(before, narrowed(before, alias), Event.UNNAMED)

    def supersede(self, id: str, successor: Belief) -> Belief:
        """`successor`, new or in the store, replaces a belief and inherits its surfaces."""
        old, known = self.get(id), table.find(self.connection, successor.id)
        _refuse_strangers(old, known or successor)
        if known is not None and (known.id == old.id or known.state not in STANDING):
            raise Refused("This belief cannot become the successor.")
        gone, made = succeed(old, known or successor)
        self._changing.apply(
            Step(before=old, after=gone, event=Event.SUPERSEDED),
            Step(before=known, after=made, event=Event.SUCCEEDED),
        )
        return self.get(made.id)

    def absorb(self, id: str, other: str) -> Belief:
        """Merges another belief that says the same into one, which then has all words of both."""
        kept, gone = self.get(id), self.get(other)
        _refuse_strangers(gone, kept)
        if id == other or kept.state not in STANDING or (gone.live and not kept.live):
            raise Refused("The one cannot be merged into the other.")
        left, made = merged(kept, gone)
        free = {step.after.id: step for step in uncontested(self.connection, gone)}
        if mine := free.pop(id, None):
            made = replace(made, state=mine.after.state)
        self._changing.apply(
            Step(before=gone, after=left, event=Event.MERGED),
            Step(before=kept, after=made, event=Event.ABSORBED),
            *free.values(),
        )
        return self.get(id)

    def contest(self, id: str, challenger: Belief) -> Belief:
        """Says that a belief may have changed; the challenger, returned, waits for the owner."""
        old = self.get(id)
        _refuse_strangers(old, challenger)
        if table.find(self.connection, challenger.id) is not None:
            raise Conflict("A belief with this id is in the store already.")
        pending = replace(challenger, state=State.PENDING, supersedes=(old.id,))
        contested = replace(old, state=after(old, Event.CONTESTED), review_by=None)
        self._changing.apply(
            Step(before=old, after=contested, event=Event.CONTESTED),
            Step(before=None, after=pending, event=Event.ADDED),
        )
        return self.get(pending.id)

    def promote(self, id: str) -> Belief:
        """What waited is admitted, and supersedes what it contested; a contested one stands."""
        before = self.get(id)
        made = replace(before, state=after(before, Event.PROMOTED))
        steps = []
        for old in table.fetch_all(self.connection, before.supersedes):
            if old.live:
                gone, made = succeed(old, made)
                steps.append(Step(before=old, after=gone, event=Event.SUPERSEDED))
        self._changing.apply(*steps, Step(before=before, after=made, event=Event.PROMOTED))
        return self.get(id)

    def retire(self, id: str) -> Belief:
        """No longer true; it may be learned again."""
        return self._end(id, Event.RETIRED)

    def expire(self, id: str) -> Belief:
        """Its time is over."""
        return self._end(id, Event.EXPIRED)

    def sweep(self) -> tuple[Belief, ...]:
        """Expires everybody's beliefs whose last day is over; each can be undone by itself."""
        sql, *values = table.overdue(self.today)
        return tuple(self.expire(row[0]) for row in self.connection.execute(sql, values).fetchall())

    def drop(self, id: str) -> Belief:
        """An open question that no longer matters."""
        return self._end(id, Event.DROPPED)

    def resolve(self, id: str, by: str) -> Belief:
        """An open question is answered by another belief."""
        if id == by:
            raise Refused("A question is not its own answer.")
        question, answer = self.get(id), self.get(by)
        _refuse_strangers(question, answer)
        resolved = replace(question, state=after(question, Event.RESOLVED))
        answering = replace(answer, resolves=tuple(dict.fromkeys((*answer.resolves, id))))
        self._changing.apply(
            Step(before=question, after=resolved, event=Event.RESOLVED),
            Step(before=answer, after=answering, event=Event.ANSWERED),
        )
        return self.get(id)

    def reject(self, id: str) -> Belief:
        """What waited is not so, and not proposed again; its name is free for something else."""
        return self._end(id, Event.REJECTED, forgotten=True)

    def forget(self, id: str) -> Belief:
        """No longer held, and not learned again."""
        with self.whole():
            for merged in table.merged_into(self.connection, id):
                self._end(merged, Event.FORGOTTEN, forgotten=True)
            return self._end(id, Event.FORGOTTEN, forgotten=True)

    def forget_hard(self, id: str) -> Belief:
        """Takes every word of it out of the store for good; what is left stops relearning.

        The bytes are gone from the store's files once the write has ended.
        """
        before = self.get(id)
        if before == emptied(before):
            return before
        heirs = table.fetch_all(self.connection, table.successors(self.connection, id))
        heirs = [heir for heir in heirs if heir.id != id]
        steps = [Step(before=heir, after=bereft(heir, before), event=Event.REDACTED)
                 for heir in heirs]  # fmt: skip
        with self.whole():
            for merged in table.merged_into(self.connection, id):
                self.forget_hard(merged)
            forgetting.ask_scrub(self.connection)
            forgetting.remember_forgetting(self.connection, self.key, before)
            forgetting.redact(self.connection, before, heirs)
            self._changing.apply(
                Step(before=before, after=emptied(before), event=Event.ERASED, forgotten=True),
                *uncontested(self.connection, before),
                *steps,
            )
        self.erased = True
        return self.get(id)

    def withdraw(
        self, fingerprint: str, *, conversation: str | None = None, user: str = "local"
    ) -> tuple[Belief, ...]:
        """Takes back what a message taught (in one conversation, if named), and only that.

        A belief that rested on nothing else is retracted, and what it had replaced returns.
        """
        touched = []
        with self.whole():
            for before in table.resting_on(self.connection, fingerprint):
                kept = tuple(
                    quote
                    for quote in before.evidence
                    if quote.fingerprint != fingerprint
                    or conversation not in {None, quote.conversation}
                )
                if before.user == user and kept != before.evidence:
                    # Read again: what was withdrawn before it may have brought it back.
                    self._changing.apply(*withdrawn(self.connection, self.get(before.id), kept))
                    touched.append(before.id)
        return tuple(self.get(id) for id in touched)

    def undo(self, id: str | None = None, *, user: str = "local") -> Belief:
        """Takes back the last change of all, or the last of one belief; so may the undoing be."""
        entries = journal.last_change(self.connection, user=user, id=id)
        if not entries:
            raise NotFound("There is nothing to undo.")
        ids = dict.fromkeys(entry.belief for entry in entries)
        current = {id: self.get(id) for id in ids}
        last = {entry.belief: entry.sequence for entry in entries}
        latest = {id for id in ids if journal.newest_of(self.connection, id) == last[id]}
        self._changing.apply(*(self._undone(*part) for part in undoing(entries, current, latest)))
        return self.get(id or next((e.belief for e in entries if not e.first), entries[0].belief))

    def _confirmed(self, belief: Belief) -> Belief:
        """What waited only for the owner's hand has had it; the quarantined wait for a word."""
        waited = belief.state in {State.PENDING, State.CANDIDATE}
        return self.promote(belief.id) if waited else belief

    def _undone(self, before: Belief, made: Belief, entry: Entry) -> Step:
        forgotten = journal.is_forgotten(self.connection, made.id, before=entry.sequence)
        return Step(before=before, after=made, event=Event.UNDONE, forgotten=forgotten)

    def _one(self, before: Belief | None, made: Belief, event: Event) -> Belief:
        self._changing.apply(Step(before=before, after=made, event=event))
        return self.get(made.id)

    def _end(self, id: str, event: Event, *, forgotten: bool | None = None) -> Belief:
        before = self.get(id)
        made = replace(before, state=after(before, event))
        self._changing.apply(
            Step(before=before, after=made, event=event, forgotten=forgotten),
            *uncontested(self.connection, before),
        )
        return self.get(id)


def _refuse_strangers(one: Belief, other: Belief) -> None:
    """One person's belief has no say in another's, nor an agent's own in what it is not given."""
    if one.user != other.user or (one.agent is not None and one.agent != other.agent):
        raise Refused("A belief is not changed by one of another user or agent.")
