"""Sends what Claude Code sends, in words of our own: `claude_shape.py URL MESSAGE [--continue]`.

Its requests: the title of the session asked for beside the conversation, a reminder in front of
what was said, system text in blocks, a cache breakpoint that moves to the newest message, betas
and session in headers, a tool's result as a user message. It prints the answer's text; an error
is printed and ends it with code 1.
"""

import argparse
import http.client
import json
import os
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

Block = dict[str, Any]
SESSION = Path.home() / "session.json"
LAST = {"cache_control": {"type": "ephemeral"}}
BASH = {
    "name": "Bash",
    "description": "Runs a command in a shell.",
    "input_schema": {
        "type": "object",
        "properties": {"command": {"type": "string"}},
        "required": ["command"],
    },
}


class Refused(Exception):
    """The provider's own words about why not."""


def system() -> list[Block]:
    attribution = f"x-anthropic-billing-header: cc_version=2.1.0; cch={uuid.uuid4().hex[:5]};"
    about = f"<env>\nWorking directory: {os.getcwd()}\nIs a git repository: Yes\n</env>"
    return [
        {"type": "text", "text": attribution},
        {"type": "text", "text": "You are a coding agent in a terminal.", **LAST},
        {"type": "text", "text": f"Be brief. Edit files with care.\n\n{about}", **LAST},
    ]


def reminder() -> Block:
    rules = Path("AGENTS.md").read_text()
    text = f"<system-reminder>\nThese are the rules of this repository:\n{rules}</system-reminder>"
    return {"type": "text", "text": text}


def marked(messages: list[Block]) -> list[Block]:
    """The messages with the cache breakpoint on the last block of the last one."""
    *before, last = messages
    *blocks, end = last["content"]
    return [*before, {**last, "content": [*blocks, {**end, **LAST}]}]


class Session:
    """One conversation with the provider."""

    def __init__(self, url: str, kept: Block) -> None:
        self.url = urlsplit(url)
        self.id: str = kept["id"]
        self.messages: list[Block] = kept["messages"]

    def ask(self, body: Block) -> list[Block]:
        """The content of the answer; comes again once where the provider has no time."""
        for _ in range(2):
            answer = self._post(body)
            if answer.status != 429:
                break
            answer.read()
            time.sleep(float(answer.headers.get("retry-after", "1")))
        if answer.status != 200:
            raise Refused(json.load(answer)["error"]["message"])
        return list(content(answer)) if body.get("stream") else json.load(answer)["content"]

    def _post(self, body: Block) -> http.client.HTTPResponse:
        assert self.url.hostname
        connection = http.client.HTTPConnection(self.url.hostname, self.url.port, timeout=60)
        headers = {
            "content-type": "application/json",
            "user-agent": "claude-cli/2.1.0 (external, sdk-cli)",
            "x-app": "cli",
            "x-claude-code-session-id": self.id,
            "anthropic-version": "2023-06-01",
            "anthropic-beta": "claude-code-20250219,interleaved-thinking-2025-05-14",
            "x-api-key": "sk-ant-dummy",
            "x-stainless-helper-method": "stream",
        }
        target = f"{self.url.path}/v1/messages?beta=true"
        connection.request("POST", target, json.dumps(body), headers)
        return connection.getresponse()

    def title(self, message: str) -> None:
        """Asks for a title, as the program does while the conversation runs."""
        prompt = "Generate a concise title for this coding session, as JSON."
        said = {"type": "text", "text": f"<session>\n{message}\n</session>"}
        self.ask(
            {
                "model": "claude-haiku-4-5",
                "max_tokens": 512,
                "stream": False,
                "system": [{"type": "text", "text": prompt}],
                "messages": [{"role": "user", "content": [said]}],
            }
        )

    def turn(self, message: str) -> str:
        """Says this, runs what tools are called, and gives the last answer's text."""
        first = [] if self.messages else [reminder()]
        said = [*first, {"type": "text", "text": message}]
        self.messages.append({"role": "user", "content": said})
        while True:
            answered = self.ask(self._body())
            self.messages.append({"role": "assistant", "content": answered})
            results = [result(block) for block in answered if block["type"] == "tool_use"]
            if not results:
                return "".join(block.get("text", "") for block in answered)
            self.messages.append({"role": "user", "content": results})

    def _body(self) -> Block:
        account = {"device_id": "d1", "account_uuid": "", "session_id": self.id}
        return {
            "model": "claude-opus-5",
            "max_tokens": 32000,
            "thinking": {"type": "adaptive"},
            "stream": True,
            "system": system(),
            "tools": [BASH],
            "metadata": {"user_id": json.dumps(account)},
            "messages": marked(self.messages),
        }


def result(call: Block) -> Block:
    """What came of a call, as the program sends it back."""
    ran = subprocess.run(
        call["input"]["command"], shell=True, capture_output=True, text=True, check=False
    )
    return {"type": "tool_result", "tool_use_id": call["id"], "content": ran.stdout}


def content(answer: http.client.HTTPResponse) -> Iterator[Block]:
    """The blocks of a streamed answer, put together."""
    pieces: list[str] = []
    block: Block = {}
    for line in answer:
        event = json.loads(line[6:]) if line.startswith(b"data: ") else {}
        if event.get("type") == "content_block_start":
            block, pieces = event["content_block"], []
        elif event.get("type") == "content_block_delta":
            delta = event["delta"]
            pieces.append(delta.get("text", "") + delta.get("partial_json", ""))
        elif event.get("type") == "content_block_stop":
            whole = "".join(pieces)
            called = block["type"] == "tool_use"
            yield {**block, "input": json.loads(whole)} if called else {**block, "text": whole}


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("url")
    parser.add_argument("message")
    parser.add_argument("--continue", dest="again", action="store_true")
    given = parser.parse_args()
    new = {"id": str(uuid.uuid4()), "messages": []}
    session = Session(given.url, json.loads(SESSION.read_text()) if given.again else new)
    try:
        if not given.again:
            session.title(given.message)
        sys.stdout.write(session.turn(given.message) + "\n")
    except Refused as refused:
        sys.stdout.write(f"API Error: {refused}\n")
        return 1
    SESSION.write_text(json.dumps({"id": session.id, "messages": session.messages}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
