"""A disk that is not mounted is waited for: no store is begun in its place."""

import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.skipif(sys.platform != "linux", reason="puts a table of disks in place")
@pytest.mark.parametrize("below", ["", "mindhold"])
def test_no_store_is_begun_at_a_mount_point_that_the_system_knows(
    tmp_path: Path, below: str
) -> None:
    disk = tmp_path / "my disk"
    disk.mkdir()
    table = tmp_path / "fstab"
    table.write_text("# a disk\nUUID=1 / ext4 rw 0 1\nUUID=2 {} ext4 noauto 0 2\n".format(
        str(disk).replace(" ", "\\040")
    ))  # fmt: skip
    made = f"mount --bind {table} /etc/fstab && exec {sys.executable} -P -m mindhold tokens list"
    done = subprocess.run(
        ["unshare", "--mount", "sh", "-c", made],
        capture_output=True, text=True, check=False,
        env=os.environ | {"MINDHOLD_HOME": str(disk / below)},
    )  # fmt: skip
    if "unshare" in done.stderr or "mount:" in done.stderr:
        pytest.skip("NOT TESTED: a table of disks can only be put in place by root on Linux")
    assert done.returncode == 4
    assert f"The disk of {disk} is not mounted" in done.stderr
    assert list(disk.iterdir()) == []
