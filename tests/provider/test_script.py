"""The scripted provider speaks as real ones do: openai-python reads it, whole and streamed."""

from collections.abc import Iterator

import openai
import pytest
from provider.said import WORDS
from provider.script import Provider, limited
from upstream import Upstream

ASKED = [{"role": "user", "content": "How warm is it in Bern?"}]
SCHEMA = {"type": "object", "properties": {"city": {"type": "string"}, "days": {"type": "integer"}}}
WEATHER = {"name": "weather", "parameters": SCHEMA}


@pytest.fixture
def client(upstream: Upstream) -> Iterator[openai.OpenAI]:
    upstream.default = Provider()
    with openai.OpenAI(base_url=upstream.url, api_key="sk", max_retries=0) as made:
        yield made


def test_a_chat_calls_its_tool_once_a_turn_and_then_speaks(client: openai.OpenAI) -> None:
    tools = [{"type": "function", "function": WEATHER}]
    with client.chat.completions.stream(model="m", messages=ASKED, tools=tools) as stream:
        called = stream.get_final_completion().choices[0].message
    [call] = called.tool_calls
    assert (call.function.name, call.function.arguments) == (
        "weather",
        '{"city": "Bern", "days": 4}',
    )
    result = {"role": "tool", "tool_call_id": call.id, "content": "4 °C"}
    said = client.chat.completions.create(
        model="m", messages=[*ASKED, called.to_dict(), result], tools=tools
    )
    assert said.choices[0].message.content == WORDS
    with client.chat.completions.stream(model="m", messages=ASKED) as stream:
        assert stream.get_final_completion().choices[0].message.content == WORDS


def test_responses_follow_one_another_by_their_ids(client: openai.OpenAI) -> None:
    tools = [{"type": "function", "strict": False, **WEATHER}]
    sealed = ["reasoning.encrypted_content"]
    with client.responses.stream(model="m", input=ASKED, tools=tools, include=sealed) as stream:
        first = stream.get_final_response()
    thought, call = first.output
    assert (thought.type, call.arguments) == ("reasoning", '{"city": "Bern", "days": 4}')
    result = {"type": "function_call_output", "call_id": call.call_id, "output": "4 °C"}
    second = client.responses.create(
        model="m", input=[result], tools=tools, previous_response_id=first.id
    )
    assert second.output_text == WORDS
    assert second.previous_response_id == first.id != second.id


def test_a_refusal_names_its_reason_its_request_and_when_to_come_again(
    client: openai.OpenAI, upstream: Upstream
) -> None:
    upstream.scripts.append(limited)
    with pytest.raises(openai.RateLimitError, match="Slow down a bit") as told:
        client.chat.completions.create(model="m", messages=ASKED)
    assert told.value.request_id == "req_told"
    assert told.value.response.headers["retry-after"] == "1"
