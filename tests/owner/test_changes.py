"""What is held, changed by its owner: told in a line, undone with a command."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

ADD = ("beliefs", "add", "--type", "decision", "--name", "editor", "--content", "We use Helix.")


def state(mindhold, id: str) -> str:
    return mindhold("beliefs", "show", id, "--json").json()["state"]


def test_what_is_added_says_where_it_went_and_how_to_take_it_back(mindhold):
    done = mindhold(*ADD, "--scope", "project:shop")
    assert done.code == 0
    [line] = done.out.splitlines()
    assert line.startswith("Added editor (")
    assert " in project:shop. Undo: mindhold beliefs undo " in line
    undo = line.partition("Undo: mindhold ")[2].split()
    assert mindhold(*undo).code == 0
    assert mindhold("beliefs", "list", "--json").json() == []


def test_without_a_reason_the_type_gives_one_and_that_is_said(mindhold):
    done = mindhold(*ADD)
    [held] = mindhold("beliefs", "list", "--json").json()
    assert held["why_it_matters"].startswith("Keep to this decision")
    assert held["why_it_matters"] in done.err


def test_outside_a_repository_it_goes_to_the_default_scope(mindhold, home: Path):
    assert mindhold(*ADD, "--json").json()["scopes"] == ["domain:general"]
    (home / "config.yaml").write_text("default_scope: domain:home\n")
    done = mindhold(*ADD, "--json")
    assert done.json()["scopes"] == ["domain:home"]


def test_inside_a_repository_it_goes_to_that_project(mindhold, tmp_path: Path, monkeypatch):
    for place, origin in (("one/api", "git@host:a/api.git"), ("two/api", "git@host:b/api.git")):
        directory = tmp_path / place / "src"
        directory.mkdir(parents=True)
        git = tmp_path / place / ".git"
        git.mkdir()
        (git / "HEAD").write_text("ref: refs/heads/main\n")
        (git / "config").write_text(f'[remote "origin"]\n\turl = {origin}\n')
    monkeypatch.chdir(tmp_path / "one/api/src")
    assert mindhold(*ADD, "--json").json()["scopes"] == ["project:api"]
    monkeypatch.chdir(tmp_path / "two/api/src")
    [scope] = mindhold(*ADD, "--json").json()["scopes"]
    assert scope != "project:api", "two checkouts of one name never share"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--scope", "shop"), "is not a scope"),
        (("--content", "two\nlines"), "one line"),
        (("--content", "x" * 501), "longer than 500"),
        (("--alias", "far too many words for it"), "1 to 4 words"),
        (("--subtype", "style"), "subtypes of a decision"),
        (("--content", "the password is hunter2-Zx9!kQ7vLp"), "secret"),
    ],
    ids=["scope", "lines", "length", "alias", "subtype", "secret"],
)
def test_what_cannot_be_held_is_refused_in_one_line_that_does_not_repeat_it(mindhold, more, said):
    done = mindhold(*ADD, *more)
    assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)
    assert said in done.err
    assert "hunter2" not in done.err
    assert mindhold("beliefs", "list", "--all", "--json").json() == []


def test_a_name_that_is_taken_there_is_refused_and_free_elsewhere(mindhold, vitest):
    again = ("beliefs", "add", "--type", "decision", "--name", "test runner", "--content", "Bun.")
    assert mindhold(*again, "--scope", "project:shop").code == 1
    assert mindhold(*again, "--scope", "project:api").code == 0


def test_a_name_that_is_an_everyday_word_is_cautioned_about_when_it_is_given(mindhold, vitest):
    done = mindhold("beliefs", "edit", vitest, "--alias", "it", "--alias", "vite")
    assert done.code == 0
    assert "“it” is also an everyday word" in done.err
    assert "vite" not in done.err
    assert mindhold("beliefs", "edit", vitest, "--content", "We use Vitest.").err == ""


def test_an_edit_changes_what_was_named_and_nothing_else(mindhold, vitest):
    before = mindhold("beliefs", "show", vitest, "--json").json()
    done = mindhold(
        "beliefs", "edit", "vitest", "--content", "We use Vitest 3.", "--alias", "test suite",
        "--remove-alias", "VITEST",
    )  # fmt: skip
    assert done.out.startswith("Changed test_runner (")
    after = mindhold("beliefs", "show", vitest, "--json").json()
    assert after["content"] == "We use Vitest 3."
    assert [alias["text"] for alias in after["aliases"]] == ["test suite"]
    assert after["user_edited"]
    assert after["version"] == before["version"] + 1
    same = ("id", "type", "canonical_name", "why_it_matters", "scopes", "state", "pinned")
    assert {key: after[key] for key in same} == {key: before[key] for key in same}


def test_an_edit_that_changes_nothing_says_so(mindhold, vitest):
    done = mindhold("beliefs", "edit", vitest, "--content", "We use Vitest, not Jest.")
    assert done.out.startswith("Nothing changed in test_runner")


def editor(directory: Path, script: str) -> str:
    """An $EDITOR that rewrites the form; `text` is what it finds."""
    path = directory / "editor.py"
    path.write_text(
        "import sys, pathlib\nform = pathlib.Path(sys.argv[1])\n"
        f"text = form.read_text()\n{script}\nform.write_text(text)\n"
    )
    return f"{sys.executable} {path}"


def test_without_options_the_belief_is_edited_as_a_form(mindhold, vitest, tmp_path, monkeypatch):
    script = """text = text.replace('We use Vitest, not Jest.', '"Wir nehmen Vitest: für alles."')
text = text.replace('- vitest', '- vitest\\n- vite test')"""
    monkeypatch.setenv(
        "EDITOR",
        editor(tmp_path, script),
    )
    done = mindhold("beliefs", "edit", vitest)
    assert done.code == 0, done.err
    after = mindhold("beliefs", "show", vitest, "--json").json()
    assert after["content"] == "Wir nehmen Vitest: für alles."
    assert [alias["text"] for alias in after["aliases"]] == ["vitest", "vite test"]


@pytest.mark.parametrize(
    "script",
    ["text = 'name: [broken'", "text = 'no form at all'", "text = text.replace('- project', '- ')"],
    ids=["not YAML", "not a form", "no scope"],
)
def test_a_form_that_cannot_be_read_changes_nothing(
    mindhold, vitest, tmp_path, monkeypatch, script
):
    monkeypatch.setenv("EDITOR", editor(tmp_path, script))
    before = mindhold("beliefs", "show", vitest, "--json").json()
    done = mindhold("beliefs", "edit", vitest)
    assert done.code == 1
    assert "Traceback" not in done.err
    assert mindhold("beliefs", "show", vitest, "--json").json() == before


def test_a_form_left_as_it_was_changes_nothing(mindhold, vitest, tmp_path, monkeypatch):
    monkeypatch.setenv("EDITOR", editor(tmp_path, "pass"))
    assert mindhold("beliefs", "edit", vitest).out.startswith("Nothing changed")


def test_an_editor_that_is_not_there_is_named(mindhold, vitest, monkeypatch):
    monkeypatch.setenv("EDITOR", "no-such-editor")
    done = mindhold("beliefs", "edit", vitest)
    assert (done.code, done.err.count("\n")) == (1, 1)
    assert "no-such-editor" in done.err


@pytest.mark.parametrize(
    ("there", "back", "field"),
    [("pin", "unpin", "pinned"), ("mute", "mute --off", "muted")],
)
def test_a_mark_is_set_and_taken_off(mindhold, vitest, there, back, field):
    assert mindhold("beliefs", *there.split(), vitest, "--json").json()[field]
    assert not mindhold("beliefs", *back.split(), vitest, "--json").json()[field]


def test_one_name_is_muted_without_the_rest(mindhold, vitest):
    mindhold("beliefs", "mute", vitest, "vitest")
    held = mindhold("beliefs", "show", vitest, "--json").json()
    assert not held["muted"]
    assert [alias["muted"] for alias in held["aliases"]] == [True]
    assert "vitest (muted)" in mindhold("beliefs", "show", vitest).out
    assert mindhold("beliefs", "mute", vitest, "no such name").code == 1


def test_a_successor_takes_over_the_names_of_the_old_one(mindhold, vitest):
    done = mindhold(
        "beliefs", "supersede", vitest, "--name", "bun_test", "--content", "We use bun test.",
    )  # fmt: skip
    assert done.out.startswith("bun_test (")
    assert "replaces test_runner" in done.out
    new = mindhold("beliefs", "show", "vitest", "--json").json()
    assert (new["canonical_name"], new["supersedes"]) == ("bun_test", [vitest])
    assert state(mindhold, vitest) == "superseded"
    assert "bun_test" in mindhold("beliefs", "show", vitest).out
    mindhold("beliefs", "undo")
    assert state(mindhold, vitest) == "active"


def test_a_belief_that_is_there_already_can_be_the_successor(mindhold, vitest):
    other = mindhold(*ADD, "--json").json()["id"]
    assert mindhold("beliefs", "supersede", vitest, "--by", other).code == 0
    assert state(mindhold, vitest) == "superseded"


@pytest.mark.parametrize("options", [[], ["--content", "x", "--by", "y"]], ids=["none", "both"])
def test_a_successor_is_either_new_or_there(mindhold, vitest, options):
    assert mindhold("beliefs", "supersede", vitest, *options).code == 2


def test_retired_and_forgotten_both_end_it_and_can_be_undone(mindhold, vitest):
    for verb in ("retire", "forget"):
        assert mindhold("beliefs", verb, vitest).code == 0
        assert state(mindhold, vitest) == "retracted"
        assert mindhold("beliefs", "undo", vitest).code == 0
        assert state(mindhold, vitest) == "active"


def test_forgetting_for_good_asks_first_and_says_what_it_cannot_reach(mindhold, vitest):
    done = mindhold("beliefs", "forget", vitest, "--hard")
    assert done.code == 1
    assert "exports and backups" in done.err
    assert state(mindhold, vitest) == "active"


def test_what_is_forgotten_for_good_is_in_no_file_and_cannot_come_back(
    mindhold, vitest, home: Path
):
    mindhold("beliefs", "edit", vitest, "--content", "We use the word Zyxomma.")
    assert mindhold("beliefs", "forget", vitest, "--hard", "--yes").code == 0
    files = [path for path in home.rglob("*") if path.is_file()]
    assert not [path for path in files if b"Zyxomma" in path.read_bytes()]
    assert mindhold("beliefs", "undo", vitest).code == 1
    told = "".join(
        mindhold(*command).out
        for command in (("beliefs", "list", "--all"), ("beliefs", "history"), ("export",))
    )
    assert "itest" not in told
    assert "Zyxomma" not in told


def test_nothing_to_undo_is_said_in_one_line(mindhold, vitest):
    mindhold("beliefs", "undo")
    assert mindhold("beliefs", "undo").code == 0, "an undoing can be undone"
    assert state(mindhold, vitest) == "active"


def test_a_changing_verb_makes_no_store_where_there_is_none(mindhold, home: Path):
    done = mindhold("beliefs", "pin", "anything")
    assert (done.code, done.err.count("\n")) == (1, 1)
    assert not home.exists()


def test_a_setting_that_is_wrong_is_exit_3_and_a_broken_store_exit_4(mindhold, vitest, home: Path):
    (home / "config.yaml").write_text("defualt_scope: domain:home\n")
    assert mindhold(*ADD).code == 3
    (home / "config.yaml").unlink()
    (home / "store.db").write_bytes(b"not a database at all" * 500)
    done = mindhold("beliefs", "list")
    assert (done.code, done.err.count("\n")) == (4, 1)


def test_the_reader_of_a_pipe_may_leave(mindhold, vitest):
    command = f"{sys.executable} -m mindhold beliefs list --json | head -c 1"
    done = subprocess.run(
        ["/bin/sh", "-c", command], capture_output=True, text=True, check=False, env=os.environ
    )
    assert (done.stdout, done.stderr) == ("[", "")


def test_what_waits_is_shown_with_the_way_to_admit_it(mindhold, home: Path):
    home.mkdir()
    (home / "config.yaml").write_text("learn: {mode: curated}\n")
    (home / "talk.json").write_text('[{"role": "user", "content": "We use Redis for caching."}]')
    assert mindhold("learn", str(home / "talk.json")).code == 0
    waiting = mindhold("beliefs", "list", "--status", "pending")
    assert "mindhold review" in waiting.err
    assert "mindhold" not in waiting.out
    done = mindhold("beliefs", "edit", "redis", "--status", "active")
    assert "; it is active now. Undo: mindhold beliefs undo " in done.out
    assert state(mindhold, "redis") == "active"
    assert mindhold("beliefs", "undo").code == 0
    assert state(mindhold, "redis") == "pending"


def test_what_is_held_twice_is_shown_merged_and_taken_back(mindhold) -> None:
    for name in ("runner", "test_runner"):
        add = ("beliefs", "add", "--type", "decision", "--name", name, "--scope", "project:shop")
        mindhold(*add, "--content", "We use Vitest for tests.")
    assert mindhold("beliefs", "compact").err.startswith("Nothing"), "both are the owner's own"
    assert mindhold("beliefs", "compact", "--json").json() == []


def test_what_leans_on_what_is_replaced_is_put_up_for_review(mindhold) -> None:
    add = ("beliefs", "add", "--type", "entity", "--scope", "user:universal")
    mindhold(*add, "--name", "home_city", "--content", "I live in Berlin.")
    mindhold(*add, "--name", "gym", "--content", "My gym in Berlin closes at ten.")
    mindhold(*add, "--name", "diet", "--content", "I eat no meat.")
    done = mindhold("beliefs", "supersede", "home_city", "--content", "I live in Hamburg.")
    assert "1 belief leans on what was replaced" in done.err
    today = datetime.now(UTC).date().isoformat()
    listed = mindhold("beliefs", "list", "--json").json()
    due = {b["canonical_name"] for b in listed if b["review_by"] and b["review_by"] <= today}
    assert due == {"gym"}
    mindhold("beliefs", "undo")
    assert mindhold("beliefs", "show", "gym", "--json").json()["review_by"] is None
