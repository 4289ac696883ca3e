"""Messages of other lives and languages: exactly the beliefs that each one names, or none."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from mindhold.beliefs.model import Alias, Belief, Evidence, Type
from mindhold.beliefs.store import Store
from mindhold.retrieval.query import Query
from mindhold.retrieval.recall import Recall

NOW = datetime(2026, 1, 1, tzinfo=UTC)
LIVES = {
    path.stem: json.loads(path.read_text("utf-8"))
    for path in sorted((Path(__file__).parent / "probes").glob("*.json"))
}


def belief(row: dict[str, Any], scope: str) -> Belief:
    quote = Evidence(quote=row["content"], start=0, end=len(row["content"]), at=NOW)
    return Belief(
        id=row["id"],
        type=Type.ENTITY,
        canonical_name=row["name"],
        aliases=tuple(Alias(text=text) for text in row["aliases"]),
        content=row["content"],
        why_it_matters="Keep to it.",
        scopes=(scope,),
        created_at=NOW,
        updated_at=NOW,
        evidence=(quote,),
    )


@pytest.fixture(scope="module", params=["index", "tables"])
def recalls(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Recall]]:
    """Recall over each life, by the index and by the store's tables."""
    made: dict[str, Recall] = {}
    stores = []
    for name, life in LIVES.items():
        store = Store.open(tmp_path_factory.mktemp(name))
        stores.append(store)
        with store.write(actor="test", now=NOW) as write:
            for row in life["beliefs"]:
                write.add(belief(row, life["scope"]))
        made[name] = Recall(store)
        if request.param == "index":
            made[name].catch_up()
    yield made
    for recall in made.values():
        recall.close()
    for store in stores:
        store.close()


@pytest.mark.parametrize(
    ("life", "case"),
    [
        pytest.param(name, case, id=f"{name}: {case['why']}: {case['text'][:40]!r}")
        for name, life in LIVES.items()
        for case in life["cases"]
    ],
)
def test_a_message_brings_exactly_what_it_names(
    recalls: dict[str, Recall], life: str, case: dict[str, Any]
) -> None:
    query = Query(text=case["text"], scopes=(LIVES[life]["scope"],), now=NOW)
    recalled = recalls[life].recall(query)
    assert sorted(hit.belief.id for hit in recalled.relevant) == sorted(case["expect"])
