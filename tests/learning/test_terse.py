"""Lasting wishes without a subject, who the user is, and lessons: other words than the rules'."""

from datetime import date
from pathlib import Path

import pytest

from mindhold.beliefs.model import Type
from tests.learning.talking import standing


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ("No semicolons in TypeScript files, please.", "semicolons"),
        ("No peanuts ever, in any recipe.", "peanuts"),
        ("Dates as ISO 8601, always.", "iso"),
        ("Short titles everywhere, please.", "titles"),
        ("House rule: shoes stay outside.", "shoes"),
        ("Our default font: Inter.", "inter"),
        ("Prefer oat milk over cow's milk.", "oat milk"),
        ("Nothing newer than Java 11 on any of our servers.", "java 11"),
        ("Keep summaries under a page, always.", "summaries"),
        ("Across the board, use sentence case in headings.", "sentence case"),
        ("I'm pescatarian.", "pescatarian"),
        ("As always, cite the statute.", "statute"),
        ("My friends call me Robin.", "robin"),
        ("I've been teaching statistics for ten years, so skip the basics.", "statistics"),
    ],
)
def test_a_terse_wish_and_who_one_is_are_learned(tmp_path: Path, said: str, word: str) -> None:
    (made,) = standing(tmp_path / "home", said)
    told = " ".join([made.canonical_name, made.content, *(one.text for one in made.aliases)])
    assert word in told.lower()


@pytest.mark.parametrize(
    "said",
    [
        "No problem at all, thanks!",
        "No luck, ever.",
        "No tests in this folder please.",
        "No way, please.",
        "Same error, every time.",
        "The build is red, always.",
        "Great answers, always!",
        "Rename foo to bar everywhere.",
        "Use the new helper everywhere.",
        "Replace the names everywhere, please.",
        "Make the button red everywhere.",
        "Rule: x must be positive. Prove it.",
        "Until then, write a stub.",
        "Decided: yes.",
        "I'm blind to these typos.",
        "I'm sure, please go on.",
        "Everyone calls me crazy.",
        "I've been writing this essay for two years.",
        "For every function, write a test.",
        "In any case, write the summary.",
    ],
)
def test_terse_talk_of_the_moment_is_not_learned(tmp_path: Path, said: str) -> None:
    assert not standing(tmp_path / "home", said)


@pytest.mark.parametrize(
    "said",
    [
        "Next time, check the fuse before the relay.",
        "My second attempt failed because the glue needs a day to cure.",
        "Lesson from the last run: warm the cache first.",
        "What really helped was lowering the learning rate.",
        "We got bitten by floating addresses, so always reserve them.",
        "I've learned to ask before deploying.",
        "Turns out the sensor needs 5 V.",
    ],
)
def test_a_lesson_is_kept_as_one(tmp_path: Path, said: str) -> None:
    (made,) = standing(tmp_path / "home", said)
    assert made.type is Type.LESSON


@pytest.mark.parametrize(
    "said",
    [
        "Next time you crash, tell me why.",
        "It still does not work because of the same error.",
        "What worked?",
        "Turns out it was a typo.",
        "Lesson 3: integrals",
    ],
)
def test_a_failure_alone_is_no_lesson(tmp_path: Path, said: str) -> None:
    assert not standing(tmp_path / "home", said)


@pytest.mark.parametrize(
    ("said", "since", "until"),
    [
        ("Remember that the lab is closed until 5 April.", None, date(2026, 4, 5)),
        ("Remember that the lab is closed until the end of April.", None, date(2026, 4, 30)),
        ("Remember that Ada leads from 1 June 2026.", date(2026, 6, 1), None),
        ("We have a hiring freeze until January 15.", None, date(2027, 1, 15)),
    ],
)
def test_a_belief_holds_as_long_as_was_said(
    tmp_path: Path, said: str, since: date | None, until: date | None
) -> None:
    (made,) = standing(tmp_path / "home", said)
    assert (made.valid_from, made.valid_until) == (since, until)


@pytest.mark.parametrize(
    "said",
    [
        "We send newsletters with Postmark, the token is 7c1f0e0a93ab4c1e8a572b6f7de0c9a4.",
        "Remember: Postmark sends the newsletters and its admin password is Kestrel-7-Marble!",
    ],
)
def test_a_fact_beside_a_secret_is_kept_without_it(tmp_path: Path, said: str) -> None:
    (made,) = standing(tmp_path / "home", said)
    everything = repr(made)
    assert "Postmark" in made.content
    assert "7c1f0e0a" not in everything
    assert "Kestrel" not in everything
