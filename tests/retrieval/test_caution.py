"""A caution tells the names that messages miss from those that they do not."""

from pathlib import Path

import pytest

from mindhold.beliefs.model import Belief
from mindhold.cli.lives import lives
from mindhold.retrieval.caution import cautions
from mindhold.retrieval.message import Message
from mindhold.retrieval.surface import named
from mindhold.retrieval.verify import verify

DEVELOPED = Path(__file__).parents[1] / "probes" / "developed"
FRAMES = (
    "we should talk about {} tomorrow",
    "the {} thing again",
    "is there anything new with {}",
    "{} keeps failing, any idea why?",
)


def found(belief: Belief) -> float:
    """In how many of these careless sentences the best of its names brings the belief up."""
    names = [name.text.lower().replace("_", " ") for name in named(belief).surfaces]
    counts = [
        sum(
            belief.id in verify(Message(frame.format(name)), [named(belief)]).accepted
            for frame in FRAMES
        )
        for name in names
    ]
    return max(counts) / len(FRAMES)


@pytest.fixture(scope="module")
def shares() -> dict[bool, list[float]]:
    """How often each belief is found, by whether another name is wanted for it."""
    told: dict[bool, list[float]] = {True: [], False: []}
    for life in lives([DEVELOPED]):
        for belief in life.beliefs:
            wanted = any(caution.wanted for caution in cautions(belief, lambda _: ()))
            told[wanted].append(found(belief))
    return told


def mean(values: list[float]) -> float:
    return sum(values) / len(values)


def test_what_is_not_warned_of_is_found_in_plain_sentences(shares):
    assert mean(shares[False]) >= 0.97


def test_what_is_warned_of_is_missed_more_often(shares):
    assert mean(shares[True]) < mean(shares[False]) - 0.1


def test_few_are_warned_of(shares):
    assert 0 < len(shares[True]) <= 0.2 * len(shares[False])  # some lives have no other names
