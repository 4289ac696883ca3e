"""The eval bridge as a benchmark drives it: a process of its own, one line in, one line out."""

import json
import subprocess
import sys
from types import TracebackType
from typing import Any


class Bridging:
    """`mindhold eval bridge`, running."""

    def __enter__(self) -> "Bridging":
        command = [sys.executable, "-m", "mindhold", "eval", "bridge"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: object, trace: TracebackType | None
    ) -> None:
        self._process.communicate(timeout=20)

    def ask(self, asked: object) -> dict[str, Any]:
        """The answer to one object."""
        return self.line(json.dumps(asked).encode())

    def line(self, raw: bytes) -> dict[str, Any]:
        """The answer to one line, whatever is in it."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(raw + b"\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def learn(self, *turns: tuple[str, str], scope: list[str], **given: object) -> dict[str, Any]:
        """What a conversation of the user u teaches, beside the beliefs that exist (none)."""
        said = [{"role": role, "text": text} for role, text in turns]
        talk = {"user_id": "u", "scope": scope, "turns": said, "existing": [], **given}
        return self.ask({"op": "learn", "conversation": talk})
