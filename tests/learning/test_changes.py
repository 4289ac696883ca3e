"""Statements of change and correction: what takes whose place, and what changes nothing."""

from pathlib import Path

import pytest

from mindhold.beliefs.model import Belief
from tests.learning.talking import standing


def one(home: Path, *turns: str) -> Belief:
    """The only belief that stands after the turns of one conversation."""
    (belief,) = standing(home, *turns)
    return belief


@pytest.mark.parametrize(
    ("said", "new", "old"),
    [
        ("Zellij replaced tmux.", "zellij", "tmux"),
        ("Zellij has replaced tmux in our setup.", "zellij", "tmux"),
        ("CVS gave way to Git in our office.", "git", "CVS"),
        ("Roll20 is out, Foundry is in.", "foundry", "Roll20"),
        ("It's BigQuery now instead of Athena.", "bigquery", "Athena"),
        ("We've gone back to Logseq from Obsidian.", "logseq", "Obsidian"),
        ("Dorico crashed daily and Obsidian was slow, so we went back to Logseq.", "logseq", ""),
        ("Reverted from Bun to Node.", "node", "Bun"),
        ("Now that we moved from Jira to Linear, where do the epics go?", "linear", "Jira"),
        ("I've renamed the pilot from Mira to Juno.", "juno", "Mira"),
    ],
)
def test_a_change_leads_from_the_old_name_to_the_new(
    tmp_path: Path, said: str, new: str, old: str
) -> None:
    made = one(tmp_path / "home", said)
    assert made.canonical_name == new
    assert not old or old in {alias.text for alias in made.aliases}
    assert old in made.why_it_matters


@pytest.mark.parametrize(
    "said",
    [
        "Zellij replaced tmux at my sister's company.",
        "Salah replaced Firmino in the 70th minute.",
        "I went back to Lisbon in spring.",
        "We're back from lunch.",
        "We went back to the hotel.",
        "Now that we moved the sofa, where does the lamp go?",
        "The bill is out, the vote is in.",
        "Did Zellij replace tmux?",
        "If we went back to Logseq, what would break?",
    ],
)
def test_other_comings_and_goings_teach_nothing(tmp_path: Path, said: str) -> None:
    assert not standing(tmp_path / "home", said)


@pytest.mark.parametrize(
    ("before", "now", "holds", "not_any_more"),
    [
        ("Remember that choir practice is on Mondays.", "Sorry, Tuesdays, not Mondays.",
         "practice is on Tuesdays", "Mondays"),
        ("Remember that choir practice is on Mondays.",
         "Actually the choir practice is on Tuesdays, not Mondays.", "Tuesdays", "on Mondays"),
        ("Our plotter is called Otto.", "Correction, it's Otis, not Otto.", "Otis", "Otto"),
        ("Remember that the standup is at 9:30.", "The standup has been moved to 10:15.",
         "10:15", "9:30"),
    ],
)  # fmt: skip
def test_a_correction_changes_what_was_said(
    tmp_path: Path, before: str, now: str, holds: str, not_any_more: str
) -> None:
    made = one(tmp_path / "home", before, now)
    assert holds in made.content
    assert not_any_more not in made.content


@pytest.mark.parametrize(
    "said",
    [
        "Actually it's 7, not 8.",
        "No, in French, not German.",
        "Actually the capital of Australia is Canberra, not Sydney.",
        "*its, not it's",
        "The meeting has been moved to room 4.",
        "The total is 12 now, thanks.",
    ],
)
def test_a_correction_of_what_is_not_held_teaches_nothing(tmp_path: Path, said: str) -> None:
    assert not standing(tmp_path / "home", said)


def test_a_correction_leaves_other_beliefs_alone(tmp_path: Path) -> None:
    held = "Remember that choir practice is on Mondays."
    made = one(tmp_path / "home", held, "Actually the bins are on Tuesdays, not Mondays.")
    assert made.content == "Choir practice is on Mondays."


def test_who_moves_house_lives_somewhere_else(tmp_path: Path) -> None:
    made = one(
        tmp_path / "home", "Remember that I live in Bergen.", "We moved from Bergen to Oslo."
    )
    assert "Oslo" in made.content
    assert made.scopes == ("user:universal",)
