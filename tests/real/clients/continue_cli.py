"""Continue CLI: chat completions; its models are in a YAML file."""

from real.client import CANARY, CANARY_FILE, Call, Client, Command, Desk, Task
from real.source import Node

CONFIG = """\
name: tried
version: 1.0.0
schema: v1
models:
  - name: scripted
    provider: openai
    model: scripted
    apiBase: {base}
    apiKey: sk-dummy
    roles: [chat]
    capabilities: [tool_use]
"""
QUIET = {"CONTINUE_TELEMETRY_ENABLED": "0", "CONTINUE_METRICS_ENABLED": "0", "DO_NOT_TRACK": "1"}


def command(desk: Desk, task: Task) -> Command:
    config = desk.write("config.yaml", CONFIG.format(base=desk.v1))
    words = ["cn", "--config", str(config), "--auto", "--print", task.message]
    words += ["--resume"] if task.again else []
    return Command(words=tuple(words), environment=QUIET)


CLIENT = Client(
    name="continue",
    source=Node("@continuedev/cli"),
    command=command,
    call=Call(name="Bash", arguments={"command": f"cat {CANARY_FILE}"}, result=CANARY),
    also=frozenset({"resumed", "project"}),
    cannot={"whole": "it always streams"},
)
