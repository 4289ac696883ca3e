"""Hearings: any sequence of statements and of its owner's acts, and what is true after each.

The suite hears a few dozen of these; `scripts/soak hearings` as many as are asked for.
"""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from homes import passing_home
from hypothesis import strategies as st
from lives import Life

from mindhold.beliefs.errors import BeliefError
from mindhold.beliefs.learning.compaction import compact
from mindhold.beliefs.learning.learner import Learner
from mindhold.beliefs.learning.said import Said
from mindhold.beliefs.model import Belief, State
from mindhold.beliefs.valid import settled

SAID = (
    "We use Jest.", "We use Vitest.", "We use Vitest 3.", "We moved from Jest to Vitest.",
    "We moved from Vitest to Jest.", "We went back to Jest.", "We no longer use Jest.",
    "We no longer use Vitest, we switched to Jest.", "We don't use Vitest any more.",
    "Coverage comes from Jest.", "Remember that coverage comes from Jest.",
    "Forget that we use Jest.", "We're considering Vitest.", "We chose Vitest.",
    "We're torn between Jest and Vitest.", "We settled on Vitest.", "We decided against Jest.",
    "Forget the question about Jest.", "Our deploy day is Monday.", "Our deploy day is Friday.",
    "Our deploy day is now Tuesday.", "Actually Fridays, not Mondays.", "I prefer tabs.",
    "I prefer spaces.", "I prefer spaces now.", "Always answer in German.",
    "From now on, always answer in English.", "I love Rust.", "I live in Berlin.",
    "I moved from Berlin to Lisbon.", "Remember that my commute is short.",
    "Next time run the migration first.", "Running the migration first is no longer needed.",
    "We have a code freeze until 4 January.", "scratch that", "Should we use Jest?",
    "We use Postgres. Now sort this list.", "yes, let's do that",
)  # fmt: skip
SCOPES = (("project:a",), ("project:b", "domain:code"))
MODES = ("auto", "auto", "auto", "curated", "explicit")
ACTS = (
    *("say",) * 12, "edit_turn", "edit_turn", "resend", "pin", "edit", "confirm", "retire",
    "schedule", "compact", "sweep", "undo", "undo_last",
)  # fmt: skip

Act = tuple[str, int, int, int]
acts = st.tuples(
    st.sampled_from(ACTS), st.integers(0, len(SAID) - 1), st.integers(0, 11), st.integers(0, 11)
)
sequences = st.lists(acts, min_size=4, max_size=18)


def hear(sequence: list[Act]) -> None:
    """Hears a whole sequence in a store of its own, in a disk in memory where there is one."""
    with passing_home() as home:
        hearing = Hearing(home)
        with hearing.store:
            for act in sequence:
                hearing.act(act)
            hearing.end()


class Hearing(Life):
    """A life that is talked to."""

    def __init__(self, home: Path) -> None:
        super().__init__(home)
        self.turns: list[Said] = []

    def act(self, act: Act) -> None:
        """Does one act; whatever comes of it, the invariants hold."""
        verb, a, b, c = act
        self.now += timedelta(hours=9)
        before, sequence = self.held(), self.store.sequence
        if verb in {"say", "edit_turn", "resend"}:
            self.talk(verb, a, b, c)
        else:
            self.own(verb, b, c)
        after = self.held()
        assert (after != before) == (self.store.sequence > sequence), "a change without an entry"
        self.check(after)
        if verb in {"say", "edit_turn", "resend"}:
            self.check_owners(before, after)
        self.seen.append((self.now, after))

    def talk(self, verb: str, a: int, b: int, c: int) -> None:
        """A turn: a new one, another text in the place of the last, or the last once more."""
        if verb == "say" or not self.turns:
            last = self.turns[-1] if self.turns else None
            same = last is not None and b % 3 == 0
            said = Said(
                text=SAID[a], user="u", scopes=SCOPES[b % 2], at=self.now,
                turn=f"t{len(self.turns)}",
                conversation=last.conversation if last and same else f"c{len(self.turns)}",
                earlier=(last.text,) if last and same else (), answer="I'd use Deno.",
            )  # fmt: skip
        elif verb == "edit_turn":
            said = replace(self.turns[-1], text=SAID[a], at=self.now)
        else:
            said = self.turns[-1]
        learner = Learner(self.store, mode=MODES[c % len(MODES)])
        learner.learn(said)
        sequence = self.store.sequence
        learner.learn(replace(said, at=self.now))
        assert self.store.sequence == sequence, "a turn learned from twice"
        self.turns.append(said)

    def own(self, verb: str, b: int, c: int) -> None:
        """An act of the owner's, or of the daemon's in their name."""
        known = sorted(self.held())
        target = known[b % len(known)] if known else "nobody"
        try:
            with self.store.write(actor="owner", now=self.now) as write:
                special = {
                    "edit": lambda: write.edit(target, why_it_matters=f"Heed word{c}."),
                    "confirm": lambda: write.edit(target, confirmed=True),
                    "compact": lambda: compact(write, self.store.select(user=None)),
                    "sweep": write.sweep,
                    "undo_last": lambda: write.undo(user="u"),
                }
                special.get(verb, lambda: getattr(write, verb)(target))()
        except BeliefError:
            pass

    def check_owners(self, before: dict[str, Belief], after: dict[str, Belief]) -> None:
        """What its owner pinned or wrote still says what it said, and stands where it stood.

        Only a doubt about it may end.
        """
        for id, belief in before.items():
            if belief.live and (belief.pinned or belief.user_edited):
                now = after[id]
                told = (belief.content, belief.why_it_matters)
                assert (now.content, now.why_it_matters) == told, "the owner's own"
                upheld = belief.state is State.CONTESTED and now.state is settled(belief)
                assert upheld or now.state is belief.state, "the owner's own"
