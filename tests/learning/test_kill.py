"""Kill: a learner that dies at any moment leaves every turn learned from once, in the end."""

import os
import random
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import points
import pytest
from dying import died
from homes import passing_home
from kills import survive

from mindhold.beliefs.learning.learner import Learner
from mindhold.beliefs.learning.queue import Queue
from mindhold.beliefs.learning.said import Said
from mindhold.beliefs.store import Store

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
TURNS = 120
KILLS = 6
BUSY = 1.0  # seconds that a turn may take to be kept where other tests run too
DRAIN = """
import sys
from pathlib import Path
from mindhold.beliefs.learning.learner import Learner
from mindhold.beliefs.learning.queue import Queue
from mindhold.beliefs.store import Store
with Store.open(Path(sys.argv[1])) as store:
    print("draining", flush=True)
    Learner(store).drain(Queue(store))
"""


def test_turns_are_learned_once_each_whenever_the_learner_is_killed(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        queue = Queue(store)
        for n in range(TURNS):
            conversation, client = f"c{n}", f"client{n % 10}"
            assert queue.offer(
                Said(
                    text=f"We use tool{n}x.", scopes=("project:shop",), at=AT,
                    conversation=conversation, client=client,
                )
            )  # fmt: skip
    for pause in (0.0, 0.01, 0.02, 0.03, 0.05):
        killed_after(tmp_path, pause)
    with Store.open(tmp_path) as store:
        Learner(store).drain(Queue(store))
        held = [belief.canonical_name for belief in store.select()]
        assert sorted(held) == sorted(f"tool{n}x" for n in range(TURNS))
        assert all(len(belief.evidence) == 1 for belief in store.select())
        assert store.sequence == TURNS


def test_a_turn_is_learned_once_whichever_statement_the_learner_died_before(
    tmp_path: Path,
) -> None:
    number, killed = 0, True
    while killed:
        home = tmp_path / str(number)
        with Store.open(home) as store:
            text = "We moved from Jest to Vitest. We use Postgres."
            assert Queue(store).offer(Said(text=text, scopes=("project:shop",), at=AT))
        killed = died(partial(drain, home), before=number)
        drain(home)
        with Store.open(home) as store:
            held = {one.canonical_name: len(one.evidence) for one in store.select()}
            assert held == {"vitest": 1, "postgres": 1}
            assert list(store.select(at=datetime.now(UTC))) == list(store.select())
        number += 5
    assert number > 40


def drain(home: Path) -> None:
    """Learns from all that waits."""
    with Store.open(home) as store:
        Learner(store).drain(Queue(store))


@pytest.mark.timeout(300)
def test_a_daemon_that_is_killed_again_and_again_learns_each_turn_once() -> None:
    with passing_home() as home:
        kills = survive(home, KILLS, random.Random(), background=True, after=BUSY)
    assert kills.killed == KILLS
    assert kills.answered


@pytest.mark.timeout(300)
def test_wherever_a_daemon_dies_it_leaves_the_first_of_what_was_said() -> None:
    with passing_home() as home:
        found = points.survive(home / "home", 1, random.Random(), held=100, after=BUSY)
    assert found.killed == dict.fromkeys(points.POINTS, 1)


def killed_after(home: Path, pause: float) -> None:
    """Starts a learner, lets it work a little, and kills it."""
    command = [sys.executable, "-c", DRAIN, str(home)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as learner:
        assert learner.stdout is not None
        learner.stdout.readline()
        time.sleep(pause)
        os.kill(learner.pid, signal.SIGKILL)
