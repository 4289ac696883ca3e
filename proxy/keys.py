"""Keys of upstreams that the proxy holds: in the system's keyring, a variable or a private file."""

import hashlib
import os
import stat
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol, TypeVar
from urllib.parse import urlsplit

from mindhold.beliefs.home import KEY
from mindhold.proxy.settings import Upstream

T = TypeVar("T")
PATIENCE = 5.0  # seconds: an unlocked keyring answers at once, a locked one may ask a person
_MAX_FILE = 16 * 1024  # bytes
_SHORT = 0.5  # seconds while it still owes an answer: not five for each question of a command
_MOST = 64  # threads that a keyring which never answers may keep
_HUNG: set[threading.Thread] = set()
_SILENT = "The keyring did not answer within 5 seconds; is it locked?"


class KeyUnavailable(Exception):
    """The key cannot be read or kept; one sentence for its owner, without the key."""


class Ring(Protocol):
    """What is used of a keyring."""

    def get_password(self, service: str, username: str) -> str | None:
        """The secret under that name, or None."""

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep it."""

    def delete_password(self, service: str, username: str) -> None:
        """Let it go."""


def system_ring() -> Ring:
    """The system's keyring, if it is a real one; raises `KeyUnavailable`."""
    import keyring
    from keyring.backends import chainer

    try:
        found = keyring.get_keyring()
    except Exception as error:  # noqa: BLE001 - it imports whatever is configured
        raise KeyUnavailable(
            "The keyring that PYTHON_KEYRING_BACKEND or keyringrc.cfg names cannot be loaded"
            f" ({type(error).__name__})."
        ) from None
    several = found.backends if isinstance(found, chainer.ChainerBackend) else [found]
    real = [one for one in several if _real(type(one).__module__)]
    if not real:
        raise KeyUnavailable(
            "This system has no keyring that keeps secrets; use key: env:NAME or file:PATH."
        )
    return real[0]


class Keys:
    """The keys held for the store in `home`; entries carry its id and the upstream's origin.

    A key belongs to (scheme, host, port): an upstream moved elsewhere does not take it along.
    """

    def __init__(
        self,
        home: Path,
        *,
        environ: Mapping[str, str] = os.environ,
        ring: Callable[[], Ring] = system_ring,
    ) -> None:
        self._home = home
        self._environ = environ
        self._ring = ring

    def get(self, upstream: Upstream) -> str | None:
        """The key for this upstream; None where none is held. Raises `KeyUnavailable`, in ≤ 5 s."""
        source, _, rest = upstream.key.partition(":")
        if source in ("passthrough", "none"):
            return None
        if source == "env":
            key = self._environ.get(rest)
            where = f"the variable {rest}"
        elif source == "file":
            key, where = _from_file(Path(rest).expanduser()), f"the file {rest}"
        else:
            key, where = self._from_ring(upstream), "the keyring"
        if not key or not key.strip():
            raise KeyUnavailable(f"No key for upstream {upstream.name} is in {where}.")
        return _sendable(key.strip(), upstream.name)

    def set(self, upstream: Upstream, key: str) -> None:
        """Keep a key in the keyring; raises `KeyUnavailable` unless it can be read back."""
        key = _sendable(key.strip(), upstream.name)
        service, user = self._service(), origin(upstream)
        limited(lambda: self._ring().set_password(service, user, key))
        if self._from_ring(upstream) != key:
            raise KeyUnavailable("The keyring did not keep the key.")

    def delete(self, upstream: Upstream) -> bool:
        """Take the key out of the keyring; False when there was none."""
        if self._from_ring(upstream) is None:
            return False
        service, user = self._service(), origin(upstream)
        limited(lambda: self._ring().delete_password(service, user))
        return True

    def _from_ring(self, upstream: Upstream) -> str | None:
        service, user = self._service(), origin(upstream)
        return limited(lambda: self._ring().get_password(service, user))

    def _service(self) -> str:
        return service(self._home)


def service(home: Path) -> str:
    """One name a store, from its key file, which outlives a damaged store."""
    try:
        secret = (home / KEY).read_bytes()
    except OSError:
        raise KeyUnavailable(f"There is no store in {home} whose keys these are.") from None
    named = hashlib.blake2b(secret, digest_size=8, person=b"upstream keys")
    return f"mindhold {named.hexdigest()}"


def origin(upstream: Upstream) -> str:
    """Scheme, host and port of an upstream; its default port is written out."""
    parts = urlsplit(upstream.base_url)
    port = parts.port or {"http": 80, "https": 443}[parts.scheme]
    return f"{parts.scheme}://{parts.hostname}:{port}"


def _from_file(path: Path) -> str:
    try:
        with path.open("rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise KeyUnavailable(f"The key file {path} is not a plain file.")
            if status.st_uid != os.geteuid():
                raise KeyUnavailable(f"The key file {path} belongs to another user.")
            if status.st_mode & 0o077:
                raise KeyUnavailable(f"Others may read the key file {path}: chmod 600 it.")
            return file.read(_MAX_FILE).decode()
    except OSError as error:
        raise KeyUnavailable(f"The key file {path}: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise KeyUnavailable(f"The key file {path} does not hold text.") from None


def _sendable(key: str, name: str) -> str:
    if not key.isascii() or not key.isprintable() or " " in key:
        raise KeyUnavailable(f"The key for upstream {name} holds characters that no key has.")
    return key


def _real(module: str) -> bool:
    """Not the plaintext files of keyrings.alt, nor the stand-ins for a missing keyring."""
    return not module.startswith(("keyrings.alt", "keyring.backends.fail", "keyring.backends.null"))


def limited(call: Callable[[], T]) -> T:
    """The call's result, within `PATIENCE`: on a thread that a hung keyring may keep for good."""
    results: list[T] = []
    errors: list[Exception] = []
    import keyring  # noqa: F401 - to load it is not its answering

    _HUNG.difference_update([one for one in list(_HUNG) if not one.is_alive()])
    if len(_HUNG) >= _MOST:
        raise KeyUnavailable(_SILENT)

    def run() -> None:
        try:
            results.append(call())
        except Exception as error:  # noqa: BLE001 - backends raise what they like; told below
            errors.append(error)

    thread = threading.Thread(target=run, name="keyring", daemon=True)
    thread.start()
    thread.join(_SHORT if _HUNG else PATIENCE)
    if results:
        return results[0]
    if not errors:
        _HUNG.add(thread)
        raise KeyUnavailable(_SILENT)
    if isinstance(errors[0], KeyUnavailable):
        raise errors[0]
    raise KeyUnavailable(f"The keyring refused ({type(errors[0]).__name__}); is it locked?")
