"""What clients send for themselves is told from what people write, client by client."""

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from mindhold.beliefs.text.machine import errand, furniture, machine_made

HERE = Path(__file__).parent
PERSON = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One labelled request: what it is, who sends it, its system prompt and newest user text."""

    kind: str
    client: str
    system: str
    text: str

    @property
    def told(self) -> str:
        """What the rules take it for."""
        found = errand(self.text, self.system)
        return "furniture" if furniture(self.text) else found.value if found else PERSON


def rows(name: str) -> Iterator[Row]:
    """The rows of a table; its cells hold line breaks as two characters."""
    for line in (HERE / name).read_text("utf-8").splitlines():
        kind, client, system, text = (cell.replace("\\n", "\n") for cell in line.split("\t"))
        yield Row(kind=kind, client=client, system=system, text=text)


KNOWN = [*rows("clients.tsv"), *rows("unseen.tsv"), *rows("fresh.tsv")]
PEOPLE = [row for row in KNOWN if row.kind == PERSON]


@pytest.mark.parametrize("row", PEOPLE, ids=lambda row: row.text[:60])
def test_a_persons_words_are_theirs_however_much_they_look_like_a_clients(row: Row) -> None:
    assert row.told == PERSON


@pytest.mark.parametrize("kind", ["aside", "compaction", "furniture"])
def test_what_clients_send_is_known_for_what_it_is(kind: str) -> None:
    sent = [row for row in KNOWN if row.kind == kind]
    missed = [f"{row.client}: {row.text[:80]}" for row in sent if row.told != kind]
    assert len(missed) <= len(sent) // 50, missed


def test_the_rows_hold_something_of_everything() -> None:
    counted = Counter(row.kind for row in KNOWN)
    assert counted["person"] > 150
    assert min(counted.values()) > 30


@pytest.mark.parametrize(
    "unit",
    ["<", "<file>", "<file>x</file>", "<a></a>", " ", "user: a\nassistant: b\n", "generate a ",
     "title ", "title for the conversation, only ", "summary ", "<|fim_prefix|>", "### Task:\n",
     "[read_file for 'x'] Result:", "<system-reminder>", "\n"],
)  # fmt: skip
def test_twenty_megabytes_of_anything_are_told_in_linear_time(unit: str) -> None:
    text = unit * (20_000_000 // len(unit))
    started = time.process_time()
    machine_made(text)
    errand("Hello", text)
    assert time.process_time() - started < 2


SCRIPTS = [line.split("\t") for line in (HERE / "scripts.tsv").read_text("utf-8").splitlines()]


@pytest.mark.parametrize(("kind", "text"), SCRIPTS, ids=lambda cell: cell[:50])
def test_a_form_that_a_script_filled_in_teaches_nothing_and_has_its_memory(
    kind: str, text: str
) -> None:
    text = text.replace("\\n", "\n")
    assert machine_made(text) == (kind == "script")
    assert errand(text) is None
