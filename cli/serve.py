"""`mindhold serve`: the proxy in the foreground, from settings to the last drained stream."""

import logging
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mindhold.cli.background import Host, Port
from mindhold.cli.failure import Failed
from mindhold.cli.places import Places

if TYPE_CHECKING:
    from mindhold.proxy.settings import Settings

_TRIM_THRESHOLD = -1  # glibc's M_TRIM_THRESHOLD
_DESCRIPTORS = 8_192
_GIVE_WAY = 0.0005  # seconds that a thread works on while another one waits

log = logging.getLogger("mindhold.serve")


def serve(
    config: Annotated[
        Path | None, typer.Option("--config", help="Follow this config file.")
    ] = None,
    host: Host = None,
    port: Port = None,
    detached: Annotated[bool, typer.Option("--detached", hidden=True)] = False,
) -> None:
    """Run the proxy in the foreground, until Ctrl-C or SIGTERM.

    Beyond this machine it listens only with --host said here, and then asks every caller for an
    access token.
    """
    from mindhold.cli import daemon, logfile
    from mindhold.cli.port import bind

    _give_memory_back()
    _keep_memory_off_the_disk()
    _make_room()
    places = Places.find(config=config)
    settings = _settings(places, host, port)
    _refuse_open_door(settings, host)
    listen = settings.listen
    me = daemon.Daemon(pid=os.getpid(), host=listen.host, port=listen.port, since=time.time())
    with daemon.hold(places.home) as announce:
        sockets = bind(listen.host, listen.port)
        announce(me)
        logfile.configure(settings.log, places.logs, None if detached else sys.stderr)
        logfile.tell_all()
        _run(settings, sockets, lambda: _greet(places, settings, me.url, quiet=detached))
    log.info("stopped")


def _give_memory_back() -> None:
    """Keep glibc at its first threshold for returning freed memory to the system.

    It would raise it as soon as a large block is freed, and keep the 17 MB that writing the index
    takes for a moment.
    """
    import ctypes

    with suppress(AttributeError, OSError):  # another C library
        ctypes.CDLL(None).mallopt(_TRIM_THRESHOLD, 128 << 10)


def _keep_memory_off_the_disk() -> None:
    """No core file, should we crash: in it would be what is held, and the key of the store."""
    import resource

    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _make_room() -> None:
    """Let many chats go on at once: a stream takes two descriptors, and many systems give 1,024.

    Recall gets its turn quickly beside them: a busy thread gives way after half a millisecond.
    """
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with suppress(OSError, ValueError):  # what the system gives must do
        if soft != resource.RLIM_INFINITY and soft < _DESCRIPTORS:
            most = _DESCRIPTORS if hard == resource.RLIM_INFINITY else min(hard, _DESCRIPTORS)
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    sys.setswitchinterval(_GIVE_WAY)


def _settings(places: Places, host: str | None, port: int | None) -> "Settings":
    settings = places.settings()
    listen = settings.listen
    listen = replace(listen, host=host or listen.host, port=port or listen.port)
    return replace(settings, listen=listen)


def _refuse_open_door(settings: "Settings", host: str | None) -> None:
    """Others are let in only if someone said so at this command, and never without a token."""
    from mindhold.proxy.address import loopback

    if loopback(settings.listen.host):
        return
    if host is None:
        where = settings.listen.host
        raise Failed(f"Others could reach {where}; if you mean it, say --host {where} as well.")
    if settings.require_token == "never":  # noqa: S105 - a word of the config
        raise Failed("Others could use the proxy: set auth.require_token to auto or always.")


def _greet(places: Places, settings: "Settings", url: str, *, quiet: bool) -> None:
    """Prints the banner; beside the first calls, since a store may take its time to open."""
    import threading

    def greet() -> None:
        banner = _banner(places, settings, url)  # it logs what is wrong, too
        with suppress(OSError):  # nobody reads it any more
            typer.echo("" if quiet else banner, nl=not quiet)

    threading.Thread(target=greet, name="banner", daemon=True).start()


def _banner(places: Places, settings: "Settings", url: str) -> str:
    """What a newcomer needs: where it is, how to talk to it, and what is wrong, first."""
    from mindhold import __version__
    from mindhold.beliefs.database import Database
    from mindhold.beliefs.errors import StoreError
    from mindhold.cli.access import token_for
    from mindhold.cli.terminal import invocation

    token, wrong = "", ""
    try:
        with Database.open(places.home) as database:
            token = token_for(settings, database)
    except StoreError as error:
        log.warning("%s Chat goes on without memory.", error)
        wrong = f"  {error}\n  Chat goes on without memory until that is mended.\n"
    return f"""
mindhold {__version__} is listening.
{wrong}
  base URL        {url}/v1
  elsewhere       {invocation(places)} status
  what it holds   {places.home}

Try it from another terminal; it needs no key and no network:

{_curl(url, token)}

What it learned from that: {invocation(places)} beliefs list
"""


def _curl(url: str, token: str) -> str:
    message = '{"role": "user", "content": "Remember that we use Vitest."}'
    body = f'{{"model": "demo", "messages": [{message}]}}'
    key = f" -H 'Authorization: Bearer {token}'" if token else ""
    return f"curl {url}/v1/chat/completions -H 'Content-Type: application/json'{key} -d '{body}'"


def _run(settings: "Settings", sockets: list[socket.socket], ready: Callable[[], None]) -> None:
    """Serve until a signal; open streams get their time, and the process ends with 0."""
    # httpx's own command line would bring rich and more: 100 ms of the start, 3 MB for good.
    sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]
    import uvicorn

    from mindhold.proxy.app import create_app
    from mindhold.proxy.server import configuration

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            log.info("listening on %s port %s", settings.listen.host, settings.listen.port)
            ready()

    # A terminal that is closed ends it as well, unless nohup said otherwise.
    if signal.getsignal(signal.SIGHUP) is signal.SIG_DFL:
        signal.signal(signal.SIGHUP, lambda *_: os.kill(os.getpid(), signal.SIGTERM))
    # uvicorn raises the signal again when all is drained, which would end us with its number.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: None)
    try:
        Server(configuration(create_app(settings))).run(sockets)
    except SystemExit:  # uvicorn's word for an application that could not start
        raise Failed("The proxy could not start; `mindhold logs` says where it broke.") from None
