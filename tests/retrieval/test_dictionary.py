"""Sentences of a dictionary, which nobody wrote for memory: a name is hardly heard in its word."""

from pathlib import Path

import pytest
from holding import NOW, made, named

from mindhold.beliefs.store import Store
from mindhold.retrieval.recall import Recall

SENTENCES = [
    tuple(line.split("\t"))
    for line in (Path(__file__).parent / "dictionary.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
MOST = 5
"""Percent that may be heard wrongly: a frame cannot tell "is still the most popular lettuce"."""


@pytest.fixture(scope="module")
def recall(tmp_path_factory: pytest.TempPathFactory):
    with Store.open(tmp_path_factory.mktemp("dictionary")) as store:
        with store.write(actor="test", now=NOW) as write:
            for word in {word for word, _ in SENTENCES}:
                name = word.capitalize()
                content = f"The backend runs on {name}."
                write.add(made(word, name, id=word, content=content))
        with Recall(store) as ready:
            ready.catch_up()
            yield ready


def test_the_words_of_a_dictionary_are_hardly_ever_names(recall: Recall) -> None:
    heard = [f"{word}: {text}" for word, text in SENTENCES if word in named(recall, text)]
    assert 100 * len(heard) <= MOST * len(SENTENCES), "\n".join(heard)
