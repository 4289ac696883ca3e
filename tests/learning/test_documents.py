"""Documents: what manuals note, what editors wrap, and what release notes list."""

from pathlib import Path

import pytest

from tests.learning.talking import standing

NOTED = "Note that the indexer skips hidden folders."
AROUND = (
    "The indexer walks the tree from its root and reads every file that it can open."
    " {} Symbolic links are followed once, and loops are cut where they close."
)
RELEASES = """\
## 4.1.0 (2026-02-11)

- Always close the socket when a peer goes away
- Switched from Zlib to Zstandard
- The old importer is no longer used

## 4.0.2

- Never read the cache before the lock is held
"""


@pytest.mark.parametrize(
    "noted",
    [
        NOTED,
        "By default, the walker reads three levels.",
        "Be aware that the walker reads three levels.",
        "Please note that sockets are opened late.",
    ],
)
def test_a_passage_of_a_manual_teaches_nothing(tmp_path: Path, noted: str) -> None:
    assert not standing(tmp_path, AROUND.format(noted))


@pytest.mark.parametrize("text", [NOTED, AROUND.format(NOTED) + " That is how ours works."])
def test_a_note_is_its_writers_alone_or_where_they_speak(tmp_path: Path, text: str) -> None:
    assert standing(tmp_path, text)


@pytest.mark.parametrize(
    ("manuals", "own"),
    [
        ("Beachten Sie, dass der Dienst ruht.", "Beachten Sie, dass unser Dienst nachts ruht."),
        ("Notez que ce service s'arrête la nuit.", "Notez que notre service s'arrête la nuit."),
        ("Tenga en cuenta que el puerto cambia.", "Ten en cuenta que nuestro puerto es el 81."),
    ],
)
def test_formal_notes_are_a_manuals_unless_the_writer_is_in_them(
    tmp_path: Path, manuals: str, own: str
) -> None:
    assert not standing(tmp_path, manuals)
    assert standing(tmp_path, own)


@pytest.mark.parametrize(
    "text",
    [
        "We have moved our whole nightly reporting from Looker to\nMetabase last month.",
        "Before the question, a word on reporting: we have moved it from\n  Looker to Metabase.",
    ],
)
def test_a_statement_goes_on_where_an_editor_broke_the_line(tmp_path: Path, text: str) -> None:
    (belief,) = standing(tmp_path, text)
    assert belief.canonical_name == "metabase"
    assert belief.evidence[0].quote in text


def test_short_lines_without_a_stop_are_statements_of_their_own(tmp_path: Path) -> None:
    taught = standing(tmp_path, "we use gitea for everything we write\nwe deploy to hetzner")
    assert {belief.canonical_name for belief in taught} == {"gitea", "hetzner"}


@pytest.mark.parametrize("question", ["", "\nWhich of these breaks our importer?"])
def test_release_notes_teach_nothing(tmp_path: Path, question: str) -> None:
    assert not standing(tmp_path, RELEASES + question)


def test_lines_to_be_labelled_are_nobodys_wishes(tmp_path: Path) -> None:
    assert not standing(tmp_path, "Label these as good or bad:\n1. Never buy it\n2. I love it")


def test_what_is_said_above_release_notes_is_the_writers(tmp_path: Path) -> None:
    (belief,) = standing(tmp_path, f"We use Zstandard for the archive.\n\n{RELEASES}")
    assert belief.canonical_name == "zstandard"
