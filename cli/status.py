"""`mindhold status`: what is wrong first, then where everything is."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import typer

from mindhold.cli import daemon, extractor, rescue, unwell
from mindhold.cli.bypassed import bypassed
from mindhold.cli.options import today
from mindhold.cli.places import Places
from mindhold.cli.switches import how_long
from mindhold.cli.terminal import AsJson, data, mark
from mindhold.cli.trouble import Trouble
from mindhold.cli.unwell import Health

if TYPE_CHECKING:
    from mindhold.beliefs.database import Database
    from mindhold.beliefs.store import Store
    from mindhold.proxy.settings import Settings

_MODES = {
    "auto": "auto: what you state is held",
    "explicit": "explicit: only what you state plainly is held",
    "curated": "curated: everything waits for you",
    "off": "off: nothing is learned",
}
_PAUSED = {
    "learn": "Nothing is learned from what you say: that is paused",
    "inject": "Nothing is put into requests: that is paused",
}
_BEGIN = "To begin: inject.enabled: true in the config, then mindhold restart"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What was found: the daemon and its health, the settings or why there are none, the store."""

    places: Places
    serving: daemon.Daemon | None
    health: Health | None
    settings: "Settings | None"
    config_error: str | None
    store: dict[str, Any]
    background: extractor.Row | None


def status(as_json: AsJson = False) -> None:
    """Say what is wrong, since when and what to do, what waits for you, and where everything is.

    Exits with 0 when it is serving, with memory or as you paused it, 1 when it is not, 3 when the
    config cannot be followed, 4 when the store cannot be read.
    """
    seen = look(Places.find())
    found = list(troubles(seen))
    if as_json:
        data(_row(seen, found))
    else:
        _show(seen, found)
    out = any(one.weight == "out" for one in found)
    codes = (seen.config_error and 3, seen.store["error"] and 4, out and 1)
    raise typer.Exit(next(filter(None, codes), 0))


def look(places: Places) -> Seen:
    """How everything is."""
    settings, config_error = _settings(places)
    serving = daemon.running(places.home) or (settings and daemon.unlocked(settings.listen)) or None
    return Seen(
        places=places,
        serving=serving,
        health=daemon.health(serving) if serving else None,
        settings=settings,
        config_error=config_error,
        store=_store(places, today(places) if settings else None, running=serving is not None),
        background=extractor.look(places),
    )


def troubles(seen: Seen, *, everything: bool = False) -> Iterator[Trouble]:
    """What is not as it should be, the worst first; `everything`: what a busy moment brings too."""
    if seen.config_error:
        yield _unfollowed(seen)
    if error := seen.store["error"]:
        said = " ".join(filter(None, (error, seen.store["offer"])))
        yield Trouble(part="store", said=said, todo=seen.store["todo"], weight="out")
    yield from unwell.serving(seen.places, seen.serving, seen.health)
    if seen.serving and seen.health:
        yield from unwell.behind(seen.serving, seen.health)
    yield from seen.store["troubles"]
    if seen.background:
        yield from extractor.troubles(seen.background)
    if seen.health:
        yield from unwell.lately(seen.health, everything=everything)


def _unfollowed(seen: Seen) -> Trouble:
    todo = "Correct that line."
    if seen.serving:
        todo += " Until then the daemon goes on as it was started."
    since = None
    with suppress(OSError):
        since = datetime.fromtimestamp(seen.places.config.stat().st_mtime, UTC)
    said = seen.config_error or ""
    return Trouble(part="config", said=said, todo=todo, since=since, weight="out")


def _row(seen: Seen, found: list[Trouble]) -> dict[str, Any]:
    serving, store, settings = seen.serving, dict(seen.store), seen.settings
    paused, _ = store.pop("paused"), store.pop("troubles")
    return {
        "wrong": [one.sentence for one in found if one.weight == "out"],
        "troubles": [one.row() for one in found],
        "paused": paused,
        "background": seen.background,
        "running": serving is not None,
        "pid": serving.pid or None if serving else None,
        "base_url": f"{serving.url}/v1" if serving else None,
        "since": _time(serving.since) if serving and serving.since else None,
        "health": seen.health,
        "store": store,
        "learning": settings.learn.mode if settings else None,
        "injecting": settings.inject.enabled if settings else None,
        "config_error": seen.config_error,
        "config": str(seen.places.config) if seen.places.config.exists() else None,
        "home": str(seen.places.home),
        "encrypted": _encrypted(seen.places),
        "logs": str(seen.places.logs),
    }


def _store(places: Places, day: date | None, *, running: bool) -> dict[str, Any]:
    from mindhold.beliefs.errors import StoreError, StoreMissing
    from mindhold.beliefs.home import begun
    from mindhold.beliefs.store import Store

    found: dict[str, Any] = {"error": None, "offer": None, "todo": None, "beliefs": None}
    found |= {"waiting": 0, "paused": {}, "troubles": []}
    try:
        with Store.open(places.home, create=False) as store:
            return found | _held(store, day, running=running)
    except StoreError as error:
        if isinstance(error, StoreMissing) and not begun(places.home):
            return found
        offer = rescue.offer(places.home, error)
        todo = rescue.COMMAND if offer else bypassed(error.words).todo
        return found | {"error": str(error), "offer": offer, "todo": todo}


def _held(store: "Store", day: date | None, *, running: bool) -> dict[str, Any]:
    from mindhold.beliefs import review

    now = datetime.now(UTC)
    paused, pauses = _paused(store.database, now)
    return {
        "paused": paused,
        "beliefs": store.count(),
        "waiting": review.waiting(store.database, today=day or now.date()),
        "troubles": [*pauses, *unwell.unlearned(store.database, running=running)],
    }


def _paused(
    database: "Database", now: datetime
) -> tuple[dict[str, datetime | None], list[Trouble]]:
    """Until when each switch is paused, and that in words."""
    from mindhold.beliefs import switches

    pauses, told = switches.read(database), []
    until: dict[str, datetime | None] = {}
    for switch in switches.SWITCHES:
        if pauses.paused(switch, now):
            until[switch] = pauses.until(switch)
            said = f"{_PAUSED[switch]} {how_long(until[switch])}."
            since = switches.since(database, switch, now)
            todo = f"mindhold resume {switch}"
            told.append(Trouble(part="pause", said=said, todo=todo, since=since, weight="note"))
    return until, told


def _encrypted(places: Places) -> str | None:
    """Where the key of an encrypted store is; None for a plain one."""
    from mindhold.beliefs import custody, keyholder
    from mindhold.beliefs.errors import StoreError

    try:
        known = custody.read(places.home)
    except (StoreError, OSError):
        return "yes, and where its key is cannot be read"
    return f"the key is in {keyholder.told(known.where)}" if known else None


def _settings(places: Places) -> tuple["Settings | None", str | None]:
    from mindhold.proxy.settings import ConfigError

    try:
        return places.settings(), None
    except ConfigError as error:
        return None, str(error)


def _show(seen: Seen, found: list[Trouble]) -> None:
    for one in found:
        colour = "yellow" if one.weight == "note" else "red"
        typer.echo(f"{mark('!', colour)} {one.sentence}")
        if one.todo:
            typer.echo(f"  → {one.todo}")
    if count := seen.store["waiting"]:
        from mindhold.cli.reasons import how_many

        typer.echo(f"{mark('!', 'yellow')} {how_many(count)}: mindhold review")
    if not any(one.weight == "out" for one in found):
        typer.echo(f"{mark('✓', 'green')} mindhold is serving, {_memory(seen)}.")
    row = _row(seen, found)
    rows = {
        "base URL": row["base_url"],
        "process": row["pid"] and f"{row['pid']}, since {row['since']}",
        "beliefs": row["store"]["beliefs"],
        "learning": _MODES.get(row["learning"]),
        "background": row["background"] and extractor.summary(row["background"]),
        "data": row["home"],
        "encrypted": row["encrypted"],
        "config": row["config"] or "the defaults; `mindhold init` writes one",
        "logs": row["logs"],
    }
    for name, value in rows.items():
        if value is not None:
            typer.echo(f"  {name:<12}{value}")


def _memory(seen: Seen) -> str:
    if seen.health and seen.health["memory"] == "on":
        return "with memory"
    if seen.settings and not seen.settings.inject.enabled:
        return f"and observes: it learns, and puts nothing into requests. {_BEGIN}"
    return "and puts nothing into requests: that is paused"


def _time(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).astimezone().isoformat(timespec="seconds")
