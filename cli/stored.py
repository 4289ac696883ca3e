"""The store as `mindhold doctor` finds it: its file, its keys and its copies."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from mindhold.beliefs.home import begun
from mindhold.cli import daemon
from mindhold.cli.bypassed import bypassed
from mindhold.cli.finding import Finding
from mindhold.cli.places import Places

if TYPE_CHECKING:
    from mindhold.beliefs.errors import StoreError
    from mindhold.proxy.settings import Settings

_LATE = 3600  # seconds after which a snapshot that is due should have been made


def store(places: Places) -> Finding:
    """Whether it opens, is whole, and holds only what mindhold has written."""
    from mindhold.beliefs.errors import StoreBroken, StoreError, StoreMissing
    from mindhold.beliefs.repair import damages
    from mindhold.beliefs.store import Store

    try:
        with Store.open(places.home, create=False) as store:
            problems = [row[0] for row in store.database.rows("PRAGMA quick_check(5)")]
            if problems != ["ok"]:
                return _damaged(places, StoreBroken("SQLite finds damage in it."))
            proven = store.database.unproven is None
            if damaged := len(damages(store.database)) if proven else 0:
                said = f"{damaged} of its beliefs not as mindhold wrote them, and given to nobody"
                return Finding(part="store", well=False, said=said, todo="mindhold beliefs repair")
            said = f"{store.count()} beliefs, id {store.database.identity}"
            return Finding(part="store", well=True, said=said)
    except StoreMissing as error:
        if begun(places.home):
            return _damaged(places, error)
        return Finding(part="store", well=True, said="none yet; the first use makes it")
    except StoreError as error:
        return _damaged(places, error)


def encryption(places: Places) -> Iterator[Finding]:
    """Whether the store is encrypted, by what, and where its key is; where that of its seals is."""
    from mindhold.beliefs import custody, keyholder
    from mindhold.beliefs.errors import StoreError
    from mindhold.beliefs.store import Store
    from mindhold.cli import seal

    try:
        with Store.open(places.home, create=False, readonly=True) as store:
            known, where = custody.read(places.home), store.database.seal_place
            version = store.database.rows("PRAGMA cipher_version")
            unproven, identity = store.database.unproven, store.database.identity
    except StoreError:
        return  # the store's own finding says it
    if known is None:
        yield Finding(part="encryption", well=True, said="none", todo="mindhold encrypt")
    else:
        said = f"SQLCipher {version[0][0]}; the key is in {keyholder.told(known.where)}"
        yield Finding(part="encryption", well=True, said=said)
    if unproven:
        yield Finding(part="seals", well=False, said=str(unproven), todo="mindhold seal")
    elif where is None and seal.contradicted(places.home, identity):
        yield Finding(part="seals", well=False, said=seal.CONTRADICTED, todo=seal.LOOK)
    else:
        yield Finding(part="seals", well=True, said=f"the key is {seal.told(where)}")


def snapshots(places: Places, settings: "Settings") -> Finding:
    """Whether the daemon makes one a day."""
    from mindhold.beliefs.errors import StoreError
    from mindhold.beliefs.snapshots import due, empty, listed
    from mindhold.cli.rescue import when

    found, now = listed(places.home), datetime.now(UTC)
    serving = daemon.running(places.home)
    said = f"{len(found)}, the newest from {when(found[0].at)}" if found else "none yet"
    if not settings.retention.snapshots:
        return Finding(part="snapshots", well=True, said="none are kept: retention.snapshots is 0")
    late = serving is not None and now.timestamp() - serving.since > _LATE
    with suppress(StoreError):  # the store's own finding says it
        late = late and not empty(places.home)
    if late and due(places.home, now - timedelta(seconds=_LATE)):
        said = f"{said}; the daemon could make no newer one"
        return Finding(part="snapshots", well=False, said=said, todo="mindhold logs")
    return Finding(part="snapshots", well=True, said=said)


def _damaged(places: Places, error: "StoreError") -> Finding:
    from mindhold.beliefs.errors import StoreKeyLost
    from mindhold.cli import rescue

    said, todo = str(error), bypassed(error.words).todo
    if isinstance(error, StoreKeyLost):
        todo = rescue.key(places.home) or "Put a copy of store.key back, or see: mindhold seal"
    elif offered := rescue.offer(places.home, error):
        said, todo = f"{said} {offered}", rescue.COMMAND
    return Finding(part="store", well=False, said=said, todo=todo)
