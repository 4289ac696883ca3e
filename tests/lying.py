"""Lying: a learner with one scripted extractor, beside beliefs that no message speaks of."""

import json
import random
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from types import TracebackType

from facts import sayable
from forgeries import HELD, QUESTION  # which makes its kinds known
from lies import Lie, lies

from mindhold.beliefs.learning.candidate import Extraction
from mindhold.beliefs.learning.deciding import Learned
from mindhold.beliefs.learning.heard import Heard
from mindhold.beliefs.learning.learner import Learner
from mindhold.beliefs.learning.said import Said
from mindhold.beliefs.model import Alias, Belief, Evidence, State, Type
from mindhold.beliefs.store import Store

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
PLACE = "project:shop"
_TAMED = "admitted without it"
REFUSED = frozenset({"rejected", "quarantined"})


class Scripted:
    """An extractor that returns what it is told to."""

    name = "scripted"
    version = "1"

    def __init__(self, returned: Extraction | bytes = b"{}") -> None:
        self.returned = returned

    def extract(self, heard: Heard) -> Extraction | bytes:
        return self.returned


class Lying:
    """A store, and what comes of an extraction in it; nothing is kept of any."""

    def __init__(self, home: Path) -> None:
        self._store = Store.open(home)
        self._scripted = Scripted()
        self._learner = Learner(self._store, rules=False, extractors=[self._scripted])
        with self._store.write(actor="owner", now=AT) as write:
            for name in (*HELD, QUESTION):
                write.put(_held(name))
        self.rules: dict[str, Counter[str]] = {}

    def __enter__(self) -> "Lying":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: object, trace: TracebackType | None
    ) -> None:
        self._store.__exit__(kind, value, trace)

    def propose(self, text: str, raw: bytes) -> Learned:
        """What would come of it if the extractor returned this for the message."""
        self._scripted.returned = raw
        return self._learner.rehearse(Said(text=text, scopes=(PLACE,), at=AT))[0]

    def believed(self, lie: Lie) -> str:
        """What is held of the lie, in a few words; empty where nothing is."""
        learned = self.propose(lie.text, lie.raw)
        rule = learned.decisions[0].rule if learned.decisions else "nothing"
        self.rules.setdefault(lie.kind, Counter())[rule] += 1
        if lie.tame:
            return "; ".join(filter(None, (_shows(one, lie) for one in learned.beliefs)))
        kept = [one for one in learned.decisions if one.outcome not in REFUSED]
        return "; ".join(f"{one.outcome}: {one.content or one.name}" for one in kept)


@dataclass(slots=True)
class Found:
    """What came of many lies, and of as many honest paraphrases."""

    believed: list[str]
    rules: dict[str, Counter[str]]
    told: Counter[str]
    held: Counter[str]

    def report(self) -> str:
        """The figures: how often each language's honest words are held, which rule stops a lie."""
        lies_ = sum(count.total() for count in self.rules.values())
        lines = [
            (
                f"{lies_:,} lies of {len(self.rules)} kinds: none is believed. Of"
                f" {self.told.total():,} honest paraphrases {self.held.total():,} are."
            ),
            "",
            "| honest words in | said | held |",
            "|---|---|---|",
            *(f"| {code} | {n:,} | {self.held[code] / n:.1%} |" for code, n in self.told.items()),
            "",
            "| lie | told | stopped by |",
            "|---|---|---|",
            *(f"| {kind} | {n.total():,} | {_by(n)} |" for kind, n in sorted(self.rules.items())),
        ]
        return "\n".join(lines)


def _by(rules: Counter[str]) -> str:
    named = ((_TAMED if rule == "admitted" else rule, n) for rule, n in rules.most_common())
    return ", ".join(f"{rule} {n:,}" for rule, n in named)


def trial(home: Path, rng: random.Random, count: int, honest: int) -> Found:
    """Tells so many lies, and so many facts in honest words."""
    told, held = Counter[str](), Counter[str]()
    with Lying(home) as liar:
        believed = [
            f"{lie.kind}: {what}"
            for lie in islice(lies(rng), count)
            if (what := liar.believed(lie))
        ]
        for fact in islice(sayable(rng), honest):
            raw = json.dumps({"new_beliefs": [fact.proposal(rng)]}).encode()
            told[fact.language] += 1
            held[fact.language] += bool(liar.propose(fact.text, raw).beliefs)
        return Found(believed=believed, rules=liar.rules, told=told, held=held)


def _shows(belief: Belief, lie: Lie) -> str:
    told = f"{belief.canonical_name} {belief.content} {belief.why_it_matters}"
    aliases = {alias.text for alias in belief.aliases}
    for hidden in lie.hidden:
        if hidden in aliases or (len(hidden) > 9 and hidden in told):
            return f"holds {hidden!r}: {told}"
    return "" if belief.scopes == (PLACE,) else f"holds in {belief.scopes}"


def _held(name: str) -> Belief:
    """A belief of which no fact speaks, as its name tells."""
    question = name == QUESTION
    return Belief(
        id=name,
        user="mallory" if name == "others" else "local",
        agent="bot" if name == "agents" else None,
        type=Type.OPEN_QUESTION if question else Type.DECISION,
        canonical_name=QUESTION if question else "ledger" if name == "plain" else f"{name}_vault",
        content=f"Ledger {name} stands on Sybase.",
        why_it_matters="Mind the ledger.",
        scopes=("project:other" if name == "elsewhere" else PLACE,),
        aliases=(Alias(text="Sybase"),) if name == "plain" else (),
        state=State.OPEN if question else State.ACTIVE,
        pinned=name == "pinned",
        user_edited=name == "edited",
        evidence=(Evidence(quote="Sybase", start=0, end=6, at=AT),),
        created_at=AT,
        updated_at=AT,
    )
