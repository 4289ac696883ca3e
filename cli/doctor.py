"""`mindhold doctor`: every part looked at once, in plain words, with what to do."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from itertools import islice
from typing import TYPE_CHECKING

import typer

from mindhold.beliefs.home import DATABASE
from mindhold.cli import extractor, reach, status, stored
from mindhold.cli.finding import Finding, found
from mindhold.cli.places import Places
from mindhold.cli.terminal import AsJson, data, mark
from mindhold.cli.unwell import Health

if TYPE_CHECKING:
    from mindhold.proxy.settings import Settings


_LOOKED = 5_000  # beliefs whose names are looked at; a look takes 0.3 ms
_LATE = 3600  # seconds after which a snapshot that is due should have been made
_SET = "Put it there, where the daemon can read it, then: mindhold restart"


def doctor(as_json: AsJson = False) -> None:
    """Look at config, keys, store, memory, index, port and network, and make one round trip.

    Exits with 1 when something is wrong, after saying since when and what to do about it.
    """
    findings = []
    for finding in _findings(Places.find()):
        findings.append(finding)
        if not as_json:
            _show(finding)
    if as_json:
        data([asdict(finding) for finding in findings])
    raise typer.Exit(0 if all(finding.well for finding in findings) else 1)


def _show(finding: Finding) -> None:
    sign = mark("✓", "green") if finding.well else mark("✗", "red")
    typer.echo(f"{sign} {finding.part}: {finding.said}")
    if finding.todo:
        typer.echo(f"  → {finding.todo}")


def _findings(places: Places) -> Iterator[Finding]:
    from mindhold.proxy.settings import ConfigError, Settings

    try:
        settings = places.settings()
        there = places.config if places.config.exists() else "no file, so the defaults"
        yield Finding(part="config", well=True, said=f"{there}")
    except ConfigError as error:
        settings = Settings(home=places.home)
        yield Finding(part="config", well=False, said=str(error), todo="Correct that line.")
    yield _directory(places)
    yield stored.store(places)
    yield from stored.encryption(places)
    seen = status.look(places)
    told: dict[str, list[Finding]] = {}
    for trouble in status.troubles(seen, everything=True):
        told.setdefault(trouble.part, []).append(found(trouble))
    yield from told.get("snapshots") or [stored.snapshots(places, settings)]
    yield from _names(places)
    yield from _review(places)
    yield from told.get("memory") or _memory(seen.health)
    for part in ("pause", "learning", "lately"):
        yield from told.get(part, ())
    yield from told.get("index") or [_index(places)]
    yield _sqlite()
    yield from _keys(places, settings)
    yield from told.get("keys", ())
    if seen.background:
        yield Finding(part="background", well=True, said=extractor.summary(seen.background))
        yield from told.get("background", ())
    yield reach.port(seen.serving, settings)
    yield reach.network()
    yield reach.round_trip(places, seen.serving)


def _directory(places: Places) -> Finding:
    home = places.home
    if not (home / DATABASE).exists():
        return Finding(part="data", well=True, said=f"{home}, closed to others when first used")
    mode = home.stat().st_mode & 0o777
    if mode & 0o077:
        said = f"{home} can be read by others (mode {mode:o})"
        return Finding(part="data", well=False, said=said, todo=f"chmod 700 {home}")
    return Finding(part="data", well=True, said=f"{home}, for you alone")


def _memory(health: Health | None) -> list[Finding]:
    if health is None:
        return []  # the port's own finding says it
    off = "off, as you want it: nothing is put into requests"
    said = "on: chats are given what is held" if health["memory"] == "on" else off
    return [Finding(part="memory", well=True, said=said)]


def _names(places: Places) -> Iterator[Finding]:
    """How many live beliefs a message will seldom name, or not alone; never a fault."""
    from mindhold.beliefs.errors import StoreError
    from mindhold.beliefs.model import LIVE
    from mindhold.beliefs.store import Store
    from mindhold.cli.cautions import unclear

    try:
        with Store.open(places.home, create=False, readonly=True) as store:
            live = min(store.count(states=LIVE), _LOOKED)
            looked = islice(store.select(states=LIVE), live)
            found = [told for _, told in unclear(store, looked, propose=False)]
    except StoreError:
        return  # the store's own finding says it
    seldom = sum(any(caution.wanted for caution in told) for told in found)
    said = f"of {live} live beliefs, {seldom} will seldom be named, {len(found) - seldom} share one"
    todo = "mindhold beliefs list --unclear" if found else ""
    yield Finding(part="names", well=True, said=said, todo=todo)


def _review(places: Places) -> Iterator[Finding]:
    """How much waits for the owner; never a fault."""
    from mindhold.beliefs.errors import StoreError
    from mindhold.beliefs.review import waiting
    from mindhold.beliefs.store import Store
    from mindhold.cli.options import today
    from mindhold.cli.reasons import how_many
    from mindhold.proxy.settings import ConfigError

    try:
        with Store.open(places.home, create=False, readonly=True) as store:
            count = waiting(store.database, today=today(places))
    except (StoreError, ConfigError):
        return  # their own findings say it
    yield Finding(
        part="review", well=True, said=how_many(count), todo="mindhold review" if count else ""
    )


def _index(places: Places) -> Finding:
    from mindhold.beliefs import custody
    from mindhold.beliefs.errors import StoreError

    index, encrypted = places.home / "index", False
    with suppress(StoreError, OSError):  # the store's own finding says it
        encrypted = custody.read(places.home) is not None
    if encrypted:
        said = "in the daemon's memory only: files of it would tell what the store encrypts"
    elif not index.exists():
        said = "none yet; the daemon makes it"
    else:
        size = sum(file.stat().st_size for file in index.rglob("*") if file.is_file())
        said = f"{size / 1e6:.1f} MB; whenever in doubt the daemon makes it anew"
    return Finding(part="index", well=True, said=said)


def _sqlite() -> Finding:
    import sqlite3

    said = f"version {sqlite3.sqlite_version}"
    if sqlite3.sqlite_version_info <= (3, 51, 2):
        said += "; its bug of write-ahead logs is kept away by the store's own lock"
    return Finding(part="SQLite", well=True, said=said)


def _keys(places: Places, settings: "Settings") -> Iterator[Finding]:
    from mindhold.proxy.keys import Keys, KeyUnavailable, limited, system_ring

    try:
        ring = limited(system_ring)
        yield Finding(part="keyring", well=True, said=type(ring).__module__.rpartition(".")[2])
    except KeyUnavailable as error:
        wanted = any(upstream.key == "keyring" for upstream in settings.upstreams)
        yield Finding(part="keyring", well=not wanted, said=str(error))
    for upstream in settings.upstreams:
        part = f"key of {upstream.name}"
        try:
            held = Keys(places.home).get(upstream)
        except KeyUnavailable as error:
            held_by_ring = upstream.key == "keyring"
            todo = f"mindhold keys set {upstream.name}" if held_by_ring else _SET
            yield Finding(part=part, well=False, said=str(error), todo=todo)
        else:
            said = f"{upstream.key}, there" if held else upstream.key
            yield Finding(part=part, well=True, said=said)
