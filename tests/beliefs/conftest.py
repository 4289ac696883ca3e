"""A store of one's own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from mindhold.beliefs.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "home") as opened:
        yield opened
