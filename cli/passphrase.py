"""Passphrases: typed twice where they are new, or read from a file or a pipe; never an argument."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from mindhold.cli.failure import Failed
from mindhold.cli.terminal import at_terminal

File = Annotated[
    Path | None,
    typer.Option("--passphrase-file", metavar="FILE", help="Its first line; - is what is piped."),
]
_LEAST = 8  # characters of a new one


def asked(file: Path | None, *, new: bool) -> str:
    """The passphrase; a new one is asked for twice and must have eight characters."""
    if file is None and at_terminal():
        told = str(typer.prompt("Passphrase", hide_input=True, confirmation_prompt=new, err=True))
    elif file is None or str(file) == "-":
        told = sys.stdin.readline()
    else:
        with file.open(encoding="utf-8", errors="surrogateescape") as lines:
            told = lines.readline()
    told = told.rstrip("\r\n")
    if not told:
        raise Failed("No passphrase was given: type one, pipe it, or name a --passphrase-file.")
    if new and len(told) < _LEAST:
        raise Failed(f"A passphrase of {len(told)} characters is soon guessed: take eight or more.")
    return told
