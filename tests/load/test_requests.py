"""Calls of every kind through a real daemon, many of them wrong: each ends as it must."""

from pathlib import Path

from burden import TOGETHER, burdened, requests
from waiting import until

COUNT = 300
KEPT = TOGETHER + 5  # connections to the upstreams, idle, and a few files


def test_calls_of_every_kind_end_as_they_must_and_leave_nothing_open(tmp_path: Path) -> None:
    with burdened(tmp_path, deadline_ms=2_000) as running:  # whatever else this machine does
        before = running.descriptors()
        borne = requests(running, COUNT)
        assert borne.outcomes["injected"] > COUNT // 2, borne.told()
        assert len(borne.kinds) >= 7, borne.asked()
        until(lambda: running.descriptors() <= before + KEPT)
