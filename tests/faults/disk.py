"""Faults of the disk below the home."""

import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from .fault import fault, mount, unmount
from .place import Place


def _fill(path: Path, over: threading.Event) -> None:
    """Takes every byte there is, and every one that is given back."""
    with path.open("wb", buffering=0) as file:
        while not over.wait(0.001):
            with suppress(OSError):
                while file.write(bytes(4096)):
                    pass


@fault("F08", "the disk is full", reason="store unwritable", disk="tmpfs", code=4)
def full(place: Place) -> Iterator[None]:
    over = threading.Event()
    filler = threading.Thread(target=_fill, args=(place.home / "filler", over))
    filler.start()
    yield
    over.set()
    filler.join()
    (place.home / "filler").unlink()


@fault(
    "F09", "the disk fails and becomes read-only", reason="store unwritable", disk="ext4", code=4
)
def read_only(place: Place) -> Iterator[None]:
    device = Path(_device(place.home)).name
    Path(f"/sys/fs/ext4/{device}/trigger_fs_error").write_text("as a disk that fails")
    yield
    unmount(place.home.parent)
    repaired = shutil.copy(place.home.parent / "disk", place.home.parent / "repaired")
    subprocess.run(["e2fsck", "-fy", repaired], capture_output=True, check=False)
    assert mount(place.home, "ext4", repaired.name)


@fault("F29", "the disk is taken away", reason="store missing", disk="tmpfs")
def unmounted(place: Place) -> Iterator[None]:
    aside = place.home.parent / "aside"
    aside.mkdir()
    subprocess.run(["mount", "--move", place.home, aside], check=True)
    yield
    assert not os.listdir(place.home), "something was begun where the disk was"
    subprocess.run(["mount", "--move", aside, place.home], check=True)


@fault("F29", "the directory is taken away", reason="store missing")
def vanished(place: Place) -> Iterator[None]:
    aside = place.home.rename(place.home.parent / "aside")
    yield
    assert not (place.home / "store.db").exists(), "an empty store was begun"
    if place.home.exists():
        subprocess.run(["rm", "-r", place.home], check=True)
    aside.rename(place.home)


def _device(at: Path) -> str:
    mounts = [line.split() for line in Path("/proc/mounts").read_text().splitlines()]
    return next(device for device, there, *_ in mounts if there == str(at))
