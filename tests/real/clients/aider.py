"""aider: chat completions; few-shot turns, whole files and rules of its own around what is said."""

from real.client import Client, Command, Desk, Task
from real.source import Python

QUIET = (
    "--no-analytics",
    "--no-check-update",
    "--no-show-release-notes",
    "--no-show-model-warnings",
    "--no-gitignore",
    "--no-auto-commits",
    "--no-pretty",
    "--no-detect-urls",
    "--no-suggest-shell-commands",
    "--map-tokens=0",
    "--yes-always",
)


# A model that it does not know would have it ask the network for prices.
METADATA = '{"openai/scripted": {"max_input_tokens": 100000, "input_cost_per_token": 0}}'


def command(desk: Desk, task: Task) -> Command:
    desk.write(".aider.model.metadata.json", METADATA)
    words = ["aider", "--model", "openai/scripted", "--message", task.message, *QUIET]
    words += ["--read", "AGENTS.md", "canary.txt"]
    words += ["--stream" if task.stream else "--no-stream"]
    environment = {"OPENAI_API_BASE": desk.v1} if desk.url else {}
    environment |= {"LITELLM_LOCAL_MODEL_COST_MAP": "True"}
    return Command(words=tuple(words), environment=environment)


CLIENT = Client(
    name="aider",
    source=Python("aider-chat"),
    command=command,
    also=frozenset({"resumed", "run"}),
    cannot={
        "tools": "it has none: edits are text",
        "resumed": "it reads its history from Markdown, where a turn is not what it was",
    },
)
