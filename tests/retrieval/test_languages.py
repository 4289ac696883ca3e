"""The language of a message, sentence by sentence."""

import pytest

from mindhold.beliefs.text.lexicon import parts_in
from mindhold.retrieval.message import Message


@pytest.mark.parametrize(
    ("text", "languages"),
    [
        pytest.param("Der Zug ist voll", ["de"], id="German"),
        pytest.param("la réunion avec rose est demain", ["fr"], id="French"),
        pytest.param("¿cómo va luna con la vacuna?", ["es"], id="Spanish"),
        pytest.param("how do I turn off the zephyr shell", ["en"], id="English"),
        pytest.param("spark job", ["en"], id="nothing tells"),
        pytest.param(
            "el deploy de ayer no va en el servidor. what about the cache in go? thanks",
            ["es", "en"],
            id="each sentence its own, the last that of the one before",
        ),
    ],
)
def test_each_sentence_has_its_language(text: str, languages: list[str]) -> None:
    spoken = Message(text).spoken
    found = [spoken.at(token).code for token in range(len(Message(text).tokens))]
    assert list(dict.fromkeys(found)) == list(dict.fromkeys(languages))
    assert found[0] == languages[0]
    assert found[-1] == languages[-1]


def test_what_is_pasted_does_not_tell_the_language() -> None:
    text = (
        "kannst du das kürzen?\n\n> the build is red and we do not know who broke it\n> it was us"
    )
    assert Message(text).spoken.at(0).code == "de"
    assert Message(text).spoken.at(len(Message(text).tokens) - 1).code == "de"


@pytest.mark.parametrize(
    ("language", "word", "part"),
    [
        ("de", "zug", "N"),
        ("de", "kommt", "V"),
        ("fr", "maree", "N"),
        ("fr", "claire", "A"),
        ("es", "luna", "N"),
        ("es", "lunas", "N"),
        ("es", "llega", "V"),
    ],
)
def test_an_everyday_word_plays_its_part(language: str, word: str, part: str) -> None:
    assert part in parts_in(language, word)


@pytest.mark.parametrize("word", ["snowflake", "falcon", "flask", "kafka", "github"])
def test_a_word_of_another_language_is_none_of_it(word: str) -> None:
    assert [parts_in(language, word) for language in ("de", "fr", "es")] == ["", "", ""]
