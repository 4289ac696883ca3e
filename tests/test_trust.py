"""docs/trust.md names a test for every promise and every fault, and each of them exists."""

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
TEXT = (TESTS.parent / "docs" / "trust.md").read_text("utf-8")
_NAMED = re.compile(r"`([a-z_/]+\.py)::(test_\w+)`")
_SOAK = re.compile(r"soak `([a-z-]+)`")


def rows(heading: str) -> list[list[str]]:
    """The cells of the table under a heading, row by row."""
    section = TEXT.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    table = [line for line in section.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in table[1:]]


@pytest.mark.parametrize("row", [*rows("Promises"), *rows("Faults")], ids=lambda row: row[0])
def test_every_promise_and_every_fault_has_a_test(row: list[str]) -> None:
    assert len(row) == 4
    named = " ".join(row)
    assert _NAMED.search(named) or _SOAK.search(named) or row[3] == "not yet"


@pytest.mark.parametrize(("file", "test"), sorted(set(_NAMED.findall(TEXT))))
def test_every_test_that_is_named_exists(file: str, test: str) -> None:
    text = (TESTS / file).read_text("utf-8")
    assert re.search(rf"^ *(?:async )?def {test}\(", text, re.M)


def test_every_soak_that_is_named_exists() -> None:
    scripts = TESTS.parent / "scripts"
    soaks = "".join((scripts / name).read_text("utf-8") for name in ("soaks.py", "deaths.py"))
    for name in set(_SOAK.findall(TEXT)):
        assert f"\ndef {name.replace('-', '_')}(" in soaks


def test_the_faults_are_those_from_f01_to_f30() -> None:
    assert [row[0] for row in rows("Faults")] == [f"F{number:02}" for number in range(1, 31)]
