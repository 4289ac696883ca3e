"""Where calls go when nothing is configured: the providers' own addresses, faked on the wire."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import respx
from serving import Served, serving

from mindhold.proxy.app import create_app
from mindhold.proxy.settings import Settings

CHAT = {"model": "gpt-x", "messages": [{"role": "user", "content": "Hello"}]}


@pytest.fixture
def wire() -> Iterator[respx.MockRouter]:
    """Every call that leaves this process, but those to this machine."""
    with respx.mock(assert_all_called=False) as router:
        router.route(host="127.0.0.1").pass_through()
        yield router


@pytest.fixture
def unconfigured(
    wire: respx.MockRouter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Served]:
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    with serving(create_app(Settings(home=tmp_path / "home"))) as served:
        yield served


def test_a_chat_goes_to_openai_with_the_callers_own_key_and_nothing_else_of_theirs(
    unconfigured: Served, wire: respx.MockRouter
) -> None:
    openai = wire.post("https://api.openai.com/v1/chat/completions").respond(json={"id": "c-1"})
    got = httpx.post(
        f"{unconfigured.url}/chat/completions",
        json=CHAT,
        headers={"authorization": "Bearer sk-mine", "cookie": "a=b", "x-api-key": "other"},
    )
    assert got.json() == {"id": "c-1"}
    sent = openai.calls.last.request
    assert sent.headers["authorization"] == "Bearer sk-mine"
    assert not {"cookie", "x-api-key", "x-mindhold-scope"} & set(sent.headers)


def test_messages_go_to_anthropic_with_the_callers_own_key(
    unconfigured: Served, wire: respx.MockRouter
) -> None:
    anthropic = wire.post("https://api.anthropic.com/v1/messages").respond(json={"id": "m-1"})
    got = httpx.post(
        f"{unconfigured.url}/messages",
        json=CHAT,
        headers={"x-api-key": "sk-ant-mine", "anthropic-version": "2023-06-01"},
    )
    assert got.json() == {"id": "m-1"}
    assert anthropic.calls.last.request.headers["x-api-key"] == "sk-ant-mine"


def test_a_redirect_is_the_clients_to_follow(unconfigured: Served, wire: respx.MockRouter) -> None:
    wire.get("https://api.openai.com/v1/models").respond(
        307, headers={"location": "https://elsewhere.example/v1/models"}
    )
    got = httpx.get(f"{unconfigured.url}/models", headers={"authorization": "Bearer sk-mine"})
    assert got.status_code == 307
    assert got.headers["location"] == "https://elsewhere.example/v1/models"


def test_the_demo_model_never_leaves_this_machine(
    unconfigured: Served, wire: respx.MockRouter
) -> None:
    got = httpx.post(f"{unconfigured.url}/chat/completions", json=CHAT | {"model": "demo"})
    assert got.status_code == 200
    assert {call.request.url.host for call in wire.calls} <= {"127.0.0.1"}
