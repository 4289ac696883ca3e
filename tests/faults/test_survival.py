"""A running daemon survives every fault of the table, and says what is the matter."""

from contextlib import ExitStack
from pathlib import Path

import pytest

from . import disk as _disk
from . import files as _files
from .fault import FAULTS, Fault, disk, survive
from .place import settled

EVERY = (_disk, _files)  # the modules that enter faults


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.id} {fault.title}")
def test_the_chat_goes_on_and_nothing_is_lost(fault: Fault, tmp_path: Path) -> None:
    with ExitStack() as stack:
        if fault.disk:
            stack.enter_context(disk(tmp_path / "home", fault.disk))
        survive(fault, stack.enter_context(settled(tmp_path / "home")))
