"""`mindhold logs`: the end of the daemon's log, and what is added to it."""

import time
from collections import deque
from collections.abc import Iterator
from io import SEEK_END
from pathlib import Path
from typing import Annotated

import typer

from mindhold.cli.failure import Failed
from mindhold.cli.places import Places


def logs(
    follow: Annotated[
        bool, typer.Option("--follow", "-f", help="Go on as lines are added.")
    ] = False,
    lines: Annotated[
        int, typer.Option("--lines", "-n", min=0, help="How many of the last lines.")
    ] = 50,
) -> None:
    """Print the end of the daemon's log. It holds no message, belief or key."""
    from mindhold.cli.logfile import NAME

    log = Places.find().logs / NAME
    if not log.exists():
        raise Failed(f"There is no log yet; it will be {log}.")
    with log.open(encoding="utf-8", errors="replace") as file:
        for line in deque(file, maxlen=lines):
            typer.echo(line, nl=False)
    if follow:
        for line in _added(log):
            typer.echo(line, nl=False)


def _added(log: Path) -> Iterator[str]:
    """Lines as they come, over the moments at which the file is rotated away."""
    file = log.open(encoding="utf-8", errors="replace")
    file.seek(0, SEEK_END)
    while True:
        line = file.readline()
        if line:
            yield line
        elif _rotated(log, file.fileno()):
            file.close()
            file = log.open(encoding="utf-8", errors="replace")
        else:
            time.sleep(0.2)


def _rotated(log: Path, descriptor: int) -> bool:
    import os

    return log.exists() and log.stat().st_ino != os.fstat(descriptor).st_ino
