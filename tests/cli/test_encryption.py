"""A store under a key: nothing of it can be read, all works, and it is never written over."""

import json
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from encrypting import CANARY, Vault, survive
from forked import Run, forked
from made import NOW, belief
from waiting import until

from mindhold.beliefs import custody, snapshots
from mindhold.beliefs.errors import StoreError
from mindhold.beliefs.store import Store
from mindhold.cli import doctor, stored
from mindhold.cli.failure import exit_code
from mindhold.cli.main import app
from mindhold.cli.places import Places

from .conftest import Run as Mindhold
from .test_serve import ask, start  # noqa: F401 - a fixture

RING = Path(__file__).parent / "ring"


def command(line: str) -> Run:
    """A process of its own."""
    return Run(words=line.split(), environ={"PYTHONPATH": str(RING)})


def here(*arguments: str) -> int:
    """The exit code of a command in this very process, which has the store open no more."""
    return exit_code(lambda: app([*arguments], standalone_mode=False))


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Vault:
    """A home whose store is the command line's too."""
    made = Vault(tmp_path)
    monkeypatch.setenv("MINDHOLD_HOME", str(made.home))
    monkeypatch.delenv("MINDHOLD_CONFIG", raising=False)
    return made


@pytest.fixture
def ring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A keyring that child processes find."""
    monkeypatch.setenv("PYTHONPATH", str(RING))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "mindhold_ring.Ring")
    monkeypatch.setenv("RING_FILE", str(tmp_path / "ring.json"))
    return tmp_path / "ring.json"


@pytest.fixture
def added(vault: Vault) -> Vault:
    """A store with one belief."""
    held = belief("runner", content=CANARY, scopes=("user:universal",))
    with Store.open(vault.home) as store, store.write(actor="owner", now=NOW) as write:
        write.add(held)
    return vault


@pytest.fixture
def locked(added: Vault) -> Vault:
    """The same, encrypted."""
    assert here("encrypt", "--key-file", str(added.key)) == 0
    return added


def test_a_canary_is_found_nowhere_once_encrypt_has_returned(vault: Vault) -> None:
    vault.fill()
    assert len(vault.told()) == 2
    assert (vault.home / "index").exists()
    killed = Path(tempfile.mkdtemp(prefix="mindhold-index-", dir=vault.temp))  # of a dead daemon
    (killed / "lock").write_text(CANARY)
    vault.done("encrypt", "--key-file", str(vault.key))
    assert vault.told() == []
    assert not killed.exists()
    assert vault.whole()
    assert here("decrypt") == 0
    assert not vault.whole()
    assert not vault.key.exists()
    assert not (vault.home / "store.cipher").exists()


def test_killed_at_any_moment_it_leaves_the_old_store_or_the_new_one(tmp_path: Path) -> None:
    assert survive(tmp_path, 3, random.Random(7)).killed >= 3


def test_the_key_is_in_the_keyring_unless_a_file_is_asked_for(added: Vault, ring: Path) -> None:
    encrypted, shown = forked([command("encrypt"), command("beliefs show runner")], within=60)
    assert "the system's keyring" in encrypted.said
    assert CANARY in shown.said
    cipher = json.loads((added.home / "store.cipher").read_text())
    ((entry, key),) = json.loads(ring.read_text()).items()
    assert cipher["salt"] in entry
    held = b"".join(file.read_bytes() for file in added.home.iterdir() if file.is_file())
    assert key.encode() not in held
    assert bytes.fromhex(key) not in held
    (decrypted,) = forked([command("decrypt")], within=60)
    assert decrypted.code == 0
    assert json.loads(ring.read_text()) == {}


def test_without_a_keyring_nothing_is_done_and_one_is_told_what_can_be(
    added: Vault, mindhold: Mindhold, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    done = mindhold("encrypt")
    assert done.returncode == 4
    assert "--key-file PATH" in done.stderr
    assert added.told()


def test_another_key_opens_it_and_the_old_one_does_no_more(
    locked: Vault, capsys: pytest.CaptureFixture[str]
) -> None:
    snapshots.take(locked.home, NOW, keep=7)
    before = locked.key.read_text()
    assert here("rekey") == 0
    assert locked.key.read_text() != before
    assert snapshots.listed(locked.home) == []
    moved = locked.key.with_name("moved")
    assert here("rekey", "--key-file", str(moved)) == 0
    assert not locked.key.exists()
    assert len(moved.read_text().splitlines()) == 1
    assert here("beliefs", "show", "runner") == 0
    assert CANARY in capsys.readouterr().out


def test_a_snapshot_of_an_encrypted_store_is_opened_by_the_same_key(
    locked: Vault, capsys: pytest.CaptureFixture[str]
) -> None:
    made = snapshots.take(locked.home, NOW, keep=7)
    assert locked.told() == []
    shutil.copy(made.path, locked.home / "store.db")
    assert here("beliefs", "show", "runner") == 0
    assert CANARY in capsys.readouterr().out


@pytest.mark.parametrize("fault", ["missing", "another", "open to others", "no key file"])
def test_without_its_key_nothing_is_read_and_nothing_written_over(
    locked: Vault, capsys: pytest.CaptureFixture[str], fault: str
) -> None:
    stored, line = (locked.home / "store.db").read_bytes(), locked.key.read_text()
    if fault == "missing":
        locked.key.unlink()
    elif fault == "another":
        locked.key.write_text(line[:33] + "0" * 64 + "\n")
    elif fault == "open to others":
        locked.key.chmod(0o644)
    else:
        locked.key.write_text("a shopping list\n")
    for command in (["beliefs", "list"], ["status"], ["beliefs", "undo"], ["rekey"]):
        assert here(*command) == 4, command
        said = capsys.readouterr()
        assert len((said.err + said.out).split("\n")[0]) < 300
    assert (locked.home / "store.db").read_bytes() == stored
    assert locked.told() == []


def test_every_turned_byte_is_found(locked: Vault, capsys: pytest.CaptureFixture[str]) -> None:
    store, rng = locked.home / "store.db", random.Random(3)
    sound = store.read_bytes()
    for _ in range(25):
        turned = bytearray(sound)
        turned[rng.randrange(16, len(sound))] ^= 1 << rng.randrange(8)
        store.write_bytes(turned)
        try:
            with Store.open(locked.home, create=False, readonly=True) as opened:
                found = opened.database.rows("PRAGMA cipher_integrity_check")
        except StoreError:
            continue
        assert found
    store.write_bytes(sound)
    assert here("beliefs", "show", "runner") == 0
    assert CANARY in capsys.readouterr().out


def test_a_daemon_without_the_key_serves_on_and_finds_it_again(
    locked: Vault,
    mindhold: Mindhold,
    start,  # noqa: F811
) -> None:
    hidden = locked.key.rename(locked.key.with_name("hidden"))
    served = start()
    assert ask(served.port) == (200, "bypass; reason=store sealed")
    hidden.rename(locked.key)
    until(lambda: not ask(served.port)[1].startswith("bypass"), "the key was not found again")
    refused = mindhold("rekey")
    assert refused.returncode == 1
    assert "mindhold stop" in refused.stderr
    assert served.end() == 0
    assert not (locked.home / "index").exists()
    assert locked.told() == []


def test_it_changes_nothing_while_somebody_has_the_store_open(added: Vault) -> None:
    encrypt = f"encrypt --key-file {added.key}"
    with Store.open(added.home):
        done, shown = forked([command(encrypt), command("beliefs show runner")], within=60)
    assert done.code == 4
    assert CANARY in shown.said
    assert custody.of(added.home) is None
    assert not added.key.exists()
    added.done("encrypt", "--key-file", str(added.key))
    assert added.told() == []


def test_what_is_forgotten_for_good_is_gone_from_an_encrypted_store(locked: Vault) -> None:
    snapshots.take(locked.home, NOW, keep=7)
    assert here("beliefs", "forget", "runner", "--hard", "--yes") == 0
    assert snapshots.listed(locked.home) == []
    assert here("decrypt") == 0
    assert locked.told() == []


def test_without_sqlcipher_one_is_told_how_to_get_it(added: Vault, mindhold: Mindhold) -> None:
    hidden = "import sys; sys.modules['sqlcipher3'] = None"
    program = f"{hidden}; from mindhold.cli.main import main; main()"
    command = [sys.executable, "-c", program, "encrypt", "--key-file", str(added.key)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 4
    assert "pip install 'mindhold[encryption]'" in done.stderr
    assert not added.key.exists()
    assert CANARY in mindhold("beliefs", "show", "runner").stdout


def test_doctor_and_status_say_where_the_key_is(
    locked: Vault, capsys: pytest.CaptureFixture[str]
) -> None:
    encryption, seals = stored.encryption(Places.find())
    assert encryption.said.startswith("SQLCipher 4.")
    assert str(locked.key) in encryption.said
    assert "store.key" in seals.said
    assert doctor._index(Places.find()).said.startswith("in the daemon's memory only")
    here("status")
    assert str(locked.key) in capsys.readouterr().out
