"""`mindhold doctor`: every part looked at once, in plain words, with what to do."""

from collections.abc import Iterator
from dataclasses import asdict
from itertools import islice
from typing import TYPE_CHECKING

import typer

from mindhold.beliefs.home import DATABASE
from mindhold.cli import daemon, stored
from mindhold.cli.failure import Failed
from mindhold.cli.finding import Finding
from mindhold.cli.places import Places
from mindhold.cli.terminal import AsJson, data, mark

if TYPE_CHECKING:
    from mindhold.proxy.settings import Settings


_LOOKED = 5_000  # beliefs whose names are looked at; a look takes 0.3 ms
_SET = "Put it there, where the daemon can read it, then: mindhold restart"


def doctor(as_json: AsJson = False) -> None:
    """Look at config, keys, store, names, index, port and network, and make one round trip.

    Exits with 1 when something is wrong, after saying what to do about it.
    """
    found = []
    for finding in _findings(Places.find()):
        found.append(finding)
        if not as_json:
            _show(finding)
    if as_json:
        data([asdict(finding) for finding in found])
    raise typer.Exit(0 if all(finding.well for finding in found) else 1)


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
    yield stored.snapshots(places, settings)
    yield from _names(places)
    yield from _review(places)
    yield _index(places)
    yield _sqlite()
    yield from _keys(places, settings)
    yield from _background(places)
    yield _port(places, settings)
    yield _network()
    yield _round_trip(places)


def _directory(places: Places) -> Finding:
    home = places.home
    if not (home / DATABASE).exists():
        return Finding(part="data", well=True, said=f"{home}, closed to others when first used")
    mode = home.stat().st_mode & 0o777
    if mode & 0o077:
        said = f"{home} can be read by others (mode {mode:o})"
        return Finding(part="data", well=False, said=said, todo=f"chmod 700 {home}")
    return Finding(part="data", well=True, said=f"{home}, for you alone")


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
    index = places.home / "index"
    if not index.exists():
        return Finding(part="index", well=True, said="none yet; the daemon makes it")
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


def _background(places: Places) -> Iterator[Finding]:
    """The extractor with a model, where one was chosen."""
    from mindhold.cli import extractor

    if (found := extractor.look(places)) is None:
        return
    said = extractor.summary(found)
    yield Finding(part="background", well=True, said=said)
    for one in extractor.troubles(found):
        yield Finding(part="background", well=not one.wrong, said=one.said, todo=one.todo)


def _port(places: Places, settings: "Settings") -> Finding:
    from mindhold.cli.port import bind, holder

    serving = daemon.running(places.home)
    if serving:
        well = daemon.health(serving) is not None
        said = f"the daemon (pid {serving.pid}) {'answers' if well else 'does not answer'}"
        todo = "" if well else "mindhold restart"
        return Finding(part="port", well=well, said=f"{serving.url}: {said}", todo=todo)
    port = settings.listen.port
    try:
        for one in bind(settings.listen.host, port):
            one.close()
    except Failed as error:
        other = holder(port) or "that program"
        todo = f"End {other}, or set listen.port in the config."
        return Finding(part="port", well=False, said=str(error), todo=todo)
    said = f"{port} is free; the daemon is not running (`mindhold start`)"
    return Finding(part="port", well=True, said=said)


def _network() -> Finding:
    import ssl
    from urllib.parse import urlsplit
    from urllib.request import getproxies_environment

    proxies = getproxies_environment()
    parts = [
        f"{name.upper()}_PROXY {urlsplit(value).hostname if name != 'no' else value}"
        for name, value in sorted(proxies.items())
        if name in {"https", "all", "no"}
    ]
    paths = ssl.get_default_verify_paths()
    trust = paths.cafile or paths.capath or "certifi's certificates"
    said = f"{', '.join(parts) or 'no proxy'}; trusts {trust}"
    return Finding(part="network", well=True, said=said)


def _round_trip(places: Places) -> Finding:
    """One call to the demo model: of the running daemon, else of one that is made for it."""
    from mindhold.cli.throwaway import say, throwaway

    serving = daemon.running(places.home)
    try:
        if serving:
            say(serving, "Hello.", prefix="/temporary", token=_token(places, serving))
            return Finding(part="round trip", well=True, said="the demo model answers")
        with throwaway() as (_, other):
            say(other, "Hello.", prefix="/temporary")
    except Failed as error:
        return Finding(part="round trip", well=False, said=str(error), todo="mindhold logs")
    return Finding(
        part="round trip", well=True, said="the demo model answers, in a home of its own"
    )


def _token(places: Places, serving: daemon.Daemon) -> str:
    from dataclasses import replace

    from mindhold.beliefs.database import Database
    from mindhold.beliefs.errors import StoreError
    from mindhold.cli.access import token_for

    settings = places.settings()
    settings = replace(settings, listen=serving.listen(settings.listen))
    try:
        with Database.open(places.home) as database:
            return token_for(settings, database)
    except StoreError:
        return ""
