"""The key of the seals in a keyring that is locked, hangs, forgets or goes: nothing is lost."""

import json
from pathlib import Path

import pytest
from daemon import daemon
from forked import Ran, Run, forked
from made import NOW, belief
from waiting import until

from mindhold.beliefs.store import Store
from mindhold.proxy.keys import service

from .test_serve import ask

RING = Path(__file__).parent / "ring"
WITHIN = 60.0  # seconds
KEPT = "Tests run with vitest"


@pytest.fixture
def held(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store with one belief, and a keyring that nothing is in."""
    monkeypatch.setenv("PYTHONPATH", str(RING))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "mindhold_ring.Ring")
    monkeypatch.setenv("RING_FILE", str(tmp_path / "ring.json"))
    with Store.open(home) as store, store.write(actor="owner", now=NOW) as write:
        write.add(belief("runner", content=KEPT, scopes=("user:universal",)))
    return home


def ran(*runs: tuple[str, str]) -> list[Ran]:
    """What came of each command with its keyring: `ring`, `locked`, or `other`, an empty one."""
    backend = {"locked": {"PYTHON_KEYRING_BACKEND": "mindhold_troubled.Locked"}}
    backend |= {"ring": {}, "other": {"RING_FILE": "/dev/null/nowhere"}}
    told = {"PYTHONPATH": str(RING)}
    return forked(
        [Run(words=line.split(), environ=told | backend[ring]) for ring, line in runs],
        within=WITHIN,
    )


def test_a_keyring_that_is_locked_or_another_hides_nothing_and_seals_nothing(held: Path) -> None:
    moved, sound, shown, changed, locked, lost, refused, back, whole = ran(
        ("ring", "seal --keyring"),
        ("ring", "beliefs list"),
        ("locked", "beliefs list"),
        ("locked", "beliefs retire runner"),
        ("locked", "seal --accept --beside"),
        ("other", "seal"),
        ("other", "seal --beside"),
        ("ring", "seal --beside"),
        ("locked", "beliefs list"),
    )
    assert "Sealed: 1 belief. The key is in the system's keyring" in moved.said
    assert KEPT in sound.said
    assert "mindhold: " not in sound.said
    assert (shown.code, KEPT in shown.said) == (0, True)
    assert "nobody can tell whether a belief was changed" in shown.said
    assert (changed.code, locked.code) == (4, 4)
    assert "unlock it" in changed.said
    assert "unlock it" in locked.said
    assert lost.code == 4
    assert "1 beliefs say what their journal says, 0 do not" in lost.said
    assert "mindhold seal --accept" in lost.said
    assert refused.code == 4
    assert back.code == 0
    assert (whole.code, "mindhold: " in whole.said) == (0, False)
    assert json.loads((held.parent / "ring.json").read_text()) == {}


def test_a_daemon_serves_on_without_it_and_remembers_once_it_is_there(held: Path) -> None:
    ring = held.parent / "ring.json"
    assert ran(("ring", "seal --keyring"))[0].code == 0
    ring.with_suffix(".hung").touch()
    with daemon(held) as running:
        assert ask(running.port)[1].startswith("bypass; reason=store ")
        ring.with_suffix(".hung").unlink()
        until(lambda: not ask(running.port)[1].startswith("bypass"), "it did not ask again")
        ring.write_text("{}")
        ring.with_suffix(".locked").touch()
        assert not ask(running.port)[1].startswith("bypass")


def test_the_keyring_is_asked_whether_the_store_tells_the_truth(held: Path) -> None:
    with Store.open(held) as store:
        name = store.database.identity.replace("-", "")
    entry = f"{service(held)}\nstore {name}"
    (held.parent / "ring.json").write_text(json.dumps({entry: "00" * 32}))
    said, moved, true = ran(("ring", "seal"), ("ring", "seal --keyring"), ("ring", "seal"))
    assert (
        "But the store says that their key lies beside it, and the keyring holds one" in said.said
    )
    assert (said.code, moved.code, true.code) == (1, 0, 0)
