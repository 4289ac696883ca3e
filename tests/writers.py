"""Processes that write as fast as they can, in transactions that a copy must not part."""

import os
import subprocess
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

_WRITER = """
import sys
from pathlib import Path
from made import NOW, belief
from mindhold.beliefs.store import Store

with Store.open(Path(sys.argv[1])) as store:
    for number in range(100_000):
        with store.write(actor="owner", now=NOW) as write, write.whole():
            for half in "ab":  # a pair is one transaction: a copy has both or none
                write.add(belief(f"{sys.argv[2]}_{number}_{half}"))
        print(number, flush=True)
"""


@contextmanager
def writing(home: Path, count: int) -> Iterator[None]:
    """So many processes write pairs of beliefs, each a transaction, until the end of the block."""
    root = Path(__file__).parents[1]
    environment = {**os.environ, "PYTHONPATH": f"{root / 'src'}:{root / 'tests'}"}
    command = [sys.executable, "-W", "ignore::ResourceWarning", "-c", _WRITER, home]
    writers = [
        subprocess.Popen([*command, f"p{number}"], stdout=subprocess.PIPE, env=environment)
        for number in range(count)
    ]
    try:
        for writer in writers:
            assert writer.stdout
            writer.stdout.readline()
        yield
    finally:
        for writer in writers:
            writer.kill()
            writer.communicate()


def paired(names: Collection[str]) -> bool:
    """Whether of each pair both are among the names, or none."""
    return all(f"{name[:-1]}{'ab'[name[-1] == 'a']}" in names for name in names)
