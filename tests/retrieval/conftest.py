"""A store, and a way to put beliefs into it."""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from holding import NOW, made

from mindhold.beliefs.model import Belief
from mindhold.beliefs.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store of its own."""
    with Store.open(tmp_path / "home") as opened:
        yield opened


@pytest.fixture
def hold(store: Store) -> Callable[..., Belief]:
    """Puts a belief with these names and fields into the store."""
    numbers = count()

    def put(*names: str, **fields: Any) -> Belief:
        belief = made(*names, **{"id": f"b{next(numbers)}", **fields})
        with store.write(actor="test", now=NOW) as write:
            return write.add(belief)

    return put
