"""The daemon of a store: one at a time, held by an OS lock that ends with its process."""

import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from mindhold.beliefs.errors import StoreMissing
from mindhold.beliefs.home import make_directory
from mindhold.cli.failure import Failed
from mindhold.cli.places import Places

if TYPE_CHECKING:
    from mindhold.proxy.settings import Listen

START_SECONDS = 60  # on a busy machine; one that fails ends before
STOP_SECONDS = 45  # open streams get 30 of them, and what waits to be written 10

_LOCK = "daemon.lock"


@dataclass(frozen=True, slots=True, kw_only=True)
class Daemon:
    """A running daemon: its process, where it listens, and since when (Unix seconds)."""

    pid: int
    host: str
    port: int
    since: float

    @property
    def url(self) -> str:
        """Where clients reach it, without a path."""
        return url(self.host, self.port)

    def listen(self, settings: "Listen") -> "Listen":
        """The settings of the door as they are in force."""
        return replace(settings, host=self.host, port=self.port)


def url(host: str, port: int) -> str:
    """The URL of a listening address, for a client on this machine."""
    if host in {"localhost", "0.0.0.0", "::"}:  # noqa: S104 - compared with, not bound
        host = "127.0.0.1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


@contextmanager
def hold(home: Path) -> Iterator[Callable[[Daemon], None]]:
    """Be the one daemon of this store; raises `Failed` naming the process that is it already.

    What it yields tells others where it listens, and is called when it does. Where the directory
    cannot be written (read-only, full, not mounted), it goes on without the lock: no second daemon
    could write there either, and chat must not wait for a disk.
    """
    try:
        make_directory(home)
        lock = os.open(home / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except (OSError, StoreMissing):
        yield lambda _: None
        return
    try:
        _take(lock, home)
        _write(lock, b"")  # a killed one's words are not ours
        yield lambda daemon: _write(lock, json.dumps(asdict(daemon)).encode())
    finally:
        os.close(lock)


def _write(lock: int, words: bytes) -> None:
    with suppress(OSError):
        os.ftruncate(lock, 0)
        os.pwrite(lock, words, 0)


def _take(lock: int, home: Path) -> None:
    """The lock at once; a second try is for a `status` that looks at this very moment."""
    for _ in range(3):
        with suppress(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        time.sleep(0.03)
    other = running(home)
    who = f"pid {other.pid} at {other.url}" if other else "another process"
    raise Failed(f"This store is being served already, by {who}; `mindhold stop` ends it.")


def running(home: Path) -> Daemon | None:
    """The daemon of this store, or None; a lock file left by a killed one is not one."""
    try:
        lock = os.open(home / _LOCK, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return _read(lock)
    finally:
        os.close(lock)
    return None


def _read(lock: int) -> Daemon | None:
    """What the holder wrote; it does so within milliseconds, so an empty file is tried again."""
    for _ in range(20):
        with suppress(ValueError, TypeError):
            return Daemon(**json.loads(os.pread(lock, 4096, 0)))
        time.sleep(0.01)
    return None


def health(daemon: Daemon, timeout: float = 2.0) -> dict[str, object] | None:
    """What its /healthz says; None when it does not answer within `timeout` seconds."""
    import http.client
    from urllib.parse import urlsplit

    at = urlsplit(daemon.url)
    connection = http.client.HTTPConnection(at.hostname or "", daemon.port, timeout=timeout)
    try:
        connection.request("GET", "/healthz")
        said: dict[str, object] = json.loads(connection.getresponse().read())
    except (OSError, ValueError, http.client.HTTPException):
        return None
    finally:
        connection.close()
    return said


def unlocked(listen: "Listen") -> Daemon | None:
    """The daemon where the config says, if it could take no lock: its directory has gone or cannot
    be written. Nobody knows its process, nor since when it runs."""
    found = Daemon(pid=0, host=listen.host, port=listen.port, since=0.0)
    told = health(found) or {}
    return found if told.get("reason") in {"store missing", "store unwritable"} else None


def start(places: Places, arguments: list[str]) -> Daemon:
    """Start one in the background and wait until it answers; raises `Failed` with its last words.

    Raises `StoreMissing` before anything is made where a disk may be missing.
    One that runs already is returned as it is.
    """
    found = running(places.home)
    if found:
        return found
    make_directory(places.home)
    places.logs.mkdir(mode=0o700, parents=True, exist_ok=True)
    said = places.logs / "start.log"
    child = _spawn(places, arguments, said)
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        found = running(places.home)  # the child, or one that another command started meanwhile
        if found and health(found):
            return found
        if child.poll() is not None and not found:
            break
        time.sleep(0.02)
    if child.poll() is None:
        child.terminate()
        raise Failed(
            f"It did not answer within {START_SECONDS} seconds, and was ended: this machine may be"
            " busy. Try again, or see what it says: mindhold serve"
        )
    words = said.read_text(errors="replace").strip().splitlines()
    raise Failed(words[-1].removeprefix("mindhold: ") if words else f"It did not start; see {said}")


def _spawn(places: Places, arguments: list[str], said: Path) -> subprocess.Popen[bytes]:
    """A process of its own session, so that closing the terminal does not end it."""
    command = [sys.executable, "-P", "-m", "mindhold", "serve", "--detached", *arguments]
    with said.open("wb") as out:
        return subprocess.Popen(  # noqa: S603
            command,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=True,
            cwd="/",
            env={**os.environ, **places.environment()},
        )


def stop(home: Path) -> Daemon | None:
    """End the daemon after its open streams; None when there is none. Raises `Failed`."""
    found = running(home)
    if not found:
        return None
    try:
        os.kill(found.pid, signal.SIGTERM)
    except ProcessLookupError:
        return found
    except PermissionError:
        raise Failed(f"Process {found.pid} belongs to another user.") from None
    until = time.monotonic() + STOP_SECONDS
    while time.monotonic() < until:
        if running(home) != found:
            return found
        time.sleep(0.05)
    raise Failed(f"Process {found.pid} still drains open streams; try again, or end it yourself.")
