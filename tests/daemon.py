"""A real daemon: `mindhold serve` as a process of its own, and what it takes of the machine."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ports import free_port


@dataclass(frozen=True, slots=True, kw_only=True)
class Daemon:
    """A running daemon."""

    child: subprocess.Popen[str]
    port: int

    def rss(self) -> int:
        """Bytes of memory that it holds now."""
        pages = int(Path(f"/proc/{self.child.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")

    def descriptors(self) -> int:
        """How many files and sockets it has open."""
        return len(os.listdir(f"/proc/{self.child.pid}/fd"))


@contextmanager
def daemon(
    home: Path, *, descriptors: int | None = None, environ: Mapping[str, str] | None = None
) -> Iterator[Daemon]:
    """One on a free port, ready; ended at the end of the block, if it lives still.

    `descriptors`: the soft limit that its shell gives; `environ`: further variables.
    """
    port, told = free_port(), home / "stderr"
    command = [sys.executable, "-P", "-m", "mindhold", "serve", f"--port={port}"]
    if descriptors:
        command = ["sh", "-c", f'ulimit -Sn {descriptors}; exec "$@"', "sh", *command]
    with told.open("w") as stderr:
        child = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=stderr, text=True,
            env={**_plain(), **(environ or {}), "MINDHOLD_HOME": str(home)},
        )  # fmt: skip
    assert child.stdout
    with child:
        try:
            while not (line := child.stdout.readline()).startswith("curl "):
                assert line, f"the daemon did not start: {told.read_text()}"
            yield Daemon(child=child, port=port)
            child.send_signal(signal.SIGTERM)
            child.wait(60)
        finally:
            child.kill()


def _plain() -> dict[str, str]:
    """The variables of this process, without the one that names a config elsewhere."""
    return {name: value for name, value in os.environ.items() if name != "MINDHOLD_CONFIG"}
