"""Real clients in front of the real proxy: what they are told is what the upstream said."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import openai
import pytest
from serving import Served
from upstream import CUT, Upstream, answer, chunked
from wire.corpus import DONE, GREETING, event

MESSAGES = [{"role": "user", "content": "Hello"}]


@pytest.fixture
def client(proxy: Served) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=proxy.url, api_key="sk-own", max_retries=0, timeout=10) as made:
        yield made


def test_openai_python_streams_and_sends_its_own_key(
    client: openai.OpenAI, upstream: Upstream
) -> None:
    upstream.script(*chunked(*GREETING, DONE))
    stream = client.chat.completions.create(model="m", messages=MESSAGES, stream=True)  # type: ignore[call-overload]
    assert "".join(chunk.choices[0].delta.content for chunk in stream) == "Grüß Gott 🌍"
    assert upstream.last.header(b"authorization") == b"Bearer sk-own"


def test_openai_python_sees_choices_logprobs_tools_and_vendor_fields(
    client: openai.OpenAI, upstream: Upstream
) -> None:
    call = {"id": "t", "type": "function", "function": {"name": "f", "arguments": "{}"}}
    choices = [
        {
            "index": index,
            "message": {"role": "assistant", "content": None, "tool_calls": [call]},
            "logprobs": {"content": [{"token": "a", "logprob": -0.1, "top_logprobs": []}]},
            "finish_reason": "tool_calls",
        }
        for index in (0, 1)
    ]
    whole = {"id": "c", "object": "chat.completion", "created": 1, "model": "m", "choices": choices}
    upstream.script(answer(json.dumps(whole | {"x_vendor": {"a": 1}}).encode()))
    said = client.chat.completions.create(model="m", messages=MESSAGES, n=2, logprobs=True)  # type: ignore[arg-type]
    assert said.choices[1].message.tool_calls[0].function.name == "f"  # type: ignore[index,union-attr]
    assert said.choices[0].logprobs.content[0].logprob == -0.1  # type: ignore[index,union-attr]
    assert said.model_extra == {"x_vendor": {"a": 1}}
    assert upstream.last.json["n"] == 2


def test_openai_python_retries_as_the_upstream_asks(proxy: Served, upstream: Upstream) -> None:
    slow = answer(
        b'{"error":{"message":"slow down","code":"rate"}}',
        status=b"429 Too Many Requests",
        headers=((b"Content-Type", b"application/json"), (b"retry-after-ms", b"10")),
    )
    upstream.script(slow)
    with openai.OpenAI(base_url=proxy.url, api_key="sk", max_retries=1) as client:
        client.chat.completions.create(model="m", messages=MESSAGES)  # type: ignore[arg-type]
        assert len(upstream.seen) == 2
        upstream.script(slow)
        upstream.script(slow)
        with pytest.raises(openai.RateLimitError) as told:
            client.chat.completions.create(model="m", messages=MESSAGES)  # type: ignore[arg-type]
    assert told.value.code == "rate"
    assert told.value.response.headers["retry-after-ms"] == "10"


def test_openai_python_notices_a_break_and_an_error_mid_stream(
    client: openai.OpenAI, upstream: Upstream
) -> None:
    upstream.script(*chunked(*GREETING[:2], end=False), CUT)
    with pytest.raises(openai.APIConnectionError):
        list(client.chat.completions.create(model="m", messages=MESSAGES, stream=True))  # type: ignore[call-overload]
    upstream.script(*chunked(GREETING[0], event({"error": {"message": "overloaded"}})))
    with pytest.raises(openai.APIError, match="overloaded"):
        list(client.chat.completions.create(model="m", messages=MESSAGES, stream=True))  # type: ignore[call-overload]


def test_openai_python_uploads_and_fetches_bytes(client: openai.OpenAI, upstream: Upstream) -> None:
    upstream.script(answer(b'{"id":"f","object":"file","bytes":3,"filename":"a"}'))
    client.files.create(file=("a.bin", bytes(range(256)) * 99), purpose="batch")
    assert bytes(range(256)) * 99 in upstream.last.body
    upstream.script(answer(b"\x00\xff" * 5000, headers=((b"Content-Type", b"audio/mpeg"),)))
    assert client.files.content("f").content == b"\x00\xff" * 5000


def test_an_upstream_that_is_gone_is_an_error_that_names_it(
    proxy: Served, upstream: Upstream
) -> None:
    upstream.always(CUT)
    with (
        openai.OpenAI(base_url=proxy.url, api_key="sk", max_retries=0) as client,
        pytest.raises(openai.InternalServerError, match="scripted") as told,
    ):
        client.chat.completions.create(model="m", messages=MESSAGES)  # type: ignore[arg-type]
    assert told.value.code == "upstream_unreachable"


@pytest.mark.skipif(not shutil.which("curl"), reason="curl is not installed")
def test_curl_waits_for_100_continue_and_sends_chunks(
    proxy: Served, upstream: Upstream, tmp_path: Path
) -> None:
    body = json.dumps({"model": "m", "messages": MESSAGES, "x": "y" * 50_000})
    (tmp_path / "body").write_text(body)
    for header in ("Expect: 100-continue", "Transfer-Encoding: chunked"):
        command = ["curl", "-sS", "--fail", f"{proxy.url}/chat/completions", "-H", header]
        command += ["-H", "Content-Type: application/json", "--data-binary", f"@{tmp_path}/body"]
        done = subprocess.run(command, capture_output=True, timeout=20, check=True)
        assert json.loads(done.stdout)["choices"][0]["message"]["content"] == "All right."
        assert upstream.last.body == body.encode()
