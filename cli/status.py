"""`mindhold status`: what is wrong first, then where everything is."""

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import typer

from mindhold.cli import daemon, extractor, rescue
from mindhold.cli.bypassed import bypassed
from mindhold.cli.options import today
from mindhold.cli.places import Places
from mindhold.cli.switches import how_long
from mindhold.cli.terminal import AsJson, data, mark

if TYPE_CHECKING:
    from mindhold.proxy.settings import Settings

_MODES = {
    "auto": "auto: what you state is held",
    "explicit": "explicit: only what you state plainly is held",
    "curated": "curated: everything waits for you",
    "off": "off: nothing is learned",
}
_BEGIN = "To begin: inject.enabled: true in the config, then mindhold restart"


def status(as_json: AsJson = False) -> None:
    """Say what is wrong, if anything is, what waits for you, and where everything is.

    Exits with 0 when it is serving, with memory or as you paused it, 1 when it is not, 3 when the
    config cannot be followed, 4 when the store cannot be read.
    """
    found = look(Places.find())
    if as_json:
        data(found)
    else:
        _show(found)
    codes = (found["config_error"] and 3, found["store"]["error"] and 4, found["wrong"] and 1)
    raise typer.Exit(next(filter(None, codes), 0))


def look(places: Places) -> dict[str, Any]:
    """Everything that status tells; `wrong` holds sentences, the worst first."""
    serving = daemon.running(places.home)
    health = daemon.health(serving) if serving else None
    settings, config_error = _settings(places)
    store = _store(places, today(places) if settings else None)
    faults = [fault for fault in (config_error, store["error"]) if fault]
    return {
        "wrong": [*faults, *_not_serving(serving, health)],
        "paused": store.pop("paused"),
        "background": extractor.look(places),
        "running": serving is not None,
        "pid": serving.pid if serving else None,
        "base_url": f"{serving.url}/v1" if serving else None,
        "since": _time(serving.since) if serving else None,
        "health": health,
        "store": store,
        "learning": settings.learn.mode if settings else None,
        "injecting": settings.inject.enabled if settings else None,
        "config_error": config_error,
        "config": str(places.config) if places.config.exists() else None,
        "home": str(places.home),
        "encrypted": _encrypted(places),
        "logs": str(places.logs),
    }


def _store(places: Places, day: date | None) -> dict[str, Any]:
    from mindhold.beliefs import review, switches
    from mindhold.beliefs.errors import StoreError, StoreMissing
    from mindhold.beliefs.home import begun
    from mindhold.beliefs.store import Store

    found: dict[str, Any] = {"error": None, "offer": None, "beliefs": None}
    found |= {"waiting": 0, "paused": {}}
    try:
        store = Store.open(places.home, create=False)
    except StoreError as error:
        if isinstance(error, StoreMissing) and not begun(places.home):
            return found
        return found | {"error": str(error), "offer": rescue.offer(places.home, error)}
    try:
        now, pauses = datetime.now(UTC), switches.read(store.database)
        for switch in switches.SWITCHES:
            if pauses.paused(switch, now):
                found["paused"][switch] = pauses.until(switch)
        found["beliefs"] = store.count()
        found["waiting"] = review.waiting(store.database, today=day or now.date())
    except StoreError as error:
        found |= {"error": str(error), "offer": rescue.offer(places.home, error)}
    finally:
        store.close()
    return found


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


def _not_serving(serving: daemon.Daemon | None, health: dict[str, object] | None) -> list[str]:
    if serving is None:
        return ["mindhold is not running for this store; `mindhold start` starts it."]
    if health is None:
        return [f"Process {serving.pid} does not answer at {serving.url}."]
    if health.get("memory") in {"on", "off"}:
        return []
    return [bypassed(str(health.get("reason") or ""))]


def _show(found: dict[str, Any]) -> None:
    for sentence in found["wrong"]:
        typer.echo(f"{mark('!', 'red')} {sentence}")
    if offered := found["store"]["offer"]:
        typer.echo(f"{mark('!', 'yellow')} {offered}\n  → {rescue.COMMAND}")
    for switch, until in found["paused"].items():
        typer.echo(f"{mark('!', 'yellow')} {switch} is paused {how_long(until)}.")
    for sentence, todo, _ in extractor.troubles(found["background"]) if found["background"] else ():
        typer.echo(f"{mark('!', 'yellow')} {sentence}\n  → {todo}")
    if count := found["store"]["waiting"]:
        from mindhold.cli.reasons import how_many

        typer.echo(f"{mark('!', 'yellow')} {how_many(count)}: mindhold review")
    if not found["wrong"]:
        typer.echo(f"{mark('✓', 'green')} mindhold is serving, {_memory(found)}.")
    rows = {
        "base URL": found["base_url"],
        "process": found["pid"] and f"{found['pid']}, since {found['since']}",
        "beliefs": found["store"]["beliefs"],
        "learning": _MODES.get(found["learning"]),
        "background": found["background"] and extractor.summary(found["background"]),
        "data": found["home"],
        "encrypted": found["encrypted"],
        "config": found["config"] or "the defaults; `mindhold init` writes one",
        "logs": found["logs"],
    }
    for name, value in rows.items():
        if value is not None:
            typer.echo(f"  {name:<12}{value}")


def _memory(found: dict[str, Any]) -> str:
    if found["health"]["memory"] == "on":
        return "with memory"
    if found["injecting"] is False:
        return f"and observes: it learns, and puts nothing into requests. {_BEGIN}"
    return "and puts nothing into requests: that is paused"


def _time(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).astimezone().isoformat(timespec="seconds")
