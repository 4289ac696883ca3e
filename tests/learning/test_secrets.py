"""Secrets: found by shape, over credentials and harmless lines that are made at run time."""

import random
from itertools import islice

import pytest
from secrecy import ALNUM, Made, announced, harmless, shaped, some

from mindhold.beliefs.text import secrets
from mindhold.beliefs.text.secrets import find_secrets, redact


def _credentials(seed: int, count: int) -> list[Made]:
    rng = random.Random(seed)
    made = (one for _ in range(count) for one in (*shaped(rng), *announced(rng)))
    return list(islice(made, count))


def test_nearly_every_credential_is_found() -> None:
    made = _credentials(7, 800)
    missed = [one.text[:12] for one in made if one.value in redact(f"use this: {one.text} for now")]
    assert len(missed) / len(made) <= 0.02, sorted(set(missed))


def test_every_kind_of_the_table_is_made_and_found_as_what_it_is() -> None:
    made = {one.kind for one in shaped(random.Random(1))}
    assert made == {kind for kind, _ in secrets._TABLE}
    for one in shaped(random.Random(2)):
        assert find_secrets(one.text)[0].kind == one.kind


def test_hardly_any_harmless_line_is_taken_for_one() -> None:
    rng = random.Random(11)
    made = [harmless(rng) for _ in range(2500)]
    alarms = [one for one in made if find_secrets(one)]
    assert len(alarms) / len(made) <= 0.005, sorted(set(alarms))[:20]


@pytest.mark.parametrize(
    "line",
    [
        "Authorization: Bearer authentication-required-here",
        "Tell the bearer subscription-management-service.",
        "Use basic configuration-of-the-second-kind first.",
    ],
)
def test_words_behind_the_name_of_a_scheme_are_no_credential(line: str) -> None:
    assert list(find_secrets(line)) == []


def test_redacted_text_keeps_all_but_the_secret() -> None:
    key = "ghp_" + some(random.Random(3), ALNUM, 36)
    assert redact(f"our key {key} is old") == "our key [secret: github] is old"


def test_redacting_twice_changes_nothing_more() -> None:
    for one in _credentials(5, 200):
        once = redact(f"note: {one.text} end")
        assert redact(once) == once
