"""The labelled sentences, and what the learner makes of each in a store of its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from mindhold.beliefs.learning.learner import Learned, Learner
from mindhold.beliefs.learning.said import Said
from mindhold.beliefs.model import State
from mindhold.beliefs.store import Store
from mindhold.beliefs.text.words import rank

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
PLACE = ("project:one",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A sentence, what it ought to teach (none: nothing), by which names, and why."""

    expected: str
    names: tuple[str, ...]
    life: str
    reason: str
    text: str


def sentences(part: str) -> Iterator[Labelled]:
    """The sentences of a part: develop or heldout."""
    source = Path(__file__).parent / "sentences" / f"{part}.tsv"
    for line in source.read_text("utf-8").splitlines():
        expected, names, life, reason, text = line.split("|", 4)
        yield Labelled(
            expected=expected, names=tuple(names.split()), life=life, reason=reason, text=text
        )


def taught(home: Path, text: str, at: datetime = AT) -> Learned:
    """What one sentence teaches, tried and not kept."""
    with Store.open(home) as store:
        return Learner(store).rehearse(Said(text=text, scopes=PLACE, at=at))[0]


@dataclass(slots=True)
class Score:
    """Figures over a set of sentences; a belief in the wrong state counts as missed and wrong."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    mistakes: list[str] = None  # type: ignore[assignment]

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.missed)


TIER_A = frozenset({"active", "retract"})


def score(home: Path, part: str, *, tier_a: bool) -> Score:
    """How the learner does on a part; in Tier A only what becomes active, or ends, counts."""
    result = Score(mistakes=[])
    rank("warm")
    for one in sentences(part):
        made = outcomes(home, one)
        if tier_a:
            made &= TIER_A
        due = one.expected != "none" and (not tier_a or one.expected in TIER_A)
        if due and one.expected in made:
            result.right += 1
        elif due:
            result.missed += 1
        if made - {one.expected}:
            result.wrong += 1
        if (due and one.expected not in made) or made - {one.expected}:
            result.mistakes.append(f"{one.expected} {sorted(made)}: {one.text}")
    return result


def outcomes(home: Path, one: Labelled) -> set[str]:
    """The states of what a sentence taught, `retract` for what it tried to end."""
    learned = taught(home, one.text)
    states = {belief.state for belief in learned.beliefs}
    made = {state.value for state in states if state in State}
    if one.expected == "retract" and not made:
        made = {"retract"} if forgets(one.text) else set()
    return made


def forgets(text: str) -> bool:
    """Whether the rules propose to end something."""
    from mindhold.beliefs.learning.heard import hear
    from mindhold.beliefs.learning.rules.extractor import Rules

    heard = hear(Said(text=text, scopes=PLACE, at=AT))
    return bool(Rules().extract(heard).updates)
