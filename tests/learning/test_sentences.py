"""The labelled sentences: what rules and gate make of them; docs/learning.md has the figures."""

from pathlib import Path

import pytest

from mindhold.cli.extraction import read, run
from mindhold.cli.restraint import ALL
from mindhold.cli.scores import scored

PARTS = Path(__file__).parent / "sentences"


def test_the_sentences_are_many_from_many_lives_and_half_of_them_negative() -> None:
    every = read([PARTS / "develop.tsv", PARTS / "heldout.tsv"])
    assert len(every) >= 300
    assert sum(one.negative for one in every) >= len(every) / 2
    assert len({one.life for one in every}) >= 8


@pytest.mark.parametrize("part", ["develop", "heldout", "second", "third"])
def test_what_was_stated_is_learned_and_nothing_else(part: str) -> None:
    score = scored(run(read([PARTS / f"{part}.tsv"])), "file")[ALL]
    shares = score.shares()
    assert (shares["silence"] or 0) == 1
    assert (shares["precision"] or 0) >= 0.97
    assert (shares["recall"] or 0) >= 0.94
    assert (shares["exact"] or 0) >= 0.94


def test_what_is_no_statement_of_the_writers_stays_out() -> None:
    score = scored(run(read([PARTS / "restraint.tsv"])), "file")[ALL]
    assert (score.shares()["silence"] or 0) >= 0.96
    assert (score.shares()["exact"] or 0) >= 0.62
