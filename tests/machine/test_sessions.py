"""Which conversation, which place and which errand a client's own headers and prompts name."""

import json
from pathlib import Path
from typing import Any

import pytest
from injection.place import Place, settings, user

from mindhold.beliefs.text.machine import Errand
from mindhold.proxy.memory import Memory
from mindhold.proxy.turn import Turn

RESPONSES = b"/v1/responses"
CODEX = {"originator": "codex_exec", "user-agent": "codex_exec/0.169"}


def read(home: Path, body: dict[str, Any], **how: Any) -> Turn:
    """The turn that a request is read into."""
    configured = settings(home)
    turn = Place(memory=Memory(configured), settings=configured).read(body, **how)
    assert isinstance(turn, Turn), turn
    return turn


def asked(**more: Any) -> dict[str, Any]:
    """A request to Responses, as Codex begins one."""
    return {"model": "m", "input": [user("How do I set up Vitest?")], **more}


@pytest.mark.parametrize(
    "header",
    ["Session-Id", "Thread-Id", "X-Session-Id", "X-Session-Affinity", "X-Claude-Code-Session-Id",
     "X-OpenWebUI-Chat-Id"],
)  # fmt: skip
@pytest.mark.parametrize(
    "path", [RESPONSES, b"/v1/chat/completions", b"/v1/messages", b"/api/chat"]
)
def test_each_clients_session_header_names_the_conversation(
    tmp_path: Path, header: str, path: bytes
) -> None:
    body = asked() if path == RESPONSES else {"model": "m", "messages": [user("Hello")]}
    assert read(tmp_path, body, path=path, headers={header: "s-1"}).conversation == "s-1"
    ours = {header: "s-1", "X-Mindhold-Conversation": "mine"}
    assert read(tmp_path, body, path=path, headers=ours).conversation == "mine"


def test_a_cache_key_names_the_conversation_for_codex_and_for_nobody_else(tmp_path: Path) -> None:
    cached = asked(prompt_cache_key="k-1")
    assert read(tmp_path, cached, path=RESPONSES).conversation is None
    assert read(tmp_path, cached, path=RESPONSES, headers=CODEX).conversation == "k-1"
    named = CODEX | {"session-id": "s-1"}
    assert read(tmp_path, cached, path=RESPONSES, headers=named).conversation == "s-1"
    for odd in (7, None, {"a": 1}, ""):
        body = asked(prompt_cache_key=odd)
        assert read(tmp_path, body, path=RESPONSES, headers=CODEX).conversation is None


@pytest.mark.parametrize(
    ("kind", "errand"),
    [("turn", None), ("compaction", Errand.COMPACTION), ("memory", Errand.ASIDE), (["turn"], None)],
)
def test_codex_says_itself_what_a_request_is(
    tmp_path: Path, kind: object, errand: Errand | None
) -> None:
    headers = CODEX | {"x-codex-turn-metadata": json.dumps({"request_kind": kind})}
    turn = read(tmp_path, asked(), path=RESPONSES, headers=headers)
    assert (turn.errand, turn.learn) == (errand, errand is None)


def test_a_trigger_at_the_end_of_the_input_asks_for_a_summary(tmp_path: Path) -> None:
    trigger = {"type": "compaction_trigger"}
    body = asked(input=[user("We use Kamal."), trigger])
    turn = read(tmp_path, body, path=RESPONSES)
    assert (turn.errand, turn.dialogue.ends) == (Errand.COMPACTION, False)
    past = asked(input=[user("We use Kamal."), trigger, user("Go on.")])
    assert read(tmp_path, past, path=RESPONSES).errand is None


@pytest.mark.parametrize(
    "line",
    [
        "Working directory: {}",
        "  Working directory: {}",
        " - Primary working directory: {}",
        "4. Working Directory: {}",
        "**Working Directory**: `{}`",
        "Current Workspace Directory: {}",
        "Workspace root folder: {}",
        "Workspace Path: {}",
    ],
)
def test_every_agents_way_to_name_its_directory_is_read(tmp_path: Path, line: str) -> None:
    prompt = f"You are an agent.\n<env>\n1. Platform: linux\n{line.format('/srv/tea')}\n</env>"
    body = {"model": "m", "messages": [{"role": "system", "content": prompt}, user("Hello")]}
    assert read(tmp_path, body).scopes == ("project:tea", "domain:code")
    top = {"model": "m", "max_tokens": 9, "system": prompt, "messages": [user("Hello")]}
    assert read(tmp_path, top, path=b"/v1/messages").scopes == ("project:tea", "domain:code")
    instructed = asked(instructions=prompt)
    assert read(tmp_path, instructed, path=RESPONSES).scopes == ("project:tea", "domain:code")


@pytest.mark.parametrize(
    "text",
    [
        "Working directory: /srv/tea",
        "<environment_context>\n  <cwd>/srv/tea</cwd>\n</environment_context>\nWhat is this?",
        "Here is the prompt:\n<env>\nWorking directory: /srv/tea\n</env>",
    ],
)
def test_a_pasted_prompt_names_no_directory(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, {"model": "m", "messages": [user(text)]}).origin == "default"
    assert read(tmp_path, asked(input=[user(text)]), path=RESPONSES).origin == "default"
    body = {"model": "m", "max_tokens": 9, "messages": [user(text)]}
    assert read(tmp_path, body, path=b"/v1/messages").origin == "default"
