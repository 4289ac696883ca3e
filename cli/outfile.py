"""Files that a command writes: aside first, then under their name, whole and for their owner."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from mindhold.beliefs.durable import sync
from mindhold.cli.failure import Failed


def refuse(path: Path, *, force: bool) -> None:
    """Raises `Failed` where the file cannot become the one that is to be written."""
    if path.is_dir():
        raise Failed(f"{path} is a directory; name a file.")
    if not path.absolute().parent.is_dir():
        raise Failed(f"There is no directory {path.absolute().parent}.")
    if path.exists() and not path.is_file():
        raise Failed(f"{path} is no file but a device, or the like; name a file.")
    if path.exists() and not force:
        raise Failed(f"{path} is there already; --force writes over it.")


@contextmanager
def whole(path: Path, *, force: bool) -> Iterator[BinaryIO]:
    """What is written appears under its name at the end of the block, on the disk; or not at all.

    Raises `Failed` where the file is there already, unless by `force`.
    """
    refuse(path, force=force)
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)  # of one that was killed
    with open(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as out:
        try:
            yield out
            out.flush()
            os.fsync(out.fileno())
            _name(part, path, force=force)
        finally:
            part.unlink(missing_ok=True)
    sync(path.absolute().parent)


def _name(part: Path, path: Path, *, force: bool) -> None:
    if not force:
        try:
            os.link(part, path)  # unlike renaming, never over another
        except FileExistsError:
            refuse(path, force=force)
        except OSError:  # a file system without links
            refuse(path, force=force)
        else:
            return
    part.replace(path)
