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


def forked(runs: Sequence[Run], *, within: float, together: bool = False) -> list[Ran]:
    """What came of them, one after the other or all `together`.

    Raises `TimeoutExpired` after so many seconds.
    """
    done = subprocess.run(
        [sys.executable, "-P", __file__, *(["together"] * together)],
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
    runs = [Run(**run) for run in json.load(sys.stdin)]
    if sys.argv[1:] == ["together"]:
        ran = [_ended(*one) for one in [_begun(run) for run in runs]]
    else:
        ran = [_ended(*_begun(run)) for run in runs]
    json.dump(ran, sys.stdout)


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


def _ended(child: int, out: IO[bytes]) -> dict[str, object]:
    _, status = os.waitpid(child, 0)
    out.seek(0)
    return asdict(Ran(code=os.waitstatus_to_exitcode(status), said=out.read().decode()))


if __name__ == "__main__":
    main()
