"""How a lone ordinary word is read, told through recall with its reason."""

from pathlib import Path

import pytest
from holding import NOW, asked, made

from mindhold.beliefs.store import Store
from mindhold.retrieval.recall import Recall

BELIEFS = {
    "go": ("Go", "The payment services are written in Go 1.23."),
    "express": ("Express", "The kiosk backend runs on Express 4."),
    "vault": ("Vault", "Secrets of the cluster are kept in Vault."),
    "celery": ("Celery", "Mails are sent by Celery workers."),
    "rose": ("Rose", "Rose is the data-protection officer."),
    "will": ("Will", "Will leads the backend."),
    "error": ("error", "Every error is returned, never an error that is thrown."),
}
NAMED = {
    "with express": "how do I parse the body with express",
    "does go": "does go have generics now",
    "in go": "cancel the calls in go when one fails",
    "rose says": "rose says no to street-level points",
    "vault policy": "write the vault policy for the cluster",
    "does will": "does will know who paid",
    "asked about": "and what of celery?",
    "a capital": "tell me what Express does with a body",
    "listed": "kubectl and vault",
    "Go 1.23": "what is new in Go 1.23",
    "means the word": "there is an error in the upload",
}
WORDS = {
    "to express": "I want to express my thanks",
    "they go": "where do they go at night",
    "what does it mean": "what does celery mean in a stage direction",
    "a go": "I had a go at the grid",
    "Go ahead": "Go ahead and send it",
    "the vault of": "the vault of the old bank",
    "beside onions": "celery, carrots and onions for the soup",
    "rose by": "prices rose by nine percent",
    "going to express": "they are going to express it tomorrow",
    "grammar": "will it rain at noon",
    "on the go": "I am always on the go",
}


@pytest.fixture(scope="module")
def recall(tmp_path_factory: pytest.TempPathFactory):
    with Store.open(tmp_path_factory.mktemp("sense")) as store:
        with store.write(actor="test", now=NOW) as write:
            for id, (name, content) in BELIEFS.items():
                write.add(made(name, id=id, content=content))
        with Recall(store) as ready:
            ready.catch_up()
            yield ready


@pytest.mark.parametrize("text", NAMED.values(), ids=NAMED)
def test_the_name_is_heard_and_the_reason_told(recall: Recall, text: str) -> None:
    [hit] = asked(recall, text).relevant
    assert hit.match is not None
    assert "read as the name: " in hit.match.reading


@pytest.mark.parametrize("text", WORDS.values(), ids=WORDS)
def test_the_word_brings_nothing_and_the_reason_is_told(recall: Recall, text: str) -> None:
    answer = asked(recall, text)
    assert answer.relevant == ()
    [left] = answer.rejected
    assert left.rule == "ordinary"
    assert "read as the word" in left.reason or "may be the everyday word" in left.reason


def test_the_reason_names_the_words_that_decided(recall: Recall) -> None:
    [left] = asked(recall, "I want to express my thanks").rejected
    assert left.reason.startswith("'express' read as the word: 'to express'")
    [hit] = asked(recall, "how do I parse the body with express").relevant
    assert hit.match is not None
    assert hit.match.reading.startswith("'express' read as the name: 'with express'")


def test_a_name_of_several_words_is_never_asked(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        with store.write(actor="test", now=NOW) as write:
            write.add(made("grace period", id="grace", content="The grace period is 30 s."))
        with Recall(store) as recall:
            [hit] = asked(recall, "is there a grace period").relevant
            assert hit.match is not None
            assert hit.match.reading == ""
