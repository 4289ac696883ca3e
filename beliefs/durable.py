"""Files that are replaced whole: a reader sees the old or the new one, also after a crash."""

import os
from pathlib import Path


def replace_file(path: Path, data: bytes) -> None:
    """Writes a file for its owner alone, in one step and onto the disk; raises `OSError`."""
    draft = path.with_name(f"{path.name}.new")
    draft.unlink(missing_ok=True)
    with open(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    sync(path.parent)


def sync(directory: Path) -> None:
    """A name is on the disk only when its directory is."""
    opened = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
