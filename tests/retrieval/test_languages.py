"""The language of a message, sentence by sentence, and lone words read by it."""

from collections.abc import Callable

import pytest
from holding import named

from mindhold.beliefs.model import Belief
from mindhold.beliefs.store import Store
from mindhold.beliefs.text.lexicon import parts_in
from mindhold.retrieval.message import Message
from mindhold.retrieval.recall import Recall

Hold = Callable[..., Belief]


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


NAMES = [
    pytest.param("Luna", "luna no come desde ayer", id="a subject before its verb, in Spanish"),
    pytest.param("Luna", "mañana voy con luna al parque", id="bare after con"),
    pytest.param("Express", "cómo valido con express un formulario", id="an English word"),
    pytest.param("Marée", "dans marée les boutons débordent", id="bare after dans"),
    pytest.param(
        "Perle", "perle n'a rien mangé ce matin", id="a subject before its verb, in French"
    ),
    pytest.param("Zug", "für Zug fehlen noch die Räder", id="bare after für"),
    pytest.param("Perle", "hat Perle schon gefressen?", id="a subject behind its verb, in German"),
    pytest.param("Rider", "Riders Tastenkürzel sind nicht die von vorher", id="a German genitive"),
    pytest.param("Vim", "der Texteditor Vim startet nicht mehr", id="what it is, in German"),
    pytest.param("Apache", "un servidor web apache en el puerto 80", id="what it is, in Spanish"),
    pytest.param("Java", "está escrito en java y no compila", id="a word of software, in Spanish"),
]
WORDS = [
    pytest.param("Luna", "la luna se ve enorme esta noche", id="an article, in Spanish"),
    pytest.param("Luna", "¿hay luna esta noche o no?", id="there is some of it"),
    pytest.param("Render", "para el plano hay que hacer render en el servidor", id="borrowed"),
    pytest.param("Marée", "on part à la marée du matin", id="an article, in French"),
    pytest.param("Aurore", "on se lève avant l'aurore pour le phare", id="an elided article"),
    pytest.param("Salmon", "una receta con salmón para ocho", id="an accent makes it another word"),
    pytest.param("Zug", "der Zug ist schon wieder zu spät", id="an article, in German"),
    pytest.param("Nebel", "im Tal liegt dichter Nebel und es ist kalt", id="an ending before it"),
    pytest.param("Zug", "wir bauen das Zug um Zug zurück", id="said twice"),
]


@pytest.mark.parametrize(("name", "text"), NAMES)
def test_it_is_read_as_the_name(hold: Hold, store: Store, name: str, text: str) -> None:
    hold("held", name)
    with Recall(store) as recall:
        assert named(recall, text) == ["b0"]


@pytest.mark.parametrize(("name", "text"), WORDS)
def test_it_is_read_as_the_word(hold: Hold, store: Store, name: str, text: str) -> None:
    hold("held", name)
    with Recall(store) as recall:
        assert named(recall, text) == []
