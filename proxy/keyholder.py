"""The system's keyring as a holder of the key of an encrypted store (`beliefs.keyholder`)."""

from pathlib import Path

from mindhold.beliefs.errors import StoreSealed
from mindhold.proxy.keys import KeyUnavailable, limited, service, system_ring


class Keyring:
    """Entries carry the store's id, and the name of the key."""

    def fetch(self, home: Path, name: str) -> str | None:
        """The key of this name, or None; raises `StoreSealed`."""
        try:
            entry = service(home), _user(name)
            return limited(lambda: system_ring().get_password(*entry))
        except KeyUnavailable as error:
            raise StoreSealed(
                "The store is encrypted, and the keyring that holds its key cannot be read: "
                f"unlock it. {error}"
            ) from None

    def keep(self, home: Path, name: str, key: str) -> None:
        """Holds a key; raises `StoreSealed` unless it can be read back."""
        try:
            entry = service(home), _user(name)
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
            if limited(lambda: system_ring().get_password(*entry)) is not None:
                limited(lambda: system_ring().delete_password(*entry))
        except KeyUnavailable:
            return  # a key of no file any more


def _user(name: str) -> str:
    return f"store {name}"
