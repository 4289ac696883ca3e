"""The log of a real daemon at its most talkative: every line one JSON object, nobody's words."""

import json
from pathlib import Path

import httpx
from daemon import Daemon, daemon
from injection.place import add, belief
from speaking import DIALECTS
from upstream import RESET, Upstream, answer

CONFIG = """\
upstreams:
  - {{name: openai, dialect: openai, base_url: "{url}", key: passthrough}}
  - {{name: claude, dialect: anthropic, base_url: "{origin}", key: passthrough}}
  - {{name: llama, dialect: ollama, base_url: "{origin}", key: passthrough}}
log: {{level: debug, format: {format}}}
"""
CANARIES = [
    f"canary{kind}" for kind in ("word", "belief", "key", "header", "query", "model", "scope",
                                 "upstream", "broken", "host", "token")
]  # fmt: skip


def provoke(running: Daemon, upstream: Upstream) -> None:
    """Calls that go well, and ones that fail in every way that is quickly had."""
    refused = answer(b'{"error":{"message":"canaryupstream"}}', status=b"500 canaryupstream")
    headers = {
        "authorization": "Bearer canarykey", "x-api-key": "canarykey", "x-other": "canaryheader",
        "x-mindhold-scope": "project:canaryscope",
    }  # fmt: skip
    origin = f"http://127.0.0.1:{running.port}"
    with httpx.Client(base_url=origin, headers=headers, timeout=30) as client:
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
        client.get("/nowhere/canaryword?canaryquery")


def logged(home: Path, form: str) -> str:
    """All that a daemon with this format of its log has written down."""
    with Upstream().running() as upstream:
        home.mkdir()
        text = CONFIG.format(url=upstream.url, origin=upstream.origin, format=form)
        (home / "config.yaml").write_text(text)
        add(home, belief("canarybelief", scopes=("project:canaryscope",)))
        with daemon(home) as running:
            provoke(running, upstream)
    files = [home / "stderr", *home.rglob("*.log")]
    return "".join(file.read_text() for file in files)


def test_no_line_of_the_log_holds_a_word_of_anybody(tmp_path: Path) -> None:
    for form in ("text", "json"):
        text = logged(tmp_path / form, form)
        assert "listening on" in text
        assert [word for word in CANARIES if word in text.lower()] == []


def test_every_line_is_one_json_object(tmp_path: Path) -> None:
    for line in logged(tmp_path / "home", "json").splitlines():
        told = json.loads(line)
        assert {"at", "level", "logger", "message"} <= set(told), line
