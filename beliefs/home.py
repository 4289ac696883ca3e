"""A home: the directory of a store and the names in it; light, for those who only look."""

import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from mindhold.beliefs.errors import StoreMissing

DATABASE = "store.db"
APPLICATION = 0x4D484C44  # "MHLD", SQLite's application_id
LOCK = "store.lock"
KEY = "store.key"
CONFIG = "config.yaml"
DRAFT = "store.db.new"  # a database in the making
INDEX = "index"  # made from the database, and again when in doubt
CUSTODY = "store.cipher"  # who holds the key of an encrypted store
SWAP = "store.db.swap"  # what is about to take the database's place
SNAPSHOTS = "snapshots"  # copies of the database
RESTORED = "restored"  # a store that is to take the place of this one
MOMENT = "%Y-%m-%dT%H%M%SZ"  # how a name says when, in UTC
_MOUNTS = {"/Volumes", "/media", "/mnt", "/run/media"}  # where systems put disks
_TABLE = Path("/etc/fstab")  # which disk belongs where; fstab(5)


def make_directory(home: Path) -> None:
    """Makes a directory of the store where there is none, for its owner alone.

    Raises `StoreMissing` where it would stand in the place of a disk that is not mounted: one that
    the system's table of disks names, or one that would be mounted where systems put disks.
    """
    if disk := next((place for place in _disks() if _awaits(place, home)), None):
        raise StoreMissing(f"The disk of {disk} is not mounted: mount it.")
    there = next((folder for folder in home.parents if folder.is_dir()), home.parent)
    if there != home.parent and {str(there), str(there.parent)} & _MOUNTS:
        raise StoreMissing(f"{home.parent} is not there: mount its disk, or make it by hand.")
    home.mkdir(mode=0o700, parents=True, exist_ok=True)


def _disks() -> Iterator[Path]:
    """Where the system's table says that disks belong."""
    with suppress(OSError, UnicodeDecodeError):
        for line in _TABLE.read_text().splitlines():
            _, where, *_ = [*line.partition("#")[0].split(), "", ""]
            if where.startswith("/"):
                yield Path(where.replace("\\040", " "))


def _awaits(disk: Path, home: Path) -> bool:
    return home.absolute().is_relative_to(disk) and not os.path.ismount(disk)


def begun(home: Path) -> bool:
    """Whether a store was ever whole here; what is left of a lost one counts.

    What a first start left that was cut short does not. Raises `OSError` where nobody may look.
    """
    gone = (home / KEY).exists() and not (home / DRAFT).exists()
    return gone or (home / DATABASE).exists() or (home / RESTORED).exists()


def snapshot_path(home: Path, at: datetime, *, before: int | None = None) -> Path:
    """Where a copy made then lies; `before`: the format to which a migration is about to go."""
    reason = "" if before is None else f"-before-{before}"
    return home / SNAPSHOTS / f"{at.strftime(MOMENT)}{reason}.db"
