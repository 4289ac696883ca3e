"""Homes for a moment, of which some tests need hundreds."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

_MEMORY = Path("/dev/shm")


@contextmanager
def passing_home() -> Iterator[Path]:
    """A directory that is gone in the end, in memory where the machine has such a disk."""
    with TemporaryDirectory(dir=_MEMORY if _MEMORY.is_dir() else None) as home:
        yield Path(home)
