"""The public PrecisionMemBench through the real store, index and context builder."""

from pathlib import Path

import pytest
from crowds import crowded

from mindhold.retrieval.benchmark import Outcome

DISTRACTORS = 5_000  # scripts/soak distractors runs 100,000


def failed(results: list[Outcome]) -> dict[str, tuple[str, ...]]:
    return {outcome.case: outcome.faults for outcome in results if not outcome.passed}


@pytest.mark.parametrize("count", [0, DISTRACTORS], ids=["alone", "among distractors"])
def test_every_public_case_and_turn_passes(tmp_path: Path, count: int) -> None:
    results = crowded(tmp_path, count)
    assert failed(results) == {}
    assert len(results) == 89


@pytest.mark.parametrize("count", [0, DISTRACTORS], ids=["alone", "among distractors"])
def test_every_public_case_passes_without_an_index(tmp_path: Path, count: int) -> None:
    results = crowded(tmp_path, count, indexed=False)
    assert failed(results) == {}
    assert len(results) == 77
