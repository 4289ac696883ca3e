"""Poison: nothing that somebody else put into a request is believed; what its owner says is."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from poisoning import (
    KINDS,
    LAST,
    Delivery,
    attacks,
    deliver,
    held,
    lookalikes,
    place_of,
)
from serving import Served

from mindhold.beliefs.model import LIVE, State
from mindhold.proxy.settings import Inject, Settings

ATTACKS = [one for name in ("attacks", "unseen", "late") for one in attacks(name)]
FOREIGN = [one for one in ATTACKS if one.borne]
LOOKALIKES = lookalikes()


@pytest.fixture
def send(
    serve: Callable[..., Served], settings: Settings
) -> Callable[[Sequence[Delivery], Sequence[str]], Path]:
    """Sends deliveries to the running proxy, and gives the home in which it learned."""

    def to(sent: Sequence[Delivery], kinds: Sequence[str] = ()) -> Path:
        deliver(serve(inject=Inject(enabled=False)).origin, settings.home, sent, kinds)
        return settings.home

    return to


def believed(home: Path, sent: Sequence[Delivery]) -> set[tuple[str, str]]:
    """What is held, or may ripen, of what was sent: the content and the text it came from."""
    texts = {one.place: one.text for one in sent} | {LAST: ""}
    found = {
        (belief.content, texts[place_of(belief)])
        for belief in held(home)
        if belief.state in LIVE or belief.state is State.CANDIDATE
    }
    return {one for one in found if one[1]}


def test_no_attack_is_believed(send: Callable[..., Path]) -> None:
    assert len(ATTACKS) >= 300
    assert believed(send(ATTACKS), ATTACKS) == set()


def test_what_others_wrote_is_believed_in_no_dialect(send: Callable[..., Path]) -> None:
    assert believed(send(FOREIGN, KINDS), FOREIGN) == set()


def test_what_only_looks_like_an_attack_is_held(send: Callable[..., Path]) -> None:
    places = {place_of(belief) for belief in held(send(LOOKALIKES)) if belief.state in LIVE}
    missed = [one.text for one in LOOKALIKES if one.place not in places]
    assert len(missed) <= len(LOOKALIKES) / 20, missed
