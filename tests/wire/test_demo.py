"""The demo upstream, as clients of every dialect see it."""

from collections.abc import Callable

import httpx
import openai
import pytest
from serving import Served
from speaking import DIALECTS, Dialect
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


def test_responses_are_whole_and_stream_as_openais_own(client: openai.OpenAI) -> None:
    asked = f"{BLOCK}\n\nHow do I test?"
    with client:
        whole = client.responses.create(
            model="demo", input=asked, instructions="Be brief.", metadata={"a": "b"}
        )
        with client.responses.stream(model="demo", input=asked) as stream:
            events = list(stream)
            final = stream.get_final_response()
    assert "You wrote: How do I test?" in whole.output_text
    assert final.output_text == whole.output_text
    assert (whole.instructions, whole.metadata) == ("Be brief.", {"a": "b"})
    assert whole.usage
    assert whole.usage.total_tokens == whole.usage.input_tokens + whole.usage.output_tokens
    assert [event.sequence_number for event in events] == list(range(len(events)))
    kinds = list(dict.fromkeys(event.type.removeprefix("response.") for event in events))
    assert kinds == [
        *("created", "in_progress", "output_item.added", "content_part.added"),
        *("output_text.delta", "output_text.done", "content_part.done", "output_item.done"),
        "completed",
    ]


@pytest.mark.parametrize("stream", [False, True], ids=["whole", "streamed"])
@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
def test_it_says_in_every_dialect_what_it_was_given(
    proxy: Served, upstream: Upstream, dialect: Dialect, stream: bool
) -> None:
    body = dialect.request(("user", f"{BLOCK}\n\nHow do I test?"), stream=stream)
    got = httpx.post(proxy.origin + dialect.path, json=body)
    told = dialect.heard(got.content, stream=stream)
    assert told.startswith("You wrote: How do I test?\n\nMemory gave me 2 notes:\n")
    assert told.endswith("- changed: editor: Helix (stated 2026-11)")
    assert not upstream.seen


def test_a_block_in_the_instructions_counts_as_given(proxy: Served) -> None:
    for path, body in (
        ("/v1/responses", {"instructions": BLOCK, "input": "Hi"}),
        ("/v1/messages", {"system": [{"type": "text", "text": BLOCK}], "messages": []}),
        ("/api/generate", {"system": BLOCK, "prompt": "Hi", "stream": False}),
    ):
        told = httpx.post(proxy.origin + path, json={"model": "demo", **body}).text
        assert "Memory gave me 2 notes" in told


def test_messages_stream_in_anthropics_order(proxy: Served) -> None:
    body = {"model": "demo", "messages": [{"role": "user", "content": "Hi"}], "stream": True}
    lines = httpx.post(f"{proxy.url}/messages", json=body).text.splitlines()
    kinds = [line.removeprefix("event: ") for line in lines if line.startswith("event: ")]
    assert list(dict.fromkeys(kinds)) == [
        *("message_start", "content_block_start", "ping", "content_block_delta"),
        *("content_block_stop", "message_delta", "message_stop"),
    ]


def test_ollama_streams_unless_told_otherwise_and_only_loads_without_a_prompt(
    proxy: Served,
) -> None:
    lines = httpx.post(f"{proxy.origin}/api/generate", json={"model": "demo", "prompt": "Hi"})
    assert lines.headers["content-type"] == "application/x-ndjson"
    assert lines.text.count("\n") > 2
    for path in ("/api/generate", "/api/chat"):
        loaded = httpx.post(proxy.origin + path, json={"model": "demo"}).json()
        assert (loaded["done"], loaded["done_reason"]) == (True, "load")


def test_it_lists_itself_and_nothing_else_of_the_upstream_is_touched(
    proxy: Served, upstream: Upstream, client: openai.OpenAI
) -> None:
    with client:
        assert client.models.retrieve("demo").id == "demo"
    assert not upstream.seen
    for path in ("/v1/models", "/api/tags", "/api/version"):
        httpx.get(proxy.origin + path)
        assert upstream.last.target == path.encode()


def test_where_no_upstream_is_configured_it_is_what_there_is(serve: Callable[..., Served]) -> None:
    origin = serve(upstreams=()).origin
    version = {"anthropic-version": "2023-06-01"}
    openai_list = httpx.get(f"{origin}/v1/models?limit=9").json()
    anthropic_list = httpx.get(f"{origin}/v1/models", headers=version).json()
    assert [one["id"] for one in openai_list["data"]] == ["demo"]
    assert (anthropic_list["first_id"], anthropic_list["data"][0]["type"]) == ("demo", "model")
    assert [one["name"] for one in httpx.get(f"{origin}/api/tags").json()["models"]] == ["demo"]
    assert httpx.get(f"{origin}/api/version").json()["version"]
    shown = httpx.post(f"{origin}/api/show", json={"model": "demo"}).json()
    assert shown["capabilities"] == ["completion"]
    counted = {"model": "demo", "messages": [{"role": "user", "content": "one two three"}]}
    count = httpx.post(f"{origin}/v1/messages/count_tokens", json=counted).json()
    assert count == {"input_tokens": 3}
    assert httpx.get(f"{origin}/v1/files").status_code == 404


def test_what_it_does_not_speak_is_an_error_of_the_dialects_shape(proxy: Served) -> None:
    openais, anthropics = {"message", "type", "param", "code"}, {"type", "message"}
    for path, body, status, shape in (
        ("/v1/embeddings", {"input": "a"}, 404, openais),
        ("/v1/chat/completions", {}, 400, openais),
        ("/v1/chat/completions", {"messages": "x"}, 400, openais),
        ("/v1/responses", {"input": 7}, 400, openais),
        ("/v1/messages", {"messages": {}}, 400, anthropics),
        ("/api/embed", {"input": "a"}, 404, None),
        ("/api/chat", {"messages": "x"}, 400, None),
    ):
        got = httpx.post(proxy.origin + path, json={"model": "demo", **body})
        error = got.json()["error"]
        assert got.status_code == status
        assert isinstance(error, str) if shape is None else set(error) == shape


def test_several_choices_are_all_there(client: openai.OpenAI) -> None:
    messages = [{"role": "user", "content": "Hi"}]
    with client:
        said = client.chat.completions.create(model="demo", n=3, messages=messages)  # type: ignore[arg-type]
    assert [choice.index for choice in said.choices] == [0, 1, 2]
