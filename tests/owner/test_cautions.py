"""What the owner is told of a belief's names when it is written, and later."""

import json
import os
import subprocess
import sys

import pytest
from keyboard import typed_into

ADD = ("beliefs", "add", "--scope", "project:shop", "--why", "Keep to it.")


def added(mindhold, name: str, content: str, *aliases: str, **more: str):
    names = [part for alias in aliases for part in ("--alias", alias)]
    options = [part for key, value in more.items() for part in (f"--{key}", value)]
    kind = () if "type" in more else ("--type", "entity")
    return mindhold(*ADD, *kind, "--name", name, "--content", content, *names, *options)


def kinds(done) -> list[str]:
    return [warning["kind"] for warning in done.json()["warnings"]]


CASES = {
    "an everyday word": ("rose", "Rose is my older sister.", ["Rose"], "word"),
    "an everyday word of its own language": (
        "bahn",
        "Die Lagerverwaltung heißt Schaufel und läuft im Keller.",
        ["Schaufel"],
        "word",
    ),
    "a letter": ("grade", "The best mark at this school is A.", ["A"], "character"),
    "a number": ("room", "We meet in room 7.", ["7"], "character"),
    "two Han characters": ("home", "京都に住んでいます。", ["京都"], "short"),
    "a sentence": ("we_always_use_tabs_and_never_spaces", "Tabs.", [], "sentence"),
    "grammar words only": ("habit", "Tabs.", ["what we use"], "sentence"),
    "a slot that the text does not name": ("deploy_target", "It runs on Fly.io.", [], "unused"),
    "two capitals": ("agency", "Blue Fox does the publicity.", ["PR"], "initials"),
    "what any such thing is called": ("database", "The database is slow.", [], "descriptive"),
}


@pytest.mark.parametrize(("name", "content", "aliases", "kind"), CASES.values(), ids=CASES)
def test_a_name_that_will_not_do_is_told_of_when_it_is_written(
    mindhold, name, content, aliases, kind
):
    done = added(mindhold, name, content, *aliases)
    assert done.code == 0
    assert (aliases or [name.replace("_", " ")])[0] in done.err
    assert done.err.splitlines()[0].endswith(".")
    assert kind in [
        w["kind"] for w in mindhold("beliefs", "show", name, "--json").json()["warnings"]
    ]


CLEAR = {
    "a rare word": ("scheduler", "Jobs run on Kestrix.", ["Kestrix"]),
    "two words": ("rose", "Rose is my sister.", ["Rose Miller"]),
    "a name that its own text uses": ("auth_service", "The auth service owns sessions.", []),
    "a slot with a name": ("test_runner", "We use Vitest, not Jest.", ["Vitest"]),
    "three Han characters": ("home", "東京都に住んでいます。", ["東京都"]),
}


@pytest.mark.parametrize(("name", "content", "aliases"), CLEAR.values(), ids=CLEAR)
def test_a_name_that_will_do_is_not_spoken_of(mindhold, name, content, aliases):
    assert added(mindhold, name, content, *aliases).err == ""
    assert mindhold("beliefs", "show", name, "--json").json()["warnings"] == []


@pytest.mark.parametrize(
    "fields",
    [
        {"scope": "user:universal"},
        {"type": "open_question"},
        {"type": "preference", "subtype": "expertise"},
    ],
    ids=["about the person", "a question", "expertise"],
)
def test_what_is_not_looked_for_by_name_has_none_to_be_told_of(mindhold, fields):
    given = {"type": "entity", "scope": "project:shop", **fields}
    options = [part for key, value in given.items() for part in (f"--{key}", value)]
    done = mindhold(
        "beliefs", "add", "--name", "rest", "--content", "Rest it.", "--why", "Rest.", *options
    )
    assert (done.code, done.err) == (0, "")


PROPOSED = {
    "what the text says it is": ("jobs", "Rose, our cluster scheduler.", "Rose", "Rose scheduler"),
    "what stands behind it": ("jobs", "Jobs go to the Rose cluster.", "rose", "rose cluster"),
    "what it is for": ("rose", "We use Rose for all our batch jobs.", "Rose", "Rose jobs"),
    "its longer name": ("jobs", "Jobs run on Hetzner Rose.", "Rose", "Hetzner Rose"),
    "its address": ("jobs", "Jobs run on Rose.cloud now.", "Rose", "Rose.cloud"),
    "one's own comes first": ("family", "Rose is my older sister.", "Rose", "sister Rose"),
    "in German": ("rose", "Unser Scheduler ist Rose.", "Rose", "Rose Scheduler"),
    "in French": ("rose", "Rose est notre ordonnanceur.", "Rose", "Rose ordonnanceur"),
    "the noun of the canonical name": ("job_queue", "Jobs go to Rose.", "Rose", "Rose queue"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "content", "alias", "better"), PROPOSED.values(), ids=PROPOSED)
def test_a_better_name_is_proposed_in_its_own_words_as_a_command_that_works(
    mindhold, name, content, alias, better
):
    done = added(mindhold, name, content, alias)
    [command] = [line for line in done.err.splitlines() if "→" in line]
    assert command.endswith((f"--alias {better}", f"--alias '{better}'"))
    words = command.partition("mindhold ")[2].replace("'", "").partition("--alias ")
    done = mindhold(*words[0].split(), "--alias", words[2])
    assert (done.code, done.err) == (0, ""), "and then all is well"
    message = f"how is the {better} doing?"
    recalled = mindhold("recall", message, "--scope", "project:shop", "--json").json()
    assert [hit["belief"]["canonical_name"] for hit in recalled["relevant"]] == [name]


def test_a_slot_is_proposed_the_name_of_what_fills_it(mindhold):
    done = added(mindhold, "test_runner", "We do not use Jest but Vitest.")
    assert "--alias Vitest" in done.err


def test_a_name_that_two_beliefs_have_is_told_of_where_both_can_be_asked_for(mindhold):
    added(mindhold, "cache_server", "Sessions are in Valkey.", "Valkey")
    here = added(mindhold, "queue", "Jobs wait in Valkey.", "Valkey", "job queue")
    assert "“Valkey” is a name of cache_server too" in here.err
    assert "→ mindhold beliefs mute" in here.err
    other = mindhold(
        "beliefs", "add", "--type", "entity", "--name", "store", "--content", "Valkey holds it.",
        "--alias", "valkey", "--scope", "project:api", "--why", "Keep to it.",
    )  # fmt: skip
    assert "cache_server" not in other.err
    mindhold("beliefs", "mute", "queue", "valkey")
    assert mindhold("beliefs", "show", "cache_server", "--json").json()["warnings"] == []


def test_a_name_that_a_subdomain_shares_with_its_domain_is_told_of_on_both_sides(mindhold):
    made = [
        mindhold(
            "beliefs", "add", "--type", "entity", "--name", f"thing {scope[-1]}", "--content",
            "Valkey holds it.", "--alias", "valkey", "--alias", f"store {scope[-1]}",
            "--scope", scope, "--json",
        )
        for scope in ("domain:code/a", "domain:code", "domain:code/b")
    ]  # fmt: skip
    assert [kinds(done) for done in made] == [[], ["shared"], ["shared"]]
    assert "thing_e" in made[2].json()["warnings"][0]["said"], "not the sibling's"


def test_a_name_of_more_than_eight_is_told_to_bring_up_none(mindhold):
    for number in range(9):
        done = added(mindhold, f"service {number}", f"Service {number} is up.", "the fleet")
    assert "“the fleet” is a name of more than 8 beliefs here" in done.err


def test_an_edit_tells_what_is_new_and_nothing_twice(mindhold):
    added(mindhold, "editor", "We use Kestrix.", "Kestrix")
    done = mindhold("beliefs", "edit", "editor", "--alias", "it", "--alias", "kestrix editor")
    assert "“it” is also an everyday word" in done.err
    assert "→" not in done.err, "it has a name that will do"
    assert mindhold("beliefs", "edit", "editor", "--content", "We use Kestrix 25.").err == ""
    done = mindhold(
        "beliefs", "edit", "editor", "--remove-alias", "kestrix", "--remove-alias", "kestrix editor"
    )
    assert "“it” is also an everyday word" in done.err
    assert "--alias 'Kestrix" in done.err or "--alias Kestrix" in done.err


def test_programs_get_every_warning_with_what_is_written(mindhold):
    done = mindhold(
        *ADD, "--type", "entity", "--name", "rose", "--alias", "Rose",
        "--content", "Rose is my older sister.", "--json",
    )  # fmt: skip
    [warning] = done.json()["warnings"]
    assert (warning["kind"], warning["name"], warning["alias"]) == ("word", "Rose", "sister Rose")
    edited = mindhold("beliefs", "edit", "rose", "--content", "Rose is my sister.", "--json")
    assert kinds(edited) == ["word"]
    assert done.err == ""


def test_unclear_names_are_listed_shown_and_counted(mindhold):
    added(mindhold, "rose", "Rose is my older sister.", "Rose")
    added(mindhold, "test_runner", "We use Vitest.", "Vitest")
    listed, _ = typed_into([sys.executable, "-m", "mindhold", "beliefs", "list"], "")
    assert "2 live · 1 with unclear names (--unclear)" in listed
    assert mindhold("beliefs", "list").err == "2 live\n", "a script does not pay for the look"
    told = mindhold("beliefs", "list", "--unclear")
    assert told.out.startswith("rose  Rose is my older sister.\n  “Rose” is also an everyday word")
    assert "test_runner" not in told.out
    added(mindhold, "bundler", "We use Viteris.", "Viteris", "bundle")
    assert "bundler" not in mindhold("beliefs", "list", "--unclear").out, "one name will do"
    [one] = mindhold("beliefs", "list", "--unclear", "--json").json()
    assert (one["canonical_name"], one["warnings"][0]["alias"]) == ("rose", "sister Rose")
    assert "Its names\n  “Rose” is also an everyday word" in mindhold("beliefs", "show", "rose").out
    assert (
        "Every name is clear." in mindhold("beliefs", "list", "--unclear", "--type", "lesson").err
    )


def test_doctor_counts_them_and_does_not_mind(mindhold):
    added(mindhold, "test_runner", "We use Vitest.", "Vitest")
    before = doctor()
    added(mindhold, "rose", "Rose is my older sister.", "Rose")
    after = doctor()
    [finding] = [one for one in json.loads(after.stdout) if one["part"] == "names"]
    assert finding["well"]
    assert finding["said"] == "of 2 live beliefs, 1 will seldom be named, 0 share one"
    assert finding["todo"] == "mindhold beliefs list --unclear"
    assert before.returncode == after.returncode


def doctor() -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mindhold", "doctor", "--json"]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ)


@pytest.mark.parametrize(("typed", "names"), [("rosie\n", ["Rose", "rosie"]), ("\n", ["Rose"])])
def test_at_a_terminal_the_better_name_is_asked_for_once(mindhold, home, typed, names):
    arguments = [*ADD, "--type", "entity", "--name", "rose", "--alias", "Rose"]
    arguments += ["--content", "Rose is my sister."]
    said, code = typed_into([sys.executable, "-m", "mindhold", *arguments], typed)
    assert code == 0
    assert (
        said.count("Another name, as you would type it (such as sister Rose; Enter for none)") == 1
    )
    held = mindhold("beliefs", "show", "rose", "--json").json()
    assert [alias["text"] for alias in held["aliases"]] == names
