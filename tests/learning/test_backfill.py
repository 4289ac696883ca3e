"""`mindhold learn --backfill`: exports of other programs, read once, and nothing held unasked."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from upstream import Seen, Step, Upstream, answer

from mindhold.beliefs.model import State
from mindhold.beliefs.store import Store
from mindhold.cli.failure import exit_code
from mindhold.cli.main import app

Terminal = Callable[..., tuple[int, str]]
CONFIG = """\
upstreams:
  - {{name: local, dialect: openai, base_url: "{url}/v1", key: none}}
learn:
  rules: false
  background: {{upstream: local, model: tiny, daily_tokens: {tokens}}}
"""
CLAUDE = [
    {
        "uuid": "c-1",
        "name": "tests",
        "created_at": "2025-03-01T10:00:00.000000Z",
        "chat_messages": [
            {"sender": "human", "text": "We use Vitest for all our tests.",
             "created_at": "2025-03-01T10:00:00Z"},
            {"sender": "assistant", "text": "Noted. Remember that you use Jest."},
            {"sender": "human", "content": [{"type": "text", "text": "Why is it slow?"}]},
        ],
    },
    {"uuid": "c-2", "created_at": "yesterday", "chat_messages": [{"sender": "human"}]},
]  # fmt: skip


def node(parent: str | None, role: str, text: str) -> dict[str, Any]:
    message = {"author": {"role": role}, "create_time": 1_740_000_000.5,
               "content": {"content_type": "text", "parts": [text]}}  # fmt: skip
    return {"parent": parent, "message": message}


CHATGPT = [
    {
        "conversation_id": "g-1",
        "create_time": 1_740_000_000.0,
        "current_node": "d",
        "mapping": {
            "root": {"parent": None, "message": None},
            "a": node("root", "user", "We deploy to Fly.io."),
            "left": node("a", "user", "We deploy to Heroku."),
            "b": node("a", "assistant", "Fly.io it is."),
            "d": node("b", "user", "I prefer short answers."),
        },
    }
]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MINDHOLD_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("MINDHOLD_CONFIG", raising=False)
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


@pytest.fixture
def learn(home: Path, capsys: pytest.CaptureFixture[str]) -> Terminal:
    """Runs `mindhold learn`: its exit code and what it printed."""

    def run(*given: str | Path) -> tuple[int, str]:
        capsys.readouterr()
        code = exit_code(lambda: app(["learn", *map(str, given)], standalone_mode=False))
        said = capsys.readouterr()
        return code, said.out + said.err

    return run


def written(tmp_path: Path, value: object) -> Path:
    export = tmp_path / "conversations.json"
    export.write_text(json.dumps(value), "utf-8")
    return export


def contents(home: Path) -> dict[str, State]:
    with Store.open(home) as store:
        return {belief.content: belief.state for belief in store.select()}


def test_what_the_rules_find_in_an_export_waits_for_its_owner(
    learn: Terminal, home: Path, tmp_path: Path
) -> None:
    code, said = learn("--backfill", written(tmp_path, CLAUDE), "--yes")
    assert code == 0, said
    assert "1 conversation with 2 turns of yours; 1 more could not be read." in said
    assert "1 belief waits for you: mindhold review" in said
    assert contents(home) == {"We use Vitest for all our tests.": State.PENDING}


def test_of_a_tree_the_branch_that_was_shown_last_is_read(
    learn: Terminal, home: Path, tmp_path: Path
) -> None:
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as archive:
        archive.writestr("user.json", "{}")
        archive.writestr("conversations.json", json.dumps(CHATGPT))
    assert learn("--backfill", tmp_path / "export.zip", "--yes")[0] == 0
    assert all("Heroku" not in content for content in contents(home))
    assert len(contents(home)) == 2
    with Store.open(home) as store:
        told = [quote for belief in store.select() for quote in belief.evidence]
    assert {quote.client for quote in told} == {"chatgpt"}
    assert {quote.at.year for quote in told} == {2025}


def test_a_second_run_changes_nothing(learn: Terminal, home: Path, tmp_path: Path) -> None:
    export = written(tmp_path, CLAUDE)
    learn("--backfill", export, "--yes")
    with Store.open(home) as store:
        before = store.sequence
    assert learn("--backfill", export, "--yes")[0] == 0
    with Store.open(home) as store:
        assert store.sequence == before


def test_a_look_beforehand_asks_nobody_and_keeps_nothing(
    learn: Terminal, home: Path, tmp_path: Path
) -> None:
    code, said = learn("--backfill", written(tmp_path, CLAUDE), "--dry-run", "--json")
    assert code == 0
    assert json.loads(said[said.index("{") :])["turns"] == 2
    assert contents(home) == {}


def test_without_anybody_to_ask_it_does_not_go_on(learn: Terminal, tmp_path: Path) -> None:
    code, said = learn("--backfill", written(tmp_path, CLAUDE))
    assert code == 1
    assert "--yes" in said


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b'[{"uuid": ', "line 1: this is not JSON"),
        (b'{"messages": []}', "is no export of ChatGPT or Claude"),
        (b"", "is empty"),
        (b"[\n\xff]", "line 2: this is not UTF-8"),
    ],
)
def test_what_is_no_export_is_refused_with_its_place(
    learn: Terminal, tmp_path: Path, raw: bytes, told: str
) -> None:
    (tmp_path / "x.json").write_bytes(raw)
    code, said = learn("--backfill", tmp_path / "x.json", "--yes")
    assert code == 1
    assert told in said
    assert "Traceback" not in said


NOTE = {
    "type": "decision", "canonical_name": "invoices",
    "content": "Our invoices go through Lexoffice.",
    "why_it_matters": "Look for invoices in Lexoffice.", "epistemic": "stated", "confidence": 0.9,
    "evidence": [1],
}  # fmt: skip
LOOSE = [
    {
        "uuid": f"c-{n}",
        "created_at": "2025-03-01T10:00:00Z",
        "chat_messages": [{"sender": "human", "text": "Our invoices go through Lexoffice."}],
    }
    for n in range(3)
]  # fmt: skip


@pytest.fixture
def model(upstream: Upstream, home: Path) -> list[Seen]:
    """A model that finds the same thing whatever it is asked; what it was asked."""

    def script(seen: Seen) -> list[Step]:
        message = {"role": "assistant", "content": json.dumps({"new_beliefs": [NOTE]})}
        said = {"choices": [{"index": 0, "message": message}]}
        return [answer(json.dumps(said).encode())]

    upstream.default = script
    (home / "config.yaml").write_text(CONFIG.format(url=upstream.url, tokens=200_000))
    return upstream.seen


def test_the_chosen_model_is_asked_once_about_each_turn(
    learn: Terminal, home: Path, tmp_path: Path, model: list[Seen]
) -> None:
    export = written(tmp_path, LOOSE)
    code, said = learn("--backfill", export, "--yes")
    assert code == 0, said
    assert "tiny (local) would be asked 3 times" in said
    assert len(model) == 3
    assert contents(home) == {"Our invoices go through Lexoffice.": State.PENDING}
    learn("--backfill", export, "--yes")
    assert len(model) == 3


def test_the_limit_of_the_day_is_a_hard_stop(
    learn: Terminal, home: Path, tmp_path: Path, upstream: Upstream, model: list[Seen]
) -> None:
    (home / "config.yaml").write_text(CONFIG.format(url=upstream.url, tokens=1_000))
    code, said = learn("--backfill", written(tmp_path, LOOSE), "--yes")
    assert code == 0
    assert len(model) < 3
    assert "It stopped: today's limit is reached. Run it again" in said
