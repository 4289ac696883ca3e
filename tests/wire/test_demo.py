"""The demo upstream, as a client of OpenAI sees it."""

import json

import httpx
import openai
import pytest
from serving import Served
from upstream import Upstream

from mindhold.beliefs.text.block import Note, line, wrap

BLOCK = wrap(
    [
        line(Note(name="test_runner", content="Tests run with Vitest.", why_it_matters="Use it.")),
        line(Note(name="editor", content="Helix", changed=True, status="stated 2026-11")),
    ],
    "0123456789abcdef",
)


@pytest.fixture
def client(proxy: Served) -> openai.OpenAI:
    return openai.OpenAI(base_url=proxy.url, api_key="sk-none", max_retries=0)


def ask(client: openai.OpenAI, text: str) -> str:
    messages = [{"role": "user", "content": text}]
    said = client.chat.completions.create(model="demo", messages=messages)  # type: ignore[arg-type]
    return said.choices[0].message.content or ""


def test_it_repeats_the_message_and_says_what_memory_gave(client: openai.OpenAI) -> None:
    with client:
        bare = ask(client, "How do I set up tests?")
        assert bare == "You wrote: How do I set up tests?\n\nMemory gave me nothing for this."
        told = ask(client, f"{BLOCK}\n\nHow do I set up tests?")
        assert told.startswith("You wrote: How do I set up tests?\n\nMemory gave me 2 notes:\n")
        assert "test_runner: Tests run with Vitest. Why it matters: Use it." in told
        assert "changed: editor: Helix (stated 2026-11)" in told
        assert "mindhold-" not in told


def test_a_stream_says_the_same_as_a_whole_answer(client: openai.OpenAI) -> None:
    messages = [{"role": "user", "content": f"{BLOCK}\n\nHello  there\n"}]
    with client:
        chunks = list(
            client.chat.completions.create(  # type: ignore[call-overload]
                model="demo", messages=messages, stream=True, stream_options={"include_usage": True}
            )
        )
        whole = client.chat.completions.create(model="demo", messages=messages)  # type: ignore[arg-type]
    text = "".join(c.choices[0].delta.content or "" for c in chunks if c.choices)
    assert text == whole.choices[0].message.content
    assert chunks[-1].usage == whole.usage
    assert chunks[-2].choices[0].finish_reason == "stop"
    assert {chunk.id for chunk in chunks} == {chunks[0].id}


def test_the_same_call_gets_the_same_bytes(proxy: Served) -> None:
    body = {
        "model": "demo",
        "messages": [{"role": "user", "content": [{"type": "text", "text": "Hi"}]}],
    }
    answers = {httpx.post(f"{proxy.url}/chat/completions", json=body).content for _ in range(2)}
    assert len(answers) == 1


def test_it_lists_itself_and_nothing_else_of_the_upstream_is_touched(
    proxy: Served, upstream: Upstream, client: openai.OpenAI
) -> None:
    with client:
        assert client.models.retrieve("demo").id == "demo"
    assert not upstream.seen
    httpx.get(f"{proxy.url}/models")
    assert upstream.last.target == b"/v1/models"


def test_what_it_does_not_speak_is_an_error_of_openais_shape(proxy: Served) -> None:
    for path, body, status in (
        ("/embeddings", {"model": "demo", "input": "a"}, 404),
        ("/chat/completions", {"model": "demo"}, 400),
        ("/chat/completions", {"model": "demo", "messages": "x"}, 400),
    ):
        got = httpx.post(proxy.url + path, json=body)
        assert got.status_code == status
        assert set(json.loads(got.text)["error"]) == {"message", "type", "param", "code"}


def test_several_choices_are_all_there(client: openai.OpenAI) -> None:
    messages = [{"role": "user", "content": "Hi"}]
    with client:
        said = client.chat.completions.create(model="demo", n=3, messages=messages)  # type: ignore[arg-type]
    assert [choice.index for choice in said.choices] == [0, 1, 2]
