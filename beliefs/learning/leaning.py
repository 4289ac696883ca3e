"""Leaning: which beliefs rest on a fact that has changed, and so may be stale; pure.

A belief leans on what it names. When the user moves house or changes the employer, what is tied
to the place goes with it, named or not: the way to work, the dentist, the canteen.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from mindhold.beliefs.learning import support
from mindhold.beliefs.learning.choices import chosen
from mindhold.beliefs.learning.likeness import left
from mindhold.beliefs.learning.terms import namelike, spelled
from mindhold.beliefs.learning.tongues.known import tongue_of
from mindhold.beliefs.model import Alias, Belief, Epistemic, Origin, Type
from mindhold.beliefs.scope import UNIVERSAL
from mindhold.beliefs.text.words import known


class Fact(StrEnum):
    """What kind of fact has changed, by what hangs on it."""

    HOME = "home"
    WORK = "work"
    OTHER = "other"


_HOME = re.compile(
    r"(?i)\b(?:live[sd]?|living|city|town|village|home|hometown|place|address|based|located"
    r"|location|resid\w+|moved house|relocated)\b"
)
_WORK = re.compile(r"(?i)\b(?:work(?:s|ed|ing|place)?|employ\w+|job|company|firm)\b")
_HANGS: dict[Fact, tuple[str, ...]] = {
    Fact.HOME: (
        "commute", "way to work", "ride to work", "drive to work", "walk to work", "gym", "dentist",
        "doctor", "gp", "pediatrician", "paediatrician", "vet", "pharmacy", "landlord",
        "landlady", "rent", "flat", "apartment", "neighbourhood", "neighborhood", "address",
        "kindergarten", "daycare", "nursery", "school", "bakery", "supermarket", "grocery store",
        "library", "allotment", "parking", "bus stop", "tram", "train station", "nearest station",
        "airport", "time zone", "timezone", "postcode", "zip code",
    ),
    Fact.WORK: (
        "commute", "way to work", "ride to work", "drive to work", "walk to work", "office", "desk",
        "manager", "boss", "team lead", "canteen", "cafeteria", "work email", "work laptop",
        "work phone", "badge", "working hours", "work hours", "job title", "payroll",
    ),
}  # fmt: skip
_PAST = re.compile(
    r"(?i)\b(?:born|grew up|raised|native|originally|studied|graduated|went to school|used to"
    r"|until|in (?:19|20)\d\d|former|was|were|lived|worked|met|married)\b"
)
_OTHERS = re.compile(
    r"(?i)^(?:my|our|the user['’]s|the|an?)\s(?:[\w-]+\s){0,2}?(?:clients?|customers?|competitors?"
    r"|friends?|colleagues?|mother|father|mum|mom|dad|parents|sister|brother|uncle|aunt|cousin"
    r"|grandmother|grandfather|grandparents|in-laws|ex)\b(?!['’]s)"
    r"|^[A-Z]\w+(?: [A-Z]\w+)? (?:lives|works)\b"
)
_CAPITALS = re.compile(r"(?<=[a-z,] )[A-Z][\w-]*(?: [A-Z0-9][\w-]*)*")
_HELD = frozenset({Type.ENTITY, Type.PREFERENCE, Type.RELATION, Type.LESSON})


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """What is no longer so: the names of it, those of what is so now, and the kind of fact."""

    names: frozenset[str]
    instead: frozenset[str]
    fact: Fact


def gone(old: Iterable[Belief], told: Iterable[str], new: Belief | None = None) -> Gone:
    """What a change did away with: what it replaced or ended, as that was called and is told."""
    replaced = list(old)
    given = {*told, *(alias.text for one in replaced for alias in one.aliases)}
    instead = {a.text for a in new.aliases if _is_now(a, new)} if new else set[str]()
    names = {name for name in given - instead if len(name) > 1 and _distinct(name)}
    if new:
        inside = {name for one in replaced for name in _proper(one.content)}
        names |= {name for name in inside if not _names(new.content, name)}
    fact = _fact([*replaced, *([new] if new else [])])
    return Gone(names=frozenset(names), instead=frozenset(filter(spelled, instead)), fact=fact)


def _is_now(alias: Alias, new: Belief) -> bool:
    """Whether a name is of what is so now, and not inherited."""
    return alias.origin is not Origin.COUNTER and _names(new.content, alias.text)


def topics(what: Gone) -> tuple[str, ...]:
    """The words, in lower case, by which a belief that names nothing may still hang on it."""
    return _HANGS.get(what.fact, ())


def leans(belief: Belief, what: Gone) -> bool:
    """Whether a live belief rests on what is gone; silence where that is not plain."""
    text = belief.content
    if any(_names(text, name) for name in what.instead):
        return False
    parted = bool(tongue_of(text).voice.change.search(text)) or support.negates(text)
    named = [
        name for name in what.names if _names(text, name) and not (parted and left(belief, name))
    ]
    if what.fact is Fact.OTHER:
        return bool(named)
    if belief.type not in _HELD or _PAST.search(text) or _OTHERS.search(text):
        return False
    if what.fact is Fact.HOME:
        named = [name for name in named if _in_place(text, name)]
    return bool(named) or _hangs(belief, what)


def _in_place(text: str, name: str) -> bool:
    """Whether the text tells where something is: not "I love Berlin techno"."""
    at = r"(?:in|at|to|through|from|near|around|across|of|over|outside|within)"
    return bool(re.search(rf"(?i)\b{at}\s(?:\w+\s){{0,2}}?{re.escape(name)}\b", text))


def _hangs(belief: Belief, what: Gone) -> bool:
    if belief.epistemic is not Epistemic.STATED:
        return False
    told = f"{belief.canonical_name.replace('_', ' ')} {belief.content}".lower()
    mine = UNIVERSAL in belief.scopes or re.search(r"\b(?:my|i|our|we|user)\b", told)
    return bool(mine) and any(_names(told, topic) for topic in topics(what))


def _names(text: str, name: str) -> bool:
    """Whether the text has the name as whole words, spelled as it is, a genitive allowed.

    At the head of a sentence "Make" or "Golf" may be the word.
    """
    word = " " not in name and known(name.lower())
    head = r"(?<![.!?:]\s)(?<!^)" if word and name[:1].isupper() else ""
    return bool(re.search(rf"{head}(?<!\w){re.escape(name)}(?:['’]s|s)?(?!\w)", text))


def _distinct(name: str) -> bool:
    """Whether it can be told from a word: a capital, or a single word that no list has."""
    return (spelled(name) and not name.isdigit()) or (" " not in name and namelike(name))


def _proper(text: str) -> list[str]:
    """The names inside a sentence; in German every noun looks like one."""
    if tongue_of(text).code == "de":
        return []
    return [name for name in _CAPITALS.findall(text) if not chosen(name)]


def _fact(replaced: Iterable[Belief]) -> Fact:
    for old in replaced:
        if old.type is not Type.ENTITY or UNIVERSAL not in old.scopes:
            continue
        told = f"{old.canonical_name.replace('_', ' ')} {old.content}"
        if _WORK.search(told):
            return Fact.WORK
        if _HOME.search(told):
            return Fact.HOME
    return Fact.OTHER
