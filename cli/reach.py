"""Reach: what doctor finds on the way from a client to a model: port, network, one round trip."""

from typing import TYPE_CHECKING

from mindhold.cli import daemon
from mindhold.cli.failure import Failed
from mindhold.cli.finding import Finding
from mindhold.cli.places import Places

if TYPE_CHECKING:
    from mindhold.proxy.settings import Settings


def port(serving: daemon.Daemon | None, settings: "Settings") -> Finding:
    """Whether the daemon answers, or its port is free."""
    from mindhold.cli.port import bind, holder

    if serving:
        well, pid = daemon.health(serving) is not None, f" (pid {serving.pid})"
        who = f"the daemon{pid if serving.pid else ''}"
        said = f"{serving.url}: {who} {'answers' if well else 'does not answer'}"
        todo = "" if well else "mindhold restart"
        return Finding(part="port", well=well, said=said, todo=todo)
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


def network() -> Finding:
    """Which proxy and trust store are in force."""
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


def round_trip(places: Places, serving: daemon.Daemon | None) -> Finding:
    """One call to the demo model: of the running daemon, else of one that is made for it."""
    from mindhold.cli.throwaway import say, throwaway

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
