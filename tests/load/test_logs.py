"""The log of a real daemon at its most talkative: nobody's words, no key, and of which request."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest
from daemon import Daemon, daemon
from injection.place import add, belief
from ports import free_port
from speaking import DIALECTS
from upstream import RESET, Upstream, answer

from mindhold.beliefs.store import Store
from mindhold.beliefs.tokens import Tokens

CONFIG = """\
upstreams:
  - {{name: openai, dialect: openai, base_url: "{url}", key: "env:CANARY_KEY"}}
  - {{name: claude, dialect: anthropic, base_url: "{origin}", key: "file:{keyfile}"}}
  - {{name: llama, dialect: ollama, base_url: "{origin}", key: passthrough}}
  - {{name: far, dialect: openai, base_url: "https://far.invalid/v1", models: [far], key: none}}
auth: {{require_token: never}}
default_scope: domain:canarydefault
scopes:
  - {{match: {{model: canarymodel}}, scopes: ["project:canaryrule"]}}
learn: {{background: {{upstream: far, model: far}}}}
log: {{level: debug, format: json}}
"""
CANARIES = [
    f"canary{kind}" for kind in (
        "word", "belief", "key", "header", "query", "model", "scope", "upstream", "broken", "host",
        "token", "env", "file", "user", "password", "default", "rule", "name",
    )
]  # fmt: skip


class Logged(NamedTuple):
    """All that a daemon has written down, and the ids that its callers were given."""

    text: str
    requests: list[str]


def provoke(running: Daemon, upstream: Upstream, token: str) -> list[str]:
    """Calls that go well, and ones that fail in every way that is quickly had."""
    refused = answer(b'{"error":{"message":"canaryupstream"}}', status=b"500 canaryupstream")
    headers = {
        "authorization": "Bearer canarykey", "x-api-key": "canarykey", "x-other": "canaryheader",
        "x-mindhold-scope": "project:canaryscope",
    }  # fmt: skip
    seen: list[str] = []
    with httpx.Client(
        base_url=f"http://127.0.0.1:{running.port}", headers=headers, timeout=30,
        event_hooks={"response": [lambda got: seen.append(got.headers["x-mindhold-request"])]},
    ) as client:  # fmt: skip
        for dialect in DIALECTS:
            said = ("user", "What of canarybelief? We use canaryword.")
            body = dialect.request(said, model="canarymodel")
            path = f"{dialect.path}?at=canaryquery"
            client.post(path, json=body)
            for steps in ([refused], [RESET], [b"canaryupstream\r\n\r\n"]):
                upstream.script(*steps)
                client.post(path, json=body)
            client.post(path, content=b'{"canarybroken"')
            client.post(path, json=body, headers={"x-mindhold-scope": "canary scope!"})
            client.post(path, json=body, headers={"host": "canaryhost"})
            client.post(path, json=body, headers={"x-mindhold-token": "mh_canarytoken"})
        client.post("/v1/embeddings", json={"model": "far", "input": "canaryword"})
        client.get("/v1/models", headers={"x-mindhold-token": token})
        client.get("/nowhere/canaryword?canaryquery")
    return seen


def logged(home: Path) -> Logged:
    """What a daemon writes down that is called in all these ways."""
    keyfile = home.parent / "canaryfile"
    keyfile.write_text("canaryfile")
    keyfile.chmod(0o600)
    with Upstream().running() as upstream:
        home.mkdir()
        text = CONFIG.format(url=upstream.url, origin=upstream.origin, keyfile=keyfile)
        (home / "config.yaml").write_text(text)
        add(home, belief("canarybelief", scopes=("project:canaryscope",)))
        with Store.open(home) as store:
            token, _ = Tokens(store.database).create("canaryname", now=datetime.now(UTC))
        proxy = f"http://canaryuser:canarypassword@127.0.0.1:{free_port()}"
        with daemon(home, environ={"CANARY_KEY": "canaryenv", "HTTPS_PROXY": proxy}) as running:
            requests = provoke(running, upstream, token)
    files = [home / "stderr", *home.rglob("*.log")]
    return Logged("".join(file.read_text() for file in files), requests)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Logged:
    """One daemon for all tests."""
    return logged(tmp_path_factory.mktemp("log") / "home")


def test_no_line_of_the_log_holds_a_word_of_anybody_or_a_key(told: Logged) -> None:
    assert "listening on" in told.text
    assert [word for word in CANARIES if word in told.text.lower()] == []


def test_every_line_is_an_object_and_every_call_has_one_with_its_request(told: Logged) -> None:
    lines = [json.loads(line) for line in told.text.splitlines()]
    for line in lines:
        assert line.keys() == {"at", "level", "logger", "request", "message"}, line
    calls = [line["request"] for line in lines if " call: " in line["message"]]
    assert len(calls) > 30
    assert sorted(calls) == sorted(told.requests * 2)  # in the file, and at the terminal
    assert {line["request"] for line in lines if "listening on" in line["message"]} == {None}
