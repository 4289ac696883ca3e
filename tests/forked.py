"""Many commands, each a process of its own, forked off one that has imported everything.

An import costs half a second of the machine each time; what a command does is often much less.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib import import_module
from tempfile import TemporaryFile
from typing import IO

_OURS = ("cli.main", "cli.keys", "cli.beliefs", "cli.changes", "cli.seal", "proxy.config")
_THEIRS = ("keyring.backends.chainer", "keyring.backends.SecretService", "keyring.backends.fail")


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A command: its words, the variables that it has beside ours, and what it reads."""

    words: Sequence[str]
    environ: Mapping[str, str]
    typed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What it exited with, and all that it said."""

    code: int
    said: str


def forked(runs: Sequence[Run], *, within: float, at_once: int = 1) -> list[Ran]:
    """What came of them, in their order; raises `TimeoutExpired` after so many seconds."""
    done = subprocess.run(
        [sys.executable, "-P", __file__, str(at_once)],
        input=json.dumps([asdict(run) for run in runs]),
        capture_output=True,
        text=True,
        timeout=within,
        check=True,
    )
    return [Ran(**ran) for ran in json.loads(done.stdout)]


def main() -> None:
    """The process that the others are forked from."""
    for module in (*(f"mindhold.{one}" for one in _OURS), *_THEIRS):
        import_module(module)
    runs, at_once = [Run(**run) for run in json.load(sys.stdin)], int(sys.argv[1])
    running: dict[int, tuple[int, IO[bytes]]] = {}
    ran: dict[int, dict[str, object]] = {}
    for number, run in enumerate(runs):
        if len(running) == at_once:
            _await_one(running, ran)
        child, out = _begun(run)
        running[child] = number, out
    while running:
        _await_one(running, ran)
    json.dump([ran[number] for number in range(len(runs))], sys.stdout)


def _await_one(
    running: dict[int, tuple[int, IO[bytes]]], ran: dict[int, dict[str, object]]
) -> None:
    child, status = os.wait()
    number, out = running.pop(child)
    out.seek(0)
    code = os.waitstatus_to_exitcode(status)
    ran[number] = asdict(Ran(code=code, said=out.read().decode()))


def _begun(run: Run) -> tuple[int, IO[bytes]]:
    out = TemporaryFile()  # noqa: SIM115 - read when the command has ended
    if child := os.fork():
        return child, out
    with TemporaryFile() as typed:
        typed.write(run.typed.encode())
        typed.seek(0)
        for number, file in enumerate((typed, out, out)):
            os.dup2(file.fileno(), number)
    os.environ.update(run.environ)
    sys.path[:0] = filter(None, run.environ.get("PYTHONPATH", "").split(os.pathsep))
    sys.argv = ["mindhold", *run.words]
    sys.stdin = open(0)  # noqa: SIM115 - the parent's has been read to its end
    import_module("mindhold.cli.main").main()
    raise AssertionError("it ends the process")


if __name__ == "__main__":
    main()
