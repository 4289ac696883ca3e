"""Messages of many lives and languages: exactly the beliefs that each one names, or none.

Only the developed probes are run here; `mindhold eval retrieval --probes` shows what fails and why.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mindhold.beliefs.store import Store
from mindhold.cli.lives import lives
from mindhold.retrieval.probes import CONVERSATION, FAMILIES, Life, Outcome, hold, run
from mindhold.retrieval.recall import Recall

NOW = datetime(2026, 1, 1, tzinfo=UTC)
DEVELOPED = lives([Path(__file__).parents[1] / "probes" / "developed"])

FLOORS = {
    "plain": 100,
    "lone-word": 90,
    "idiom": 76,
    "abbreviation": 90,
    "near-name": 92,
    "compound": 97,
    "paste": 97,
    "quotation": 100,
    "inline-error": 96,
    "inline-code": 96,
    "typo": 98,
    "morphology": 94,
    "cjk": 97,
    "german-compound": 97,
    "small-talk": 97,
    "anaphora": 100,
    "several-topics": 90,
    "long": 100,
    "scope": 100,
    "conversation": 91,
}
"""Percent of a family that is exact, rounded down: a change that falls below has made it worse."""


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> list[Outcome]:
    """What comes of every probe, by the index."""
    return [
        outcome for life in DEVELOPED for outcome in outcomes(life, tmp_path_factory, index=True)
    ]


@pytest.fixture(scope="module")
def unindexed(tmp_path_factory: pytest.TempPathFactory) -> list[Outcome]:
    """What comes of every probe, by the store's tables."""
    return [
        outcome for life in DEVELOPED for outcome in outcomes(life, tmp_path_factory, index=False)
    ]


def outcomes(life: Life, folders: pytest.TempPathFactory, *, index: bool) -> Iterator[Outcome]:
    with Store.open(folders.mktemp(life.name)) as store, Recall(store) as recall:
        hold(store, life)
        if index:
            recall.catch_up()
        yield from run(recall, life, NOW)


def told(failed: Sequence[Outcome]) -> str:
    return "\n".join(
        f"{o.life}: {o.probe.text[:80]!r}: missing {o.missing}, wrong {o.wrong}, {o.faults}: "
        f"{o.probe.reason}"
        for o in failed
    )


@pytest.mark.parametrize("family", [*FAMILIES, CONVERSATION])
def test_no_family_gets_worse(indexed: list[Outcome], family: str) -> None:
    of_it = [outcome for outcome in indexed if outcome.probe.family == family]
    failed = [outcome for outcome in of_it if not outcome.exact]
    exact = 100 * (len(of_it) - len(failed)) // len(of_it)
    assert exact >= FLOORS[family], told(failed)


def test_the_index_and_the_tables_answer_alike(
    indexed: list[Outcome], unindexed: list[Outcome]
) -> None:
    differing = [
        one
        for one, other in zip(indexed, unindexed, strict=True)
        if (one.got, one.faults) != (other.got, other.faults)
    ]
    assert not differing, told(differing)
