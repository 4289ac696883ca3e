"""Credentials in ordinary words, in four languages: told, they are found; spoken of, they are not.

Both kinds of sentences are made at run time, from frames and values that no rule has seen.
"""

import random
import string
from datetime import UTC, datetime
from pathlib import Path

import pytest
from confiding import LANGUAGES, SPOKEN_OF, TOLD, entries, made

from mindhold.beliefs.learning.learner import Learner
from mindhold.beliefs.learning.said import Said
from mindhold.beliefs.store import Store
from mindhold.beliefs.text.identifiers import identifier
from mindhold.beliefs.text.secrets import find_secrets, redact

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_told_in_words_is_found_and_taken_out(language: str) -> None:
    sentences = list(made(TOLD[language], 3, 500))
    missed = [text for text, value in sentences if value in redact(text)]
    assert len(missed) / len(sentences) <= 0.02, sorted(missed)[:20]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_only_spoken_of_is_left_alone(language: str) -> None:
    sentences = list(made(SPOKEN_OF[language], 5, 600))
    alarms = sorted({text for text, _ in sentences if find_secrets(text)})
    assert len(alarms) / len(sentences) <= 0.005, alarms[:20]


@pytest.mark.parametrize("name", ["second", "third"])
def test_what_others_tell_in_their_own_words_is_taken_out(name: str) -> None:
    told, harmless = entries(name)
    missed = [text for text, values in told if any(one in redact(text) for one in values)]
    assert len([one for one in missed if not identifier(one)]) <= len(told) / 30, missed
    alarms = [text for text, kept in harmless if not all(one in redact(text) for one in kept)]
    assert len(alarms) <= len(harmless) / 60, alarms  # a key of a tutorial has the form of a key


def _swiss(rng: random.Random) -> str:
    digits = "756" + "".join(rng.choice(string.digits) for _ in range(9))
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    whole = digits + str((10 - total % 10) % 10)
    return f"{whole[:3]}.{whole[3:7]}.{whole[7:11]}.{whole[11:]}"


def _french(rng: random.Random) -> str:
    body = f"{rng.choice('12')}{rng.randrange(40, 99)}{rng.randrange(1, 13):02}"
    body += f"{rng.randrange(10, 95)}{rng.randrange(100, 999)}{rng.randrange(100, 999)}"
    return f"{body}{97 - int(body) % 97:02}"


def _spanish(rng: random.Random) -> str:
    number = rng.randrange(10_000_000, 99_999_999)
    return f"{number}{'TRWAGMYFPDXBNJZSQVHLCKE'[number % 23]}"


def test_a_number_that_a_state_gave_a_person_is_known() -> None:
    rng = random.Random(4)
    for make in (_swiss, _french, _spanish):
        assert all(identifier(f"it is {make(rng)}, as you know") for _ in range(200)), make
    told = (
        "my passport number is C01X00T47", "meine Steuer-ID ist 86 095 742 719",
        "my NI number is AB 12 34 56 C", "meine SV-Nummer ist 65 070649 C 103",
    )  # fmt: skip
    assert [one for one in told if not identifier(one)] == []


def test_a_number_of_a_thing_is_no_persons() -> None:
    rng = random.Random(6)
    things = (
        "order 4711-0815", "ISBN 978-3-16-148410-0", "build 2026.03.01", "port 8080", "v1.26.4",
        "phone 555 0100", "the ticket is 12345678", "row 756 of 1234", "nie wieder 100 % Zucker",
        "the passport office opens at 9", "our passport.js setup",
    )  # fmt: skip
    assert [one for one in things if identifier(one)] == []
    lines = [f"item {rng.randrange(10**7)} in batch {rng.randrange(10**5)}" for _ in range(2000)]
    assert sum(bool(identifier(line)) for line in lines) <= 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_told_is_ever_stored_however_it_is_wished_for(
    language: str, tmp_path: Path
) -> None:
    wish = {"english": "Remember that", "german": "Merk dir:", "french": "Note que",
            "spanish": "Recuerda que"}[language]  # fmt: skip
    sentences = list(made(TOLD[language], 9, 60))
    with Store.open(tmp_path / "home") as store:
        learner = Learner(store)
        for number, (text, _) in enumerate(sentences):
            learner.learn(
                Said(text=f"{wish} {text}", scopes=("project:a",), at=AT, conversation=str(number))
            )
        kept = list(store.select())
    leaked = [(belief.content, value) for belief in kept for _, value in sentences
              if len(value) > 3 and value in belief.content]  # fmt: skip
    assert leaked == []


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("We use Stripe for payments, and the password is Tulip99!", "Stripe"),
        ("We use Hetzner for hosting. The root password is Mango-Tree-41.", "Hetzner"),
        ("Our gym is the Kraftwerk; the locker code is 4711.", "Kraftwerk"),
        ("Wir nutzen Hetzner für das Hosting. Das Passwort ist Apfel!77.", "Hetzner"),
    ],
)
def test_the_fact_beside_a_credential_is_kept(text: str, content: str, tmp_path: Path) -> None:
    with Store.open(tmp_path / "home") as store:
        Learner(store).learn(Said(text=text, scopes=("project:a",), at=AT, conversation="one"))
        (belief,) = store.select()
    assert content in belief.content
    assert find_secrets(belief.content) == ()
    assert "4711" not in belief.content
