"""Probes: messages of a life, each with the beliefs that are due and those that only tempt.

What a probe says is judged by one definition each:

exact      the relevant beliefs are the due ones, nothing missing and nothing else, and the other
           tiers are as the probe says; beliefs in `may` count neither way
restraint  a probe that expects nothing, or that tempts
silence    restraint was kept: nothing came where nothing is expected, else nothing that tempts
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from mindhold.beliefs.errors import Invalid
from mindhold.beliefs.model import Belief
from mindhold.beliefs.store import Store
from mindhold.retrieval import seed
from mindhold.retrieval.query import Query, Recalled
from mindhold.retrieval.recall import Recall

FAMILIES = (
    "plain", "lone-word", "idiom", "abbreviation", "near-name", "compound", "paste", "quotation",
    "inline-error", "inline-code", "typo", "morphology", "cjk", "german-compound", "small-talk",
    "anaphora", "several-topics", "long", "scope",
)  # fmt: skip
"""What single messages are about; the turns of conversations are a family of their own."""
CONVERSATION = "conversation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """One message and what memory owes it; ids are of the life's beliefs.

    `pinned` and `questions` are the whole tier in its order, None where the probe does not say;
    `prelude` are words that the prelude holds, `prelude_not` words that it does not.
    """

    text: str
    expect: tuple[str, ...]
    family: str
    language: str
    reason: str
    scopes: tuple[str, ...]
    tempts: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    agent: str | None = None
    user: str = "local"
    budget: int | None = 20
    pinned: tuple[str, ...] | None = None
    questions: tuple[str, ...] | None = None
    prelude: tuple[str, ...] = ()
    prelude_not: tuple[str, ...] = ()

    @property
    def restrains(self) -> bool:
        """Whether something must not come."""
        return not self.expect or bool(self.tempts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """What one person holds, and talks with them: a case is a talk of one turn."""

    name: str
    about: str
    beliefs: tuple[Belief, ...]
    talks: tuple[tuple[Probe, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of one probe, best first; `faults` are of the tiers beside the relevant one, `ms`
    is the whole retrieval."""

    life: str
    probe: Probe
    recalled: Recalled
    faults: tuple[str, ...]
    ms: float

    @property
    def got(self) -> tuple[str, ...]:
        """The relevant beliefs that count: without those that may come or not."""
        ids = (hit.belief.id for hit in self.recalled.relevant)
        return tuple(id for id in ids if id not in self.probe.may)

    @property
    def missing(self) -> tuple[str, ...]:
        """What was due and did not come."""
        got = self.got
        return tuple(id for id in self.probe.expect if id not in got)

    @property
    def wrong(self) -> tuple[str, ...]:
        """What came and was not due."""
        return tuple(id for id in self.got if id not in self.probe.expect)

    @property
    def exact(self) -> bool:
        """Whether everything is as the probe says."""
        return not (self.missing or self.wrong or self.faults)

    @property
    def silent(self) -> bool:
        """Whether restraint was kept; of no meaning where the probe does not restrain."""
        unwanted = set(self.probe.tempts) if self.probe.expect else set(self.got)
        return unwanted.isdisjoint(self.got)


def hold(store: Store, life: Life) -> None:
    """Puts the life's beliefs into the store; raises `Invalid` where it cannot hold them."""
    if problems := seed.load(store, life.beliefs):
        id, problem = next(iter(problems.items()))
        raise Invalid(f"{life.name}: {id}: {problem}")


def run(recall: Recall, life: Life, now: datetime) -> Iterator[Outcome]:
    """Says every message of the life, talks in their order, over a store that holds its beliefs."""
    for talk in life.talks:
        for probe in talk:
            yield _asked(recall, probe, now, life.name)


def _asked(recall: Recall, probe: Probe, now: datetime, life: str) -> Outcome:
    query = Query(
        text=probe.text,
        scopes=probe.scopes,
        agent=probe.agent,
        user=probe.user,
        max_beliefs=probe.budget,
        now=now,
    )
    began = time.perf_counter()
    recalled = recall.recall(query)
    ms = (time.perf_counter() - began) * 1e3
    faults = tuple(_faults(probe, recalled))
    return Outcome(life=life, probe=probe, recalled=recalled, faults=faults, ms=ms)


def _faults(probe: Probe, recalled: Recalled) -> Iterator[str]:
    yield from _tier("pinned", probe.pinned, recalled.pinned)
    yield from _tier("questions", probe.questions, recalled.questions)
    prelude = "\n".join(f"{belief.content} {belief.why_it_matters}" for belief in recalled.prelude)
    yield from (f"the prelude lacks {words!r}" for words in probe.prelude if words not in prelude)
    yield from (f"the prelude has {words!r}" for words in probe.prelude_not if words in prelude)


def _tier(name: str, wanted: Sequence[str] | None, got: Sequence[Belief]) -> Iterator[str]:
    ids = [belief.id for belief in got]
    if wanted is not None and ids != list(wanted):
        yield f"{name}: {', '.join(ids) or 'nothing'} instead of {', '.join(wanted) or 'nothing'}"
