"""Giving: whether a belief may have one more name, and what becomes of another that has it."""

from mindhold.beliefs import journal, table
from mindhold.beliefs.errors import Refused
from mindhold.beliefs.learning.case import USAGE, Case
from mindhold.beliefs.learning.neighbours import Neighbours
from mindhold.beliefs.learning.usage import sightings
from mindhold.beliefs.learning.usage.naming import namings
from mindhold.beliefs.learning.usage.short import everyday
from mindhold.beliefs.learning.usage.sightings import NAMED, Sighting
from mindhold.beliefs.learning.usage.spans import key, keys
from mindhold.beliefs.learning.usage.words import spoken_of
from mindhold.beliefs.model import MAX_ALIASES, Alias, Belief, Origin
from mindhold.beliefs.step import OWNER
from mindhold.beliefs.text.tokens import tokenize
from mindhold.beliefs.write import Write

_ROOM = 5  # aliases that are left to the owner


def give(write: Write, near: Neighbours, case: Case, belief: Belief, name: str) -> Belief:
    """The belief with a name that was observed; raises `Refused` where it may not have it.

    A name that two things are called by is neither's: whoever had it by observation loses it.
    """
    said = any(key(one.name) == key(name) for one in namings(case.heard, [belief]))
    if reason := hindrance(write, belief, name) or ("" if said else _unsure(case, belief, name)):
        raise Refused(reason)
    if said or case.extractor != USAGE:  # what was counted counts as what it was
        sightings.note(
            write.connection, write.key, case.heard.said, case.fingerprint,
            Sighting(word=name, belief=belief.id, weight=NAMED),
        )  # fmt: skip
    others = near.namesakes(belief, name)
    for other in others:
        _lose(write, other, name)
    seen = sightings.seen(write.connection, write.key, case.heard.said, name)
    used = [one for one in table.fetch_all(write.connection, seen.keys() - {belief.id}) if one.live]
    if others or used:
        raise Refused("Something else is called so too.")
    alias = Alias(text=name, origin=Origin.OBSERVED)
    return write.enrich(belief.id, aliases=(alias,), evidence=case.evidence if said else ())


def hindrance(write: Write, belief: Belief, name: str) -> str:
    """Why a belief may not have a name, whoever says so; empty where nothing hinders it."""
    if key(name) in keys(belief):
        return "It has this name already."
    if any(key(alias.text) == key(name) for alias in belief.aliases) or _taken_off(
        write, belief, name
    ):
        return "Its owner does not want this name for it."
    if len(belief.aliases) >= MAX_ALIASES - _ROOM:
        return "It has names enough."
    return ""


def _unsure(case: Case, belief: Belief, name: str) -> str:
    """Why it is not certain that a name is meant for the belief which the turn does not give it."""
    if case.extractor == USAGE:
        return ""  # it was counted
    words = tokenize(name).words
    if len(words) == 1 and everyday(words[0]):
        return "An everyday word is a name only where the user says so."
    if not spoken_of(case.heard, belief):
        return "The user has not spoken of what it would name."
    return ""


def _taken_off(write: Write, belief: Belief, name: str) -> bool:
    """Whether the owner's own hand has taken the name off it before, by an edit or an undo."""
    had = False
    for actor, version in journal.versions(write.connection, belief.id):
        has = any(key(alias.text) == key(name) for alias in version.aliases)
        if had and not has and actor == OWNER:
            return True
        had = has
    return False


def _lose(write: Write, belief: Belief, name: str) -> None:
    for alias in belief.aliases:
        if alias.origin is Origin.OBSERVED and key(alias.text) == key(name):
            write.unname(belief.id, alias.text)
