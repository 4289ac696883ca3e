"""`mindhold backup` and what `mindhold restore` makes of its file, here and on another machine."""

import io
import os
import stat
import subprocess
import sys
import tarfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from injection.place import add, belief
from keyboard import typed_into
from made import NOW
from writers import paired, writing

from mindhold.beliefs import archive, replacing, sealing
from mindhold.beliefs.keyholder import in_file
from mindhold.beliefs.repair import damages
from mindhold.beliefs.resealing import reseal
from mindhold.beliefs.schema import MIGRATIONS
from mindhold.beliefs.store import Store

from .conftest import Done, Terminal

ROOT = Path(__file__).parents[2]
WORDS = "correct horse battery"

# Every call that changes the disk is counted; a process dies before each of them.
KILLED = """
import os, pathlib, shutil, signal, sys
from mindhold.beliefs import sealing
from mindhold.cli.backup import backup
from mindhold.cli.restore import restore

sealing._SCRYPT["n"] = 2
CHANGES = {"os.rename", "os.link", "os.mkdir", "os.remove", "os.rmdir", "os.truncate"}
command, saved, home, folder = sys.argv[1], *map(pathlib.Path, sys.argv[2:])
words = saved.with_name("words")

def die(before):
    done = 0
    def watch(event, arguments):
        nonlocal done
        writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & 3
        if event in CHANGES or writes:
            done += 1
            if done == before:
                os.kill(os.getpid(), signal.SIGKILL)
    sys.addaudithook(watch)

step, status = 0, signal.SIGKILL
while status == signal.SIGKILL:
    step += 1
    there = folder / str(step)
    shutil.copytree(home, there / "home")
    shutil.copy(saved, there / "saved")
    if not (child := os.fork()):
        os.environ["MINDHOLD_HOME"] = str(there / "home")
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        die(step)
        if command == "backup":
            backup(there / "saved", force=True, passphrase_file=words)
        else:
            restore(there / "saved", list_=False, dry_run=False, passphrase_file=words)
        os._exit(0)
    status = os.waitpid(child, 0)[1]
print(step, status)
"""


@dataclass(frozen=True, slots=True)
class Place:
    """A home with a belief in it, and a file for its backup."""

    home: Path
    run: Terminal
    saved: Path
    words: Path

    def backup(self, *arguments: str) -> Done:
        return self.run("backup", f"{self.saved}", "--passphrase-file", f"{self.words}", *arguments)

    def restore(self, *arguments: str) -> Done:
        return self.run(
            "restore", f"{self.saved}", "--passphrase-file", f"{self.words}", *arguments
        )

    def unpacked(self, folder: Path) -> Path:
        folder.mkdir()
        with self.saved.open("rb") as file:
            archive.unpack(file, WORDS, folder)
        return folder


@pytest.fixture
def place(home: Path, mindhold: Terminal, vitest: str, tmp_path: Path) -> Place:
    (tmp_path / "words").write_text(f"{WORDS}\n")
    return Place(home, mindhold, tmp_path / "saved", tmp_path / "words")


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A scrypt that takes no time."""
    monkeypatch.setitem(sealing._SCRYPT, "n", 2)


def held_files(home: Path) -> dict[str, bytes]:
    files = (path for path in home.rglob("*") if path.is_file() and path.name != "daemon.lock")
    return {str(path.relative_to(home)): path.read_bytes() for path in files}


def names(home: Path) -> set[str]:
    with Store.open(home, create=False) as store:
        return {one.canonical_name for one in store.select()}


def test_it_comes_back_on_another_machine_and_answers_as_it_did(
    place: Place, talk: Callable[..., None], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    talk("Which test runner do we use, Vitest?")
    (place.home / "config.yaml").write_text("retention: {snapshots: 3}\n")
    asked = ("recall", "How do I run vitest?", "--scope", "project:shop", "--json")

    def answers() -> tuple[object, object, str]:
        told = place.run(*asked).json()
        told.pop("ms", None)
        return told, place.run("why", "--json").json(), place.run("beliefs", "history").out

    before = answers()
    done = place.backup()
    assert done.code == 0, done.err
    assert stat.S_IMODE(place.saved.stat().st_mode) == 0o600
    assert not list(tmp_path.glob("*.part"))
    assert b"itest" not in place.saved.read_bytes()
    other = tmp_path / "other"
    monkeypatch.setenv("MINDHOLD_HOME", str(other))
    drill = place.restore("--dry-run")
    assert (drill.code, "Sound: 1 belief" in drill.out) == (0, True), drill.err
    assert not other.exists()
    done = place.restore()
    assert (done.code, "Restored: 1 belief" in done.out) == (0, True), done.err
    assert answers() == before
    assert "test_runner" in str(before)
    assert (other / "config.yaml").read_text() == "retention: {snapshots: 3}\n"
    assert replacing.aside(other) == []


@pytest.mark.usefixtures("quick")
def test_the_owners_config_stays_and_the_old_store_is_kept(place: Place) -> None:
    (place.home / "config.yaml").write_text("retention: {snapshots: 3}\n")
    place.backup()
    (place.home / "config.yaml").write_text("retention: {snapshots: 4}\n")
    place.run("beliefs", "retire", "test_runner")
    told = place.restore("--json").json()
    assert (told["restored"], told["beliefs"]) == (True, 1)
    with Store.open(place.home) as store:
        assert store.resolve("test_runner").live
    assert (place.home / "config.yaml").read_text() == "retention: {snapshots: 4}\n"
    assert Path(told["aside"]) == replacing.aside(place.home)[0]


@pytest.mark.usefixtures("quick")
def test_no_api_key_is_in_it(place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CANARY_KEY", "canary-of-the-variable")
    (place.home / "upstream.key").write_text("canary-of-the-file")
    (place.home / "token").write_text("canary-of-the-token")
    (place.home / "config.yaml").write_text(
        "upstreams:\n"
        "- {name: a, dialect: openai, base_url: https://a.example, key: env:CANARY_KEY}\n"
        "- {name: b, dialect: openai, base_url: https://b.example, key: file:upstream.key}\n"
    )
    place.backup()
    opened = place.unpacked(tmp_path / "open")
    inside = {path.name: path.read_bytes() for path in opened.iterdir()}
    assert inside.keys() == {"store.key", "config.yaml", "store.db"}
    assert not [name for name, data in inside.items() if b"canary-of" in data]


@pytest.mark.usefixtures("quick")
def test_a_file_that_is_there_is_not_written_over_unless_told(place: Place) -> None:
    place.saved.write_text("something else")
    refused = place.backup()
    assert refused.code == 1
    assert "is there already" in refused.err
    assert place.saved.read_text() == "something else"
    assert place.backup("--force").code == 0
    assert place.restore("--dry-run").code == 0
    assert os.listdir(place.home / "snapshots") == ["lock"]


@pytest.mark.usefixtures("quick")
def test_an_encrypted_store_is_encrypted_in_it_and_wherever_it_comes_back(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("sqlcipher3")
    key, other = tmp_path / "key", tmp_path / "other"
    assert place.run("encrypt", "--key-file", str(key)).code == 0
    assert place.backup().code == 0
    assert b"SQLite format 3" not in (place.unpacked(tmp_path / "open") / "store.db").read_bytes()
    monkeypatch.setenv("MINDHOLD_HOME", str(other))
    assert place.restore("--dry-run").code == 0
    done = place.restore("--key-file", str(tmp_path / "other.key"))
    assert done.code == 0, done.err
    assert names(other) == {"test_runner"}
    for folder in (other, place.home):
        for path in folder.rglob("*.db*"):
            assert b"SQLite format 3" not in path.read_bytes()
    secret = key.read_text().split()[1]
    assert (tmp_path / "other.key").read_text().split()[1] == secret
    assert not [path for path in other.rglob("*") if path.is_file() and holds(path, secret)]
    monkeypatch.setenv("MINDHOLD_HOME", str(place.home))
    assert place.run("beliefs", "retire", "test_runner").code == 0
    assert place.restore().code == 0
    with Store.open(place.home) as store:
        assert store.resolve("test_runner").live


def holds(path: Path, secret: str) -> bool:
    data = path.read_bytes()
    return secret.encode() in data or bytes.fromhex(secret) in data


SPOILED: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "cut": (lambda good: good[:-1], "damaged, or cut short"),
    "longer": (lambda good: good + b"\0", "damaged, or cut short"),
    "flipped": (lambda good: good[:400] + bytes([good[400] ^ 1]) + good[401:], "damaged"),
    "another file": (lambda good: b"PK" + good, "no backup of mindhold"),
    "empty": (lambda good: b"", "no backup of mindhold"),
    "newer": (lambda good: good.replace(b"backup 1", b"backup 2"), "upgrade"),
}


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(("spoil", "said"), SPOILED.values(), ids=SPOILED.keys())
def test_what_is_damaged_is_refused_and_nothing_is_touched(
    place: Place, spoil: Callable[[bytes], bytes], said: str
) -> None:
    place.backup()
    before = held_files(place.home)
    place.saved.write_bytes(spoil(place.saved.read_bytes()))
    for how in ((), ("--dry-run",)):
        done = place.restore(*how)
        assert done.code in {1, 4}
        assert said in done.err
    assert held_files(place.home) == before


def member(name: str, data: bytes = b"", **more: Any) -> tuple[tarfile.TarInfo, bytes]:
    told = tarfile.TarInfo(name)
    told.size = len(data)
    for key, value in more.items():
        setattr(told, key, value)
    return told, data


KEY, FILE = member("store.key", bytes(32)), member("store.db", b"no database")
ODD = {
    "a path that climbs": [KEY, FILE, member("../evil", b"evil")],
    "a path from the root": [KEY, FILE, member("/tmp/mindhold-evil", b"evil")],
    "a link to elsewhere": [
        FILE,
        member("store.key", type=tarfile.SYMTYPE, linkname="/etc/passwd"),
    ],
    "a link within": [FILE, member("store.key", type=tarfile.LNKTYPE, linkname="store.db")],
    "a directory": [KEY, member("store.db", type=tarfile.DIRTYPE)],
    "a device": [KEY, member("store.db", type=tarfile.CHRTYPE, devmajor=1, devminor=3)],
    "a file twice": [KEY, FILE, FILE],
    "a file too many": [KEY, FILE, member("store.lock")],
    "no key": [FILE],
    "no store": [KEY],
}


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("odd", ODD.values(), ids=ODD.keys())
def test_one_that_was_made_by_another_hand_lays_nothing_anywhere(
    place: Place, odd: list[tuple[tarfile.TarInfo, bytes]]
) -> None:
    place.backup()
    before = held_files(place.home)
    manifest = archive.Manifest(made=NOW).written()
    with place.saved.open("wb") as out, archive._packing(out, WORDS) as tar:
        for told, data in (member("manifest.json", manifest), *odd):
            tar.addfile(told, io.BytesIO(data))
    done = place.restore()
    assert (done.code, "holds something else than a store" in done.err) == (1, True), done.err
    assert held_files(place.home) == before
    assert not list(place.home.parent.glob("**/*evil*"))


@pytest.mark.usefixtures("quick")
def test_a_store_whose_seals_have_their_key_elsewhere_is_whole_where_that_is_not(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reseal(place.home, in_file(tmp_path / "key"))
    assert place.backup().code == 0
    (tmp_path / "key").unlink()
    monkeypatch.setenv("MINDHOLD_HOME", str(tmp_path / "other"))
    done = place.restore()
    assert (done.code, "seals lies beside it now" in done.err) == (0, True)
    with Store.open(tmp_path / "other") as store:
        assert store.database.seal_place is None
        assert not damages(store.database)
        assert store.resolve("test_runner").live


@pytest.mark.parametrize("where", ["store.db", "store.key", "mine.backup"])
def test_it_is_not_written_over_the_store_nor_beside_it(place: Place, where: str) -> None:
    before = held_files(place.home)
    done = replace(place, saved=place.home / where).backup("--force")
    assert (done.code, "name another place" in done.err) == (1, True)
    assert held_files(place.home) == before


def test_a_device_is_never_replaced_by_it(place: Place, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "is no file" in replace(place, saved=tmp_path / "pipe").backup("--force").err
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


@pytest.mark.usefixtures("quick")
def test_a_wrong_passphrase_and_a_newer_store_are_one_plain_sentence(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.backup()
    before = held_files(place.home)
    place.words.write_text("another passphrase")
    done = place.restore()
    assert (done.code, done.err.count("\n")) == (1, 1)
    assert "The passphrase is wrong" in done.err
    place.words.write_text(WORDS)
    monkeypatch.setattr("mindhold.beliefs.creation.MIGRATIONS", MIGRATIONS[:-1])
    done = place.restore()
    assert (done.code, "newer mindhold" in done.err) == (4, True)
    assert held_files(place.home) == before


def test_a_passphrase_is_asked_twice_on_a_terminal(place: Place) -> None:
    command = [sys.executable, "-P", "-m", "mindhold", "backup", str(place.saved)]
    said, code = typed_into(command, f"{WORDS}\r{WORDS}\r")
    assert code == 0, said
    assert said.count("assphrase") >= 2
    assert WORDS not in said


@pytest.mark.parametrize(("typed", "says"), [("", "No passphrase"), ("short\n", "5 characters")])
def test_a_passphrase_that_protects_nothing_is_refused(
    place: Place, typed: str, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    done = place.run("backup", str(place.saved))
    assert (done.code, says in done.err) == (1, True), done.err
    assert not place.saved.exists()


def test_a_mistyped_place_is_said_before_a_passphrase_is_asked_for(place: Place) -> None:
    place.words.unlink()
    nowhere = replace(place, saved=place.saved.parent / "nowhere" / "saved")
    assert "There is no directory" in nowhere.backup().err
    assert f"{place.saved}: No such file" in place.restore().err
    assert "is a directory" in replace(place, saved=place.home).backup().err


@pytest.mark.usefixtures("quick")
def test_a_backup_while_others_write_has_whole_transactions_only(
    place: Place, tmp_path: Path
) -> None:
    with writing(place.home, 3):
        assert place.backup().code == 0
    held = names(place.unpacked(tmp_path / "open")) - {"test_runner"}
    assert len(held) >= 6
    assert paired(held)


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("command", ["backup", "restore"])
def test_killed_at_any_step_there_is_the_old_file_or_store_or_the_new_one(
    place: Place, tmp_path: Path, command: str
) -> None:
    place.backup()
    add(place.home, belief("jest"))
    (tmp_path / "steps").mkdir()
    done = subprocess.run(
        [sys.executable, "-c", KILLED, command, place.saved, place.home, tmp_path / "steps"],
        env={**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT / 'tests'}"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    last, status = map(int, done.stdout.split())
    assert status == 0, done.stderr
    old, new = {"test_runner"}, {"test_runner", "jest"}
    first, then = (old, new) if command == "backup" else (new, old)
    seen = []
    for step in range(1, last + 1):
        there = replace(place, saved=tmp_path / "steps" / str(step) / "saved")
        held = there.saved.with_name("home")
        if command == "backup":
            assert names(held) == new
            held = there.unpacked(there.saved.with_name("open"))
        seen.append(names(held))
    at = seen.index(then)
    assert at > 5
    assert seen == [first] * at + [then] * (last - at)
