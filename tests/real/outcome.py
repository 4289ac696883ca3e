"""What one run of a client came to: what it showed, and what reached the provider."""

import json
import os
import re
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from real.client import Client, Command, Desk
from upstream import Seen, Upstream

from mindhold.beliefs.text.block import Found, find_blocks

PATIENCE = 120  # seconds that a client may take for one message
_ANSI = re.compile(r"\x1b(\[[0-9;?]*[A-Za-z]|\][^\x07]*\x07|[()][A-Z0-9])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One run. `seen`: requests to the provider; `strayed`: other hosts that were called."""

    code: int
    shown: str
    seen: tuple[Seen, ...]
    strayed: tuple[str, ...]

    @property
    def asked(self) -> tuple[Seen, ...]:
        """The requests that a model answers."""
        return tuple(seen for seen in self.seen if seen.method == b"POST")

    @property
    def calls(self) -> list[str]:
        """The methods and paths that were called, in no order: some clients ask at once.

        A WebSocket is left out: the proxy refuses it by itself.
        """
        called = (seen for seen in self.seen if not seen.header(b"upgrade"))
        return sorted(f"{seen.method.decode()} {path(seen)}" for seen in called)

    def about(self, words: str) -> list[Seen]:
        """The requests whose texts hold these words."""
        return [seen for seen in self.asked if any(words in text for text in texts(seen))]


def run(client: Client, command: Command, desk: Desk, upstream: Upstream) -> Outcome:
    """Runs the client's command, with `upstream` as the provider and as the fence."""
    upstream.seen.clear()
    code, shown = _finish(command, desk, upstream.origin)
    seen = tuple(upstream.seen)
    return Outcome(
        code=code,
        shown=client.reads(_ANSI.sub("", shown)),
        seen=tuple(one for one in seen if one.method != b"CONNECT"),
        strayed=tuple(one.target.decode() for one in seen if one.method == b"CONNECT"),
    )


def _finish(command: Command, desk: Desk, fence: str) -> tuple[int, str]:
    """The exit code, -1 for a program that would not end, and all that was printed."""
    try:
        done = subprocess.run(
            command.words,
            cwd=desk.work,
            env=environment(desk, fence) | dict(command.environment),
            input=command.typed,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        shown = (late.stdout or b"").decode(errors="replace")
        return -1, f"{shown}\n[still running after {PATIENCE} s]"
    return done.returncode, done.stdout


def environment(desk: Desk, fence: str) -> Mapping[str, str]:
    """A bare one; every host but this machine is behind the fence, which tells and refuses."""
    outside = dict.fromkeys(("HTTPS_PROXY", "https_proxy"), fence)
    here = dict.fromkeys(("NO_PROXY", "no_proxy"), "127.0.0.1,localhost")
    return {
        "PATH": f"{desk.bin}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(desk.home),
        "LANG": "C.UTF-8",
        "NO_COLOR": "1",
        "TERM": "dumb",
        "OPENAI_API_KEY": "sk-dummy",
        "ANTHROPIC_API_KEY": "sk-ant-dummy",
        **outside,
        **here,
    }


def texts(seen: Seen) -> list[str]:
    """Every string in the request's body, in the order in which they stand."""
    try:
        return list(_strings(json.loads(seen.body)))
    except ValueError:
        return []


def blocks(seen: Seen) -> list[Found]:
    """The blocks of notes that the request carries."""
    return [block for text in texts(seen) for block in find_blocks(text)]


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _strings(inner)


def path(seen: Seen) -> str:
    """The path that was called, without a query."""
    return seen.target.partition(b"?")[0].decode()
