"""A home: the directory of a store and the names in it; light, for those who only look."""

from pathlib import Path

from mindhold.beliefs.errors import StoreMissing

DATABASE = "store.db"
LOCK = "store.lock"
KEY = "store.key"
DRAFT = "store.db.new"  # a database in the making
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
