"""Keys that the proxy holds: where they may lie, and that nobody hears them."""

import asyncio
import os
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from mindhold.beliefs.database import Database
from mindhold.proxy import keys as module
from mindhold.proxy.credentials import Credentials, credentials
from mindhold.proxy.keys import Keys, KeyUnavailable, Ring
from mindhold.proxy.settings import Upstream
from mindhold.proxy.upstream import Upstreams

HELD = Upstream(name="a", dialect="openai", base_url="https://api.example/v1", key="keyring")


class Memo:
    """A keyring in memory."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


class Locked(Memo):
    """A keyring that says no, in words that nobody should repeat."""

    def get_password(self, service: str, username: str) -> str | None:
        raise RuntimeError("sk-secret")


class Hung(Memo):
    """A keyring that waits for a person who is not there."""

    def get_password(self, service: str, username: str) -> str | None:
        threading.Event().wait()
        return None


@pytest.fixture
def home(tmp_path: Path) -> Path:
    Database.open(tmp_path / "home").close()
    return tmp_path / "home"


def keys(home: Path, ring: Ring | None = None, **environ: str) -> Keys:
    found = ring or Memo()
    return Keys(home, environ=environ, ring=lambda: found)


def test_a_key_comes_from_a_variable(home: Path) -> None:
    assert keys(home, A="sk-1\n").get(replace(HELD, key="env:A")) == "sk-1"
    with pytest.raises(KeyUnavailable, match="variable B"):
        keys(home, A="sk-1").get(replace(HELD, key="env:B"))
    with pytest.raises(KeyUnavailable, match="variable A"):
        keys(home, A=" ").get(replace(HELD, key="env:A"))


def test_a_key_comes_from_a_file_that_only_its_owner_can_read(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "key"
    upstream = replace(HELD, key=f"file:{path}")
    with pytest.raises(KeyUnavailable, match="No such file"):
        keys(home).get(upstream)
    path.write_text("sk-2\n")
    path.chmod(0o600)
    assert keys(home).get(upstream) == "sk-2"
    for mode in (0o640, 0o604, 0o622):
        path.chmod(mode)
        with pytest.raises(KeyUnavailable, match="chmod 600"):
            keys(home).get(upstream)
    with pytest.raises(KeyUnavailable):
        keys(home).get(replace(HELD, key=f"file:{tmp_path}"))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_a_key_file_of_somebody_else_is_refused(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_text("sk-3")
    path.chmod(0o600)
    os.chown(path, 12345, -1)
    with pytest.raises(KeyUnavailable, match="another user"):
        keys(home).get(replace(HELD, key=f"file:{path}"))


def test_the_keyring_binds_a_key_to_store_scheme_host_and_port(home: Path, tmp_path: Path) -> None:
    ring = Memo()
    mine = keys(home, ring)
    mine.set(HELD, "sk-4")
    assert mine.get(HELD) == "sk-4"
    assert mine.get(replace(HELD, name="b", base_url="https://api.example:443/other")) == "sk-4"
    for moved in ("http://api.example/v1", "https://api.example:444/v1", "https://x.example/v1"):
        with pytest.raises(KeyUnavailable):
            mine.get(replace(HELD, base_url=moved))
    Database.open(tmp_path / "other").close()
    with pytest.raises(KeyUnavailable):
        keys(tmp_path / "other", ring).get(HELD)
    assert mine.delete(HELD)
    assert not mine.delete(HELD)
    assert not ring.kept


def test_a_key_survives_a_damaged_store(home: Path) -> None:
    mine = keys(home)
    mine.set(HELD, "sk-5")
    (home / "store.db").write_bytes(b"broken")
    assert mine.get(HELD) == "sk-5"


def test_no_error_repeats_a_key(home: Path) -> None:
    with pytest.raises(KeyUnavailable) as locked:
        keys(home, Locked()).get(HELD)
    with pytest.raises(KeyUnavailable) as odd:
        keys(home, A="sk-ö secret").get(replace(HELD, key="env:A"))
    assert "secret" not in f"{locked.value}{odd.value}"


def test_a_keyring_that_hangs_is_given_up(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE", 0.1)
    monkeypatch.setattr(module, "_HUNG", set())
    with pytest.raises(KeyUnavailable, match="did not answer"):
        keys(home, Hung()).get(HELD)


def test_a_keyring_that_hangs_for_good_keeps_a_few_threads_and_no_more(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PATIENCE", 0.01)
    monkeypatch.setattr(module, "_SHORT", 0.01)
    monkeypatch.setattr(module, "_MOST", 3)
    monkeypatch.setattr(module, "_HUNG", set())
    before = threading.active_count()
    for _ in range(12):
        with pytest.raises(KeyUnavailable, match="did not answer"):
            keys(home, Hung()).get(HELD)
    assert threading.active_count() == before + 3


def test_a_keyring_that_is_unlocked_later_is_asked_again(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mindhold.proxy.upstream._AGAIN", 0.0)
    ring: Ring = Locked()
    upstreams = Upstreams((HELD,), keys=Keys(home, ring=lambda: ring))
    way = upstreams.named(HELD.name)

    async def live() -> None:
        nonlocal ring
        await upstreams.start()
        await upstreams.look(way)
        assert "is it locked?" in way.missing
        ring = Memo()
        Keys(home, ring=lambda: ring).set(HELD, "sk-8")
        await upstreams.look(way)
        await upstreams.aclose()

    asyncio.run(live())
    assert way.credentials
    assert way.credentials.own == ((b"authorization", b"Bearer sk-8"),)


def test_a_keyring_that_keeps_nothing_is_noticed(home: Path) -> None:
    class Null(Memo):
        def set_password(self, service: str, username: str, password: str) -> None:
            pass

    with pytest.raises(KeyUnavailable, match="did not keep"):
        keys(home, Null()).set(HELD, "sk-6")


def test_stand_ins_and_plaintext_are_no_keyrings(monkeypatch: pytest.MonkeyPatch) -> None:
    import keyring
    from keyring.backends import fail, null

    plain = type("PlaintextKeyring", (), {"__module__": "keyrings.alt.file"})()
    for stand_in in (fail.Keyring(), null.Keyring(), plain):
        monkeypatch.setattr(keyring, "get_keyring", lambda stand_in=stand_in: stand_in)
        with pytest.raises(KeyUnavailable, match="no keyring"):
            module.system_ring()


def test_the_key_stands_where_the_dialect_expects_it() -> None:
    openai = credentials(HELD, "sk-7")
    assert openai.own == ((b"authorization", b"Bearer sk-7"),)
    anthropic = credentials(replace(HELD, dialect="anthropic"), "sk-7")
    assert anthropic.own == ((b"x-api-key", b"sk-7"),)
    assert credentials(replace(HELD, key="none"), None) == Credentials()
