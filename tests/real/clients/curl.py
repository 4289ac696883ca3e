"""curl: a body of its own, sent as it is."""

import json

from real.client import Client, Command, Desk, Task
from real.source import Machine


def command(desk: Desk, task: Task) -> Command:
    body = {"model": "scripted", "messages": [{"role": "user", "content": task.message}]}
    if task.stream:
        body["stream"] = True
    words = ("curl", "-sS", "--no-buffer", "--fail-with-body", "--retry", "2")
    sent = ("-H", "content-type: application/json", "-d", json.dumps(body))
    return Command(words=(*words, f"{desk.v1}/chat/completions", *sent))


def reads(shown: str) -> str:
    """The pieces of a stream put together; anything else as it is."""
    events = [line[6:] for line in shown.splitlines() if line.startswith("data: {")]
    choices = [choice for event in events for choice in json.loads(event)["choices"]]
    return "".join(choice["delta"].get("content") or "" for choice in choices) or shown


CLIENT = Client(
    name="curl",
    source=Machine("curl"),
    command=command,
    reads=reads,
    cannot={"tools": "it has none"},
)
