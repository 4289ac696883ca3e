"""`mindhold status`: what is wrong first, then where everything is."""

from datetime import UTC, datetime
from typing import Any

import typer

from mindhold.cli import daemon, extractor
from mindhold.cli.places import Places
from mindhold.cli.switches import how_long
from mindhold.cli.terminal import AsJson, data, mark


def status(as_json: AsJson = False) -> None:
    """Say what is wrong, if anything is, and where everything is.

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
    store = _store(places)
    serving = daemon.running(places.home)
    health = daemon.health(serving) if serving else None
    config_error = _config_error(places)
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
        "config_error": config_error,
        "config": str(places.config) if places.config.exists() else None,
        "home": str(places.home),
        "logs": str(places.logs),
    }


def _store(places: Places) -> dict[str, Any]:
    from mindhold.beliefs import switches
    from mindhold.beliefs.errors import StoreError, StoreMissing
    from mindhold.beliefs.home import begun
    from mindhold.beliefs.store import Store

    found: dict[str, Any] = {"error": None, "beliefs": None, "paused": {}}
    try:
        store = Store.open(places.home, create=False)
    except StoreMissing as error:
        return found | {"error": str(error) if begun(places.home) else None}
    except StoreError as error:
        return found | {"error": str(error)}
    try:
        now, pauses = datetime.now(UTC), switches.read(store.database)
        for switch in switches.SWITCHES:
            if pauses.paused(switch, now):
                found["paused"][switch] = pauses.until(switch)
        found["beliefs"] = store.count()
    except StoreError as error:
        found["error"] = str(error)
    finally:
        store.close()
    return found


def _config_error(places: Places) -> str | None:
    from mindhold.proxy.settings import ConfigError

    try:
        places.settings()
    except ConfigError as error:
        return str(error)
    return None


def _not_serving(serving: daemon.Daemon | None, health: dict[str, object] | None) -> list[str]:
    if serving is None:
        return ["mindhold is not running for this store; `mindhold start` starts it."]
    if health is None:
        return [f"Process {serving.pid} does not answer at {serving.url}."]
    if health.get("memory") in {"on", "off"}:
        return []
    return [f"Chat goes on without memory: {health.get('reason') or 'see the log'}."]


def _show(found: dict[str, Any]) -> None:
    for sentence in found["wrong"]:
        typer.echo(f"{mark('!', 'red')} {sentence}")
    for switch, until in found["paused"].items():
        typer.echo(f"{mark('!', 'yellow')} {switch} is paused {how_long(until)}.")
    for sentence, todo in extractor.troubles(found["background"]) if found["background"] else ():
        typer.echo(f"{mark('!', 'yellow')} {sentence}\n  → {todo}")
    if not found["wrong"]:
        typer.echo(f"{mark('✓', 'green')} mindhold is serving, {_memory(found)}.")
    rows = {
        "base URL": found["base_url"],
        "process": found["pid"] and f"{found['pid']}, since {found['since']}",
        "beliefs": found["store"]["beliefs"],
        "background": found["background"] and extractor.summary(found["background"]),
        "data": found["home"],
        "config": found["config"] or "the defaults; `mindhold init` writes one",
        "logs": found["logs"],
    }
    for name, value in rows.items():
        if value is not None:
            typer.echo(f"  {name:<12}{value}")


def _memory(found: dict[str, Any]) -> str:
    if found["health"]["memory"] == "on":
        return "with memory"
    return "and injects nothing: that is paused, or inject.enabled is false in the config"


def _time(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).astimezone().isoformat(timespec="seconds")
