"""Many chats at once through a real daemon, with memory on: none is cut, none is refused."""

import resource
from pathlib import Path

from burden import burdened, streams
from daemon import daemon

COUNT = 100
BUSY, LATE = "bypass; reason=recall busy", "bypass; reason=recall late"


def test_a_hundred_streams_begun_in_the_same_moment_all_come_whole(tmp_path: Path) -> None:
    with burdened(tmp_path, deadline_ms=2_000) as running:  # whatever else this machine does
        borne = streams(running, COUNT, pause=0.05)
    assert borne.outcomes.total() == COUNT
    assert set(borne.outcomes) <= {"injected", BUSY, LATE}
    assert borne.outcomes["injected"] > COUNT // 4, borne.told()
    assert max(borne.descriptors) >= 2 * COUNT, "they were not open at once"
    assert borne.rss[-1] - borne.rss[0] < 32 << 20


def test_a_daemon_makes_room_for_more_chats_than_a_shell_gives(tmp_path: Path) -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    (tmp_path / "home").mkdir()
    with daemon(tmp_path / "home", descriptors=256) as running:
        limits = Path(f"/proc/{running.child.pid}/limits").read_text()
    row = next(line for line in limits.splitlines() if line.startswith("Max open files"))
    assert int(row.split()[3]) == min(hard, 8_192)
