"""An upstream that gives no answer is told of at once, as its own servers would tell it."""

import time
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from ports import free_port
from serving import Served

from mindhold.proxy.settings import Upstream as Line

CHAT = {"model": "gpt-x", "messages": [{"role": "user", "content": "Hello"}], "input": "Hello"}
CALLS = {
    "/v1/chat/completions": "openai", "/v1/responses": "openai", "/v1/messages": "anthropic",
    "/api/chat": "ollama",
}  # fmt: skip
QUICK = 0.2  # seconds


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "localhost"])
def test_an_upstream_that_refuses_is_a_quick_502_in_the_dialects_own_shape(
    serve: Callable[..., Served], host: str
) -> None:
    gone = f"http://{host}:{free_port()}"
    served = serve(
        upstreams=(
            Line(name="gone-openai", dialect="openai", base_url=f"{gone}/v1"),
            Line(name="gone-anthropic", dialect="anthropic", base_url=gone),
            Line(name="gone-ollama", dialect="ollama", base_url=gone, key="none"),
        )
    )
    with httpx.Client(trust_env=False, timeout=30) as client:
        for path, dialect in CALLS.items():
            took = []
            for _ in range(5):  # the machine may have other things to do
                began = time.perf_counter()
                got = client.post(served.origin + path, json=CHAT)
                took.append(time.perf_counter() - began)
                assert got.status_code == 502
                assert f"gone-{dialect}" in _message(got.json(), dialect)
                assert "Hello" not in got.text
            assert min(took) < QUICK


def test_a_name_that_does_not_resolve_and_bad_tls_are_said_in_words(
    serve: Callable[..., Served], proxy: Served
) -> None:
    lines = (
        Line(name="dns", dialect="openai", base_url="https://nowhere.invalid/v1", models=("d",)),
        Line(name="tls", dialect="openai", base_url=f"https://127.0.0.1:{proxy.port}/v1"),
    )
    served = serve(upstreams=lines)
    dns = httpx.post(f"{served.url}/chat/completions", json=CHAT | {"model": "d"}, timeout=30)
    tls = httpx.post(f"{served.url}/chat/completions", json=CHAT, timeout=30)
    assert (dns.status_code, tls.status_code) == (502, 502)
    assert "does not resolve" in dns.text
    assert "TLS failed" in tls.text


def _message(told: Any, dialect: str) -> str:
    """The sentence of an error, whose shape must be that of the dialect's servers."""
    if dialect == "ollama":
        assert list(told) == ["error"]
        return str(told["error"])
    error = told["error"]
    if dialect == "anthropic":
        assert (told["type"], error["type"]) == ("error", "api_error")
        assert set(error) == {"type", "message"}
    else:
        assert set(error) == {"message", "type", "param", "code"}
        assert error["code"] == "upstream_unreachable"
    return str(error["message"])
