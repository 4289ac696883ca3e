"""`mindhold eval extraction`: labelled talks in, what was learned of them out."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from mindhold.cli.failure import exit_code
from mindhold.cli.main import app

Evaluated = Callable[..., tuple[int, str]]
SENTENCES = """\
active|switch|vitest|coding|a change of tool|We switched from Jest to Vitest.
none|switch||coding|a question|Should we switch from Jest to Vitest?
none|switch||coding|a label that is wrong on purpose|We use Postgres 16.
active|switch|kafka|coding|another wrong one|What is Kafka?
retract|end|jest|coding|an end|Forget that we use Jest.
"""


@pytest.fixture
def evaluated(capsys: pytest.CaptureFixture[str]) -> Evaluated:
    """Runs the command: its exit code and what it printed."""

    def run(*given: object) -> tuple[int, str]:
        arguments = ["eval", "extraction", *map(str, given)]
        code = exit_code(lambda: app(arguments, standalone_mode=False))
        said = capsys.readouterr()
        return code, said.out + said.err

    return run


def test_what_is_missed_and_what_is_invented_are_told_apart(
    tmp_path: Path, evaluated: Evaluated
) -> None:
    (tmp_path / "own.tsv").write_text(SENTENCES)
    code, output = evaluated(tmp_path, "--json", "--by", "kind")
    figures = json.loads(output)
    assert code == 0
    assert figures["talks"] == 5
    assert figures["precision"] == figures["recall"] == figures["exact"] == 0.6667
    assert figures["silence"] == 0.5
    assert figures["by"]["kind"]["end"]["recall"] == 1
    assert [one["title"] for one in figures["failures"]] == [
        "We use Postgres 16.",
        "What is Kafka?",
    ]


def test_failures_say_what_was_said_and_what_should_have_come_of_it(
    tmp_path: Path, evaluated: Evaluated
) -> None:
    sheet = tmp_path / "own.tsv"
    sheet.write_text(SENTENCES)
    output = evaluated(sheet, "--failures", "--markdown")[1]
    assert "| all | 5 | 3 | 50.0% | 66.7% | 66.7% | 66.7% |" in output
    assert "- own, switch: `What is Kafka?`: wanted kafka: nothing of the kind" in output


def test_a_line_that_is_no_sentence_ends_it_with_its_place(
    tmp_path: Path, evaluated: Evaluated
) -> None:
    sheet = tmp_path / "own.tsv"
    sheet.write_text("active|switch|vitest|We switched.\n")
    code, output = evaluated(sheet)
    assert code == 1
    assert "own.tsv:1" in output
    assert "Traceback" not in output


def test_a_folder_without_talks_is_said_to_have_none(tmp_path: Path, evaluated: Evaluated) -> None:
    code, output = evaluated(tmp_path)
    assert code == 1
    assert "holds no labelled talks" in output
