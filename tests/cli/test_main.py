"""The table of commands: complete, lazy, and helpful when misspelt."""

import subprocess
import sys

import pytest

from mindhold.cli.main import COMMANDS, load

HEAVY = ("starlette", "httpx", "tantivy", "yaml", "uvicorn", "keyring", "sqlite3", "asyncio")


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "mindhold", *arguments], capture_output=True, text=True, check=False
    )


def test_help_lists_every_command_with_its_line() -> None:
    shown = " ".join(run("--help").stdout.replace("│", " ").split())
    for name, entry in COMMANDS.items():
        assert f" {name} " in shown
        assert entry.help in shown


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "sys.argv = ['mindhold', '--help']\n"
        "from mindhold.cli.main import main\n"
        "try: main()\n"
        f"except SystemExit: print('heavy:', *(set({HEAVY!r}) & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1].strip() == "heavy:"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_of_the_table_is_there_and_says_what_it_does(name: str) -> None:
    command = load(name)
    assert command.help, f"{name} has no docstring"


def test_an_unknown_command_is_a_usage_error_of_one_line() -> None:
    done = run("remember")
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
