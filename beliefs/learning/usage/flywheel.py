"""The flywheel: what a turn shows of how beliefs are called, and the names that come of it.

A turn in which beliefs were used is an observation. What its own words say outright is proposed at
once; what they only show is counted, and proposed where enough conversations have shown the same.
"""

from collections.abc import Iterator

from mindhold.beliefs import requests, table
from mindhold.beliefs.learning.candidate import AliasAdded
from mindhold.beliefs.learning.case import USAGE, Case, Place
from mindhold.beliefs.learning.heard import Heard
from mindhold.beliefs.learning.neighbours import Neighbours
from mindhold.beliefs.learning.said import Said
from mindhold.beliefs.learning.usage import sightings
from mindhold.beliefs.learning.usage.giving import hindrance
from mindhold.beliefs.learning.usage.naming import namings
from mindhold.beliefs.learning.usage.short import telling
from mindhold.beliefs.learning.usage.sightings import MEANT, NAMED, USED, Seen, Sighting
from mindhold.beliefs.learning.usage.spans import key, keys
from mindhold.beliefs.learning.usage.words import coined, meant, used
from mindhold.beliefs.model import Belief, Origin, Type
from mindhold.beliefs.write import Write

_VERSION = "1"


def shown(
    write: Write,
    near: Neighbours,
    heard: Heard,
    *,
    place: Place,
    fingerprint: str,
) -> Iterator[Case]:
    """The names that the turn makes certain, as cases for the gate. What it only shows is written
    down."""

    def case(belief: Belief, name: str, quote: str, *, aside: bool) -> Case:
        proposal = AliasAdded(target=belief.id, alias=name, evidence=(quote,))
        return Case(
            proposal=proposal, heard=heard, place=place, fingerprint=fingerprint, aside=aside,
            extractor=USAGE, extractor_version=_VERSION,
        )  # fmt: skip

    held = _held(write, near, heard.said)
    for one in namings(heard, held):
        if key(one.name) not in keys(one.belief):
            yield case(one.belief, one.name, one.quote, aside=one.aside)
    if place.mode != "auto":  # only plain statements, or nothing, is learned in the others
        return
    for seen in _seen(heard, held):
        sightings.note(write.connection, write.key, heard.said, fingerprint, seen)
    for belief, word in _ripe(write, near, heard):
        yield case(belief, word, word, aside=True)


def withdraw(write: Write, said: Said, fingerprint: str, conversation: str | None = None) -> None:
    """Takes back what a message showed, and the names that stood on nothing else."""
    gone = sightings.withdraw(
        write.connection, fingerprint, user=said.user, conversation=conversation
    )
    for belief in table.fetch_all(write.connection, gone):
        for alias in belief.aliases:
            seen = sightings.seen(write.connection, write.key, said, alias.text)
            kept = belief.id in seen and seen[belief.id].certain
            if alias.origin is Origin.OBSERVED and not kept:
                write.unname(belief.id, alias.text)


def _held(write: Write, near: Neighbours, said: Said) -> list[Belief]:
    """The live beliefs that the request carried, questions aside."""
    given = table.fetch_all(write.connection, said.injected)
    kinds = (one for one in given if one.type is not Type.OPEN_QUESTION)
    return [one for one in kinds if one.live and near.ours(one)]


def _ripe(write: Write, near: Neighbours, heard: Heard) -> Iterator[tuple[Belief, str]]:
    """The words of this turn that have been used for one belief often enough by now."""
    for word in coined(heard.masked):
        seen = sightings.seen(write.connection, write.key, heard.said, word)
        live = [one for one in table.fetch_all(write.connection, seen) if one.live]
        if len(live) != 1 or not seen[live[0].id].certain or hindrance(write, live[0], word):
            continue
        told = seen[live[0].id].told or _alone(write, near, live[0], word, seen[live[0].id])
        if told and not near.namesakes(live[0], word):
            yield live[0], word


def _seen(heard: Heard, held: list[Belief]) -> Iterator[Sighting]:
    if told := meant(heard, held):
        weight = NAMED if told.asked else MEANT
        yield Sighting(word=told.word, belief=told.belief.id, weight=weight)
    for belief, word in used(heard, held):
        yield Sighting(word=word, belief=belief.id, weight=USED)


def _alone(write: Write, near: Neighbours, belief: Belief, word: str, seen: Seen) -> bool:
    """Whether a word that nobody has explained can be meant for nothing else that is held, and goes
    with this belief rather than with others or with none."""
    others = near.names(word[0].casefold())
    if any(telling(word, name) for name, id in others if id != belief.id):
        return False
    company = requests.company(write.connection, word, belief.id, user=belief.user)
    return not company.others and company.without < seen.talks
