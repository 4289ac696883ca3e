"""Restating: the words of what is held, once more, or with another value and a word of change.

"Amadou plays the cleric now" needs no form of its own where "Ruth plays the cleric" is held. The
clause and what is held are laid side by side, word by word, and only one value may differ.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mindhold.beliefs.learning.candidate import NewBelief, Op, Proposal, Update
from mindhold.beliefs.learning.choices import chosen
from mindhold.beliefs.learning.heard import MASK, Heard
from mindhold.beliefs.learning.likeness import same
from mindhold.beliefs.learning.neighbours import FACTS, Neighbours
from mindhold.beliefs.learning.support import negates
from mindhold.beliefs.learning.terms import spelled, unusual
from mindhold.beliefs.model import Belief, State
from mindhold.beliefs.valid import MAX_WORDS, surface

_CLAUSE = re.compile(r"(?i)[,;:]\s+|\s[–—-]\s|\s(?:and|but|und|aber|et|mais|y|pero)\s")
_LEAD = re.compile(r"(?i)(?:(?:and|but|so|because|since|und|aber|et|mais|y|pero|also|ok)[\s,]+)*")
_NOW = re.compile(
    r"(?i)[\s,]*\b(?:now|these days|nowadays|from now on|instead|currently|jetzt|nun|inzwischen"
    r"|mittlerweile|neuerdings|maintenant|désormais|dorénavant|ahora|(?:since|as of|seit|depuis"
    r"|desde) [^,;:.!?]{2,30}$)(?!\w)"
)
_WORD = re.compile(r"\w(?:[\w+#&/.-]*[\w+#])?")
_IS = re.compile(r"['’]s\b")
_DROPPED = frozenset(
    "the a an our my der die das unser unsere le la les notre nos el los las".split()  # noqa: SIM905, as text
)
_BEING = frozenset("is are runs lives sits ist sind läuft est sont tourne es está son".split())  # noqa: SIM905, as text
_BEFORE = frozenset(
    "in on at with by from to into via through mit bei auf im am avec chez sur à en con por".split()  # noqa: SIM905, as text
)
_SMALL = _BEFORE | frozenset(
    "we i is use uses using for of as and or wir ich nous on je nosotros yo para für pour".split()  # noqa: SIM905, as text
)
_NO_VALUE = _SMALL | frozenset(
    "he she they you it this that who which what everybody nobody someone somebody anyone everyone"  # noqa: SIM905, as text
    " another other others not no never nothing something maybe if when all both still already"
    " they're you're".split()
)
_MOST = 4  # words of a value
_LEAST = 3  # words of what is said once more


@dataclass(frozen=True, slots=True, kw_only=True)
class _Value:
    """What stands in one place of two sentences that are otherwise the same."""

    old: str
    new: str


def restated(near: Neighbours, heard: Heard, told: Iterable[str]) -> Iterator[Proposal]:
    """What the clauses say of what is held, where no quote in `told` has its words already."""
    held = [one for one in near.recalled() if one.state is State.ACTIVE]
    quotes = list(told)
    for text in _clauses(heard) if held else ():
        if any(text in quote or quote in text for quote in quotes):
            continue
        for one in held:
            yield from _said_again(one, text)


def _clauses(heard: Heard) -> Iterator[str]:
    for one in heard.sentences:
        if one.text.endswith("?") or MASK in one.text:
            continue
        at = 0
        parts = [one.text]
        for cut in _CLAUSE.finditer(one.text):
            parts.append(one.text[at : cut.start()])
            at = cut.end()
        parts += [one.text[at:]] if at else []
        yield from dict.fromkeys(part[_end(part) :].strip(" ,;:.!") for part in parts)


def _end(part: str) -> int:
    found = _LEAD.match(part)
    return found.end() if found else 0


def _said_again(one: Belief, text: str) -> Iterator[Proposal]:
    if len(_words(text)) >= _LEAST and same(one.content, text):
        yield Update(target=one.id, op=Op.REINFORCE, evidence=(text,))
    elif one.type in FACTS and _NOW.search(text) and (value := _differs(one.content, text)):
        yield _with(value, one, text)


def _with(value: _Value, one: Belief, text: str) -> NewBelief:
    gone = surface(value.old)
    kept = [alias.text for alias in one.aliases if gone not in surface(alias.text)]
    named = value.new if gone in surface(one.canonical_name) else one.canonical_name
    return NewBelief(
        type=one.type,
        canonical_name=surface(named).replace(" ", "_"),
        content=f"{text[:1].upper()}{text[1:]}.",
        why_it_matters=f"Go by {value.new}, no longer by {value.old}.",
        aliases=(value.new, *kept)[:6],
        confidence=0.95,
        evidence=(text,),
        replaces=(one.canonical_name if named is value.new else value.old,),
    )


def _differs(held: str, text: str) -> _Value | None:
    """The one value in which a clause differs from what is held; None where anything else does."""
    if negates(held) or negates(text):
        return None
    old, new = _words(held), _words(_NOW.sub("", text))
    first = _alike(old, new)
    last = _alike(old[first:][::-1], new[first:][::-1])
    before, after = old[:first], old[len(old) - last :]
    gone, came = old[first : len(old) - last], new[first : len(new) - last]
    shared = {_key(word) for word in (*before, *after)} - _SMALL
    if not shared or not all(0 < len(words) <= _MOST for words in (gone, came)):
        return None
    if any(_key(word) in _NO_VALUE for word in (*gone, *came)):
        return None
    value = _Value(old=" ".join(gone), new=" ".join(came))
    led = bool(before) and _key(before[-1]) in _BEFORE
    return value if len(came) <= MAX_WORDS and _of_one_kind(value, led=led) else None


def _of_one_kind(value: _Value, *, led: bool) -> bool:
    """Whether both are names, figures or days; behind a preposition whatever is no name."""
    days = [set(chosen(text)) for text in (value.old, value.new)]
    if days[0] or days[1]:
        return days[0] == days[1]
    figures = [any(map(str.isdigit, text)) for text in (value.old, value.new)]
    if all(figures):
        return True
    if all(map(spelled, (value.old, value.new))):
        return True
    plain = not any(map(spelled, (value.old, value.new)))
    return led and not any(figures) and (plain or all(map(unusual, (value.old, value.new))))


def _alike(one: list[str], other: list[str]) -> int:
    """How many words they begin with in common."""
    pairs = zip(one, other, strict=False)
    return next(
        (at for at, (left, right) in enumerate(pairs) if _key(left) != _key(right)),
        min(len(one), len(other)),
    )


def _words(text: str) -> list[str]:
    told = _WORD.findall(_IS.sub(" is", text))
    return [word for word in told if word.lower() not in _DROPPED]


def _key(word: str) -> str:
    return "is" if word.lower() in _BEING else word.lower()
