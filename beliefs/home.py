"""A home: the directory of a store and the names in it; light, for those who only look."""

from datetime import datetime
from pathlib import Path

from mindhold.beliefs.errors import StoreMissing

DATABASE = "store.db"
LOCK = "store.lock"
KEY = "store.key"
DRAFT = "store.db.new"  # a database in the making
SNAPSHOTS = "snapshots"  # copies of the database
MOMENT = "%Y-%m-%dT%H%M%SZ"  # how a name says when, in UTC
_MOUNTS = {"/Volumes", "/media", "/mnt", "/run/media"}  # where systems put disks


def make_directory(home: Path) -> None:
    """Makes a directory of the store where there is none, for its owner alone.

    Raises `StoreMissing` where it would stand in the place of a disk that is not mounted.
    """
    there = next((folder for folder in home.parents if folder.is_dir()), home.parent)
    if there != home.parent and {str(there), str(there.parent)} & _MOUNTS:
        raise StoreMissing(f"{home.parent} is not there: mount its disk, or make it by hand.")
    home.mkdir(mode=0o700, parents=True, exist_ok=True)


def begun(home: Path) -> bool:
    """Whether a store was ever whole here; what is left of a lost one counts.

    What a first start left that was cut short does not. Raises `OSError` where nobody may look.
    """
    gone = (home / KEY).exists() and not (home / DRAFT).exists()
    return gone or (home / DATABASE).exists()


def snapshot_path(home: Path, at: datetime, *, before: int | None = None) -> Path:
    """Where a copy made then lies; `before`: the format to which a migration is about to go."""
    reason = "" if before is None else f"-before-{before}"
    return home / SNAPSHOTS / f"{at.strftime(MOMENT)}{reason}.db"
