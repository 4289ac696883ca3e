"""Codex CLI: Responses only, a WebSocket first; settings by -c on its command line."""

from real.client import CANARY, CANARY_FILE, Call, Client, Command, Desk, Task
from real.source import Node

QUIET = (
    "analytics.enabled=false",
    "check_for_update_on_startup=false",
    "features.plugins=false",
)


def command(desk: Desk, task: Task) -> Command:
    (desk.home / ".codex").mkdir(exist_ok=True)
    where = (f'openai_base_url="{desk.v1}"',) if desk.url else ()
    words = ["codex", "exec", "--sandbox", "danger-full-access", "--model", "gpt-5"]
    words += [word for setting in (*where, *QUIET) for word in ("-c", setting)]
    words += ["resume", "--last"] if task.again else []
    return Command(words=(*words, task.message), environment={"CODEX_API_KEY": "sk-dummy"})


CLIENT = Client(
    name="codex",
    source=Node("@openai/codex"),
    command=command,
    call=Call(name="exec_command", arguments={"cmd": f"cat {CANARY_FILE}"}, result=CANARY),
    also=frozenset({"resumed", "project", "run"}),
    cannot={"whole": "it always streams"},
)
