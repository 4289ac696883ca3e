"""The application from outside: what a client and an upstream see of a call."""

import httpx
from serving import Served
from upstream import Upstream

CHAT = {"model": "gpt-x", "messages": [{"role": "user", "content": "Hello"}]}


def test_a_chat_goes_to_the_upstream_and_its_answer_comes_back(
    proxy: Served, upstream: Upstream
) -> None:
    answer = httpx.post(f"{proxy.url}/chat/completions?a=%2F", json=CHAT)
    assert answer.json()["choices"][0]["message"]["content"] == "All right."
    assert answer.headers["x-mindhold-memory"]
    assert len(answer.headers["x-mindhold-request"]) == 26
    assert upstream.last.target == b"/v1/chat/completions?a=%2F"
    assert upstream.last.json == CHAT


def test_the_demo_model_answers_without_any_upstream(proxy: Served, upstream: Upstream) -> None:
    answer = httpx.post(f"{proxy.url}/chat/completions", json=CHAT | {"model": "demo"})
    assert "You wrote: Hello" in answer.json()["choices"][0]["message"]["content"]
    assert not upstream.seen


def test_healthz_answers_our_own_names_only(proxy: Served) -> None:
    assert httpx.get(f"{proxy.origin}/healthz").status_code == 200
    stranger = httpx.get(f"{proxy.origin}/healthz", headers={"host": "evil.example"})
    assert stranger.status_code == 403
