"""Failures at the terminal: one line on stderr and an exit code, in one place for all commands.

0 ok · 1 the request cannot be met · 2 usage · 3 settings · 4 store
"""

import os
import signal
import sys
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import typer

from mindhold.beliefs.errors import BeliefError, StoreError
from mindhold.cli.places import Places
from mindhold.proxy.keys import KeyUnavailable
from mindhold.proxy.settings import ConfigError


class Failed(Exception):
    """What was asked cannot be done; one sentence for the person who asked."""


_CODES: tuple[tuple[type[Exception], int], ...] = (
    (Failed, 1),
    (BeliefError, 1),
    (KeyUnavailable, 1),
    (ConfigError, 3),
    (StoreError, 4),
)


def exit_code(run: Callable[[], object]) -> int:
    """Run a command and return what the process shall exit with; every failure is told here."""
    try:
        returned = run()
        sys.stdout.flush()
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader has gone, as `head` does: nothing to say
        _drop_output()
        return 128 + signal.SIGPIPE
    except Exception as error:  # noqa: BLE001 - the promise is one line, whatever happened
        return _tell(error)
    return returned if isinstance(returned, int) else 0


def _drop_output() -> None:
    """Leaves nothing to be flushed on the way out, where it would fail once more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _tell(error: Exception) -> int:
    for kind, code in _CODES:
        if isinstance(error, kind):
            return _say(str(error), code)
    if isinstance(error, typer.TyperException):
        return _say(_usage(error), error.exit_code)
    if isinstance(error, typer.Abort):
        # Ctrl-C leaves the cursor behind a question.
        return _say("Stopped.", 1, begin="\n" if sys.stderr.isatty() else "")
    if isinstance(error, UnicodeEncodeError) and "surrogates" in error.reason:
        return _say("What was typed is not UTF-8 text.", 2)
    if isinstance(error, OSError) and error.strerror:
        try:
            sys.stdout.flush()
        except OSError:
            _drop_output()
        return _say(f"{error.filename or 'What was to be written'}: {error.strerror}.", 1)
    return _say(_unexpected(error), 1)


def _say(line: str, code: int, *, begin: str = "") -> int:
    """Tells it; what it quotes of an argument, a file or its name may steer no terminal."""
    if line:
        from mindhold.cli.screen import plain

        sys.stderr.write(f"{begin}mindhold: {plain(line)}\n")
    return code


def _usage(error: typer.TyperException) -> str:
    """The parser's sentence and where to read on; empty when it has printed the help instead."""
    message = error.format_message()
    context: typer.Context | None = getattr(error, "ctx", None)
    if message and context:
        message = message if message.endswith((".", "?")) else f"{message}."
        message += f" See {context.command_path} --help."
    return message


def _unexpected(error: Exception) -> str:
    name = type(error).__name__
    try:
        where = _record(error, Places.find().logs / "errors.log")
    except OSError:
        return f"An unexpected {name}, which could not be written to a log."
    return f"An unexpected {name}; where it happened stands in {where}."


def _record(error: Exception, log: Path) -> Path:
    """Append where it happened: types, files and lines only, since messages may quote the owner."""
    log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"{datetime.now(UTC).isoformat(timespec='seconds')} {type(error).__name__}"]
    lines += [f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
    size = log.stat().st_size if log.exists() else 0
    with log.open("a" if size < 1 << 20 else "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    return log
