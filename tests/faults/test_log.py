"""A write-ahead log that is torn or turned gives back what stood before the damage."""

import random
from pathlib import Path

from tearing import COMMITS, tear


def test_a_damaged_log_leaves_what_stood_after_one_of_its_commits(tmp_path: Path) -> None:
    left = tear(tmp_path, 60, random.Random(7))
    assert set(left) <= set(range(COMMITS + 1))
    assert len(set(left)) > 20
