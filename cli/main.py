"""The `mindhold` command: the table of its commands, each imported only when it is called."""

import os
import sys
from importlib import import_module
from io import TextIOWrapper
from typing import Annotated, Any, NamedTuple

import typer
from typer.core import TyperCommand, TyperGroup

from mindhold import __version__
from mindhold.cli.failure import exit_code

SERVING = "Run it"
CLIENTS = "Point clients at it"
MEMORY = "What is held"
SETTINGS = "Keys, scopes, access"


class Command(NamedTuple):
    """Where a command lives (`module:name` in this package) and its one line of help.

    The name is a function, or a `typer.Typer` where there are sub-commands.
    """

    place: str
    help: str
    panel: str


COMMANDS: dict[str, Command] = {
    "init": Command("init:init", "A short interview; writes the config.", SERVING),
    "demo": Command("demo:demo", "The whole story in a minute; no key, no network.", SERVING),
    "serve": Command("serve:serve", "Run the proxy in the foreground.", SERVING),
    "start": Command("background:start", "Start the daemon in the background.", SERVING),
    "stop": Command("background:stop", "Stop the daemon after its open streams.", SERVING),
    "restart": Command("background:restart", "Stop it and start it again.", SERVING),
    "status": Command("status:status", "What is wrong, and where everything is.", SERVING),
    "logs": Command("logs:logs", "The daemon's log; -f follows it.", SERVING),
    "doctor": Command("doctor:doctor", "Look at every part, and say what to do.", SERVING),
    "service": Command("service:app", "Start the daemon at login.", SERVING),
    "run": Command("run:app", "Run a program with its clients pointed at it.", CLIENTS),
    "env": Command("environment:env", "Lines that point this shell at the proxy.", CLIENTS),
    "beliefs": Command("beliefs:app", "What is held: read it, correct it, forget it.", MEMORY),
    "review": Command("review:app", "What waits for you: approve it, reject it, edit it.", MEMORY),
    "learn": Command("learn:learn", "What a conversation teaches, and why (not).", MEMORY),
    "recall": Command("recall:recall", "What a message would be given, and why.", MEMORY),
    "why": Command("why:why", "What a past request was given, and why (not).", MEMORY),
    "import": Command("exchange:import_", "Take in beliefs, as export writes them.", MEMORY),
    "export": Command("exchange:export", "Print the beliefs, as JSON lines or Markdown.", MEMORY),
    "backup": Command("backup:backup", "Everything that is held, in one encrypted file.", MEMORY),
    "restore": Command("restore:restore", "Put a backup, or a snapshot, in its place.", MEMORY),
    "pause": Command("switches:pause", "Stop learning or injecting for a while.", MEMORY),
    "resume": Command("switches:resume", "Learn and inject again.", MEMORY),
    "scopes": Command("scopes:app", "The parts of a life that beliefs belong to.", SETTINGS),
    "upstreams": Command("upstreams:app", "Where calls go, and whether they arrive.", SETTINGS),
    "keys": Command("keys:app", "The API keys that the proxy holds.", SETTINGS),
    "tokens": Command("tokens:app", "Access tokens: who may use the proxy.", SETTINGS),
    "encrypt": Command("encryption:encrypt", "Encrypt the store at rest.", SETTINGS),
    "decrypt": Command("encryption:decrypt", "Make it a plain file again.", SETTINGS),
    "rekey": Command("encryption:rekey", "Give an encrypted store another key.", SETTINGS),
    "seal": Command("seal:seal", "Where the key that proves each belief is kept.", SETTINGS),
    "eval": Command("evaluate:app", "Measure retrieval and learning on files.", SETTINGS),
}

_COMPLETION = frozenset({"install_completion", "show_completion"})


class Commands(TyperGroup):
    """Lists the table without importing anything of it; the command called is then imported."""

    def __init__(self, **attrs: Any) -> None:
        super().__init__(**attrs)
        self.commands = {
            name: TyperCommand(name, help=entry.help, rich_help_panel=entry.panel)
            for name, entry in COMMANDS.items()
        }

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """As the parent's, which finds the line of help, with the real command in its place."""
        name, found, rest = super().resolve_command(ctx, args)
        return name, load(found.name) if found and found.name else None, rest


def load(name: str) -> Any:
    """The command of the table by that name, ready to be invoked."""
    module, _, attribute = COMMANDS[name].place.partition(":")
    target = getattr(import_module(f"mindhold.cli.{module}"), attribute)
    if not isinstance(target, typer.Typer):
        function, target = target, typer.Typer(add_completion=False)
        target.command()(function)
    command = typer.main.get_command(target)
    command.name = name
    # Completion is installed for the whole program, not for one of its parts.
    command.params = [one for one in command.params if one.name not in _COMPLETION]
    return command


app = typer.Typer(
    name="mindhold",
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"mindhold {__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    """Memory that you own, for every LLM you use."""


def _open_streams() -> None:
    """Who closed one of them wants nothing from it: its number must not go to a file of ours."""
    while (opened := os.open(os.devnull, os.O_RDWR)) < 3:
        continue
    os.close(opened)
    sys.stdin = sys.stdin or open(0, closefd=False)  # noqa: SIM115 - for as long as the process
    sys.stdout = sys.stdout or open(1, "w", closefd=False)  # noqa: SIM115
    sys.stderr = sys.stderr or open(2, "w", closefd=False)  # noqa: SIM115


def main() -> None:
    """Run the command line; the process ends with one of the documented exit codes.

    What it writes is its owner's alone. The umask that it found is its context's object, for what
    it runs in its place.
    """
    theirs = os.umask(0o077)
    _open_streams()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a locale without our letters is no failure
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")
    arguments = sys.argv[1:] or ["--help"]
    sys.exit(exit_code(lambda: app(arguments, standalone_mode=False, obj=theirs)))
