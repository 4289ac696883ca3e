"""What is held, read by its owner."""

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from shlex import split

import pytest

from mindhold.beliefs.store import Store


def test_before_anything_is_held_the_list_is_empty_and_says_how_to_begin(mindhold, home: Path):
    done = mindhold("beliefs", "list")
    assert (done.code, done.out) == (0, "")
    assert "Nothing is held yet" in done.err
    assert mindhold("beliefs", "list", "--json").json() == []
    assert not home.exists(), "looking makes no store"


def test_a_lost_store_is_not_taken_for_an_empty_one(mindhold, vitest, home: Path):
    (home / "store.db").unlink()
    done = mindhold("beliefs", "list")
    assert done.code == 4
    assert done.err.count("\n") == 1


def test_the_list_shows_what_is_held_where_it_holds_and_how_it_stands(mindhold, vitest):
    done = mindhold("beliefs", "list")
    assert done.out == (
        "ID        NAME                TYPE, STATE, SCOPE  WHAT IS HELD\n"
        f"{vitest[:8]}  test_runner         decision            We use Vitest, not Jest.\n"
        "                              active\n"
        "                              project:shop\n"
    )
    assert done.err == "1 live\n"


def test_a_wide_terminal_gives_every_property_its_column(mindhold, vitest, monkeypatch):
    monkeypatch.setenv("COLUMNS", "140")
    heading, row = mindhold("beliefs", "list").out.splitlines()
    assert heading.split() == ["ID", "NAME", "TYPE", "STATE", "SCOPE", "WHAT", "IS", "HELD"]
    assert row.split()[:5] == [vitest[:8], "test_runner", "decision", "active", "project:shop"]


def test_in_a_pipe_a_belief_is_one_line_however_long(mindhold, vitest, monkeypatch):
    monkeypatch.delenv("COLUMNS")
    long = "words " * 70
    mindhold("beliefs", "edit", vitest, "--content", long)
    assert long.strip() in mindhold("beliefs", "list").out.splitlines()[1]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ("", True),
        ("--scope project:shop", True),
        ("--scope Project:Shop", True),
        ("--scope project:other", False),
        ("--type decision", True),
        ("--type lesson --type decision", True),
        ("--type lesson", False),
        ("--status active", True),
        ("--status pending", False),
        ("--all", True),
        ("--at now", True),
        ("--at yesterday", False),
        ("--at '2 weeks ago'", False),
        ("--at 2001-02-03", False),
        ("--at '2001-02-03 04:05'", False),
    ],
)
def test_the_list_holds_what_fits_every_filter(mindhold, vitest, filters, found):
    assert bool(mindhold("beliefs", "list", "--json", *split(filters)).json()) == found


@pytest.mark.parametrize(
    "wrong",
    ["--type opinion", "--status asleep", "--at gestern", "--limit 0"],
)
def test_a_filter_that_means_nothing_is_a_usage_error_of_one_line(mindhold, vitest, wrong):
    done = mindhold("beliefs", "list", *split(wrong))
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)


def test_the_past_is_listed_as_it_stood(mindhold, vitest):
    before = mindhold("beliefs", "show", vitest, "--json").json()["updated_at"]
    mindhold("beliefs", "edit", vitest, "--content", "We use Bun.")
    [then] = mindhold("beliefs", "list", "--at", before, "--json").json()
    assert then["content"] == "We use Vitest, not Jest."
    assert mindhold("beliefs", "show", vitest, "--at", before, "--json").json() == then


def test_show_tells_all_of_one_belief(mindhold, vitest):
    done = mindhold("beliefs", "show", "Vitest")
    lines = [line.rstrip() for line in done.out.splitlines()]
    assert lines[:4] == [
        f"test_runner  {vitest}",
        "We use Vitest, not Jest.",
        "→ Use Vitest in every example.",
        "",
    ]
    assert {"  type         decision", "  scope        project:shop", "  also called  vitest"} <= {
        *lines
    }


def test_what_does_not_exist_is_said_in_one_line(mindhold, vitest):
    for verb in ("show", "pin", "retire", "forget", "undo"):
        done = mindhold("beliefs", verb, "nothing_of_this_name")
        assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)


def test_an_argument_that_is_no_text_is_a_usage_error(mindhold, vitest):
    done = mindhold("beliefs", "show", "vitest\udcff")
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)


def test_an_ambiguous_name_lists_the_candidates(mindhold, vitest):
    other = mindhold(
        "beliefs", "add", "--type", "decision", "--name", "test_runner",
        "--content", "We use pytest.", "--scope", "project:api", "--json",
    ).json()["id"]  # fmt: skip
    done = mindhold("beliefs", "show", "test_runner")
    assert done.code == 1
    assert vitest in done.err
    assert other in done.err


def test_the_short_id_that_is_shown_is_one_that_is_understood(mindhold, vitest):
    for number in range(20):
        mindhold(
            "beliefs", "add", "--type", "entity", "--name", f"service {number}",
            "--content", "It is there.", "--scope", "project:shop",
        )  # fmt: skip
    rows = mindhold("beliefs", "list", "--json").json()
    shown = [line.split()[0] for line in mindhold("beliefs", "list").out.splitlines()[1:]]
    ids = [word for word in shown if word[0].isdigit()]
    assert len(ids) == len(rows) == 21
    found = [mindhold("beliefs", "show", short, "--json").json()["id"] for short in ids]
    assert found == [row["id"] for row in rows]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("vitest", True),
        ("VITEST jest", True),
        ("every example", True),
        ("runner", True),
        ("est", False),
        ("vitest mocha", False),
    ],
)
def test_search_finds_the_belief_that_has_every_word(mindhold, vitest, words, found):
    assert bool(mindhold("beliefs", "search", *split(words), "--json").json()) == found


def test_nothing_in_a_belief_can_steer_the_terminal(mindhold, vitest):
    mindhold("beliefs", "edit", vitest, "--content", "[bold red]We use[/] :smile: Vitest")
    for command in ("list", "show", "history"):
        arguments = [] if command == "list" else [vitest]
        told = " ".join(mindhold("beliefs", command, *arguments).out.split())
        assert "[bold red]We" in told
        assert "\x1b" not in told


def test_reading_imports_no_server_no_index_and_no_yaml(mindhold, vitest):
    code = (
        "import sys\n"
        "sys.argv = ['mindhold', 'beliefs', 'list']\n"
        "from mindhold.cli.main import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'starlette', 'httpx', 'tantivy', 'yaml', 'uvicorn', 'keyring', 'asyncio'}\n"
        "print('heavy:', *(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1].strip() == "heavy:"
    assert "test_runner" in done.stdout


def test_what_has_its_last_day_behind_it_is_expired_when_its_owner_looks(
    mindhold, home: Path, vitest: str
):
    with Store.open(home) as store, store.write(actor="owner", now=datetime.now(UTC)) as write:
        write.put(replace(write.get(vitest), valid_until=date(2026, 3, 1)))
    assert mindhold("beliefs", "list", "--json").json() == []
    shown = mindhold("beliefs", "show", vitest, "--json").json()
    assert shown["state"] == "expired"
    assert "its time was over" in mindhold("beliefs", "history", vitest).out
