"""Lives: any sequence of changes to a store, and what must be true after each of them.

The suite lives a few hundred of these; `scripts/soak invariants` as many as are asked for.
"""

from collections import Counter
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from homes import passing_home
from hypothesis import strategies as st

from mindhold.beliefs import verdict
from mindhold.beliefs.errors import AlreadyDone, BeliefError
from mindhold.beliefs.ids import new_id
from mindhold.beliefs.model import LIVE, Alias, Belief, Epistemic, Evidence, State, Type
from mindhold.beliefs.states import Event
from mindhold.beliefs.store import Store
from mindhold.beliefs.valid import surfaces
from mindhold.beliefs.write import Write

START = datetime(2026, 1, 1, tzinfo=UTC)
ENDED = LIVE | {State.RETRACTED, State.EXPIRED, State.RESOLVED, State.DROPPED}
NAMES = ("jest", "vitest", "mocha")
SCOPES = (("project:a",), ("project:a", "project:b"), ("user:universal",))
STATES = (State.ACTIVE, State.CANDIDATE, State.PENDING, State.EXPLORATORY)

Change = tuple[str, int, int, int, int]
VERBS = (
    "add", "add", "add", "supersede", "supersede", "supersede_known", "contest", "absorb",
    "promote", "retire", "forget", "forget_hard", "reinforce", "enrich", "edit", "rename", "pin",
    "mute", "schedule", "flag", "reject", "approve", "approve", "decline", "resolve", "drop",
    "expire", "sweep", "quarantine", "withdraw", "undo", "undo", "undo_last", "put",
)  # fmt: skip

changes = st.tuples(st.sampled_from(VERBS), *(st.integers(0, 11),) * 4)
sequences = st.lists(changes, min_size=4, max_size=16)


def survive(sequence: list[Change]) -> None:
    """Lives a whole sequence in a store of its own, in a disk in memory where there is one."""
    with passing_home() as home:
        life = Life(home)
        with life.store:
            for change in sequence:
                life.live(change)
            life.end()


class Life:
    """A store that is lived in: `live` makes one change, `end` looks back on all of them."""

    def __init__(self, home: Path) -> None:
        self.store = Store.open(home)
        self.now = START
        self.ids: list[str] = []
        self.seen: list[tuple[datetime, dict[str, Belief]]] = [(START, {})]

    def live(self, change: Change) -> None:
        """Tries one change by the verb's name; whatever comes of it, the invariants hold."""
        self.now += timedelta(hours=7)
        before, sequence, job = self.held(), self.store.sequence, f"job {len(self.seen)}"
        refused = False
        actor = "owner" if change[4] % 3 else "rules"
        try:
            with self.store.write(actor=actor, now=self.now, job=job) as write:
                self.change(write, change)
        except BeliefError:
            refused = True
        after = self.held()
        changed = after != before
        assert changed == (self.store.sequence > sequence), "a change without an entry, or reverse"
        if refused:
            assert not changed, "half a change"
        else:
            with suppress(AlreadyDone), self.store.write(actor=actor, now=self.now, job=job) as w:
                self.change(w, change)
            assert self.held() == after, "a job done twice"
        self.check(after)
        self.seen.append((self.now, after))
        if changed and change[0] not in {"forget_hard", "put", "sweep"}:
            self.check_undo(before, after)

    def change(self, write: Write, change: Change) -> None:
        """Every verb, on beliefs picked by number."""
        verb, a, b, c, d = change
        target, other = self.pick(a), self.pick(b)
        name = NAMES[c % 3]
        special = {
            "supersede_known": lambda: write.supersede(target, write.get(other)),
            "absorb": lambda: write.absorb(target, other),
            "sweep": write.sweep,
            "reinforce": lambda: write.reinforce(target, self.quote(c, d)),
            "enrich": lambda: write.enrich(target, aliases=[Alias(text=f"also {name}")]),
            "edit": lambda: write.edit(target, content=f"edited word{c}"),
            "rename": lambda: write.edit(target, canonical_name=name),
            "mute": lambda: write.mute(target, None if c % 2 else write.get(target).canonical_name),
            "schedule": lambda: write.schedule(
                target, write.today + timedelta(days=b) if c % 2 else None
            ),
            "approve": lambda: verdict.approve(write, target),
            "decline": lambda: verdict.reject(write, target),
            "resolve": lambda: write.resolve(target, other),
            "withdraw": lambda: write.withdraw(f"message {c}"),
            "undo_last": lambda: write.undo(user="u" if c % 4 else "v"),
            "put": lambda: write.put(
                replace(write.get(target), version=write.get(target).version + 3, content=name)
            ),
        }
        if verb in {"add", "quarantine"}:
            self.ids.append(getattr(write, verb)(self.belief(a, b, c, d)).id)
        elif verb in {"supersede", "contest"}:
            self.ids.append(getattr(write, verb)(target, self.belief(b, c, d, a)).id)
        elif verb in special:
            special[verb]()
        else:
            getattr(write, verb)(target)

    def pick(self, number: int) -> str:
        """An id that there is, or was tried."""
        return self.ids[number % len(self.ids)] if self.ids else "nobody"

    def belief(self, a: int, b: int, c: int, d: int) -> Belief:
        """A belief of few names and places, so that they meet."""
        question = d == 11
        return Belief(
            id=new_id(self.now),
            user="v" if c == 11 else "u",
            agent="x" if b == 11 else None,
            type=Type.OPEN_QUESTION if question else Type.DECISION,
            canonical_name=NAMES[a % 3],
            content=f"content word{a}",
            why_it_matters=f"do word{b}",
            scopes=SCOPES[b % 3],
            aliases=(Alias(text=f"alias {a % 5}"),),
            valid_until=self.now.date() + timedelta(days=c) if a == 11 else None,
            epistemic=Epistemic.EXPLORATORY if c == 10 else Epistemic.STATED,
            state=State.OPEN if question else STATES[c % 4],
            created_at=self.now,
            updated_at=self.now,
            evidence=(self.quote(c, d),) if d % 4 else (),
        )

    def quote(self, c: int, d: int) -> Evidence:
        """Words of one of twelve messages."""
        return Evidence(
            quote=f"quoted word{d}",
            start=0,
            end=5,
            at=self.now,
            fingerprint=f"message {c}",
            conversation=f"conversation {d}",
        )

    def held(self) -> dict[str, Belief]:
        """All beliefs of all users."""
        return {belief.id: belief for belief in self.store.select(user=None)}

    def check(self, held: dict[str, Belief]) -> None:
        """The invariants of any moment."""
        places = Counter(
            (b.user, b.agent, scope, b.canonical_name)
            for b in held.values()
            if b.live
            for scope in b.scopes
        )
        assert not places or max(places.values()) == 1, "two live beliefs of one name and place"
        for belief in held.values():
            assert not belief.live or belief.evidence or belief.user_edited, "held on nothing"
            self.check_lineage(belief, held)
        replayed = {b.id: b for b in self.store.select(user=None, at=self.now)}
        assert replayed == held, "the journal tells another story"
        self.check_lookups(held)

    def check_lineage(self, belief: Belief, held: dict[str, Belief]) -> None:
        """A lineage is no circle and ends where something is held or ended."""
        seen = set()
        while belief.state is State.SUPERSEDED:
            assert belief.id not in seen, "a circle"
            seen.add(belief.id)
            assert belief.superseded_by is not None
            belief = held[belief.superseded_by]
        assert belief.superseded_by is None
        assert not seen or belief.state in ENDED, "a lineage that ends in waiting"

    def check_lookups(self, held: dict[str, Belief]) -> None:
        """The derived tables say what the beliefs say."""
        rows = self.store.database.rows
        names = {(row[0], row[1]) for row in rows("SELECT name, belief FROM names")}
        assert names == {(name, b.id) for b in held.values() for name in surfaces(b)}
        places = {tuple(row) for row in rows("SELECT belief, scope, name, live FROM places")}
        assert places == {
            (b.id, scope, b.canonical_name, b.live) for b in held.values() for scope in b.scopes
        }
        sources = {tuple(row) for row in rows("SELECT fingerprint, belief FROM sources")}
        assert sources == {(q.fingerprint, b.id) for b in held.values() for q in b.evidence}
        successions = {tuple(row) for row in rows("SELECT belief, successor FROM successions")}
        assert successions == {(b.id, b.superseded_by) for b in held.values() if b.superseded_by}

    def check_undo(self, before: dict[str, Belief], after: dict[str, Belief]) -> None:
        """Undone, everything stands as before, and undone again, as after."""
        user = next(b.user for id, b in after.items() if before.get(id) != b)
        for expected in (before, after):
            self.now += timedelta(hours=1)
            with self.store.write(actor="owner", now=self.now) as write:
                write.undo(user=user)
            held = self.held()
            self.check(held)
            for id, belief in expected.items():
                assert bare(held[id]) == bare(belief), "not undone"
            assert not any(b.live for id, b in held.items() if id not in expected), "still held"

    def end(self) -> None:
        """The past is as it was, but for what was erased from it."""
        touched = {
            entry.belief
            for id in self.held()
            for entry in self.store.history(id)
            if entry.event in {Event.ERASED, Event.REDACTED}
        }
        for at, held in self.seen:
            told = {b.id: b for b in self.store.select(user=None, at=at) if b.id not in touched}
            assert told == {id: b for id, b in held.items() if id not in touched}
        for id in self.held():
            versions = [e.after.version for e in self.store.history(id) if e.after is not None]
            assert versions == sorted(set(versions)), "versions that do not grow"


def bare(belief: Belief) -> Belief:
    """What a person means by the same belief."""
    return replace(belief, version=0, updated_at=START)
