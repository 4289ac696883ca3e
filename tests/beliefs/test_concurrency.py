"""Several processes write at once; any of them may be killed."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from made import NOW, belief

from mindhold.beliefs.model import State
from mindhold.beliefs.store import Store

ROOT = Path(__file__).parent.parent.parent
OPERATIONS = 250

WRITER = """
import sys
from pathlib import Path
from made import NOW, belief, quote
from mindhold.beliefs.store import Store

home, name, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
for number in range(count):
    if number % 25 == 0:  # a command line opens and closes its own
        store = Store.open(home)
    with store.write(actor="owner", now=NOW) as write:
        if number % 2 == 0:
            made = write.add(belief(f"{name}_{number}"))
        else:
            write.reinforce(made.id, quote(conversation=str(number)))
    print(made.id, flush=True)
    if number % 25 == 24:
        store.close()
"""


def writer(home: Path, name: str, count: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-W", "ignore::ResourceWarning", "-c", WRITER, home, name, str(count)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT / 'tests'}"},
    )


def test_four_processes_write_at_once_and_none_is_turned_away(tmp_path: Path) -> None:
    Store.open(tmp_path).close()
    running = [writer(tmp_path, f"process_{number}", OPERATIONS) for number in range(4)]
    done = [process.communicate(timeout=100) for process in running]
    assert [errors for _, errors in done] == [""] * 4
    with Store.open(tmp_path) as store:
        assert store.sequence == 4 * OPERATIONS
        held = list(store.select())
        assert len(held) == 2 * OPERATIONS
        assert all(b.reinforced == 1 and b.state is State.ACTIVE for b in held)
        assert store.database.rows("PRAGMA integrity_check")[0][0] == "ok"


def test_a_killed_writer_loses_nothing_that_it_had_acknowledged(tmp_path: Path) -> None:
    Store.open(tmp_path).close()
    acknowledged: list[str] = []
    for number in range(8):
        process = writer(tmp_path, f"round_{number}", 100_000)
        assert process.stdout is not None
        # Read as bytes come, to the end: a text reader would keep some in a buffer of its own.
        printed = os.read(process.stdout.fileno(), 26)
        while len(printed) < 27 * (1 + number * 3):
            printed += os.read(process.stdout.fileno(), 4096)
        process.send_signal(signal.SIGKILL)
        while more := os.read(process.stdout.fileno(), 65536):
            printed += more
        process.communicate()
        acknowledged += printed.decode().split("\n")[:-1]  # the last line may be cut
    started = time.monotonic()
    with Store.open(tmp_path) as store:
        assert time.monotonic() - started < 5
        assert store.many(acknowledged).keys() == set(acknowledged)
        assert {b.id: b for b in store.select(at=NOW)} == {b.id: b for b in store.select()}
        with store.write(actor="owner", now=NOW) as write:
            write.add(belief("after"))
        assert store.database.rows("PRAGMA integrity_check")[0][0] == "ok"
