"""The store as a command opens it: to read what is there, or to change it by the owner's hand."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from mindhold.beliefs.errors import NotFound
from mindhold.beliefs.home import begun
from mindhold.beliefs.step import OWNER
from mindhold.beliefs.store import Store
from mindhold.beliefs.write import Write
from mindhold.cli.options import local_zone
from mindhold.cli.places import Places

HINT = "Nothing is held yet. Talk through the proxy, or: mindhold beliefs add --help"


@contextmanager
def reading(places: Places) -> Iterator[Store]:
    """The store, for reading only; raises `NotFound` where none was ever made."""
    if not begun(places.home):
        raise NotFound(HINT)
    with Store.open(places.home, create=False, readonly=True) as store:
        yield store


@contextmanager
def owning() -> Iterator[Store]:
    """The store, to change what is in it; raises `NotFound` where none was ever made."""
    places = Places.find()
    if not begun(places.home):
        raise NotFound(HINT)
    with Store.open(places.home) as store:
        yield store


@contextmanager
def changing(store: Store, now: datetime | None = None) -> Iterator[Write]:
    """One change by the owner, now and where they are."""
    at = (now or datetime.now(UTC)).astimezone(local_zone(Places.find()))
    with store.write(actor=OWNER, now=at) as write:
        yield write
