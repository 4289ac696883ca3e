"""The public PrecisionMemBench through the real store, index and context builder."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from mindhold.beliefs.model import Belief, Evidence, Type
from mindhold.beliefs.store import Store
from mindhold.retrieval import benchmark, seed
from mindhold.retrieval.recall import Recall

DATA = Path(__file__).parents[1] / "precisionmembench"
DISTRACTORS = 5_000  # scripts/soak runs 100,000


def rows(name: str) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = json.loads((DATA / name).read_text("utf-8"))
    return loaded


def outcomes(store: Store, recall: Recall) -> list[benchmark.Outcome]:
    return [
        *benchmark.run_cases(recall, rows("retrieval.cases.json")),
        *benchmark.run_sessions(store, recall, rows("session-retrieval.cases.json")),
    ]


def failed(results: list[benchmark.Outcome]) -> dict[str, tuple[str, ...]]:
    return {outcome.case: outcome.faults for outcome in results if not outcome.passed}


def test_every_public_case_passes(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store, Recall(store) as recall:
        seed.load(store, map(seed.parse, rows("beliefs.seed.json")))
        recall.catch_up()
        results = outcomes(store, recall)
    assert failed(results) == {}
    assert len(results) == 89


def test_every_public_case_passes_without_an_index(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store, Recall(store) as recall:
        seed.load(store, map(seed.parse, rows("beliefs.seed.json")))
        assert failed(list(benchmark.run_cases(recall, rows("retrieval.cases.json")))) == {}
        assert not recall.indexed


@pytest.mark.parametrize("indexed", [True, False], ids=["index", "tables"])
def test_distractors_change_no_case(tmp_path: Path, indexed: bool) -> None:
    with Store.open(tmp_path) as store, Recall(store) as recall:
        seed.load(store, map(seed.parse, rows("beliefs.seed.json")))
        seed.load(store, [distractor(number) for number in range(DISTRACTORS)])
        if indexed:
            recall.catch_up()
        assert failed(list(benchmark.run_cases(recall, rows("retrieval.cases.json")))) == {}


def distractor(number: int) -> Belief:
    """A belief of the same user and scope whose name is made of invented words."""
    at = datetime(2026, 1, 1, tzinfo=UTC)
    word = "".join(
        "bcdfghjklmnpqrstvwxz"[number // 20**place % 20] + "uaoie"[place] for place in range(5)
    )
    content = f"The {word} service was set up for the team."
    return Belief(
        id=f"distractor-{number}",
        user="test-user",
        type=Type.ENTITY,
        canonical_name=f"{word}_service_{number}",
        content=content,
        why_it_matters=f"Speak of {word} as it is.",
        scopes=("domain:code" if number % 2 else "domain:writing",),
        created_at=at,
        updated_at=at,
        evidence=(Evidence(quote=content, start=0, end=len(content), at=at),),
    )
