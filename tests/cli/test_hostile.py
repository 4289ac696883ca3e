"""Hostile words, a careless shell: nothing steers the terminal, nothing is for others to read."""

import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from ports import free_port

from .conftest import Run

# ESC, BEL, backspaces, a carriage return, C1's CSI, a line separator, marks of direction, a tag.
STEERS = "\x1b[31m \x1b]0;title\x07 \b\b \r \x9b31m \u2028 \u202eabc\u2066 \U000e0041"
_STEERED = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\U000e0000-\U000e007f]"
)


def clean(ran: "subprocess.CompletedProcess[str]") -> bool:
    """Whether what was printed is words alone."""
    return not _STEERED.search(ran.stdout + ran.stderr)


def test_no_words_that_are_held_steer_the_terminal(mindhold: Run) -> None:
    told = ("--content", "Kestrel \u202eis\u2066 red.", "--why", "Say \u202ered.")
    named = ("--name", "kestrel", "--alias", "the \u2066red\u2069 bird")
    assert mindhold("beliefs", "add", "--type", "entity", *told, *named).returncode == 0
    for words in (
        ("beliefs", "list"), ("beliefs", "list", "--json"), ("beliefs", "show", "kestrel"),
        ("beliefs", "show", "kestrel", "--json"), ("beliefs", "history"),
        ("export", "--format", "markdown"), ("recall", "kestrel", "--why"),
    ):  # fmt: skip
        ran = mindhold(*words)
        assert "estrel" in ran.stdout, words
        assert clean(ran), words
    exported = mindhold("export").stdout
    assert "\\u202eis\\u2066" in exported
    assert "1 known already" in mindhold("import", "-", typed=exported).stdout


@pytest.mark.parametrize(
    "words",
    [
        ("why", STEERS), ("tokens", "revoke", STEERS), ("import", STEERS), ("keys", "set", STEERS),
        ("beliefs", "show", STEERS), (STEERS,), ("beliefs", "list", "--type", STEERS),
    ],
    ids=lambda words: " ".join(words)[:16].partition("\x1b")[0],
)  # fmt: skip
def test_no_error_repeats_what_steers_the_terminal(words: tuple[str, ...], mindhold: Run) -> None:
    ran = mindhold(*words)
    assert ran.returncode
    assert ran.stderr.count("\n") == 1
    assert clean(ran)


def test_a_config_is_quoted_without_what_steers_the_terminal(mindhold: Run, home: Path) -> None:
    home.mkdir()
    (home / "config.yaml").write_text('"\\e[31mred\\e]0;t\\a": 1\n')
    ran = mindhold("status")
    assert ran.returncode == 3
    assert clean(ran)


def readable(home: Path) -> list[str]:
    """What others could read or write, if its directory let them."""
    every = (one for one in (home, *home.rglob("*")) if not one.is_symlink())
    return [str(one) for one in every if stat.S_IMODE(one.stat().st_mode) & 0o077]


def test_whatever_the_umask_no_file_is_for_others_and_a_program_that_is_run_keeps_it(
    mindhold: Run, home: Path
) -> None:
    before = os.umask(0o002)
    show = "import os; print(oct(os.umask(0)))"
    try:
        for words in (
            ("init", "--yes"),
            ("beliefs", "add", "--type", "entity", "--name", "kite", "--content", "A kite."),
            ("run", "--", sys.executable, "-c", show),
            ("recall", "kite"),
            ("stop",),
            ("beliefs", "forget", "kite", "--hard", "--yes"),
        ):
            ran = mindhold(*words)
            assert ran.returncode == 0, ran.stderr
            assert readable(home) == [], words
            assert words[0] != "run" or ran.stdout == "0o2\n"
            if words[0] == "init":  # a port of its own
                config = home / "config.yaml"
                config.write_text(config.read_text().replace("7723", str(free_port())))
    finally:
        os.umask(before)
        mindhold("stop")


def test_each_capability_that_is_said_is_given(mindhold: Run) -> None:
    made = mindhold("tokens", "create", "mine", "--can", "chat", "--can", "learn,read", "--json")
    assert json.loads(made.stdout)["can"] == ["chat", "learn", "read"]
    assert json.loads(mindhold("tokens", "create", "usual", "--json").stdout)["can"] == [
        "chat", "inject", "learn",
    ]  # fmt: skip
