"""What a user tells the proxy in a chat: in every dialect, answered in its own wire format."""

import itertools
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import httpx
import openai
import pytest
from injection.place import add, belief
from serving import Served
from speaking import CHAT, DIALECTS, GENERATE, MESSAGES, RESPONSES, WITH_HISTORY, Dialect, Turn
from upstream import Upstream, answer
from waiting import until

from mindhold.beliefs import requests, switches
from mindhold.beliefs.model import Belief, State
from mindhold.beliefs.store import Store
from mindhold.beliefs.text.block import find_blocks
from mindhold.beliefs.tokens import Tokens
from mindhold.proxy.settings import Inject, Learn, Settings

whole_and_streamed = pytest.mark.parametrize("stream", [False, True], ids=["whole", "streamed"])
in_every_dialect = pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
with_history = pytest.mark.parametrize("dialect", WITH_HISTORY, ids=lambda dialect: dialect.name)


@dataclass
class Talk:
    """A conversation of a client that sends its history again."""

    origin: str
    dialect: Dialect = CHAT
    stream: bool = False
    prefix: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    turns: list[Turn] = field(default_factory=list)
    answer: httpx.Response | None = None

    def say(self, text: str, **more: Any) -> str:
        """The answer to the next message of the user; only one of ours is read."""
        self.turns.append(("user", text))
        body = self.dialect.request(*self.turns, stream=self.stream, **{"model": "m", **more})
        url = self.origin + self.prefix + self.dialect.path
        self.answer = httpx.post(url, json=body, headers=self.headers, timeout=20)
        assert self.answer.status_code == 200, self.answer.text
        ours = self.memory.startswith("command;")
        said = self.dialect.heard(self.answer.content, stream=self.stream) if ours else "All right."
        self.turns.append(("assistant", said))
        return said

    @property
    def memory(self) -> str:
        assert self.answer
        return self.answer.headers["x-mindhold-memory"]


@pytest.fixture
def served(serve: Callable[..., Served]) -> Served:
    """The proxy with commands, which waits for memory as long as it takes."""
    return serve(commands=True, inject=Inject(deadline_ms=5_000))


@pytest.fixture
def home(settings: Settings) -> Path:
    return settings.home


def held(home: Path) -> list[Belief]:
    with Store.open(home) as store:
        return list(store.select(user=None))


def texts(upstream: Upstream) -> str:
    """Every byte of every body that went upstream."""
    return "\n".join(seen.body.decode() for seen in upstream.seen)


@whole_and_streamed
@in_every_dialect
def test_a_command_is_answered_in_the_format_asked_for_and_goes_no_further(
    served: Served, upstream: Upstream, dialect: Dialect, stream: bool
) -> None:
    for text, told in (
        ("!why", "Nothing is known of an earlier request"),
        (" !forget  nothing_here \n", "Nothing here answers to nothing_here"),
        ("!Remember", "Say what to remember"),
        ("!scope", "The memory of this conversation is domain:general"),
        ("!learn maybe", "It is on now. Say !learn on, or !learn off."),
    ):
        talk = Talk(served.origin, dialect, stream)
        assert told in talk.say(text)
        assert talk.memory == f"command; name={text.split()[0][1:].lower()}"
        assert talk.answer
        assert talk.answer.headers["x-mindhold-request"]
        kind = {"whole": "application/json", "ollama": "application/x-ndjson"}
        wanted = kind["ollama"] if dialect.path.startswith("/api") else "text/event-stream"
        assert talk.answer.headers["content-type"].startswith(wanted if stream else kind["whole"])
    assert not upstream.seen


@in_every_dialect
def test_with_commands_off_they_go_upstream_as_they_came(
    proxy: Served, upstream: Upstream, dialect: Dialect
) -> None:
    for text in ("!why", "!learn off", "!remember we deploy on Fridays"):
        body = json.dumps(dialect.request(("user", text), model="m")).encode()
        kind = {"content-type": "application/json"}
        httpx.post(proxy.origin + dialect.path, content=body, headers=kind)
        assert upstream.last.body == body


@pytest.mark.parametrize(
    "text",
    [
        "!remeber we deploy on Fridays",
        "!help",
        "!",
        "! why",
        "!whys",
        "why",
        "please !why",
        "!why\nand then?",
        "> !forget vitest",
        "```\n!learn off\n```",
        "`!learn off`",
        "!remember " + "x" * 3_000,
    ],
)
def test_what_is_no_command_of_ours_goes_upstream_untouched(
    served: Served, upstream: Upstream, text: str
) -> None:
    Talk(served.origin).say(text)
    assert upstream.last.json["messages"] == [{"role": "user", "content": text}]


def test_neither_what_a_model_says_nor_what_stands_beside_a_picture_commands(
    served: Served, upstream: Upstream, home: Path
) -> None:
    image = {"type": "image_url", "image_url": {"url": "data:image/png;base64,AA=="}}
    parts = [{"type": "text", "text": "!learn off"}, image]
    messages = [{"role": "user", "content": parts}, {"role": "assistant", "content": "!learn off"}]
    asked = {"role": "user", "content": "We deploy on Fridays."}
    body = {"model": "m", "messages": [*messages, asked]}
    httpx.post(f"{served.url}/chat/completions", json=body)
    assert upstream.last.json == body
    until(lambda: len(held(home)) == 1)


@with_history
def test_a_scope_holds_for_the_rest_of_its_conversation_and_for_no_other(
    served: Served, upstream: Upstream, home: Path, dialect: Dialect
) -> None:
    add(home, belief("kestrel", scopes=("project:b",)), belief("osprey", scopes=("project:c",)))
    talk = Talk(served.origin, dialect)
    talk.say("Is kestrel up?")
    assert "We use kestrel." not in upstream.last.body.decode()
    assert (
        talk.say("!scope project:b") == "From here on the memory of this conversation is project:b."
    )
    talk.say("Is kestrel up, and osprey?")
    first = upstream.last.body.decode()
    assert "We use kestrel." in first
    assert "We use osprey." not in first
    assert "scopes=project:b" in talk.memory
    talk.say("!scope project:c")
    talk.say("And osprey?")
    assert "We use osprey." in upstream.last.body.decode()
    other = Talk(served.origin, dialect)
    other.say("Is kestrel up?")
    assert "We use kestrel." not in upstream.last.body.decode()
    assert "scopes=domain:general" in other.memory


def test_a_conversation_that_changes_its_scope_keeps_its_prefix(
    served: Served, upstream: Upstream, home: Path
) -> None:
    add(home, belief("kestrel", scopes=("domain:general",)), belief("osprey"))
    talk = Talk(served.origin)
    told = ("Is kestrel up?", "!scope project:a", "And osprey?", "!why", "!learn off", "Thanks.")
    seen = [talk.say(text) and upstream.last.json["messages"] for text in told]
    assert len(upstream.seen) == 3
    for before, after in itertools.pairwise(seen):
        assert after[: len(before)] == before
    blocks = [bool(list(find_blocks(one["content"]))) for one in seen[-1]]
    assert blocks == [True, False, False, False, True, *[False] * 6]
    assert [one["content"] for one in seen[-1][::2]][1] == "!scope project:a"


@with_history
def test_nothing_is_learned_after_learn_off_until_it_is_on_again(
    served: Served, home: Path, dialect: Dialect
) -> None:
    talk = Talk(served.origin, dialect)
    assert "nothing is learned from this conversation" in talk.say("!learn off")
    talk.say("We deploy on Fridays.")
    talk.say("Our CI is Buildkite.")
    assert talk.say("!LEARN ON") == "This conversation is learned from again."
    talk.say("We moved from Jest to Vitest.")
    until(lambda: len(held(home)) == 1)
    assert held(home)[0].canonical_name == "vitest"
    with Store.open(home) as store:
        rows = requests.recent(store.database, 9)
    queries = {row.query for row in rows}
    assert queries == {None, "We moved from Jest to Vitest."}
    assert [row.memory for row in rows if row.memory.startswith("command;")] == [
        "command; name=learn"
    ] * 2


@with_history
def test_nothing_is_given_after_inject_off_until_it_is_on_again(
    served: Served, upstream: Upstream, home: Path, dialect: Dialect
) -> None:
    add(home, belief("kestrel", scopes=("domain:general",)))
    talk = Talk(served.origin, dialect)
    assert "nothing is given to this conversation" in talk.say("!inject off")
    talk.say("Is kestrel up?")
    assert "We use kestrel." not in texts(upstream)
    assert talk.memory == "off"
    talk.say("!inject on")
    talk.say("Is kestrel up now?")
    assert upstream.last.body.decode().count("We use kestrel.") == 1


@whole_and_streamed
@in_every_dialect
def test_what_is_to_be_remembered_is_kept_in_the_users_own_words(
    served: Served, upstream: Upstream, home: Path, dialect: Dialect, stream: bool
) -> None:
    talk = Talk(served.origin, dialect, stream, prefix="/scope/project:a")
    message = "!remember that the staging box is duckpond"
    said = talk.say(message)
    (kept,) = held(home)
    assert said.startswith(f"Kept: The staging box is duckpond. (staging_box, {kept.id[:8]}")
    assert f"in project:a). Undo: mindhold beliefs undo {kept.id[:8]}" in said
    (quote,) = kept.evidence
    assert quote.quote == message[quote.start : quote.end] == "the staging box is duckpond"
    assert kept.state is State.ACTIVE
    talk.say(message)
    assert len(held(home)) == 1
    assert not upstream.seen


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("!remember the wifi key is hunter2secret9", "Nothing was kept: it holds a secret"),
        ("!remember what is my name?", "Nothing was kept: no statement that lasts"),
        ("!remember if it rains, we stay in", "Nothing was kept: it is a supposition"),
        ("!remember milk", "Nothing was kept: no statement that lasts"),
    ],
)
def test_what_no_wish_can_make_a_belief_is_refused_with_the_reason(
    served: Served, home: Path, text: str, told: str
) -> None:
    assert told in Talk(served.origin).say(text)
    assert held(home) == []
    assert b"hunter2secret9" not in b"".join(p.read_bytes() for p in home.iterdir() if p.is_file())


def test_who_is_told_a_secret_is_told_that_it_still_stands_in_the_conversation(
    served: Served,
) -> None:
    said = Talk(served.origin).say("!remember the wifi key is hunter2secret9")
    assert "hunter2secret9" not in said
    assert said.endswith("It still stands in this conversation, which your client sends again.")


def test_a_wish_goes_before_learn_off_but_not_before_the_owners_own_switches(
    served: Served, serve: Callable[..., Served], home: Path
) -> None:
    talk = Talk(served.origin)
    talk.say("!learn off")
    assert talk.say("!remember we deploy on Fridays").startswith("Kept:")
    header = Talk(served.origin, headers={"X-Mindhold-Learn": "off"})
    assert "learning is off here" in header.say("!remember our CI is Buildkite")
    assert "all the same" in header.say("!learn on")
    with Store.open(home) as store:
        switches.pause(store.database, "learn")
    assert "learning is paused" in Talk(served.origin).say("!remember our CI is Buildkite")
    assert len(held(home)) == 1


@pytest.mark.parametrize(
    ("mode", "told"),
    [
        ("curated", "Waits for you (mindhold review): We deploy on Fridays."),
        ("explicit", "Kept: We deploy on Fridays."),
        ("off", "Nothing was kept: learning is off here"),
    ],
)
def test_a_wish_goes_the_way_that_the_owner_wants_learning_to_go(
    serve: Callable[..., Served], mode: Literal["curated", "explicit", "off"], told: str
) -> None:
    served = serve(commands=True, learn=Learn(mode=mode))
    assert Talk(served.origin).say("!remember we deploy on Fridays").startswith(told)


def test_who_edits_a_wish_is_held_to_the_newer_one(served: Served, home: Path) -> None:
    named = {"X-Mindhold-Conversation": "c-1"}
    Talk(served.origin, headers=named).say("!remember we deploy on Fridays")
    Talk(served.origin, headers=named).say("!remember we deploy on Mondays")
    assert [one.canonical_name for one in held(home) if one.live] == ["mondays"]


def test_scratch_that_takes_back_what_was_to_be_remembered(served: Served, home: Path) -> None:
    talk = Talk(served.origin)
    talk.say("!remember we deploy on Fridays")
    talk.say("Scratch that.")
    until(lambda: held(home)[0].state is State.RETRACTED)


@in_every_dialect
def test_what_is_forgotten_is_taken_back_and_how_to_undo_it_is_told(
    served: Served, upstream: Upstream, home: Path, dialect: Dialect
) -> None:
    known = belief("release_day", "Our release day is Friday.", aliases=("ship day",))
    add(home, known)
    talk = Talk(served.origin, dialect, prefix="/scope/project:a")
    said = talk.say("!forget Ship Day")
    id_ = known.id[:8]
    assert said.startswith(f"Forgot Our release day is Friday. (release_day, {id_}")
    assert said.endswith(f"It is not learned again. Undo: mindhold beliefs undo {id_}")
    (gone,) = held(home)
    assert gone.state is State.RETRACTED
    assert "Nothing here answers to ship day" in talk.say("!forget ship day")
    assert not upstream.seen


def test_it_forgets_by_id_and_by_name_only_what_this_request_reaches(
    served: Served, home: Path
) -> None:
    here, there = belief("editor"), belief("kestrel", scopes=("project:b",))
    other = belief("osprey", user="bob")
    private = belief("heron", agent="coder")
    add(home, here, there, other, private)
    talk = Talk(served.origin, prefix="/scope/project:a")
    for reference in (there.id, "kestrel", other.id, "osprey", private.id, "heron", "edit"):
        assert f"Nothing here answers to {reference}" in talk.say(f"!forget {reference}")
    assert "Forgot We use editor." in talk.say(f"!forget {here.id}")
    assert {one.canonical_name for one in held(home) if one.live} == {"kestrel", "osprey", "heron"}


def test_of_several_it_lists_all_and_forgets_none(served: Served, home: Path) -> None:
    one = belief("postgres", aliases=("the database",))
    two = belief("redis", aliases=("the database",))
    add(home, one, two)
    talk = Talk(served.origin, prefix="/scope/project:a")
    head, *lines = talk.say("!forget the database").splitlines()
    assert head.startswith("2 beliefs answer to the database; nothing was forgotten.")
    assert [line.split("(")[1].split(",")[0] for line in lines] == ["postgres", "redis"]
    assert all(held_one.live for held_one in held(home))


@whole_and_streamed
@with_history
def test_why_names_what_the_last_message_was_given_and_for_which_words(
    served: Served, home: Path, dialect: Dialect, stream: bool
) -> None:
    add(home, belief("vitest", aliases=("jest",)), belief("style", "Be brief.", pinned=True))
    talk = Talk(served.origin, dialect, stream, prefix="/scope/project:a")
    talk.say("How do I set up Jest?")
    assert talk.answer
    request = talk.answer.headers["x-mindhold-request"]
    said = talk.say("!why").splitlines()
    assert said[0] == "Your last message was sent with 2 beliefs (in project:a, named in the URL):"
    assert said[1:] == [
        "- style: always given here: pinned, or about you",
        "- vitest: you said “Jest”",
        f"All of it, word for word: mindhold why {request}",
    ]
    assert talk.say("!why").splitlines() == said
    with Store.open(home) as store:
        assert requests.get(store.database).id == request
    nobody = Talk(served.origin, dialect, stream, prefix="/scope/project:a")
    assert "Nothing is known of an earlier request" in nobody.say("!why")


def test_why_of_a_conversation_does_not_tell_of_another_scopes_requests(
    served: Served, home: Path
) -> None:
    add(home, belief("kestrel"))
    named = {"X-Mindhold-Conversation": "c-1"}
    Talk(served.origin, prefix="/scope/project:a", headers=named).say("Is kestrel up?")
    said = Talk(served.origin, prefix="/scope/project:b", headers=named).say("!why")
    assert "kestrel" not in said


@pytest.mark.parametrize(
    ("prefix", "headers", "where"),
    [
        ("/scope/project:a", {}, "named in the URL"),
        ("", {"X-Mindhold-Scope": "project:a"}, "named by the X-Mindhold-Scope header"),
    ],
    ids=["URL", "header"],
)
def test_a_scope_in_the_url_or_a_header_goes_before_the_command(
    served: Served, prefix: str, headers: dict[str, str], where: str
) -> None:
    talk = Talk(served.origin, prefix=prefix, headers=headers)
    said = talk.say("!scope project:b")
    assert said.startswith("!scope cannot change the memory of this conversation, which is")
    assert f"project:a ({where})" in said
    talk.say("Hello.")
    assert "scopes=project:a" in talk.memory


def test_a_token_limits_what_a_command_may_name(serve: Callable[..., Served], home: Path) -> None:
    reached = ("project:a", "project:b")
    with Store.open(home) as store:
        secret, _ = Tokens(store.database).create("laptop", now=datetime.now(UTC), scopes=reached)
    served = serve(commands=True, inject=Inject(deadline_ms=5_000))
    talk = Talk(served.origin, headers={"X-Mindhold-Token": secret})
    assert "This access token does not reach project:c" in talk.say("!scope project:c")
    talk.say("Hello.")
    assert "scopes=project:a,project:b" in talk.memory
    assert talk.say("!scope project:b").startswith("From here on")
    talk.say("Hello again.")
    assert "scopes=project:b;" in talk.memory


def test_a_scope_that_cannot_be_read_is_told_and_changes_nothing(served: Served) -> None:
    talk = Talk(served.origin)
    said = talk.say("!scope my-app")
    assert said.startswith("'my-app' is not a scope: write user:universal, domain:<slug>")
    assert "stays domain:general" in said
    talk.say("Hello.")
    assert "scopes=domain:general" in talk.memory


def test_in_a_temporary_conversation_nothing_is_kept_whatever_is_commanded(
    served: Served, upstream: Upstream, home: Path
) -> None:
    for text in ("!remember we deploy on Fridays", "!scope project:a", "!why"):
        talk = Talk(served.origin, prefix="/temporary")
        assert talk.say(text).startswith("This is a temporary conversation")
    assert held(home) == []
    assert not upstream.seen


def test_without_a_history_nothing_can_hold_and_that_is_said(served: Served) -> None:
    on_the_server = ({"previous_response_id": "resp_1"}, {"conversation": "conv_1"})
    for dialect, more in ((GENERATE, {}), *((RESPONSES, held) for held in on_the_server)):
        for text in ("!scope project:b", "!learn off", "!inject off"):
            said = Talk(served.origin, dialect).say(text, **more)
            assert said.startswith(f"{text.split()[0]} cannot hold here")
            assert f"X-Mindhold-{text.split()[0][1:].capitalize()}" in said


def test_a_chain_of_responses_goes_on_as_if_no_command_had_been_between(
    served: Served, upstream: Upstream, home: Path
) -> None:
    add(home, belief("vitest", aliases=("jest",), scopes=("domain:general",)))
    with openai.OpenAI(base_url=served.url, api_key="sk", max_retries=0) as client:
        upstream.script(responding("resp_up"))
        first = client.responses.create(model="m", input="How do I set up Jest?")
        told = client.responses.create(model="m", input="!why", previous_response_id=first.id)
        assert "- vitest: you said “Jest”" in told.output_text
        assert told.id == first.id == "resp_up"
        begun = client.responses.create(model="m", input="!why")
        upstream.script(responding("resp_2"))
        client.responses.create(model="m", input="Hello", previous_response_id=begun.id)
    assert upstream.last.json == {"model": "m", "input": "Hello"}


def test_what_a_chain_began_with_and_cannot_hold_stops_it_before_the_model(
    served: Served, upstream: Upstream
) -> None:
    with openai.OpenAI(base_url=served.url, api_key="sk", max_retries=0) as client:
        off = client.responses.create(model="m", input="!learn off")
        assert "nothing is learned" in off.output_text
        for _ in range(2):
            off = client.responses.create(
                model="m", input="We deploy on Fridays.", previous_response_id=off.id
            )
            assert "Begin a new conversation" in off.output_text
    assert not upstream.seen


def test_a_thread_goes_on_behind_a_command_but_does_not_begin_with_one(
    served: Served, upstream: Upstream
) -> None:
    def say(text: str, **thread: str) -> dict[str, Any]:
        body = MESSAGES.request(("user", text), model="m", thread=thread)
        said: dict[str, Any] = httpx.post(f"{served.url}/messages", json=body).json()
        return said

    assert say("!why", type="continue", previous_message_id="msg_up")["id"] == "msg_up"
    begun = say("!why", type="create")
    went_on = say("Hello", type="continue", previous_message_id=begun["id"])
    assert "Begin a new conversation" in went_on["content"][0]["text"]
    assert not upstream.seen


def responding(id_: str) -> bytes:
    """What an upstream says to Responses."""
    part = {"type": "output_text", "text": "All right.", "annotations": []}
    item = {"id": "msg_1", "type": "message", "role": "assistant", "content": [part]}
    whole = {"id": id_, "object": "response", "model": "m", "created_at": 1, "output": [item]}
    return answer(json.dumps(whole).encode())


def test_openai_python_hears_our_answer_in_a_stream(served: Served) -> None:
    with openai.OpenAI(base_url=served.url, api_key="sk", max_retries=0) as client:
        said = "The memory of this conversation is domain:general"
        messages = [{"role": "user", "content": "!scope"}]
        with client.chat.completions.stream(model="m", messages=messages) as stream:  # type: ignore[arg-type]
            message = stream.get_final_completion().choices[0].message
        assert (message.content or "").startswith(said)
        with client.responses.stream(model="m", input="!scope") as events:
            assert events.get_final_response().output_text.startswith(said)


def test_a_model_that_sends_for_a_helper_commands_nothing(
    served: Served, upstream: Upstream
) -> None:
    talk = Talk(served.origin, MESSAGES, headers={"X-Claude-Code-Agent-Id": "one"})
    talk.say("!scope project:a")
    talk.say("Hello.")
    assert len(upstream.seen) == 2
    assert "scopes=domain:general" in talk.memory


@pytest.mark.parametrize(
    ("program", "text"),
    [
        ("opencode", '"!remember we deploy on Fridays"'),
        ("cline", '<user_input mode="act">\n!remember we deploy on Fridays\n</user_input>'),
    ],
)
def test_what_a_client_writes_around_a_command_is_no_part_of_it(
    served: Served, home: Path, program: str, text: str
) -> None:
    said = Talk(served.origin, headers={"User-Agent": f"{program}/1.0"}).say(text)
    assert said.startswith("Kept: We deploy on Fridays.")
    assert held(home)[0].evidence[0].quote == "we deploy on Fridays"


def test_titles_and_the_like_do_not_command(served: Served, upstream: Upstream, home: Path) -> None:
    system = "You are a title generator. You output ONLY a thread title. Nothing else."
    messages = [
        {"role": "system", "content": system},
        {"role": "user", "content": "!forget editor"},
    ]
    add(home, belief("editor", scopes=("domain:general",)))
    httpx.post(f"{served.url}/chat/completions", json={"model": "m", "messages": messages})
    assert upstream.last.json["messages"] == messages
    assert held(home)[0].live


def test_where_memory_cannot_be_reached_a_command_says_so_and_goes_no_further(
    settings: Settings, serve: Callable[..., Served], upstream: Upstream
) -> None:
    settings.home.parent.mkdir(exist_ok=True)
    settings.home.write_text("not a directory")
    talk = Talk(serve(commands=True).origin)
    assert talk.say("!remember we deploy on Fridays").startswith("Memory cannot be reached")
    assert talk.say("!scope project:a").startswith("From here on")
    assert not upstream.seen
