"""Names in use: what the user's own words make a name of a belief at once, and what they do not.

`names/*.tsv` have a message a line, the belief and the name that it must gain (- for none), and
why. All the beliefs of `HELD` were given to the request that the message stands in.
"""

import csv
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mindhold.beliefs.learning.learner import Learner
from mindhold.beliefs.learning.said import Said
from mindhold.beliefs.model import Alias, Belief, Origin, Type
from mindhold.beliefs.store import Store

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
SHEETS = Path(__file__).parent / "names"


def held(id: str, kind: Type, *names: str) -> Belief:
    """A belief of one project that its owner wrote, under each of these names."""
    return Belief(
        id=id,
        type=kind,
        canonical_name=names[0].replace(" ", "_"),
        content=f"There is {names[0]}.",
        why_it_matters="Keep to it.",
        scopes=("project:one",),
        created_at=AT,
        updated_at=AT,
        aliases=tuple(Alias(text=name) for name in names),
    )


HELD = (
    held("staging", Type.ENTITY, "staging server", "staging box"),
    held("postgres", Type.DECISION, "Postgres"),
    held("vitest", Type.DECISION, "test runner", "Vitest"),
    held("kubernetes", Type.DECISION, "Kubernetes"),
    held("billing", Type.ENTITY, "billing API"),
    held("northwind", Type.ENTITY, "Northwind Data Platform"),
    held("tests", Type.ENTITY, "Testserver"),
    held("recette", Type.ENTITY, "serveur de recette"),
    held("pruebas", Type.ENTITY, "servidor de pruebas"),
)


def cases() -> Iterator[object]:
    for path in sorted(SHEETS.glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                if not row[0].startswith("#"):
                    yield pytest.param(row[1], row[2], id=f"{row[0]}: {row[1]}")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path) as opened:
        yield opened


@pytest.mark.parametrize(("text", "wanted"), list(cases()))
def test_a_name_is_given_exactly_where_the_words_say_so(
    store: Store, text: str, wanted: str
) -> None:
    with store.write(actor="owner", now=AT) as write:
        for belief in HELD:
            write.add(belief)
    given = tuple(belief.id for belief in HELD)
    said = Said(text=text, scopes=("project:one",), at=AT, conversation=text, injected=given)
    Learner(store).learn(said)
    gained = [
        f"{belief.id}: {alias.text}"
        for belief in store.many(given).values()
        for alias in belief.aliases
        if alias.origin is Origin.OBSERVED
    ]
    assert gained == ([] if wanted == "-" else [wanted])
