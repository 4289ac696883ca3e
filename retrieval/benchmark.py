"""PrecisionMemBench: its cases and sessions put to a store, and what came of each.

github.com/tenurehq (MIT); a case passes only when every tier it speaks of is exactly right.
"""

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from mindhold.beliefs.model import Alias, Belief
from mindhold.beliefs.store import Store
from mindhold.retrieval import seed
from mindhold.retrieval.query import Query, Recalled
from mindhold.retrieval.recall import Recall

_USER = "test-user"
_BUDGET = 20
SESSIONS = "Session drift"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One case: what was wrong (nothing when it passed), and how the relevant tier did.

    `noise` counts beliefs that a session turn must not surface and did; None where the case says
    nothing of them. `ms` is the whole retrieval.
    """

    case: str
    category: str
    faults: tuple[str, ...]
    precision: float | None
    recall: float | None
    noise: int | None
    ms: float

    @property
    def passed(self) -> bool:
        """Whether every tier was right."""
        return not self.faults


def run_cases(recall: Recall, cases: Iterable[Mapping[str, Any]]) -> Iterator[Outcome]:
    """Each single-query case."""
    for case in cases:
        most = (case.get("budget") or {}).get("maxBeliefs", _BUDGET)
        user = case.get("userId") or case.get("user_id") or _USER
        yield _judged(recall, case, user, most)


def run_sessions(
    store: Store, recall: Recall, sessions: Iterable[Mapping[str, Any]]
) -> Iterator[Outcome]:
    """Each turn of each session; what a turn creates or changes is there from the next turn on."""
    for session in sessions:
        user = session.get("userId") or _USER
        for turn in session["turns"]:
            case = {
                **turn,
                "caseId": f"{session['caseId']}/{turn['turnIndex']}",
                "category": SESSIONS,
                "query": turn["userMessage"],
            }
            yield _judged(recall, case, user, _BUDGET)
            _change(store, turn)
            recall.catch_up()


def _change(store: Store, turn: Mapping[str, Any]) -> None:
    if created := turn.get("createBeliefAtTurn"):
        seed.load(store, [seed.parse(created)])
    if updated := turn.get("updateBeliefAtTurn"):
        with store.write(actor="benchmark", now=datetime.now(UTC)) as write:
            aliases = tuple(Alias(text=text) for text in updated["addAliases"])
            write.enrich(updated["beliefId"], aliases=aliases)


def _judged(recall: Recall, case: Mapping[str, Any], user: str, most: int | None) -> Outcome:
    query = Query(
        text=case["query"],
        scopes=tuple(case["scope"]),
        user=user,
        max_beliefs=most,
        now=datetime.now(UTC),
    )
    began = time.perf_counter()
    recalled = recall.recall(query)
    ms = (time.perf_counter() - began) * 1e3
    relevant = [hit.belief.id for hit in recalled.relevant]
    wanted = (case["expect"].get("relevantBeliefs") or {}).get("shouldOnlyInclude")
    noise = (case.get("expect", {}).get("noiseCheck") or {}).get("mustNotSurface")
    return Outcome(
        case=case["caseId"],
        category=case.get("category") or "-",
        faults=tuple(faults(recalled, case["expect"])),
        precision=None if wanted is None else _share(relevant, wanted),
        recall=None if wanted is None else _share(wanted, relevant),
        noise=None if noise is None else len(set(noise) & set(relevant)),
        ms=ms,
    )


def _share(of: Sequence[str], found: Sequence[str]) -> float:
    """How much of the first list is in the second; of nothing, all."""
    return len(set(of) & set(found)) / len(set(of)) if of else 1.0


def faults(recalled: Recalled, expect: Mapping[str, Any]) -> Iterator[str]:
    """What is not as the case expects, in words; ids only, no text of a belief."""
    yield from _prelude_faults(recalled.prelude, expect.get("personaPrelude") or {})
    tiers = {
        "pinnedFacts": [belief.id for belief in recalled.pinned],
        "relevantBeliefs": [hit.belief.id for hit in recalled.relevant],
        "openQuestions": [belief.id for belief in recalled.questions],
    }
    for tier, ids in tiers.items():
        yield from _tier_faults(tier, ids, expect.get(tier) or {})
    unwanted = (expect.get("noiseCheck") or {}).get("mustNotSurface") or ()
    for id in set(unwanted) & {belief.id for belief in recalled.beliefs()}:
        yield f"noise: {id}"


def _tier_faults(tier: str, ids: list[str], expect: Mapping[str, Any]) -> Iterator[str]:
    for id in set(expect.get("mustInclude") or ()) - set(ids):
        yield f"{tier}: {id} is missing"
    for id in set(expect.get("mustExclude") or ()) & set(ids):
        yield f"{tier}: {id} must not be there"
    only = expect.get("shouldOnlyInclude")
    if only is not None and set(ids) != set(only):
        yield f"{tier}: {sorted(ids)} instead of {sorted(only)}"
    if len(set(ids)) != len(ids):
        yield f"{tier}: a belief twice"


def _prelude_faults(prelude: Sequence[Belief], expect: Mapping[str, Any]) -> Iterator[str]:
    text = "\n".join(f"{belief.content} {belief.why_it_matters}" for belief in prelude)
    if expect.get("nonEmpty") and not prelude:
        yield "personaPrelude: empty"
    if expect.get("isNull") and prelude:
        yield "personaPrelude: not empty"
    for word in expect.get("contains") or ():
        if word.lower() not in text.lower():
            yield f"personaPrelude: without {word!r}"
    for word in expect.get("mustNotContain") or ():
        if word.lower() in text.lower():
            yield f"personaPrelude: with {word!r}"
