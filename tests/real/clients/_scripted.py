"""Clients that are libraries: a row for each API of theirs, driven by a script of ours."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from real.client import WEATHER, Call, Client, Command, Desk, Task
from real.source import Node, Python

SCRIPTS = Path(__file__).parents[1] / "scripts"


def scripted(
    name: str,
    source: Python | Node,
    script: str,
    apis: Iterable[str],
    *,
    call: Call | None = WEATHER,
    cannot: Mapping[str, str] | None = None,
) -> tuple[Client, ...]:
    """The rows of one library, as `name-api`."""

    def row(api: str) -> Client:
        def command(desk: Desk, task: Task) -> Command:
            words = [task.message] if task.message else []
            return Command(words=(*_program(desk, script), *_flags(task), desk.url, api, *words))

        return Client(
            name=f"{name}-{api}",
            library=name,
            source=source,
            command=command,
            call=call,
            cannot=cannot or {},
        )

    return tuple(map(row, apis))


def _flags(task: Task) -> Iterable[str]:
    yield from ["--stream"] if task.stream else []
    yield from ["--tools"] if task.tools else []


def _program(desk: Desk, script: str) -> tuple[str, str]:
    if script.endswith(".py"):
        return str(desk.bin / "python"), str(SCRIPTS / script)
    # Modules are looked for beside the script, wherever the process runs.
    modules = desk.home / "node_modules"
    if not modules.exists():
        modules.symlink_to(desk.bin.parent)
    desk.write("asked.mjs", (SCRIPTS / "asked.mjs").read_text())
    return "node", str(desk.write(script, (SCRIPTS / script).read_text()))
