"""What goes to the terminal: JSON for programs, marked words and columns for people."""

import json
import os
import re
import shlex
import shutil
import sys
import sysconfig
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from mindhold.cli.places import Places

# Controls that JSON leaves as they are, marks of direction, line separators, tags, surrogates.
_STEERS = re.compile(
    "[\x7f-\x9f\xad\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
AsJson = Annotated[bool, typer.Option("--json", help="For programs.")]


def data(value: object) -> None:
    """Print a value as JSON."""
    typer.echo(dumped(value, indent=2))


def dumped(value: object, *, indent: int | None = None) -> str:
    """A value as JSON; what would steer a terminal, or hide from a reader of it, is escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=indent, default=str)
    return _STEERS.sub(lambda found: json.dumps(found[0])[1:-1], text)


def table(rows: Sequence[Mapping[str, object]], *, none: str) -> None:
    """Print rows under their keys, columns aligned; `none` where there are none."""
    if not rows:
        typer.echo(none)
        return
    cells = [list(rows[0])] + [[_cell(value) for value in row.values()] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for number, line in enumerate(cells):
        words = zip(line, widths, strict=True)
        text = "  ".join(word.ljust(width) for word, width in words).rstrip()
        typer.echo(typer.style(text, bold=True) if not number and colourful() else text)


def _cell(value: object) -> str:
    if isinstance(value, list | tuple):
        return " ".join(map(str, value))
    return "" if value is None else str(value)


def at_terminal() -> bool:
    """Whether somebody sits there who can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def colourful() -> bool:
    """Whether colours are wanted: on a terminal, unless NO_COLOR says not."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def mark(text: str, colour: str) -> str:
    """The text in a colour, where colours are wanted."""
    return typer.style(text, fg=colour, bold=True) if colourful() else text


def invocation(places: Places) -> str:
    """How another terminal calls this very command for these very places, ready for a shell."""
    named = [f"{key}={shlex.quote(value)}" for key, value in places.environment().items()]
    return " ".join([*named, _program()])


def _program() -> str:
    script = Path(sysconfig.get_path("scripts")) / "mindhold"
    on_path = shutil.which("mindhold")
    if on_path and Path(on_path).resolve() == script.resolve():
        return "mindhold"
    if script.exists():
        return shlex.quote(str(script))
    return f"{shlex.quote(sys.executable)} -m mindhold"
