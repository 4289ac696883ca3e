"""One process of a library's script, and a conversation with it: a line in, a line back."""

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from real.client import Client, Desk, Task
from real.outcome import PATIENCE, environment
from upstream import Seen, Upstream

TURNS_ONLY = Task(message="", tools=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """The process while it runs; `complaints` is what it writes beside its answers."""

    process: "subprocess.Popen[str]"
    complaints: Path
    upstream: Upstream

    def say(self, text: str) -> tuple[str, tuple[Seen, ...]]:
        """The answer, and the requests that were made for it."""
        begun = len(self.upstream.seen)
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(f"{text}\n")
        self.process.stdin.flush()
        late = threading.Timer(PATIENCE, self.process.kill)
        late.start()
        answered = self.process.stdout.readline()
        late.cancel()
        assert answered, self.complaints.read_text()
        return answered.strip(), tuple(self.upstream.seen[begun:])


@contextmanager
def talking(client: Client, desk: Desk, upstream: Upstream) -> Iterator[Talk]:
    """The client's script, waiting for its first line; ended at the end of the block."""
    command = client.command(desk, TURNS_ONLY)
    complaints = desk.home / "complaints"
    with (
        complaints.open("wb") as errors,
        subprocess.Popen(
            command.words,
            cwd=desk.work,
            env=environment(desk, upstream.origin) | dict(command.environment),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            encoding="utf-8",
        ) as process,
    ):
        try:
            yield Talk(process=process, complaints=complaints, upstream=upstream)
        finally:
            process.kill()
