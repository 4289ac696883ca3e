"""`mindhold restore`: what comes back, what is kept of before, and when it is refused."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mindhold.beliefs import replacing, snapshots
from mindhold.cli import daemon, doctor, stored
from mindhold.cli.places import Places

from .conftest import Terminal

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)


@pytest.fixture
def taken(home: Path, vitest: str) -> str:
    """The name of a snapshot that holds one belief."""
    return snapshots.take(home, NOW, keep=7).name


def add(mindhold: Terminal, name: str) -> None:
    given = ("--content", f"We use {name}.", "--why", f"Use {name}.", "--scope", "project:shop")
    done = mindhold("beliefs", "add", "--type", "decision", "--name", name, *given)
    assert done.code == 0, done.err


def held(mindhold: Terminal) -> list[str]:
    return [one["canonical_name"] for one in mindhold("beliefs", "list", "--json").json()]


def spoil(home: Path) -> None:
    (home / "store.db").write_bytes(b"certainly no database of beliefs" * 100)


@pytest.mark.parametrize("name", ["latest", "2026-03-01T090000Z", "2026-03"])
def test_a_snapshot_comes_back_and_what_was_there_is_kept(
    mindhold: Terminal, home: Path, taken: str, name: str
) -> None:
    add(mindhold, "jest")
    done = mindhold("restore", "--snapshot", name)
    assert done.code == 0, done.err
    assert "1 belief, as of 2026-03-01 09:00" in done.out
    assert held(mindhold) == ["test_runner"]
    (left,) = replacing.aside(home)
    assert str(left) in done.out
    assert snapshots.listed(home)[0].name == taken


def test_a_dry_run_checks_and_changes_nothing(mindhold: Terminal, home: Path, taken: str) -> None:
    add(mindhold, "jest")
    before = {path: path.stat().st_mtime_ns for path in home.rglob("*.db")}
    done = mindhold("restore", "--snapshot", taken, "--dry-run")
    assert (done.code, done.out) == (
        0,
        "Sound: 1 belief, as of 2026-03-01 09:00. Nothing was changed.\n",
    )
    assert {path: path.stat().st_mtime_ns for path in home.rglob("*.db")} == before
    assert len(held(mindhold)) == 2


def test_what_is_restored_answers_as_it_did(
    mindhold: Terminal, home: Path, talk: Callable[..., None], vitest: str
) -> None:
    talk("Which test runner do we use, Vitest?")
    asked = ("recall", "How do I run vitest?", "--scope", "project:shop", "--json")

    def answers() -> tuple[object, object, object]:
        told = mindhold(*asked).json()
        for ms in ("ms", "took_ms"):
            told.pop(ms, None)
        return told, mindhold("why", "--json").json(), mindhold("beliefs", "history").out

    before = answers()
    assert vitest in str(before)
    snapshots.take(home, datetime.now(UTC) + timedelta(seconds=1), keep=7)
    mindhold("beliefs", "forget", vitest)
    talk("Which test runner do we use, Vitest?")
    assert answers() != before
    assert mindhold("restore", "--snapshot", "latest").code == 0
    assert answers() == before


def test_a_store_that_is_served_is_not_replaced(mindhold: Terminal, home: Path, taken: str) -> None:
    serving = daemon.Daemon(pid=1, host="localhost", port=7, since=0.0)
    add(mindhold, "jest")
    with daemon.hold(home) as announce:
        announce(serving)
        done = mindhold("restore", "--snapshot", "latest")
        dry = mindhold("restore", "--snapshot", "latest", "--dry-run")
    assert done.code == 1
    assert "pid 1" in done.err
    assert "mindhold stop" in done.err
    assert dry.code == 0
    assert len(held(mindhold)) == 2


def test_a_broken_store_is_offered_its_newest_good_snapshot_and_gets_it_only_when_told(
    mindhold: Terminal, home: Path, taken: str
) -> None:
    (home / "snapshots" / "2026-03-02T090000Z.db").write_bytes(b"damaged")
    spoil(home)
    found = next(one for one in doctor._findings(Places.find()) if one.part == "store")
    for told in (mindhold("status").out, f"{found.said} {found.todo}"):
        assert "newest good snapshot is from 2026-03-01 09:00 and holds 1 belief" in told
        assert "mindhold restore --snapshot latest" in told
    assert mindhold("beliefs", "list").code == 4
    assert mindhold("restore", "--snapshot", "latest").code == 0
    assert held(mindhold) == ["test_runner"]
    assert mindhold("status").out.count("snapshot") == 0
    (left,) = replacing.aside(home)
    assert (left / "store.db").read_bytes().startswith(b"certainly")


def test_a_store_that_has_gone_is_offered_one_too(
    mindhold: Terminal, home: Path, taken: str
) -> None:
    (home / "store.db").unlink()
    assert "newest good snapshot" in mindhold("status").out
    assert mindhold("restore", "--snapshot", "latest").code == 0
    assert held(mindhold) == ["test_runner"]


def test_what_cannot_be_restored_is_refused_in_a_sentence(
    mindhold: Terminal, home: Path, vitest: str
) -> None:
    none = mindhold("restore", "--snapshot", "latest")
    assert (none.code, none.err) == (1, "mindhold: There is no snapshot of this store.\n")
    made = snapshots.take(home, NOW, keep=7)
    assert mindhold("restore").code == 2
    assert "No snapshot is called 1999" in mindhold("restore", "--snapshot", "1999").err
    made.path.write_bytes(made.path.read_bytes()[:5000])
    assert mindhold("restore", "--snapshot", made.name).code == 4
    assert "sound" in mindhold("restore", "--snapshot", "latest").err
    assert held(mindhold) == ["test_runner"]
    assert replacing.aside(home) == []


def test_snapshots_are_listed(mindhold: Terminal, home: Path, vitest: str) -> None:
    assert "no snapshot yet" in mindhold("restore", "--list").out
    snapshots.take(home, NOW, keep=7)
    (one,) = mindhold("restore", "--list", "--json").json()
    assert one["name"] == "2026-03-01T090000Z"


@pytest.mark.parametrize(
    ("since", "config", "well", "says"),
    [
        (0, "", False, "the daemon could make no newer one"),
        (NOW.timestamp() * 2, "", True, "1, the newest from 2026-03-01 09:00"),
        (0, "retention: {snapshots: 0}", True, "none are kept"),
    ],
    ids=["served for long, the newest is old", "served since just now", "switched off"],
)
def test_doctor_says_when_no_snapshot_can_be_made(
    home: Path, taken: str, since: float, config: str, *, well: bool, says: str
) -> None:
    (home / "config.yaml").write_text(config)
    places = Places.find()
    with daemon.hold(home) as announce:
        announce(daemon.Daemon(pid=1, host="localhost", port=7, since=since))
        found = stored.snapshots(places, places.settings())
    assert (found.well, says in found.said) == (well, True), found.said


def test_a_snapshot_of_an_encrypted_store_comes_back_encrypted(
    mindhold: Terminal, home: Path, vitest: str, tmp_path: Path
) -> None:
    pytest.importorskip("sqlcipher3")
    assert mindhold("encrypt", "--key-file", str(tmp_path / "key")).code == 0
    snapshots.take(home, NOW, keep=7)
    add(mindhold, "jest")
    done = mindhold("restore", "--snapshot", "latest")
    assert done.code == 0, done.err
    assert held(mindhold) == ["test_runner"]
    assert not (home / "store.db").read_bytes().startswith(b"SQLite format 3")
