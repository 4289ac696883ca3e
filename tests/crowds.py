"""The public benchmark in a crowd: beliefs of the same person and scopes that no case names."""

import json
from pathlib import Path
from typing import Any

from mindhold.beliefs.store import Store
from mindhold.retrieval import benchmark, seed
from mindhold.retrieval.distractors import distractors
from mindhold.retrieval.recall import Recall

DATA = Path(__file__).parent / "precisionmembench"
SCOPES = ("domain:code", "domain:writing", "domain:hobby")  # that the cases speak of


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
        seed.load(store, distractors(count, user="test-user", scopes=SCOPES))
        if not indexed:
            return list(benchmark.run_cases(recall, rows("retrieval.cases.json")))
        recall.catch_up()
        return outcomes(store, recall)
