"""The port: bound on every address that the settings name, or who holds it."""

import errno
import socket
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

from mindhold.cli.failure import Failed

_LISTEN = "0A"  # the state column of /proc/net/tcp


def bind(host: str, port: int) -> list[socket.socket]:
    """Listening sockets, for `localhost` on 127.0.0.1 and, where there is one, ::1.

    Raises `Failed` when an address is taken, naming who holds it where the system tells.
    """
    with ExitStack() as opened:
        found = [opened.enter_context(bound) for bound in _bound(host, port)]
        if not found:
            raise Failed(f"{host} is not an address of this machine.")
        opened.pop_all()
    return found


def _bound(host: str, port: int) -> Iterator[socket.socket]:
    for family, address in _addresses(host, port):
        try:
            one = socket.socket(family, socket.SOCK_STREAM)
        except OSError:
            continue  # the system has no IPv6
        try:
            _listen(one, address)
        except OSError as error:
            one.close()
            if error.errno == errno.EADDRNOTAVAIL and host == "localhost":
                continue  # IPv6 is built in but switched off
            raise Failed(_why(error, host, port)) from None
        yield one


def _addresses(host: str, port: int) -> list[tuple[int, tuple[Any, ...]]]:
    if host == "localhost":
        return [(socket.AF_INET, ("127.0.0.1", port)), (socket.AF_INET6, ("::1", port))]
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except OSError:
        raise Failed(f"The host {host} is not known here.") from None
    return [(family, address) for family, _, _, _, address in found]


def _listen(one: socket.socket, address: tuple[Any, ...]) -> None:
    one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if one.family == socket.AF_INET6:
        one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
    one.bind(address)
    one.listen(1024)
    one.setblocking(False)


def _why(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        by = holder(port)
        return f"Port {port} is taken{f' by {by}' if by else ''}; choose another with --port."
    if error.errno == errno.EACCES:
        return f"Port {port} needs rights that this user does not have; choose one above 1023."
    return f"{host}:{port} cannot be listened on: {error.strerror}."


def holder(port: int) -> str | None:
    """Who listens on the port, as `name (pid 12)`; None where the system does not tell."""
    inodes = set(_inodes(port))
    if inodes:
        return next(_processes(inodes), None)
    return _lsof(port)


def _inodes(port: int) -> Iterator[str]:
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        try:
            rows = Path(table).read_text().splitlines()[1:]
        except OSError:
            continue
        for row in rows:
            columns = row.split()
            if columns[3] == _LISTEN and int(columns[1].rpartition(":")[2], 16) == port:
                yield columns[9]


def _processes(inodes: set[str]) -> Iterator[str]:
    wanted = {f"socket:[{inode}]" for inode in inodes}
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # another user's process, or one that has just ended
            if any(_target(link) in wanted for link in (folder / "fd").iterdir()):
                yield f"{(folder / 'comm').read_text().strip()} (pid {folder.name})"


def _target(link: Path) -> str:
    with suppress(OSError):  # closed while we looked
        return str(link.readlink())
    return ""


def _lsof(port: int) -> str | None:
    command = ["lsof", "-nP", f"-iTCP:{port}", "-sTCP:LISTEN", "-Fpc"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=5, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return None
    fields = {line[0]: line[1:] for line in reversed(done.stdout.splitlines()) if line}
    return f"{fields['c']} (pid {fields['p']})" if {"c", "p"} <= fields.keys() else None
