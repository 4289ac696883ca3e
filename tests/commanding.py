"""Commanding: command lines that write at once, as fast as they can, while a daemon is at work.

Each is a process that calls the command's own entry for one operation after the other, which opens
the store, changes it and closes it, as the command itself does.
"""

import json
import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from faults.place import Place, settled

from mindhold.beliefs.store import Store

_LINES = 4
_COMMANDS = """
import contextlib, io, json, sys, time
from mindhold.cli.failure import exit_code
from mindhold.cli.main import app

name, count = sys.argv[1], int(sys.argv[2])
worst, told = 0.0, []
for number in range(count):
    one, turn = f"{name}_{number // 4}", number % 4
    arguments = ["beliefs", *(
        ["add", "--type", "decision", "--name", one, "--content", f"We chose {one}."],
        ["edit", one, "--content", f"We chose {one} in the end."],
        ["pin", one],
        ["unpin", one],
    )[turn]]
    began, said = time.monotonic(), io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        code = exit_code(lambda: app(arguments, standalone_mode=False, obj=0o077))
    worst = max(worst, time.monotonic() - began)
    if code:
        told.append(said.getvalue())
print(json.dumps([worst, told]))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Commanded:
    """How long the longest operation took, in seconds; chats meanwhile, and what else was told."""

    worst: float
    chats: int
    told: tuple[str, ...]


def command(home: Path, count: int) -> Commanded:
    """So many operations by four command lines, beside a daemon that learns from chats.

    Raises `AssertionError` where one is lost, or a chat is touched.
    """
    each = count // _LINES
    with settled(home) as place:
        chats, over = [0], threading.Event()
        talking = threading.Thread(target=_chat, args=(place, chats, over))
        talking.start()
        try:
            found = [json.loads(line) for line in _commanded(home, each)]
        finally:
            over.set()
            talking.join()
        place.until(lambda: not place.health()["unwritten"])
        with Store.open(home) as store:
            names = [one.canonical_name for one in store.select()]
            made = sum(name.startswith("line") for name in names)
            assert made == _LINES * -(-each // 4), f"{made} were made"  # one of four operations
            assert store.database.rows("PRAGMA integrity_check")[0][0] == "ok"
    told = tuple(line for _, lines in found for line in lines)
    return Commanded(worst=max(worst for worst, _ in found), chats=chats[0], told=told)


def _chat(place: Place, chats: list[int], over: threading.Event) -> None:
    while not over.is_set():
        assert place.say(f"We use chat{chats[0]}x.").status == 200
        chats[0] += 1
        time.sleep(0.05)


def _commanded(home: Path, each: int) -> list[str]:
    root = Path(__file__).parents[1]
    environment = {**os.environ, "PYTHONPATH": str(root / "src"), "MINDHOLD_HOME": str(home)}
    lines = [
        subprocess.Popen(
            [sys.executable, "-c", _COMMANDS, f"line{number}", str(each)],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment,
        )
        for number in range(_LINES)
    ]  # fmt: skip
    return [line.communicate()[0] for line in lines]
