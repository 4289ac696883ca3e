"""Cline CLI: chat completions; a provider and its key are set up by `cline auth`."""

from real.client import CANARY, CANARY_FILE, Call, Client, Command, Desk, Task
from real.source import Node

QUIET = '{"telemetryOptOut": true, "autoUpdateEnabled": false}'


def command(desk: Desk, task: Task) -> Command:
    desk.write(".cline/data/settings/global-settings.json", QUIET)
    auth = f"cline auth openai-compatible --apikey sk-dummy --modelid scripted --baseurl {desk.v1}"
    words = ("sh", "-c", f'{auth} >/dev/null && exec cline "$0"', task.message)
    return Command(words=words)


CLIENT = Client(
    name="cline",
    source=Node("cline"),
    command=command,
    call=Call(name="run_commands", arguments={"commands": [f"cat {CANARY_FILE}"]}, result=CANARY),
    also=frozenset({"project"}),
    strays={"data.cline.bot:443": "feature flags, which no setting of it turns off"},
    cannot={"whole": "it always streams"},
)
