"""A store of one's own."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from mindhold.beliefs.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "home") as opened:
        yield opened


@pytest.fixture
def pythonpath() -> dict[str, str]:
    """The environment of a process that imports mindhold and what tests share."""
    root = Path(__file__).parents[2]
    return {**os.environ, "PYTHONPATH": f"{root / 'src'}:{root / 'tests'}"}
