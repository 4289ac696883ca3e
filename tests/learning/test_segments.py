"""Segments: labelled messages in six languages, half of them nothing but the writer's own words."""

from pathlib import Path

import pytest
from segmented import SEGMENTS, Labelled, labelled, told, total

FILES = sorted(SEGMENTS.glob("*.txt"))
MESSAGES = [message for path in FILES for message in labelled(path)]
OWN = [message for message in MESSAGES if message.all_own]


@pytest.mark.parametrize("message", OWN, ids=[message.title for message in OWN])
def test_a_persons_own_message_is_theirs_to_the_last_word(message: Labelled) -> None:
    assert not told(message)[True, False]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_foreign_lines_are_found(path: Path) -> None:
    lines = total(labelled(path))
    assert lines[False, False] >= 0.98 * (lines[False, False] + lines[False, True])


def test_lines_of_ones_own_beside_foreign_ones_are_kept() -> None:
    lines = total(message for message in MESSAGES if not message.all_own)
    assert lines[True, True] >= 0.98 * (lines[True, True] + lines[True, False])
