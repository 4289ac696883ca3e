"""Doomed: a real daemon that dies by SIGKILL at a named point of its work.

A process that has imported everything waits for orders and makes a child of itself for each life:
that starts `mindhold serve` where the n-th call of one function, or the n-th statement of one kind,
is its last. The product knows nothing of it.
"""

import json
import os
import select
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from ports import free_port


class Point(NamedTuple):
    """Where it dies: a function of mindhold, or how a statement of SQL begins.

    `after`: when the function has returned. `once`: it comes there once in a life.
    """

    place: str
    after: bool = False
    once: bool = False


class Fork:
    """The process that waits for orders."""

    def __init__(self, child: subprocess.Popen[str]) -> None:
        self._child = child

    def begin(self, point: Point, last: int) -> int:
        """Begins a life that ends when the point is come to so many times; its port."""
        port = free_port()
        assert self._child.stdin
        self._child.stdin.write(json.dumps({"point": point, "last": last, "port": port}) + "\n")
        self._child.stdin.flush()
        return port

    def dead(self) -> bool:
        """Whether it has died."""
        assert self._child.stdout
        return bool(select.select([self._child.stdout], [], [], 0)[0])

    def died(self) -> float:
        """When it had died, on the clock of all processes; waits for that."""
        assert self._child.stdout
        number, at = json.loads(self._child.stdout.readline())
        assert number == signal.SIGKILL, f"it ended by itself: {number}"
        return float(at)


@contextmanager
def forked(home: Path) -> Iterator[Fork]:
    root = Path(__file__).parents[1]
    environment = {**os.environ, "PYTHONPATH": f"{root / 'src'}:{root / 'tests'}"}
    environment |= {"MINDHOLD_HOME": str(home), "PYTHONWARNINGS": "ignore"}
    environment.pop("MINDHOLD_CONFIG", None)
    with (home / "stderr").open("w") as stderr, subprocess.Popen(
        [sys.executable, __file__], text=True, env=environment,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=stderr,
    ) as child:  # fmt: skip
        yield Fork(child)
        assert child.stdin
        child.stdin.close()


def _serve_orders() -> None:
    """The process that waits: a child of itself for each order, one after the other."""
    _import_all()
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if not child:
            _live(order)
        _, status = os.waitpid(child, 0)
        died = [-os.waitstatus_to_exitcode(status), time.monotonic()]
        sys.stdout.write(json.dumps(died) + "\n")
        sys.stdout.flush()


def _import_all() -> None:
    for name in ("cli.serve", "cli.daemon", "cli.logfile", "cli.port", "proxy.app", "proxy.server"):
        import_module(f"mindhold.{name}")


def _live(order: dict[str, Any]) -> None:
    from mindhold.cli.main import main

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    _die(Point(*order["point"]), order["last"])
    sys.argv = ["mindhold", "serve", f"--port={order['port']}"]
    try:
        main()
    finally:
        os._exit(0)


def _die(point: Point, last: int) -> None:
    left = [last]

    def come() -> None:
        left[0] -= 1
        if left[0] <= 0:
            os.kill(os.getpid(), signal.SIGKILL)

    if ":" in point.place:
        _wrap(point, come)
    else:
        _watch(point.place, come)


def _wrap(point: Point, come: Callable[[], None]) -> None:
    module, _, path = point.place.partition(":")
    owner: Any = import_module(f"mindhold.{module}")
    *outer, name = path.split(".")
    for each in outer:
        owner = getattr(owner, each)
    function = getattr(owner, name)

    @wraps(function)
    def wrapped(*arguments: Any, **named: Any) -> Any:
        if not point.after:
            come()
        returned = function(*arguments, **named)
        if point.after:
            come()
        return returned

    setattr(owner, name, wrapped)


def _watch(begin: str, come: Callable[[], None]) -> None:
    connect = sqlite3.connect

    def see(statement: str) -> None:
        if statement.startswith(begin):
            come()

    def connecting(*arguments: Any, **named: Any) -> sqlite3.Connection:
        made: sqlite3.Connection = connect(*arguments, **named)
        made.set_trace_callback(see)
        return made

    sqlite3.connect = connecting  # type: ignore[assignment]


if __name__ == "__main__":
    _serve_orders()
