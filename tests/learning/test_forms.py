"""The sentences by form and language: what is learned of each, and what must not become worse."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.learning.forms import LANGUAGES, Sentence, faults, sentences
from tests.learning.labelled import sentences as labelled

FLOORS = {
    "english positive": 78,
    "english negative": 98,
    "english bare": 96,
    "english identity": 95,
    "english replaced": 93,
    "english back": 90,
    "english condition": 81,
    "english lesson": 93,
    "english adoption": 100,
    "english validity": 100,
    "english scope": 100,
    "english correction": 100,
    "english hedge": 57,
    "english question": 42,
    "english entity": 66,
    "english relation": 60,
    "english end": 100,
    "english secret": 100,
    "english joke": 33,
    "english fiction": 100,
    "english report": 100,
    "english private": 100,
    "english injection": 100,
    "english task": 100,
    "german positive": 0,
    "german negative": 100,
    "german remember": 54,
    "german prefer": 45,
    "german switch": 50,
    "german always": 54,
    "german never": 57,
    "german name": 50,
    "german use": 50,
    "german decided": 50,
    "german nolonger": 50,
    "german stop": 57,
    "french positive": 2,
    "french negative": 100,
    "french remember": 63,
    "french prefer": 45,
    "french switch": 50,
    "french always": 54,
    "french never": 57,
    "french name": 50,
    "french use": 50,
    "french decided": 50,
    "french nolonger": 50,
    "french stop": 57,
    "spanish positive": 0,
    "spanish negative": 100,
    "spanish remember": 54,
    "spanish prefer": 45,
    "spanish switch": 50,
    "spanish always": 54,
    "spanish never": 57,
    "spanish name": 50,
    "spanish use": 50,
    "spanish decided": 50,
    "spanish nolonger": 50,
    "spanish stop": 57,
}
"""Percent that is as its author wants it, rounded down: only a better product raises it."""

EVERY = [one for language in LANGUAGES for one in sentences(language)]


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Sentence, list[str]]]:
    """Every sentence and what is wrong with what became of it."""
    home = tmp_path_factory.mktemp("forms") / "home"
    return [(one, faults(home, one)) for one in EVERY]


def groups(one: Sentence) -> Iterator[str]:
    """The rows of `FLOORS` in which a sentence counts."""
    yield f"{one.language} negative" if one.negative else f"{one.language} positive"
    yield f"{one.language} {one.form}"


def test_no_form_in_no_language_gets_worse(outcomes: list[tuple[Sentence, list[str]]]) -> None:
    for group in sorted({group for one in EVERY for group in groups(one)}):
        of_it = [(one, wrong) for one, wrong in outcomes if group in groups(one)]
        failed = [(one, wrong) for one, wrong in of_it if wrong]
        exact = 100 * (len(of_it) - len(failed)) // len(of_it)
        assert exact >= FLOORS[group], told(group, failed)


def told(group: str, failed: list[tuple[Sentence, list[str]]]) -> str:
    lines = [f"{one.text!r}: {'; '.join(wrong)}: {one.reason}" for one, wrong in failed]
    return "\n".join([group, *lines])


def test_every_floor_belongs_to_sentences() -> None:
    assert set(FLOORS) == {group for one in EVERY for group in groups(one)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sentences_are_many_and_half_of_them_negative(language: str) -> None:
    of_it = [one for one in EVERY if one.language == language]
    negative = [one for one in of_it if one.negative]
    assert len(of_it) >= (150 if language == "english" else 60)
    assert len(negative) >= len(of_it) / 2
    assert len({one.life for one in of_it}) >= 8
    assert all(one.reason and one.form and one.text for one in of_it)


def test_no_sentence_stands_twice() -> None:
    others = [one for part in ("develop", "heldout", "second", "third") for one in labelled(part)]
    texts = {one.text.lower() for one in EVERY}
    assert len(texts) == len(EVERY)
    assert not texts & {one.text.lower() for one in others}


def test_a_label_asks_only_for_words_that_were_said() -> None:
    for one in EVERY:
        for word in (*one.wish.has, *one.wish.avoids, *one.wish.alias):
            assert word.lower() in one.text.lower(), (one.text, word)


@pytest.mark.parametrize(
    "line",
    [
        "actve|use|bun|coding|no such state|We use Bun.",
        "active|use|bun tpye=entity|coding|no such want|We use Bun.",
        "active|use|bun type=tool|coding|no such type|We use Bun.",
        "active|use|bun|coding|We use Bun.",
    ],
)
def test_a_line_that_is_no_sentence_is_refused_with_its_number(tmp_path: Path, line: str) -> None:
    (tmp_path / "english.tsv").write_text(f"none|use||coding|asks|Do we use Bun?\n{line}\n")
    with pytest.raises(ValueError, match=r"english\.tsv:2: "):
        list(sentences("english", tmp_path))
