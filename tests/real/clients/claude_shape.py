"""Claude Code's requests, sent by a script: the program itself is proprietary and was not run."""

import sys
from pathlib import Path

from real.client import CANARY, CANARY_FILE, Call, Client, Command, Desk, Task
from real.source import Shape

SCRIPT = Path(__file__).parents[1] / "scripts" / "claude_shape.py"


def command(desk: Desk, task: Task) -> Command:
    words = (sys.executable, str(SCRIPT), desk.url, task.message)
    return Command(words=(*words, "--continue") if task.again else words)


CLIENT = Client(
    name="claude (shape)",
    source=Shape("2.1", "the program is proprietary and was not run; a script sends its requests"),
    command=command,
    call=Call(name="Bash", arguments={"command": f"cat {CANARY_FILE}"}, result=CANARY),
    also=frozenset({"resumed", "project"}),
    cannot={"whole": "it always streams"},
)
