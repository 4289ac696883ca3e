"""The probes as a whole, those that nobody looks at included: none of these is run here."""

from pathlib import Path

import pytest

from mindhold.cli.lives import life
from mindhold.retrieval.probes import CONVERSATION, FAMILIES, Probe

FILES = sorted((Path(__file__).parents[1] / "probes").rglob("*.yaml"))
LIVES = [life(file) for file in FILES]
PROBES = [probe for held in LIVES for talk in held.talks for probe in talk]


def share(chosen: list[Probe]) -> float:
    return len(chosen) / len(PROBES)


def test_there_are_lives_enough_to_say_something() -> None:
    conversations = [talk for held in LIVES for talk in held.talks if len(talk) > 1]
    assert len({held.about for held in LIVES}) >= 8
    assert len([probe for probe in PROBES if probe.family != CONVERSATION]) >= 600
    assert len(conversations) >= 12


def test_nearly_half_of_them_ask_for_restraint() -> None:
    assert share([probe for probe in PROBES if probe.restrains]) >= 0.45


def test_what_may_come_or_not_is_rare() -> None:
    assert share([probe for probe in PROBES if probe.may]) < 0.05


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "ja", "zh"])
def test_a_language_is_heard_in_both_senses(language: str) -> None:
    spoken = [probe for probe in PROBES if probe.language == language]
    assert len([probe for probe in spoken if probe.expect]) >= 20
    assert len([probe for probe in spoken if probe.restrains]) >= 20


@pytest.mark.parametrize("family", FAMILIES)
def test_no_family_is_without_probes(family: str) -> None:
    assert len([probe for probe in PROBES if probe.family == family]) >= 15


def test_no_name_stands_for_two_lives() -> None:
    assert len({file.stem for file in FILES}) == len(FILES)
