"""What the owner says of a past request, and what comes of it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from keyboard import typed_into
from serving import serving
from waiting import until

from mindhold.proxy.app import create_app

MINE = ("eval", "retrieval", "--mine")


@pytest.fixture
def rose(mindhold) -> str:
    """A belief with an everyday word for a name and another name; its id."""
    return mindhold(
        "beliefs", "add", "--type", "entity", "--name", "job_queue", "--alias", "Kestrix",
        "--alias", "crate", "--content", "Jobs wait in Kestrix.", "--why", "Say Kestrix.",
        "--scope", "project:shop", "--json",
    ).json()["id"]  # fmt: skip


def probes(mindhold) -> list[dict]:
    return mindhold(*MINE, "--json").json()


class TestWrong:
    def test_in_a_script_the_message_is_kept_and_the_other_ways_are_named(
        self, mindhold, vitest, talk
    ):
        talk("How do I set up Vitest here?")
        done = mindhold("why", "--wrong", "test_runner")
        assert done.code == 0
        assert done.out.startswith("Recorded as probe ")
        assert "would still be given it: “Vitest” is its alias “vitest”" in done.out
        assert "--mute" in done.err
        [probe] = probes(mindhold)
        assert probe["text"] == "How do I set up Vitest here?"
        assert (probe["belief"], probe["due"], probe["passed"]) == (vitest, False, False)
        assert probe["scopes"] == ["project:shop"]

    def test_mute_takes_the_name_that_brought_it_and_nothing_else(self, mindhold, rose, talk):
        talk("Is Kestrix up?")
        done = mindhold("why", "--wrong", "job_queue", "--mute")
        assert "under “Kestrix”. Undo: mindhold beliefs undo" in done.out
        assert "That message would not be given it now." in done.out
        held = mindhold("beliefs", "show", rose, "--json").json()
        assert {alias["text"]: alias["muted"] for alias in held["aliases"]} == {
            "Kestrix": True,
            "crate": False,
        }
        assert probes(mindhold) == [], "it was not asked for"
        again = mindhold("why", "--wrong", "job_queue", "--mute")
        assert (again.code, again.out.partition(" (")[0]) == (0, "Nothing changed in job_queue")

    def test_scope_says_where_it_holds_instead(self, mindhold, vitest, talk):
        talk("How do I set up Vitest here?")
        done = mindhold("why", "--wrong", "vitest", "--scope", "project:api", "--record")
        assert "holds in project:api now. Undo: " in done.out
        assert "would not be given it now" in done.out
        assert mindhold("beliefs", "show", vitest, "--json").json()["scopes"] == ["project:api"]
        assert mindhold(*MINE).code == 0

    def test_programs_are_told_what_was_done(self, mindhold, vitest, talk):
        talk("How do I set up Vitest here?")
        told = mindhold("why", "--wrong", "vitest", "--mute", "--record", "--json").json()
        assert told == {
            "request": mindhold("why", "--json").json()["id"],
            "belief": vitest,
            "name": "test_runner",
            "recorded": probes(mindhold)[0]["probe"],
            "muted": "vitest",
            "scopes": ["project:shop"],
            "given_now": False,
        }

    def test_an_earlier_request_is_judged_by_its_id(self, mindhold, vitest, talk):
        talk("How do I set up Vitest here?", "What is the weather like?")
        _, first = mindhold("why", "--list", "--json").json()
        assert mindhold("why", first["id"][:12], "--wrong", "vitest").code == 0
        done = mindhold("why", "--wrong", "vitest")
        assert (done.code, done.err.count("\n")) == (1, 1)
        assert "test_runner was not given to request" in done.err
        assert done.err.endswith("; given: nothing.\n")

    def test_what_is_pinned_is_told_how_to_be_unpinned(self, mindhold, vitest, talk):
        mindhold("beliefs", "pin", vitest)
        talk("What is the weather like?")
        done = mindhold("why", "--wrong", "vitest", "--mute")
        assert (done.code, done.err) == (
            1,
            "mindhold: It is pinned: mindhold beliefs unpin test_runner.\n",
        )

    def test_what_a_relation_brought_points_to_the_relation(self, mindhold, vitest, talk):
        mindhold(
            "beliefs", "add", "--type", "relation", "--name", "nightly_run", "--content",
            "The nightly run needs Vitest.", "--participant", vitest, "--scope", "project:shop",
        )  # fmt: skip
        talk("When is the nightly run?")
        done = mindhold("why", "--wrong", vitest, "--mute")
        assert done.code == 1
        assert "came with nightly_run: mute that" in done.err

    @pytest.mark.parametrize(
        ("typed", "left"),
        [
            ("m\n", (True, ["project:shop"], 0)),
            ("s\ndomain:code project:api\n", (False, ["domain:code", "project:api"], 0)),
            ("r\n", (False, ["project:shop"], 1)),
            ("\n", (False, ["project:shop"], 1)),
        ],
        ids=["mute", "scope", "record", "nothing typed"],
    )
    def test_at_a_terminal_the_owner_is_asked(self, mindhold, vitest, talk, typed, left):
        talk("How do I set up Vitest here?")
        command = [sys.executable, "-m", "mindhold", "why", "--wrong", "vitest"]
        said, code = typed_into(command, typed)
        assert code == 0
        assert "test_runner was given because of “Vitest”. What shall be done?" in said
        assert "m  mute its name “vitest”" in said
        held = mindhold("beliefs", "show", vitest, "--json").json()
        assert (held["aliases"][0]["muted"], held["scopes"], len(probes(mindhold))) == left


class TestMissing:
    def test_it_is_told_which_rule_refused_it_and_what_the_message_calls_it(self, mindhold, talk):
        mindhold(
            "beliefs", "add", "--type", "entity", "--name", "flower_place", "--alias", "Rest",
            "--content", "Roses grow at Rest.", "--scope", "project:shop",
        )  # fmt: skip
        talk("we all like the rest garden a lot")
        done = mindhold("why", "--missing", "flower_place")
        first, command, recorded = done.out.splitlines()
        assert first.startswith("flower_place stayed out: ")
        assert first.endswith(" [ordinary]")
        assert command.endswith("--alias 'Rest garden'")
        assert recorded.startswith("Recorded as probe ")
        assert mindhold(*MINE).code == 1
        done = mindhold("why", "--missing", "flower_place", "--alias", "rest garden")
        assert "That message would be given it now." in done.out
        assert mindhold(*MINE).code == 0
        assert len(probes(mindhold)) == 1, "the same message is one probe"

    def test_a_name_that_does_not_help_is_told_not_to(self, mindhold, vitest, talk):
        talk("Are the tests slow?")
        done = mindhold("why", "--missing", "vitest", "--alias", "test suite")
        assert "stayed out: none of its names is in the message; it is called “vitest”" in done.out
        assert "would still not be given it: none of its names" in done.out

    @pytest.mark.parametrize(
        ("change", "told"),
        [
            (("edit", "--scope", "project:api"), ("[scope]", "project:api --scope project:shop")),
            (("mute",), ("[muted]",)),
            (("retire",), ("[state]", "retracted")),
        ],
        ids=["another scope", "muted", "retired"],
    )
    def test_what_no_name_can_help_is_told_with_what_can(
        self, mindhold, vitest, talk, change, told
    ):
        mindhold("beliefs", change[0], vitest, *change[1:])
        talk("How do I set up Vitest here?")
        done = mindhold("why", "--missing", vitest)
        assert done.code == 0
        assert all(words in done.out for words in told)

    def test_what_was_not_held_yet_is_told_so(self, mindhold, talk):
        talk("How do I set up Vitest here?")
        mindhold(
            "beliefs", "add", "--type", "entity", "--name", "vitest", "--content", "Vitest it is.",
            "--scope", "project:shop",
        )  # fmt: skip
        done = mindhold("why", "--missing", "vitest")
        assert "it was not held yet; now it would be given [since]" in done.out

    def test_a_belief_that_was_given_was_not_missing(self, mindhold, vitest, talk):
        talk("How do I set up Vitest here?")
        done = mindhold("why", "--missing", "vitest")
        assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)
        assert "test_runner was given to request" in done.err

    def test_programs_are_told_the_reason(self, mindhold, vitest, talk):
        talk("see src/vitest/setup.ts")
        told = mindhold("why", "--missing", "vitest", "--json").json()
        assert (told["rule"], told["added"], told["given_now"]) == ("compound", None, False)
        assert told["recorded"] == probes(mindhold)[0]["probe"]


class TestWords:
    def test_words_that_the_log_did_not_keep_are_asked_for(self, mindhold, vitest, talk):
        talk("How do I set up Vitest here?", X_Mindhold_Learn="off")
        done = mindhold("why", "--wrong", "vitest", "--record", "--mute")
        assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)
        assert "were not kept; say them with --text" in done.err
        assert not mindhold("beliefs", "show", vitest, "--json").json()["aliases"][0]["muted"]
        assert mindhold("why", "--wrong", "vitest", "--text", "about Vitest").code == 0
        assert probes(mindhold)[0]["text"] == "about Vitest"
        assert mindhold("why", "--wrong", "vitest", "--mute").code == 0, "that needs no words"

    def test_words_may_be_piped(self, mindhold, vitest, talk):
        talk("How do I set up Vitest here?")
        done = subprocess.run(
            [sys.executable, "-m", "mindhold", "why", "--wrong", "vitest", "--text", "-"],
            input="two lines\nabout vitest\n", capture_output=True, text=True, check=False,
            env=os.environ,
        )  # fmt: skip
        assert (done.returncode, probes(mindhold)[0]["text"]) == (0, "two lines\nabout vitest")

    def test_no_secret_is_kept_in_a_probe(self, mindhold, vitest, talk, home: Path):
        talk("How do I set up Vitest here?")
        key = "sk-" + "proj-" + "a1B2c3D4" * 6
        done = mindhold("why", "--wrong", "vitest", "--text", f"vitest with {key}?")
        assert "The secrets in it were left out." in done.err
        assert probes(mindhold)[0]["text"] == "vitest with [secret: openai]?"
        assert key.encode() not in b"".join(
            file.read_bytes() for file in home.rglob("*") if file.is_file()
        )

    def test_a_message_that_the_log_has_cut_says_so(self, mindhold, vitest, talk):
        talk("How do I set up Vitest here? " + "é" * 5_000)
        assert "head and tail only" in mindhold("why", "--wrong", "vitest").err


WRONG = {
    "no request yet": (("--wrong", "vitest"), 1, "No request yet."),
    "no such request": (("01zz", "--wrong", "vitest"), 1, "No request 01zz."),
    "both": (("--wrong", "vitest", "--missing", "vitest"), 2, "either --wrong ID or --missing ID"),
    "neither": (("--mute",), 2, "either --wrong ID or --missing ID"),
    "a list": (("--list", "--wrong", "vitest"), 2, "either --wrong ID or --missing ID"),
    "a name for what is wrong": (
        ("--wrong", "x", "--alias", "y"),
        2,
        "--alias goes with --missing",
    ),
    "a scope for what is missing": (
        ("--missing", "x", "--scope", "domain:x"),
        2,
        "go with --wrong",
    ),
    "no scope": (("--wrong", "vitest", "--scope", "shop"), 1, "is not a scope"),
}


@pytest.mark.parametrize(("arguments", "code", "said"), WRONG.values(), ids=WRONG)
def test_what_means_nothing_is_refused_in_one_line(mindhold, vitest, arguments, code, said):
    done = mindhold("why", *arguments)
    assert (done.code, done.out, done.err.count("\n")) == (code, "", 1)
    assert said in done.err


def test_a_belief_that_is_not_there_is_refused_in_one_line(mindhold, vitest, talk):
    talk("How do I set up Vitest here?")
    done = mindhold("why", "--wrong", "nothing_of_this_name")
    assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)


def test_a_request_that_memory_did_not_serve_is_not_judged(mindhold, vitest, talk):
    talk("How do I set up Vitest here?", X_Mindhold_Inject="off")
    for option in ("--wrong", "--missing"):
        done = mindhold("why", option, "vitest")
        assert (done.code, done.err.count("\n")) == (1, 1)
        assert "Memory had no part in request" in done.err


CALL = {"id": "1", "type": "function", "function": {"name": "ls", "arguments": "{}"}}
REST = {
    "a round of an agent": [
        {"role": "assistant", "content": None, "tool_calls": [CALL]},
        {"role": "tool", "tool_call_id": "1", "content": "nothing"},
    ],
    "a later message": [
        {"role": "assistant", "content": "Like so."},
        {"role": "user", "content": "Thanks."},
    ],
}


@pytest.mark.parametrize("rest", REST.values(), ids=REST)
def test_what_was_given_earlier_is_judged_where_it_came_in(mindhold, vitest, settings, rest):
    say = {"role": "user", "content": "How do I set up Vitest here?"}
    with serving(create_app(settings)) as served:
        url = f"{served.origin}/scope/project:shop/v1/chat/completions"
        for messages in ([say], [say, *rest]):
            httpx.post(url, json={"model": "m", "messages": messages}).raise_for_status()
    assert mindhold("why", "--list", "--json").json()[0]["injected"][0]["tier"] == "earlier"
    done = mindhold("why", "--wrong", "vitest", "--mute", "--record")
    assert (done.code, done.err) == (0, "")
    assert "under “vitest”" in done.out
    assert probes(mindhold)[0]["text"] == say["content"]
    mindhold("why", "--wrong", "vitest", "--text", "what I said")
    assert {probe["text"] for probe in probes(mindhold)} == {say["content"], "what I said"}


def test_a_running_proxy_heeds_it_at_once(mindhold, vitest, settings):
    body = {"model": "m", "messages": [{"role": "user", "content": "How do I set up Vitest?"}]}
    with serving(create_app(settings)) as served:
        url = f"{served.origin}/scope/project:shop/v1/chat/completions"
        first = httpx.post(url, json=body).headers["x-mindhold-request"]
        until(lambda: mindhold("why", first).code == 0)
        assert mindhold("why", first, "--wrong", "vitest", "--mute").code == 0
        again = {**body, "messages": [{"role": "user", "content": "And Vitest in CI?"}]}
        assert "injected=0" in httpx.post(url, json=again).headers["x-mindhold-memory"]


class TestMine:
    def test_without_a_probe_it_says_how_to_get_one(self, mindhold, vitest, home):
        done = mindhold(*MINE)
        assert (done.code, done.out) == (0, "")
        assert "No probe yet" in done.err
        assert probes(mindhold) == []

    def test_it_makes_no_store(self, mindhold, home: Path):
        assert mindhold(*MINE).code == 0
        assert not home.exists()

    def test_failures_are_told_with_the_reason_and_count_in_the_exit_code(
        self, mindhold, vitest, rose, talk
    ):
        talk("How do I set up Vitest here?")
        mindhold("why", "--wrong", "vitest")
        mindhold("why", "--missing", "job_queue")
        done = mindhold(*MINE)
        assert done.code == 1
        lines = done.out.splitlines()
        assert lines[0].startswith("✗ test_runner must stay out of “How do I set up Vitest here?”")
        assert lines[1].startswith("    “Vitest” is its alias “vitest”")
        assert lines[2].startswith("✗ job_queue belongs to “How do I set up Vitest here?”")
        assert "[unnamed]" in lines[3]
        assert lines[4] == "2 probes: 0 as you judged, 2 not."
        mindhold("beliefs", "mute", vitest, "vitest")
        assert mindhold(*MINE).out.splitlines()[-1] == "2 probes: 1 as you judged, 1 not."

    def test_what_took_a_beliefs_place_stands_for_it_and_what_is_gone_for_nothing(
        self, mindhold, vitest, talk
    ):
        talk("How do I set up Vitest here?")
        mindhold("why", "--wrong", "vitest")
        mindhold("beliefs", "supersede", vitest, "--name", "bun", "--content", "We use bun test.")
        [probe] = probes(mindhold)
        assert (probe["name"], probe["passed"]) == ("bun", False), "it inherits the name"
        mindhold("beliefs", "retire", "bun")
        [probe] = probes(mindhold)
        assert (probe["passed"], mindhold(*MINE).code) == (None, 0)
        assert "1 no longer held" in mindhold(*MINE).out

    def test_a_probe_can_be_dropped(self, mindhold, vitest, talk):
        talk("How do I set up Vitest here?")
        id = mindhold("why", "--wrong", "vitest", "--json").json()["recorded"]
        assert mindhold(*MINE, "--drop", "zz").code == 1
        assert mindhold(*MINE, "--drop", id[:14]).out == f"Dropped probe {id}.\n"
        assert probes(mindhold) == []
        assert mindhold("eval", "retrieval", "--drop", id).code == 2

    def test_a_hard_forget_takes_the_probes_that_speak_of_it(
        self, mindhold, vitest, rose, talk, home
    ):
        talk("How do I set up Vitest and the kestrix here?")
        mindhold("why", "--wrong", "vitest")
        mindhold("why", "--wrong", "job_queue")
        assert len(probes(mindhold)) == 2
        assert mindhold("beliefs", "forget", vitest, "--hard", "--yes").code == 0
        assert probes(mindhold) == [], "the other one's message names it too"
        left = b"".join(file.read_bytes() for file in home.rglob("*") if file.is_file())
        assert b"itest" not in left

    def test_probes_go_where_beliefs_are_exported_and_imported_once(
        self, mindhold, vitest, talk, tmp_path, monkeypatch
    ):
        talk("How do I set up Vitest here?")
        mindhold("why", "--wrong", "vitest")
        before, whole = probes(mindhold), mindhold("export").out
        path = tmp_path / "beliefs.jsonl"
        path.write_text("".join(f"{line}\n" for line in reversed(whole.splitlines())))
        assert mindhold("export", "--type", "decision").out.count("\n") == 1
        monkeypatch.setenv("MINDHOLD_HOME", str(tmp_path / "other"))
        for new in (1, 0):
            done = mindhold("import", str(path), "--json").json()
            assert (done["added"], done["probes"], done["problems"]) == (new, 1, [])
        assert probes(mindhold) == before

    def test_a_probe_of_no_known_belief_is_left_out(self, mindhold, tmp_path):
        probe = {"probe": "p1", "at": "2026-01-01T00:00:00Z", "text": "x", "scopes": ["domain:x"]}
        path = tmp_path / "probes.jsonl"
        path.write_text(
            json.dumps({**probe, "belief": "b1", "due": True}) + "\n" + json.dumps(probe) + "\n"
        )
        done = mindhold("import", str(path))
        assert done.code == 1
        assert "line 1: The belief of this probe is neither" in done.err
        assert "line 2: A probe needs text" in done.err

    def test_a_renamed_scope_takes_its_probes_along(self, mindhold, vitest, talk):
        talk("How do I set up Vitest here?")
        mindhold("why", "--wrong", "vitest")
        assert mindhold("scopes", "rename", "project:shop", "project:store").code == 0
        [probe] = probes(mindhold)
        assert (probe["scopes"], probe["passed"]) == (["project:store"], False)

    def test_another_agents_request_is_asked_as_that_agent(self, mindhold, talk):
        mindhold(
            "beliefs", "add", "--type", "entity", "--name", "vitest", "--content", "Vitest it is.",
            "--scope", "project:shop", "--agent", "helper",
        )  # fmt: skip
        talk("How do I set up Vitest here?", X_Mindhold_Agent="helper")
        mindhold("why", "--wrong", "vitest")
        [probe] = probes(mindhold)
        assert (probe["agent"], probe["passed"]) == ("helper", False)
