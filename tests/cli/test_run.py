"""`mindhold run` gives each program what it reads, and no more than that."""

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from ports import free_port

from mindhold.cli.clients import built_in, client_of
from mindhold.cli.environment import Pointing
from mindhold.proxy.settings import Settings

from .conftest import Run

PROGRAM = f"""#!{sys.executable}
import json, os, sys
print(json.dumps({{"words": sys.argv[1:], "set": dict(os.environ)}}))
"""
HELD = (
    "upstreams:\n- {name: a, dialect: openai, base_url: 'https://a.example/v1', key: 'env:A_KEY'}\n"
)


@dataclass
class Machine:
    """Somebody's machine with a daemon, and programs on the PATH that tell what they were given."""

    mindhold: Run
    home: Path
    folder: Path
    port: int = field(default_factory=free_port)

    def configure(self, text: str = "") -> None:
        self.home.mkdir(exist_ok=True)
        (self.home / "config.yaml").write_text(f"listen: {{port: {self.port}}}\n{text}")

    def program(self, name: str) -> Path:
        path = self.folder / "bin" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(PROGRAM)
        path.chmod(0o755)
        return path

    def run(self, *words: str) -> tuple[list[str], dict[str, str]]:
        """The arguments and the environment that the program found."""
        done = self.mindhold("run", "--scope", "domain:x", "--", *words)
        assert done.returncode == 0, done.stderr
        found = json.loads(done.stdout)
        return found["words"], found["set"]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/scope/domain:x"


@pytest.fixture
def machine(
    mindhold: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Machine]:
    for name in ("OPENAI_API_KEY", "ANTHROPIC_API_KEY", "OPENCODE_CONFIG_CONTENT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    mine = Machine(mindhold, home, tmp_path)
    mine.configure()
    yield mine
    mindhold("stop")


def test_every_program_finds_the_proxy_where_the_general_clients_look(machine: Machine) -> None:
    machine.program("anything")
    words, found = machine.run("anything", "-c", "x")
    assert words == ["-c", "x"]
    assert found["OPENAI_BASE_URL"] == f"{machine.url}/v1"
    assert found["ANTHROPIC_BASE_URL"] == machine.url
    assert "OPENAI_API_KEY" not in found


def test_codex_is_told_by_arguments_that_its_own_can_overrule(machine: Machine) -> None:
    path = machine.program("codex")
    words, _ = machine.run(str(path), "exec", "-c", 'openai_base_url="http://elsewhere"', "hi")
    mine, theirs = words[:-4], words[-4:]
    assert f'openai_base_url="{machine.url}/v1"' in mine
    assert 'model_provider="openai"' in mine
    assert mine[::2] == ["-c"] * (len(mine) // 2)
    assert theirs == ["exec", "-c", 'openai_base_url="http://elsewhere"', "hi"]


def test_a_token_is_in_the_environment_and_never_among_the_arguments(machine: Machine) -> None:
    machine.configure(HELD)
    machine.program("codex")
    words, found = machine.run("codex", "exec", "hi")
    assert found["OPENAI_API_KEY"].startswith("mh_")
    assert 'model_providers.mindhold.env_key="OPENAI_API_KEY"' in words
    assert not [word for word in words if found["OPENAI_API_KEY"] in word]
    shown = machine.mindhold("run", "--show", "--", "codex", "exec", "hi")
    assert found["OPENAI_API_KEY"] not in shown.stdout + shown.stderr


BOTH = HELD + "- {name: b, dialect: anthropic, base_url: 'https://b.example'}\n"


def test_who_keeps_a_key_of_their_own_brings_the_token_beside_it(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.configure(BOTH)
    machine.program("claude")
    monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-mine")
    monkeypatch.setenv("ANTHROPIC_CUSTOM_HEADERS", "X-Team: ours")
    _, found = machine.run("claude")
    first, second = found["ANTHROPIC_CUSTOM_HEADERS"].splitlines()
    assert (first, found["ANTHROPIC_API_KEY"]) == ("X-Team: ours", "sk-mine")
    assert second == f"X-Mindhold-Token: {found['OPENAI_API_KEY']}"
    monkeypatch.delenv("ANTHROPIC_CUSTOM_HEADERS")
    assert machine.run("claude")[1]["ANTHROPIC_CUSTOM_HEADERS"] == second
    machine.program("opencode")
    provider = json.loads(machine.run("opencode")[1]["OPENCODE_CONFIG_CONTENT"])["provider"]
    assert provider["anthropic"]["options"] == {
        "baseURL": f"{machine.url}/v1",
        "headers": {"X-Mindhold-Token": found["OPENAI_API_KEY"]},
    }


def test_codex_sends_the_token_in_a_header_that_names_a_variable(machine: Machine) -> None:
    machine.program("codex")
    machine.configure(
        "upstreams:\n- {name: a, dialect: openai, base_url: 'https://a.example/v1'}\n"
        "- {name: b, dialect: anthropic, base_url: 'https://b.example', key: 'env:B_KEY'}\n"
    )
    words, found = machine.run("codex")
    assert "model_providers.mindhold.requires_openai_auth=true" in words
    assert found["MINDHOLD_TOKEN"].startswith("mh_")
    assert not [word for word in words if found["MINDHOLD_TOKEN"] in word]
    assert "OPENAI_API_KEY" not in found


def test_who_can_be_given_no_header_is_told_what_to_do(machine: Machine) -> None:
    machine.configure(BOTH)
    for name in ("llm", "aider", "claude"):
        machine.program(name)
        told = machine.mindhold("run", "--", name).stderr
        assert ("X-Mindhold-Token" in told) == (name != "claude")


def test_a_program_that_wants_a_key_gets_one_where_nobody_needs_it(machine: Machine) -> None:
    machine.configure(HELD.replace("'env:A_KEY'", "none"))
    machine.program("llm")
    assert machine.run("llm")[1]["OPENAI_API_KEY"]


def test_what_the_owner_says_in_a_document_stays_and_wins(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = {"model": "openai/x", "provider": {"openai": {"options": {"baseURL": "http://mine"}}}}
    machine.program("opencode")
    monkeypatch.setenv("OPENCODE_CONFIG_CONTENT", json.dumps(theirs))
    found = json.loads(machine.run("opencode")[1]["OPENCODE_CONFIG_CONTENT"])
    assert found["model"] == "openai/x"
    assert found["provider"]["openai"]["options"]["baseURL"] == "http://mine"
    assert found["provider"]["anthropic"]["options"]["baseURL"] == f"{machine.url}/v1"
    monkeypatch.setenv("OPENCODE_CONFIG_CONTENT", "{model:")
    refused = machine.mindhold("run", "--", "opencode")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "OPENCODE_CONFIG_CONTENT" in refused.stderr


def test_a_variable_that_would_overrule_a_flag_is_taken_away(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.program("aider")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://elsewhere")
    _, found = machine.run("aider")
    assert found["AIDER_OPENAI_API_BASE"] == f"{machine.url}/v1"
    assert "OPENAI_BASE_URL" not in found


ROW = """\
clients:
  mytool:
    also: [mine]
    env: {MYTOOL_URL: "{url}/v1", OPENAI_API_BASE: null}
    args: [--base, "{url}/v1"]
    token_as_key: {env: {MYTOOL_KEY: "{token}"}}
  codex:
    args: [--mine]
"""


@pytest.mark.parametrize("name", ["mytool", "mine"])
def test_a_row_of_the_config_serves_a_program_of_its_owner(machine: Machine, name: str) -> None:
    machine.configure(ROW)
    machine.program(name)
    words, found = machine.run(name, "-x")
    assert words == ["--base", f"{machine.url}/v1", "-x"]
    assert found["MYTOOL_URL"] == f"{machine.url}/v1"
    assert "OPENAI_API_BASE" not in found
    assert "MYTOOL_KEY" not in found


def test_a_row_of_the_config_takes_the_place_of_the_built_in_one(machine: Machine) -> None:
    machine.configure(ROW + HELD)
    machine.program("codex")
    machine.program("mytool")
    assert machine.run("codex", "hi")[0] == ["--mine", "hi"]
    assert machine.run("mytool")[1]["MYTOOL_KEY"].startswith("mh_")


@pytest.mark.parametrize("name", ["gemini", "cursor-agent", "cn", "cline"])
def test_what_cannot_be_pointed_anywhere_is_not_started(machine: Machine, name: str) -> None:
    machine.program(name)
    refused = machine.mindhold("run", "--", name)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.count("\n") == 1
    assert "{" not in refused.stderr


def test_a_program_that_no_upstream_answers_is_told_so_before_it_starts(machine: Machine) -> None:
    machine.configure(HELD)
    machine.program("claude")
    done = machine.mindhold("run", "--", "claude")
    assert "dialect: anthropic" in done.stderr
    assert json.loads(done.stdout)["set"]["ANTHROPIC_BASE_URL"]  # not to its provider past memory
    machine.program("codex")
    assert machine.mindhold("run", "--", "codex").stderr == ""


CHATGPT = {"auth_mode": "chatgpt", "tokens": {"access_token": "secret-of-theirs"}}
OAUTH = {"openai": {"type": "oauth", "access": "secret-of-theirs"}}
ELSEWHERE = {"env": {"ANTHROPIC_BASE_URL": "http://elsewhere"}}
BEDROCK = {"env": {"CLAUDE_CODE_USE_BEDROCK": "1"}}
SHARE = ".local/share/opencode/auth.json"


@pytest.fixture
def house(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The owner's home directory, where programs keep their settings."""
    for variable in ("CODEX_HOME", "CLAUDE_CONFIG_DIR", "XDG_DATA_HOME"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("HOME", str(machine.folder))
    return machine.folder


@pytest.mark.parametrize(
    ("program", "file", "text", "told"),
    [
        ("codex", ".codex/auth.json", json.dumps(CHATGPT), "api.openai.com refuses"),
        ("codex", ".codex/auth.json", '{"auth_mode": "apikey"}', ""),
        ("codex", ".codex/auth.json", "[1, 2", ""),
        ("codex", ".codex/auth.json", "[1, 2]", ""),
        (
            "claude",
            ".claude/settings.json",
            json.dumps(ELSEWHERE),
            "take ANTHROPIC_BASE_URL out of",
        ),
        ("claude", "work/.claude/settings.local.json", json.dumps(BEDROCK), "to Amazon Bedrock"),
        ("claude", ".claude/settings.json", '{"env": {"A": "1"}}', ""),
        ("opencode", SHARE, json.dumps(OAUTH), "past mindhold"),
        ("opencode", SHARE, '{"openai": {"type": "api"}}', ""),
        ("llm", ".codex/auth.json", json.dumps(CHATGPT), ""),
    ],
)
def test_what_takes_a_program_past_the_proxy_is_told(
    machine: Machine, house: Path, *, program: str, file: str, text: str, told: str
) -> None:
    (house / file).parent.mkdir(parents=True)
    (house / file).write_text(text)
    (house / "work").mkdir(exist_ok=True)
    done = machine.mindhold("run", "--show", "--", program, cwd=house / "work")
    assert told in done.stderr
    assert done.stderr.count("\n") == bool(told)
    assert "secret-of-theirs" not in done.stdout + done.stderr


def test_a_login_that_the_upstream_takes_is_no_news(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    (machine.folder / "auth.json").write_text(json.dumps(CHATGPT))
    monkeypatch.setenv("CODEX_HOME", str(machine.folder))
    assert machine.mindhold("run", "--show", "codex").stderr
    base = "https://chatgpt.com/backend-api/codex"
    machine.configure(f"upstreams: [{{name: chatgpt, dialect: openai, base_url: '{base}'}}]\n")
    assert not machine.mindhold("run", "--show", "codex").stderr


def test_showing_prints_what_would_be_set_and_starts_nothing(machine: Machine) -> None:
    shown = machine.mindhold(
        "run", "--show", "--scope", "domain:x", "--", "aider", "--model", "a b"
    )
    *variables, command = shown.stdout.splitlines()
    assert f"AIDER_OPENAI_API_BASE={machine.url}/v1" in variables
    assert "without OPENAI_BASE_URL" in variables
    assert command == "aider --model 'a b'"
    assert json.loads(machine.mindhold("status", "--json").stdout)["pid"] is None


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("codex", "codex"),
        ("/opt/x/codex exec hi", "codex"),
        ("codex.cmd", "codex"),
        ("npx codex", "codex"),
        ("npx -y @openai/codex@latest exec", "codex"),
        ("npx @anthropic-ai/claude-code", "claude"),
        ("uvx aider-chat", "aider"),
        ("python3.12 -m aider --help", "aider"),
        ("env A=1 B=2 codex exec", "codex"),
        ("env A=1 npx codex", "codex"),
        ("npx --package codex other", None),
        ("env -i codex", None),
        ("sh -c codex", None),
        ("mycodex", None),
        ("env A=1", None),
        ("npx -y", None),
        ("python3 codex", None),
        ("python3 -m", None),
        ("sudo codex", None),
    ],
)
def test_a_program_is_known_where_its_name_must_stand(words: str, name: str | None) -> None:
    found = client_of(words.split(), Settings(home=Path()))
    assert (found.name if found else None) == name


def test_the_documentation_tells_of_every_program_and_variable() -> None:
    told = (Path(__file__).parents[2] / "docs" / "clients.md").read_text().lower()
    for row in built_in():
        assert row.name.replace("cn", "continue") in told
        named = (*row.env, *row.json, *row.token_as_key.env, *row.token_beside_key.env)
        assert all(name.lower() in told for name in named)
    settings = Settings(home=Path())
    here = Pointing(settings=settings, url="http://x", token="mh_x", also=("ollama",))
    for name in here.variables:
        assert f"`{name.lower()}`" in told
