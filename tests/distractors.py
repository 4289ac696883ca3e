"""The public benchmark in a crowd: beliefs of the same person and scopes that no case names."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mindhold.beliefs.model import Alias, Belief, Evidence, Type
from mindhold.beliefs.store import Store
from mindhold.retrieval import benchmark, seed
from mindhold.retrieval.recall import Recall

DATA = Path(__file__).parent / "precisionmembench"
_CONSONANTS, _VOWELS = "bcdfghjklmnpqrstvwxz", "uaoie"


def rows(name: str) -> list[dict[str, Any]]:
    """The rows of one file of the benchmark."""
    loaded: list[dict[str, Any]] = json.loads((DATA / name).read_text("utf-8"))
    return loaded


def outcomes(store: Store, recall: Recall) -> list[benchmark.Outcome]:
    """Every case and every turn."""
    return [
        *benchmark.run_cases(recall, rows("retrieval.cases.json")),
        *benchmark.run_sessions(store, recall, rows("session-retrieval.cases.json")),
    ]


def crowded(home: Path, count: int, *, indexed: bool = True) -> list[benchmark.Outcome]:
    """The outcomes among `count` distractors, by the index or by the store's tables.

    Without an index only the single cases: a session's turns build one.
    """
    with Store.open(home) as store, Recall(store, directory=home / "index") as recall:
        seed.load(store, map(seed.parse, rows("beliefs.seed.json")))
        seed.load(store, distractors(count))
        if not indexed:
            return list(benchmark.run_cases(recall, rows("retrieval.cases.json")))
        recall.catch_up()
        return outcomes(store, recall)


def distractors(count: int) -> Iterator[Belief]:
    """Beliefs in every domain that the cases speak of, their names made of invented words."""
    at = datetime(2026, 1, 1, tzinfo=UTC)
    for number in range(count):
        word = "".join(_CONSONANTS[number // 20**place % 20] + _VOWELS[place] for place in range(5))
        content = f"The {word} service runs for the team, with error handling and a cache."
        yield Belief(
            id=f"distractor-{number}",
            user="test-user",
            type=(Type.ENTITY, Type.PREFERENCE, Type.DECISION)[number % 3],
            canonical_name=f"{word}_service_{number}",
            aliases=(Alias(text=word), Alias(text=f"{word} database")),
            content=content,
            why_it_matters=f"Speak of {word} as it is, and of Redis where it is a cache.",
            scopes=(("domain:code", "domain:writing", "domain:hobby")[number % 3],),
            created_at=at,
            updated_at=at,
            evidence=(Evidence(quote=content, start=0, end=len(content), at=at),),
        )
