"""Adoption: a yes of the user's makes one proposal of the model theirs, and nothing else does."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from mindhold.beliefs.learning.candidate import Extraction, NewBelief
from mindhold.beliefs.learning.heard import Heard
from mindhold.beliefs.learning.learner import Learner
from mindhold.beliefs.learning.said import Said
from mindhold.beliefs.model import Type
from mindhold.beliefs.store import Store
from tests.learning.talking import standing

ASKED = "Which broker should the sensors talk to?"
ONE = "I would use Mosquitto: it is small and speaks MQTT 5."


@pytest.mark.parametrize(
    "yes",
    [
        "Yes, let's do that.",
        "Great, we'll use that in all our flats.",
        "OK, let's go with that.",
        "That's what we'll do.",
        "That's our broker from now on.",
    ],
)
def test_a_yes_takes_over_the_one_proposal(tmp_path: Path, yes: str) -> None:
    (made,) = standing(tmp_path / "home", ASKED, yes, answer=ONE)
    assert made.type is Type.DECISION
    assert "Mosquitto" in made.content
    assert "MQTT 5" not in made.content
    assert made.evidence[0].quote in yes


@pytest.mark.parametrize(
    ("asked", "answer", "said"),
    [
        (ASKED, ONE, "ok, thanks"),
        (ASKED, ONE, "Sounds good!"),
        (ASKED, ONE, "Should we do that?"),
        (ASKED, ONE, "Maybe. If it is fast, let's do that."),
        (ASKED, ONE, "Yes, do that please."),
        (ASKED, "Use Mosquitto or EMQX.", "Yes, let's do that."),
        (ASKED, "I would use Mosquitto. Use EMQX for clusters.", "Yes, let's do that."),
        (ASKED, "It depends on the load.", "Yes, let's do that."),
        ("What shall we cook tonight?", "I would use the leeks.", "Yes, let's do that."),
        (ASKED, "", "Yes, let's do that."),
    ],
)
def test_anything_less_adopts_nothing(tmp_path: Path, asked: str, answer: str, said: str) -> None:
    assert not standing(tmp_path / "home", asked, said, answer=answer)


NUMBERED = "1) EMQX in a cluster. 2) Mosquitto on one small box, with TLS. 3) no broker at all."


@pytest.mark.parametrize(
    ("answer", "said", "word"),
    [
        ("24-bit WAV, with headroom.", "That's how we'll do it from now on.", "wav"),
        ("Put a click track on the drums. It takes time.", "We'll do that at every gig.", "click"),
        ("Try a single-point rubric: one column.", "Let's adopt that for all reports.", "rubric"),
        (NUMBERED, "option 2 then, for all machines", "mosquitto"),
        (NUMBERED, "We'll take the second one from now on.", "mosquitto"),
        ("Two ideas: 1. Tidal. 2. Ember.", "The series is called Ember then, settled.", "ember"),
        ("As a random effect: tray.", "Tray goes in as a random effect in all our models.", "tray"),
        ("A warm-up.", "A warm-up before every match, that's the new rule.", "warm-up"),
    ],
)  # fmt: skip
def test_what_was_proposed_is_taken_over_in_many_words(
    tmp_path: Path, answer: str, said: str, word: str
) -> None:
    (made,) = standing(tmp_path / "home", ASKED, said, answer=answer)
    assert word in made.content.lower()


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (NUMBERED, "option 4 then, for all machines"),
        (NUMBERED, "Tell me more about option 2."),
        (NUMBERED, "option 2"),
        ("A Redis cluster.", "That's the problem."),
        ("A warm-up.", "Yeah, that's the plan."),
        ("Noted, ten minutes.", "Yes, let's do that."),
        ("Your sensors are on the hub.", "The sensors are on the hub today."),
        ("Here is the timer.", "That's how we'll do it from now on."),
        ("Thursdays collide with nothing.", "Perfect, that's it."),
    ],
)
def test_a_word_about_a_proposal_is_no_decision(tmp_path: Path, answer: str, said: str) -> None:
    assert not standing(tmp_path / "home", ASKED, said, answer=answer)


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ("Yes, let's go with PostGIS.", "postgis"),
        ("Agreed, blue ink it is.", "blue ink"),
        ("OK, Sundays it is.", "sundays"),
        ("Good idea, we'll take oak for every shelf.", "oak"),
    ],
)
def test_the_users_own_words_may_say_what_is_chosen(tmp_path: Path, said: str, word: str) -> None:
    (made,) = standing(tmp_path / "home", said)
    assert word in made.content.lower()


@pytest.mark.parametrize(
    "said",
    [
        "popcorn it is",
        "OK, let's use a loop then.",
        "Great, let's use the second one.",
        "Good for all.",
    ],
)
def test_going_along_is_no_decision(tmp_path: Path, said: str) -> None:
    assert not standing(tmp_path / "home", said)


class _Liar:
    """Says that the user adopted what the model alone has said."""

    name, version = "liar", "1"

    def __init__(self, quote: str) -> None:
        self._quote = quote

    def extract(self, heard: Heard) -> Extraction:
        made = NewBelief(
            type=Type.DECISION,
            canonical_name="mosquitto",
            content="Use Mosquitto.",
            why_it_matters="Use Mosquitto for everything.",
            aliases=("Mosquitto",),
            confidence=0.95,
            evidence=(self._quote,),
        )
        return Extraction(new_beliefs=(made,))


@pytest.mark.parametrize("quote", ["thanks, nice", "We like it", "go on"])
def test_an_extractor_cannot_adopt_for_the_user(tmp_path: Path, quote: str) -> None:
    said = Said(
        text=quote, scopes=("project:one",), at=datetime(2026, 3, 2, tzinfo=UTC),
        conversation="c", earlier=(ASKED,), answer=ONE,
    )  # fmt: skip
    with Store.open(tmp_path / "home") as store:
        learned = Learner(store, rules=False, extractors=[_Liar(quote)]).learn(said)
        assert not learned.beliefs
        assert [decision.rule for decision in learned.decisions] == ["G4"]
