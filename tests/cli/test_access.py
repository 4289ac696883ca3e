"""Tokens, switches and the environment of clients, through the command line."""

import json
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from .conftest import Run


@pytest.fixture
def mindhold(within: Run) -> Run:
    """In this process: what is tried here is what it says."""
    return within


def test_a_token_is_shown_once_and_stored_as_a_hash(mindhold: Run, home: Path) -> None:
    secret = mindhold("tokens", "create", "ci", "--scope", "project:x").stdout.strip()
    assert secret.startswith("mh_")
    (listed,) = json.loads(mindhold("tokens", "list", "--json").stdout)
    assert (listed["name"], listed["scopes"]) == ("ci", ["project:x"])
    assert secret not in mindhold("tokens", "list").stdout
    assert secret.encode() not in (home / "store.db").read_bytes()


def test_a_revoked_token_is_listed_only_when_asked_for(mindhold: Run) -> None:
    mindhold("tokens", "create", "ci")
    assert mindhold("tokens", "revoke", "ci").returncode == 0
    assert json.loads(mindhold("tokens", "list", "--json").stdout) == []
    assert json.loads(mindhold("tokens", "list", "--revoked", "--json").stdout)[0]["revoked"]
    assert mindhold("tokens", "revoke", "ci").returncode == 1


def test_a_pause_shows_in_the_status_until_it_is_over(mindhold: Run) -> None:
    assert mindhold("pause", "learn", "--for", "1h").returncode == 0
    assert list(json.loads(mindhold("status", "--json").stdout)["paused"]) == ["learn"]
    mindhold("pause")
    assert json.loads(mindhold("status", "--json").stdout)["paused"] == {
        "learn": None,
        "inject": None,
    }
    (told, _) = json.loads(mindhold("status", "--json").stdout)["troubles"][-2:]
    assert told["part"] == "pause"
    assert datetime.fromisoformat(told["since"]) <= datetime.now(UTC)
    assert "that is paused until `mindhold resume`. Since " in mindhold("status").stdout
    mindhold("resume", "inject")
    assert list(json.loads(mindhold("status", "--json").stdout)["paused"]) == ["learn"]


@pytest.mark.parametrize("time", ["soon", "0h", "1", "-1h", "99999999h"])
def test_a_time_that_is_none_is_a_usage_error(mindhold: Run, time: str) -> None:
    done = mindhold("pause", f"--for={time}")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1


def test_env_names_the_project_of_the_directory(mindhold: Run, tmp_path: Path) -> None:
    for parent in ("one", "two"):
        (tmp_path / parent / "api" / ".git").mkdir(parents=True)
        (tmp_path / parent / "api" / ".git" / "HEAD").write_text("ref: refs/heads/main\n")
    first = mindhold("env", cwd=tmp_path / "one" / "api").stdout
    second = mindhold("env", cwd=tmp_path / "two" / "api").stdout
    assert "export OPENAI_BASE_URL=http://127.0.0.1:7723/scope/project:api," in first
    assert "/scope/project:api-" in second
    assert mindhold("env", cwd=tmp_path / "one" / "api").stdout == first


def test_recall_looks_where_a_client_of_the_directory_was_pointed(
    mindhold: Run, tmp_path: Path
) -> None:
    """A directory in no repository is a project too, once a client was started in it."""
    place = tmp_path / "notes"
    place.mkdir()
    mindhold("tokens", "list")  # there is a store
    assert "in domain:general" in mindhold("recall", "hello", cwd=place).stdout
    assert "project:notes,domain:code" in mindhold("env", cwd=place).stdout
    assert "in project:notes domain:code" in mindhold("recall", "hello", cwd=place).stdout


def test_env_lines_set_the_same_values_in_a_real_shell(mindhold: Run) -> None:
    lines = mindhold("env", "--scope", "project:It-s X", "--shell", "sh").stdout
    shown = subprocess.run(
        ["sh", "-c", f'{lines}\nprintf %s "$ANTHROPIC_BASE_URL"'],
        capture_output=True,
        text=True,
        check=True,
    )
    assert shown.stdout == "http://127.0.0.1:7723/scope/project:it-s-x"
    assert "set -gx OPENAI_BASE_URL '" in mindhold("env", "--shell", "fish").stdout
    assert "$env:OPENAI_BASE_URL = '" in mindhold("env", "--shell", "powershell").stdout


def test_env_gives_the_token_as_key_only_where_the_proxy_holds_the_key(
    mindhold: Run, home: Path
) -> None:
    assert "API_KEY" not in mindhold("env").stdout
    home.mkdir(exist_ok=True)
    (home / "config.yaml").write_text(
        "upstreams:\n"
        "- {name: a, dialect: openai, base_url: 'https://a.example/v1', key: 'env:A_KEY'}\n"
        "- {name: b, dialect: anthropic, base_url: 'https://b.example'}\n"
    )
    done = mindhold("env")
    assert "export OPENAI_API_KEY=mh_" in done.stdout
    assert "ANTHROPIC_API_KEY" not in done.stdout
    assert "X-Mindhold-Token" in done.stderr
    assert done.stdout == mindhold("env").stdout
    assert (home / "token").stat().st_mode & 0o077 == 0


def test_env_sends_clients_past_memory_while_the_store_is_broken(mindhold: Run, home: Path) -> None:
    home.mkdir()
    (home / "store.db").write_bytes(b"this is not a store of beliefs" * 50)
    done = mindhold("env")
    assert done.returncode == 0
    assert "http://127.0.0.1:7723/temporary/v1" in done.stdout
    assert done.stderr
