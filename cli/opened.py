"""The store as a command opens it: to read what is there, or to change it by the owner's hand."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta

import typer

from mindhold.beliefs.errors import NotFound, StoreError
from mindhold.beliefs.home import begun
from mindhold.beliefs.step import OWNER
from mindhold.beliefs.store import Store
from mindhold.beliefs.write import Write
from mindhold.cli.options import local_zone
from mindhold.cli.places import Places

_UNPROVEN = "Until then nobody can tell whether a belief was changed by another hand."
HINT = "Nothing is held yet. Talk through the proxy, or: mindhold beliefs add --help"


@contextmanager
def reading(places: Places) -> Iterator[Store]:
    """The store, for reading only; raises `NotFound` where none was ever made."""
    if not begun(places.home):
        raise NotFound(HINT)
    with Store.open(places.home, create=False, readonly=True) as store:
        if _ending(store):
            with suppress(StoreError), Store.open(places.home, create=False) as writing:
                writing.sweep(_here(places))
        if unproven := store.database.unproven:
            typer.echo(f"mindhold: {unproven} {_UNPROVEN}", err=True)
        yield store


@contextmanager
def owning() -> Iterator[Store]:
    """The store, to change what is in it; raises `NotFound` where none was ever made."""
    places = Places.find()
    if not begun(places.home):
        raise NotFound(HINT)
    with Store.open(places.home) as store:
        if _ending(store):
            store.sweep(_here(places))
        yield store


@contextmanager
def changing(store: Store, now: datetime | None = None) -> Iterator[Write]:
    """One change by the owner, now and where they are."""
    with store.write(actor=OWNER, now=_here(Places.find(), now)) as write:
        yield write


def _ending(store: Store) -> bool:
    """Whether the last day of something may be over, wherever its owner is."""
    return store.overdue((datetime.now(UTC) + timedelta(days=1)).date())


def _here(places: Places, now: datetime | None = None) -> datetime:
    return (now or datetime.now(UTC)).astimezone(local_zone(places))
