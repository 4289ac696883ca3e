"""A user whose words change, in the real application: what is held stays found, and only that."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from drifting import LIVES, Lived, lived

LONG = 24  # conversations; docs/flywheel.json has fifty of more courses
NOVEL = next(path for path in LIVES if path.stem == "novel")


@pytest.fixture(scope="module")
def courses() -> dict[bool, Lived]:
    """The same course of one life, with learning and without."""
    with ThreadPoolExecutor() as both:
        lives = {on: both.submit(lived, NOVEL, 1, learning=on, conversations=LONG)
                 for on in (True, False)}  # fmt: skip
        return {on: life.result() for on, life in lives.items()}


def share(course: Lived) -> float:
    """Of the things first spoken of by a new word in the second half, how many were found."""
    half = course.counts[LONG // 2 :]
    return sum(count.new_found for count in half) / sum(count.new for count in half)


def test_new_words_find_what_they_mean_only_where_use_is_learned_from(
    courses: dict[bool, Lived],
) -> None:
    assert share(courses[False]) == 0
    assert share(courses[True]) > 0.15


@pytest.mark.parametrize("on", [True, False])
def test_nothing_is_given_that_nobody_spoke_of(courses: dict[bool, Lived], on: bool) -> None:
    assert sum(count.wrong for count in courses[on].counts) == 0


def test_nothing_gains_a_name_that_it_is_not_called_by(courses: dict[bool, Lived]) -> None:
    assert courses[True].strange == []
    assert any(learned for _, _, learned in courses[True].names)
    assert not any(learned for _, _, learned in courses[False].names)


def test_every_life_has_words_that_cannot_be_learned() -> None:
    import yaml

    for path in LIVES:
        life = yaml.safe_load(Path(path).read_text("utf-8"))
        assert {"told", "silent"} <= {word["how"] for word in life["drift"]}, path.stem
        assert [text for text, due in life["traps"] if not due], path.stem
