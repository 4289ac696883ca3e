"""What does not change a message's meaning seldom changes what it brings up."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mindhold.beliefs.store import Store
from mindhold.cli.lives import lives
from mindhold.retrieval.probes import Life, Outcome, Probe, hold, run
from mindhold.retrieval.recall import Recall

NOW = datetime(2026, 1, 1, tzinfo=UTC)
DEVELOPED = lives([Path(__file__).parents[1] / "probes" / "developed"])
SPOKEN = frozenset(
    """
    plain lone-word idiom abbreviation near-name compound typo morphology german-compound cjk
    small-talk several-topics
    """.split()  # noqa: SIM905 (reads better)
)
"""Families whose messages are all the writer's own words."""

GREETINGS = {
    "en": "Hi there, hope you are well. ",
    "de": "Hallo, ich hoffe, es geht dir gut. ",
    "fr": "Bonjour, j'espère que tu vas bien. ",
    "es": "Hola, espero que estés bien. ",
    "ja": "こんにちは、お元気ですか。",
    "zh": "你好，希望你一切都好。",
}
LOG = """

2026-03-02 10:11:12,310 INFO  worker[311] started job 8841 in queue default
2026-03-02 10:11:13,007 WARN  worker[311] retry 1/3 after timeout (5000 ms)
2026-03-02 10:11:18,442 ERROR worker[311] giving up: connection reset by peer"""


def greeted(probe: Probe) -> str:
    """Behind a greeting in its language."""
    return GREETINGS.get(probe.language, GREETINGS["en"]) + probe.text


def titled(text: str) -> str:
    """Every word with a capital, as in a headline."""
    return " ".join(word[:1].upper() + word[1:] for word in text.split(" "))


def sentence(text: str) -> str:
    """With a capital at its front and a mark at its end, as telephones write it."""
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?", "。", "？")) else ".")


def wrapped(text: str) -> str:
    """A new line after every seven words."""
    words = text.split(" ")
    return "\n".join(" ".join(words[at : at + 7]) for at in range(0, len(words), 7))


Wording = Callable[[Probe], str]
WORDINGS: dict[str, tuple[Wording, int]] = {
    "in small letters": (lambda probe: probe.text.lower(), 90),
    "in capitals": (lambda probe: probe.text.upper(), 96),
    "in title case": (lambda probe: titled(probe.text), 94),
    "as a sentence": (lambda probe: sentence(probe.text), 99),
    "with thanks": (lambda probe: f"{probe.text} Thanks!", 99),
    "after a greeting": (greeted, 99),
    "before a log": (lambda probe: probe.text + LOG, 99),
    "over several lines": (lambda probe: wrapped(probe.text), 99),
    "with wide spaces": (lambda probe: probe.text.replace(" ", "  "), 99),
    "with fixed spaces": (lambda probe: probe.text.replace(" ", "\u00a0"), 99),
    "with typeset quotes": (lambda probe: probe.text.replace("'", "\u2019"), 98),
}
"""Each with the percent of messages, rounded down, that bring up just what they did before."""


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[tuple[Recall, Outcome]]]:
    """What comes of every message as it is in the probes, with the memory that answered."""
    with ExitStack() as stack:
        answered = []
        for life in map(spoken, DEVELOPED):
            store = stack.enter_context(Store.open(tmp_path_factory.mktemp(life.name)))
            recall = stack.enter_context(Recall(store))
            hold(store, life)
            recall.catch_up()
            answered += [(recall, outcome) for outcome in run(recall, life, NOW)]
        yield answered


@pytest.mark.parametrize("wording", WORDINGS)
def test_a_message_brings_up_the_same_in_another_wording(
    said: list[tuple[Recall, Outcome]], wording: str
) -> None:
    reword, floor = WORDINGS[wording]
    differing, count = [], 0
    for recall, outcome in said:
        probe = replace(outcome.probe, text=reword(outcome.probe))
        if probe.text != outcome.probe.text:
            (other,) = run(recall, only(probe), NOW)
            count += 1
            if set(other.got) != set(outcome.got):
                differing.append(f"{probe.text[:80]!r}: {outcome.got} became {other.got}")
    assert 100 * (count - len(differing)) // count >= floor, "\n".join(differing)


def spoken(life: Life) -> Life:
    """The single messages of one line that are all the writer's own words."""
    talks = [talk for talk in life.talks if len(talk) == 1 and talk[0].family in SPOKEN]
    return replace(life, talks=tuple(t for t in talks if t[0].text and "\n" not in t[0].text))


def only(probe: Probe) -> Life:
    """A life of one message, to ask of a memory that is already held."""
    return Life(name="", about="", beliefs=(), talks=((probe,),))
