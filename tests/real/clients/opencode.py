"""opencode: chat completions through a provider of its settings; asks for a title by the way."""

import json

from real.client import CANARY, CANARY_FILE, Call, Client, Command, Desk, Task
from real.source import Node

QUIET = {
    "OPENCODE_DISABLE_AUTOUPDATE": "1",
    "OPENCODE_DISABLE_MODELS_FETCH": "1",
    "OPENCODE_DISABLE_LSP_DOWNLOAD": "1",
    "OPENCODE_DISABLE_DEFAULT_PLUGINS": "1",
}


def command(desk: Desk, task: Task) -> Command:
    provider = {
        "npm": "@ai-sdk/openai-compatible",
        "name": "mindhold",
        "options": {"baseURL": desk.v1, "apiKey": "sk-dummy"},
        "models": {"scripted": {"name": "scripted", "tool_call": True}},
    }
    settings: dict[str, object] = {"share": "disabled", "permission": {"*": "allow"}}
    settings |= {"provider": {"mindhold": provider}} if desk.url else {}
    desk.write(".config/opencode/opencode.json", json.dumps(settings))
    desk.write(".npmrc", "offline=true\n")  # it would install its plugins' library
    model = "mindhold/scripted" if desk.url else "openai/gpt-5"
    words = ["opencode", "run", "--model", model, task.message]
    words += ["--continue"] if task.again else []
    return Command(words=tuple(words), environment=QUIET)


CLIENT = Client(
    name="opencode",
    source=Node("opencode-ai"),
    command=command,
    call=Call(
        name="bash",
        arguments={"command": f"cat {CANARY_FILE}", "description": "Reads"},
        result=CANARY,
    ),
    also=frozenset({"resumed", "project", "run"}),
    cannot={"whole": "it always streams"},
)
