"""The story of the README, told by real clients to a real process."""

import itertools
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openai
import pytest
from clients.conftest import Person

WEEKS = itertools.count(2)
ASKED = "How do I set up Jest for a new package?"


@pytest.fixture
def client(person: Person, scope: str) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(
        base_url=person.base(scope), api_key="sk-passthrough", max_retries=0
    ) as made:
        yield made


@pytest.fixture
def told() -> str:
    """What is told, never twice the same: a text of three conversations is a program's template."""
    return f"We moved from Jest to Vitest {next(WEEKS)} weeks ago."


def say(client: openai.OpenAI, text: str, **more: object) -> None:
    client.chat.completions.create(
        model="gpt", messages=[{"role": "user", "content": text}], **more
    )


def asked(client: openai.OpenAI) -> Any:
    return client.chat.completions.with_raw_response.create(
        model="gpt", messages=[{"role": "user", "content": ASKED}]
    )


def test_what_is_said_once_is_given_to_the_model_in_the_next_conversation(
    person: Person, client: openai.OpenAI, scope: str, told: str
) -> None:
    say(client, told)
    assert person.provider.texts() == [told], "nothing was known yet"
    person.learned("vitest", scope)
    say(client, ASKED)
    assert "Vitest" in person.provider.prompt()
    assert person.provider.texts()[-1].endswith(ASKED)


def test_the_answer_says_what_memory_did_in_two_headers(
    person: Person, client: openai.OpenAI, scope: str, told: str
) -> None:
    say(client, told)
    person.learned("vitest", scope)
    answer = asked(client)
    assert "injected=1" in answer.headers["x-mindhold-memory"]
    assert "Vitest" not in str(answer.headers)
    assert "Vitest" in person.why(answer.headers["x-mindhold-request"])


def test_why_shows_the_words_that_a_belief_came_from_and_the_block_that_was_given(
    person: Person, client: openai.OpenAI, scope: str, told: str
) -> None:
    say(client, told)
    person.learned("vitest", scope)
    why = person.why(asked(client).headers["x-mindhold-request"])
    assert "Vitest" in why
    assert "Jest" in why
    beliefs = person.beliefs(scope)
    shown = person.mindhold("beliefs", "show", beliefs[0]["id"])
    assert "We moved from Jest to Vitest" in shown


def test_a_correction_on_the_command_line_is_what_the_next_request_carries(
    person: Person, client: openai.OpenAI, scope: str
) -> None:
    say(client, "We moved from Jest to Mocha last week.")  # forgotten below, wherever it is said
    person.learned("mocha", scope)
    [belief] = person.beliefs(scope)
    person.mindhold("beliefs", "edit", belief["id"], "--why", "Use the Node test runner.")
    say(client, ASKED)
    assert "Use the Node test runner." in person.provider.prompt()
    person.mindhold("beliefs", "forget", belief["id"])
    say(client, "And Jest for another package?")
    assert "Node test runner" not in person.provider.prompt()


def test_streaming_learns_and_remembers_as_well(
    person: Person, client: openai.OpenAI, scope: str, told: str
) -> None:
    def stream(text: str) -> list[str]:
        chunks = client.chat.completions.create(
            model="gpt",
            messages=[{"role": "user", "content": text}],
            stream=True,
            stream_options={"include_usage": True},
        )
        return [c.choices[0].delta.content or "" if c.choices else "usage" for c in chunks]

    assert stream(told) == ["All ", "right, ", "noted. ", "", "usage"]
    person.learned("vitest", scope)
    stream(ASKED)
    assert "Vitest" in person.provider.prompt()


def test_tools_structured_output_several_choices_and_logprobs_come_back_whole(
    client: openai.OpenAI, person: Person
) -> None:
    weather = {
        "type": "function",
        "function": {
            "name": "weather",
            "parameters": {"type": "object", "properties": {"city": {"type": "string"}}},
        },
    }
    question = [{"role": "user", "content": "Weather in Bern?"}]
    answer = client.chat.completions.create(
        model="tools", messages=question, tools=[weather], tool_choice="auto"
    )
    call = answer.choices[0].message.tool_calls[0]
    assert (call.function.name, call.function.arguments) == ("weather", '{"city": "Bern"}')
    client.chat.completions.create(
        model="gpt",
        tools=[weather],
        messages=[
            *question,
            answer.choices[0].message,
            {"role": "tool", "tool_call_id": call.id, "content": "4 °C"},
        ],
    )
    assert person.provider.requests[-1]["messages"][2]["content"] == "4 °C"
    parsed = client.chat.completions.create(
        model="structured",
        messages=question,
        response_format={"type": "json_object"},
    )
    assert json.loads(parsed.choices[0].message.content)["reason"] == "décidé"
    several = client.chat.completions.create(model="gpt", messages=question, n=2, logprobs=True)
    assert [choice.index for choice in several.choices] == [0, 1]
    assert several.choices[1].logprobs.content[0].logprob == -0.25


def test_an_error_reaches_the_client_with_its_retry_after_and_teaches_nothing(
    person: Person, client: openai.OpenAI, scope: str, told: str
) -> None:
    with pytest.raises(openai.RateLimitError) as caught:
        client.chat.completions.create(
            model="limited", messages=[{"role": "user", "content": told}]
        )
    assert caught.value.response.headers["retry-after"] == "7"
    assert caught.value.response.headers["x-request-id"] == "req_upstream"
    assert caught.value.code == "rate_limit_exceeded"
    say(client, "Good morning!")
    assert person.beliefs(scope) == []


def test_curl_tells_and_asks(person: Person, scope: str, told: str) -> None:
    def curl(text: str) -> str:
        body = {"model": "gpt", "messages": [{"role": "user", "content": text}]}
        return subprocess.run(
            ["curl", "-sS", "--fail", f"{person.base(scope)}/chat/completions",
             "-H", "content-type: application/json", "-d", json.dumps(body)],
            capture_output=True, text=True, check=True, timeout=30,
        ).stdout  # fmt: skip

    if shutil.which("curl") is None:
        pytest.skip("curl is not installed")
    assert json.loads(curl(told))["choices"][0]["message"]["content"] == "All right, noted."
    person.learned("vitest", scope)
    curl(ASKED)
    assert "Vitest" in person.provider.prompt()


SCRIPT = """
import openai, sys
client = openai.OpenAI(max_retries=0)
client.chat.completions.create(model="gpt", messages=[{"role": "user", "content": sys.argv[1]}])
"""


def repository(place: Path, origin: str) -> Path:
    place.mkdir(parents=True)
    subprocess.run(["git", "init", "-q", str(place)], check=True)
    subprocess.run(["git", "-C", str(place), "remote", "add", "origin", origin], check=True)
    return place


def test_two_projects_run_through_mindhold_run_never_see_each_others_beliefs(
    person: Person, tmp_path: Path, told: str
) -> None:
    script = tmp_path / "say.py"
    script.write_text(SCRIPT)
    # Two checkouts of one name: the project is the repository, not its directory's name.
    shop = repository(tmp_path / "one" / "api", "git@example.org:shop/api.git")
    bank = repository(tmp_path / "two" / "api", "git@example.org:bank/api.git")

    def run(place: Path, text: str) -> str:
        person.mindhold("run", "--", sys.executable, str(script), text, cwd=place)
        return person.provider.prompt()

    run(shop, told)
    person.learned("vitest", "project:api")
    assert "Vitest" not in run(bank, ASKED)
    assert "Vitest" in run(shop, ASKED)


NODE = """
import OpenAI from "openai";
const client = new OpenAI({ maxRetries: 0 });
const ask = (content, more = {}) => client.chat.completions.create(
  { model: "gpt", messages: [{ role: "user", content }], ...more });
const [text, mode] = process.argv.slice(2);
if (mode === "stream") {
  let all = "";
  for await (const chunk of await ask(text, { stream: true }))
    all += chunk.choices[0]?.delta?.content ?? "";
  console.log(all);
} else if (mode === "limited") {
  try { await ask(text, { model: "limited" }); }
  catch (error) { console.log(error.status, error.headers.get("retry-after")); }
} else if (mode === "tools") {
  const answer = await ask(text, { model: "tools", tools: [
    { type: "function", function: { name: "weather", parameters: { type: "object" } } }] });
  console.log(answer.choices[0].message.tool_calls[0].function.arguments);
} else {
  const answer = await ask(text, { n: 2, logprobs: true });
  console.log(answer.choices.length, answer.choices[1].logprobs.content[0].logprob);
}
"""


@pytest.fixture(scope="session")
def node(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with openai-node in it."""
    place = tmp_path_factory.mktemp("node")
    if shutil.which("node") is None or shutil.which("npm") is None:
        pytest.skip("LOUD: openai-node was NOT tried: node and npm are not installed")
    (place / "package.json").write_text('{"type": "module"}')
    done = subprocess.run(
        ["npm", "install", "--silent", "openai"],
        cwd=place,
        check=False,
        capture_output=True,
        timeout=100,
    )
    if done.returncode:
        pytest.skip("LOUD: openai-node was NOT tried: npm could not install it")
    (place / "say.mjs").write_text(NODE)
    return place


def test_openai_node_tells_and_asks(person: Person, node: Path, scope: str, told: str) -> None:
    def say(text: str, mode: str = "") -> str:
        return subprocess.run(
            ["node", "say.mjs", text, mode],
            cwd=node,
            env={**person.environment, "OPENAI_BASE_URL": person.base(scope)},
            check=True,
            capture_output=True,
            text=True,
            timeout=60,
        ).stdout.strip()

    assert say(told, "stream") == "All right, noted."
    person.learned("vitest", scope)
    assert say(ASKED) == "2 -0.25"
    assert "Vitest" in person.provider.prompt()
    assert say("Weather in Bern?", "tools") == '{"city": "Bern"}'
    assert say("Hello", "limited") == "429 7"
