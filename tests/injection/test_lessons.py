"""Lessons: what was said of a thing once is given where that thing is named, and nowhere else."""

import asyncio
from pathlib import Path

import pytest
from injection.place import running, settings, user

CASES = [
    (
        "Next time run the migration first, the deploy failed without it.",
        "How do I start the migration for the orders table?",
        "What's a good name for a cat?",
    ),
    (
        "Lesson: never bump Prisma and Node in the same PR.",
        "Is Prisma slow for you too?",
        "Please review my PR on the landing page.",
    ),
    (
        "What finally worked was pinning numpy to 1.26.",
        "numpy fails to build again, any ideas?",
        "Version 1.26 of the handbook is out.",
    ),
    (
        "What finally fixed it was upgrading the firmware of the dock.",
        "Where do I get firmware for the dock?",
        "Is upgrading to the new plan worth it?",
    ),
    (
        "Don't retry the webhook by hand again, it failed and doubled the orders.",
        "The webhook failed for order 12, what should I do?",
        "I lost the game; retry or go to bed?",
    ),
]


@pytest.mark.parametrize(("told", "asked", "other"), CASES)
def test_a_lesson_is_given_where_its_subject_is_named(
    tmp_path: Path, told: str, asked: str, other: str
) -> None:
    async def story() -> tuple[str, str]:
        async with running(settings(tmp_path)) as place:
            await place.ask([user(told)])
            await place.settled()
            return str(await place.ask([user(asked)])), str(await place.ask([user(other)]))

    named, unnamed = asyncio.run(story())
    assert told.rstrip(".")[-20:] in named, "the lesson is not given"
    assert "<mindhold-" not in unnamed, "it is given where nobody speaks of it"
