"""Keys live in the keyring, for one store and one origin, and are never shown."""

import json
from pathlib import Path

import pytest

from .conftest import Run

SECRET = "made-up-" + "s" * 24
RING = Path(__file__).parent / "ring"


@pytest.fixture(autouse=True)
def ring(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A keyring that child processes find, and a config whose upstream uses it."""
    monkeypatch.setenv("PYTHONPATH", str(RING))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "mindhold_ring.Ring")
    monkeypatch.setenv("RING_FILE", str(tmp_path / "ring.json"))
    home.mkdir()
    point(home, "https://a.example/v1")
    return tmp_path / "ring.json"


def point(home: Path, url: str) -> None:
    (home / "config.yaml").write_text(
        f"upstreams: [{{name: a, dialect: openai, base_url: '{url}', key: keyring}}]\n"
    )


def held(mindhold: Run) -> str:
    (row,) = json.loads(mindhold("keys", "list", "--json").stdout)
    return str(row["there"])


def test_a_key_from_a_pipe_is_kept_and_never_shown(mindhold: Run, ring: Path, home: Path) -> None:
    done = mindhold("keys", "set", "a", typed=f"{SECRET}\n")
    assert done.returncode == 0, done.stderr
    assert SECRET in ring.read_text()
    listed = mindhold("keys", "list")
    assert held(mindhold) == "yes"
    assert SECRET not in done.stdout + done.stderr + listed.stdout
    assert all(SECRET.encode() not in f.read_bytes() for f in home.rglob("*") if f.is_file())


def test_a_deleted_key_is_gone(mindhold: Run) -> None:
    mindhold("keys", "set", "a", typed=SECRET)
    assert mindhold("keys", "delete", "a").returncode == 0
    assert held(mindhold) != "yes"
    assert mindhold("keys", "delete", "a").returncode == 1


def test_a_key_does_not_follow_its_upstream_to_another_origin(mindhold: Run, home: Path) -> None:
    mindhold("keys", "set", "a", typed=SECRET)
    point(home, "https://b.example/v1")
    assert held(mindhold) != "yes"


def test_another_store_does_not_see_the_key(
    mindhold: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mindhold("keys", "set", "a", typed=SECRET)
    other = tmp_path / "other"
    other.mkdir()
    point(other, "https://a.example/v1")
    monkeypatch.setenv("MINDHOLD_HOME", str(other))
    mindhold("tokens", "list")
    assert held(mindhold) != "yes"


def test_an_empty_key_is_refused(mindhold: Run, ring: Path) -> None:
    assert mindhold("keys", "set", "a", typed="\n").returncode == 1
    assert not ring.exists()
