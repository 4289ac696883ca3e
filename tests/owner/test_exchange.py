"""Beliefs in and out."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


def row(number: int, **fields) -> str:
    return json.dumps(
        {
            "id": f"b-{number}",
            "type": "decision",
            "canonical_name": f"service_{number}",
            "content": f"Service {number} runs on Fly.",
            "why_it_matters": "Deploy it there.",
            "scopes": ["project:shop"],
            **fields,
        }
    )


@pytest.fixture
def lines(tmp_path: Path):
    """Writes lines to a file; returns its path."""

    def write(*rows: str) -> str:
        path = tmp_path / "beliefs.jsonl"
        path.write_text("".join(f"{row}\n" for row in rows))
        return str(path)

    return write


def test_what_is_exported_can_be_imported_elsewhere_and_is_the_same(
    mindhold, vitest, tmp_path, monkeypatch, lines
):
    mindhold("beliefs", "supersede", vitest, "--name", "bun", "--content", "We use bun test.")
    mindhold("beliefs", "pin", "bun")
    whole = mindhold("export").out
    monkeypatch.setenv("MINDHOLD_HOME", str(tmp_path / "other"))
    done = mindhold("import", lines(*whole.splitlines()))
    assert done.out == "2 new, 0 newer than before, 0 known already, 0 left out.\n"
    assert sorted(mindhold("export").out.splitlines()) == sorted(whole.splitlines())


def test_importing_twice_changes_nothing(mindhold, lines):
    path = lines(*map(row, range(10)))
    assert mindhold("import", path, "--json").json()["added"] == 10
    before = mindhold("export").out
    assert mindhold("import", path, "--json").json()["kept"] == 10
    assert mindhold("export").out == before


def test_a_bad_line_is_told_and_the_rest_is_in(mindhold, lines):
    path = lines(row(1), "no json", row(2), row(3, scopes=["nowhere"]), row(4, mood="fine"))
    done = mindhold("import", path)
    assert done.code == 1
    assert done.out == "2 new, 0 newer than before, 0 known already, 3 left out.\n"
    assert [line.split(":")[0] for line in done.err.splitlines()] == ["line 2", "line 4", "line 5"]
    assert len(mindhold("beliefs", "list", "--json").json()) == 2


def test_what_is_piped_is_imported(home):
    done = subprocess.run(
        [sys.executable, "-m", "mindhold", "import", "-"],
        input=f"{row(1)}\n\n{row(2)}\n", capture_output=True, text=True, check=False,
        env=os.environ,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("2 new")


@pytest.mark.parametrize("source", ["nowhere.jsonl", "."])
def test_a_source_that_cannot_be_read_is_named_and_makes_no_store(mindhold, home, source):
    done = mindhold("import", source)
    assert (done.code, done.err.count("\n")) == (1, 1)
    assert not home.exists()


def test_an_export_holds_what_fits_the_filters(mindhold, lines):
    mindhold("import", lines(row(1), row(2, scopes=["project:api"]), row(3, type="lesson")))
    assert len(mindhold("export", "--scope", "project:shop").out.splitlines()) == 2
    assert len(mindhold("export", "--type", "lesson").out.splitlines()) == 1
    assert mindhold("export", "--status", "pending").out == ""


def test_markdown_is_read_scope_by_scope_and_holds_text_as_text(mindhold, vitest, lines):
    mindhold(
        "import",
        lines(row(1, content="It is *not* <b>bold</b>.", scopes=["domain:code", "project:shop"])),
    )
    told = mindhold("export", "--format", "markdown").out
    assert told.index("## domain:code") < told.index("## project:shop")
    assert told.count("### service\\_1") == 1
    assert "It is \\*not\\* \\<b\\>bold\\</b\\>." in told
    assert "- **So:** Use Vitest in every example." in told


def test_ten_thousand_beliefs_come_in_and_are_listed_while_memory_stays_flat(mindhold, lines, home):
    path = lines(*map(row, range(10_000)))
    assert mindhold("import", path).out.startswith("10000 new")
    code = (
        "import resource, sys\n"
        "from mindhold.cli.main import main\n"
        "try: main()\n"
        "finally: print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)\n"
    )
    peaks = []
    for limit in ("10", "10000"):
        done = subprocess.run(
            [sys.executable, "-c", code, "beliefs", "list", "--limit", limit],
            capture_output=True, text=True, check=True, env=os.environ,
        )  # fmt: skip
        assert len(done.stdout.splitlines()) >= int(limit)
        peaks.append(int(done.stderr.split()[-1]))
    assert peaks[1] < peaks[0] * 1.3, "kilobytes, or bytes on macOS"
