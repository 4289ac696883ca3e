"""What every fault must leave true, and the decorator that makes a function one of them.

A fault is a generator: what it does before its `yield` breaks something under a running daemon,
what it does after mends it. `survive` is the story around it.
"""

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from mindhold.cli.status import look, troubles

from .place import Place, Said

Put = Callable[[Place], Iterator[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One row of the table of faults in docs/trust.md.

    `reason`: what the header says while it lasts; None where memory goes on, after a moment.
    `disk`: the home lies on a disk of its own, of this kind. `code`: how a command ends meanwhile.
    """

    id: str
    title: str
    put: Put
    reason: str | None
    disk: str | None
    code: int


FAULTS: list[Fault] = []


def fault(
    id: str,
    title: str,
    *,
    reason: str | None,
    disk: str | None = None,
    code: int = 0,
) -> Callable[[Put], Put]:
    """Enters a generator into the table."""

    def enter(put: Put) -> Put:
        made = Fault(id=id, title=title, put=put, reason=reason, disk=disk, code=code)
        FAULTS.append(made)
        return put

    return enter


def survive(fault: Fault, place: Place) -> None:
    """The daemon serves before, through and after the fault, and by itself.

    Raises `AssertionError` where a chat is touched, nothing is said or counted, what was held is
    lost, what was said meanwhile is not learned, or the daemon needs a hand.
    """
    held = place.held()
    with contextmanager(fault.put)(place):
        pid, before = place.pid, place.health()
        place.until(lambda: _told(fault, _chat(place)))
        place.say(f"We use tool{len(held)}x.")
        asked = place.mindhold("beliefs", "list")
        assert asked.returncode == fault.code, asked.stdout + asked.stderr
        assert not fault.code or _one_sentence(asked.stderr)
        if fault.reason:
            during = place.health()
            assert (during["memory"], during["reason"]) == ("bypass", fault.reason)
            assert during["bypassed"] >= before["bypassed"] + 2, f"{before} {during}"
            _explained(place, during)
    place.until(lambda: place.health()["memory"] == "on")
    place.until(lambda: place.say("What of tool0x?").given)
    place.until(lambda: place.held() == sorted([*held, f"tool{len(held)}x"]))
    place.until(lambda: not place.health()["unwritten"])
    assert place.child
    assert (place.child.poll(), place.pid) == (None, pid)


def _explained(place: Place, during: dict[str, Any]) -> None:
    """That `status` says in words what is wrong, since when, and what to do."""
    told = [one for one in troubles(look(place.places)) if one.weight == "out"]
    assert all(one.todo for one in told), told
    (memory,) = [one for one in told if one.part == "memory"]
    assert memory.said.startswith("Chat goes on without memory: ")
    assert memory.since == datetime.fromisoformat(during["since"]) <= datetime.now(UTC)


def _one_sentence(told: str) -> bool:
    return told.startswith("mindhold: ") and told.endswith(".\n") and told.count("\n") == 1


def _chat(place: Place) -> Said:
    """A chat that goes on whatever happens."""
    said = place.say("What of tool0x?")
    assert said.status == 200
    assert b"All right." in said.answered
    assert said.given or said.seen == said.sent
    return said


def _told(fault: Fault, said: Said) -> bool:
    """Whether the header says what is the matter, if anything is."""
    if fault.reason is None:
        return said.given
    return said.memory == f"bypass; reason={fault.reason}" and said.seen == said.sent


@contextmanager
def disk(at: Path, kind: str) -> Iterator[None]:
    """A small disk of its own at a directory; skips, and says so, where none can be mounted.

    At the end it is gone, wherever beside `at` it may have been moved.
    """
    at.mkdir(exist_ok=True)
    made = Path("/proc/mounts").exists() and mount(at, kind)
    if not made:
        pytest.skip("NOT TESTED: a disk of its own can only be mounted by root on Linux")
    try:
        yield
    finally:
        unmount(at.parent)


def mount(at: Path, kind: str, name: str = "disk") -> bool:
    """Whether that could be done. A disk of kind ext4 lies in a file beside its place."""
    file = at.parent / name
    options = ["-t", "tmpfs", "-o", "size=8m,mode=700", "none"]
    if kind == "ext4":
        options = ["-o", "loop,errors=remount-ro", str(file)]
        if not file.exists() and not _formatted(file):
            return False
    return not subprocess.run(
        ["mount", *options, str(at)], capture_output=True, check=False
    ).returncode


def unmount(below: Path) -> None:
    """Takes away every disk below a directory, also one that is in use."""
    mounted = [line.split()[1] for line in Path("/proc/mounts").read_text().splitlines()]
    for there in {path for path in mounted if path.startswith(f"{below}/")}:
        subprocess.run(["umount", "--lazy", there], check=True)


def _formatted(file: Path) -> bool:
    file.touch()
    os.truncate(file, 16 << 20)
    try:
        subprocess.run(["mkfs.ext4", "-q", file], capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return False
    return True
