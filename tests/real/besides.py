"""What SDKs do beside their chats is what it is without the proxy.

Run by scripts/test-clients, for the libraries that have a script `…_beside.py`.
"""

from dataclasses import replace

import pytest
from provider.script import Provider
from real.bare import without_ids
from real.client import Client, Command, Desk, Task
from real.clients._scripted import SCRIPTS
from real.trial import Trial

BESIDE = {
    "openai-python-chat": "openai_python_beside.py",
    "anthropic-python-messages": "anthropic_python_beside.py",
    "langchain-openai-chat": "langchain_openai_beside.py",
    "ollama-python-chat": "ollama_python_beside.py",
}


def beside(client: Client) -> bool:
    """Whether there is a script of what it does beside its chats."""
    return client.name in BESIDE


@pytest.mark.exchange("whole")
@pytest.mark.only(which=beside)
def test_every_other_call_returns_what_it_returns_without_the_proxy(trial: Trial) -> None:
    script = str(SCRIPTS / BESIDE[trial.client.name])

    def command(desk: Desk, task: Task) -> Command:
        return Command(words=(str(desk.bin / "python"), script, desk.url, "", task.message))

    other = replace(trial, client=replace(trial.client, command=command))
    task = Task(message="Where is Zürich?")
    direct = other.directly(task, Provider)
    proxied = other.proxied(task, trial.scope(), Provider)
    assert direct.code == 0, direct.shown
    assert proxied.shown == direct.shown
    assert list(map(without_ids, proxied.calls)) == list(map(without_ids, direct.calls))
