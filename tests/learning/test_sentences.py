"""The labelled sentences: what rules and gate make of them; docs/learning.md has the figures."""

from pathlib import Path

import pytest

from tests.learning.labelled import score, sentences


def test_the_sentences_are_many_from_many_lives_and_half_of_them_negative() -> None:
    every = [*sentences("develop"), *sentences("heldout")]
    negative = [one for one in every if one.expected == "none"]
    assert len(every) >= 300
    assert len(negative) >= len(every) / 2
    assert len({one.life for one in every}) >= 8
    assert len({one.text for one in every}) == len(every)


@pytest.mark.parametrize("part", ["develop", "heldout", "second", "third"])
def test_what_becomes_active_is_what_was_stated(tmp_path: Path, part: str) -> None:
    figures = score(tmp_path / "home", part, tier_a=True)
    assert figures.precision >= 0.97
    assert figures.recall >= 0.85


@pytest.mark.parametrize("part", ["develop", "heldout", "second", "third"])
def test_every_tier_ends_in_its_own_state(tmp_path: Path, part: str) -> None:
    figures = score(tmp_path / "home", part, tier_a=False)
    assert figures.precision >= 0.97
    assert figures.recall >= 0.85
