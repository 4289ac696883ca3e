"""What earlier turns do to a newest one: they silence it or are taken back, and never teach."""

from pathlib import Path

import pytest

from tests.learning.talking import standing as live


@pytest.mark.parametrize(
    "back",
    [
        "Scratch that.",
        "ah sorry, strike that",
        "No wait, we don't. That's the other team.",
        "Oops, I got that wrong.",
        "Sorry, I mixed that up with my last job.",
        "just kidding",
        "I was joking!",
        "haha :D",
        "hm, forget what I just said",
    ],
)
def test_the_next_turn_takes_a_statement_back(tmp_path: Path, back: str) -> None:
    assert live(tmp_path / "a", "We use Prefect for the flows.")
    assert not live(tmp_path / "b", "We use Prefect for the flows.", back)


@pytest.mark.parametrize(
    "more",
    [
        "Never mind the logs, I found the error.",
        "great, thanks :D",
        "No, that's wrong, the total is 12.",
        "Ignore that file and look at the other one.",
        "wait, why?",
        "We didn't restart it yet.",
    ],
)
def test_other_words_take_nothing_back(tmp_path: Path, more: str) -> None:
    assert live(tmp_path / "a", "We use Prefect for the flows.", more)


def test_after_a_task_scratch_that_speaks_of_the_task(tmp_path: Path) -> None:
    said = "We use Prefect for the flows. Write me a flow with three tasks."
    assert live(tmp_path / "a", said, "Scratch that, one task will do.")


@pytest.mark.parametrize(
    "scene",
    [
        "Let's role-play a job interview.",
        "You are the landlord and I am the tenant.",
        "Be my old history teacher.",
        "Play a pirate for the kids. I'm the captain.",
        "Let's do a mock trial.",
        "I'll be the buyer, you are the seller.",
    ],
)
def test_lines_of_a_scene_teach_nothing_until_it_ends(tmp_path: Path, scene: str) -> None:
    line = "I always pay in gold, and we moved from Tortuga to Nassau."
    assert not live(tmp_path / "a", scene, "Go on.", line)
    assert live(tmp_path / "b", scene, "Out of character: thanks.", "We use Prefect for the flows.")


@pytest.mark.parametrize(
    "asked",
    [
        "You are a senior developer with an eye for SQL.",
        "Can you play through the migration with me?",
        "Act as an editor and shorten this.",
        "Be brief.",
    ],
)
def test_a_manner_of_answering_is_no_scene(tmp_path: Path, asked: str) -> None:
    assert live(tmp_path / "a", asked, "We use Prefect for the flows.")


@pytest.mark.parametrize(
    "said",
    [
        "This is confidential: our publisher is Hollow Fox.",
        "Not to be remembered. We use Prefect for the flows.",
        "Please don't save this. We use Prefect for the flows.",
        "We use Prefect for the flows. Keep that between us.",
    ],
)
def test_what_is_told_in_confidence_is_not_kept(tmp_path: Path, said: str) -> None:
    assert not live(tmp_path / "a", said)


def test_an_order_about_storing_is_no_confidence(tmp_path: Path) -> None:
    assert live(tmp_path / "a", "Never store passwords in plain text. We use Prefect for flows.")


@pytest.mark.parametrize(
    "back",
    [
        "Actually, no. Forget I said that.",
        "lol no, forget that, bad idea",
        "On second thoughts, scratch that.",
        "I've changed my mind.",
        "Ugh, take back what I said.",
    ],
)
def test_a_turn_takes_back_the_one_before_in_many_words(tmp_path: Path, back: str) -> None:
    assert not live(tmp_path / "home", "From now on always use tabs.", back)


@pytest.mark.parametrize(
    "scene",
    [
        "Commentate a race with me. I'm the second commentator.",
        "Play the buyer of a department store.",
        "Act as a fortune teller and ask me things.",
        "Continue the diary of my villain.",
        "Please don't remember anything of this conversation.",
    ],
)
def test_what_is_said_in_a_scene_or_off_the_record_is_not_held(tmp_path: Path, scene: str) -> None:
    assert not live(tmp_path / "home", scene, "We use Kafka. I never wear shoes.")


def test_what_was_wrong_is_put_right(tmp_path: Path) -> None:
    said = ("Our training starts at 18:00.", "That's wrong, our training starts at 17:30.")
    assert [made.content for made in live(tmp_path / "home", *said)] == [
        "Our training starts at 17:30."
    ]
