"""The system's keyring as a holder of keys of the store (`beliefs.keyholder`)."""

from pathlib import Path

from mindhold.beliefs.errors import StoreSealed
from mindhold.proxy.keys import KeyUnavailable, limited, service, system_ring


class Keyring:
    """Entries carry the store's id, and the name of the key.

    What was had once is remembered while the process lives: a keyring that is locked or gone later
    takes nothing from it.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], str] = {}

    def fetch(self, home: Path, name: str) -> str | None:
        """The key of this name, or None; raises `StoreSealed`."""
        try:
            entry = service(home), _user(name)
            if entry not in self._known:
                key = limited(lambda: system_ring().get_password(*entry))
                if key is None:
                    return None
                self._known[entry] = key
            return self._known[entry]
        except KeyUnavailable as error:
            raise StoreSealed(
                f"A key of the store is in the keyring, which cannot be read: unlock it. {error}"
            ) from None

    def keep(self, home: Path, name: str, key: str) -> None:
        """Holds a key; raises `StoreSealed` unless it can be read back."""
        try:
            entry = service(home), _user(name)
            self._known.pop(entry, None)
            limited(lambda: system_ring().set_password(*entry, key))
            kept = limited(lambda: system_ring().get_password(*entry)) == key
        except KeyUnavailable:
            kept = False
        if not kept:
            raise StoreSealed(
                "There is no keyring here that keeps secrets, or it is locked: unlock it, or keep "
                "the key in a private file (--key-file PATH); nothing was changed."
            )

    def drop(self, home: Path, name: str) -> None:
        """Lets go of a key, if it is there and the keyring can be used."""
        try:
            entry = service(home), _user(name)
            self._known.pop(entry, None)
            if limited(lambda: system_ring().get_password(*entry)) is not None:
                limited(lambda: system_ring().delete_password(*entry))
        except KeyUnavailable:
            return  # a key of no file any more


def _user(name: str) -> str:
    return f"store {name}"
