"""A running daemon survives every fault of the table, and says what is the matter."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from . import disk as _disk
from . import files as _files
from .fault import FAULTS, Fault, disk, survive
from .place import Place, settled

EVERY = (_disk, _files)  # the modules that enter faults
Places = Callable[[str | None], Place]


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Places]:
    """One daemon for each kind of disk, which all of its faults befall one after the other."""
    kept: dict[str | None, tuple[Place, ExitStack]] = {}

    def of(kind: str | None) -> Place:
        """It, or another one where the last fault was the end of it."""
        if kind in kept and kept[kind][0].well:
            return kept[kind][0]
        if kind in kept:
            kept.pop(kind)[1].close()
        home = tmp_path_factory.mktemp("place") / "home"
        with ExitStack() as stack:
            if kind:
                stack.enter_context(disk(home, kind))
            place = stack.enter_context(settled(home))
            kept[kind] = place, stack.pop_all()
        return place

    yield of
    for _, stack in kept.values():
        stack.close()


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.id} {fault.title}")
def test_the_chat_goes_on_and_nothing_is_lost(fault: Fault, places: Places) -> None:
    place = places(fault.disk)
    place.well = False
    survive(fault, place)
    place.well = True
