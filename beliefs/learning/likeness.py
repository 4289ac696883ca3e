"""Likeness: what the words of two beliefs have to do with each other, as far as they tell; pure."""

import re
from collections.abc import Iterable

from mindhold.beliefs.learning import support
from mindhold.beliefs.learning.candidate import NewBelief
from mindhold.beliefs.learning.choices import exclude
from mindhold.beliefs.learning.terms import spelled
from mindhold.beliefs.learning.tongues.known import tongue_of
from mindhold.beliefs.model import Belief, Type
from mindhold.beliefs.text.stems import root
from mindhold.beliefs.text.words import known, technical
from mindhold.beliefs.valid import surface

_SKIPPED = frozenset(
    "a an the we i our my for in on to is are as with now uses use".split()  # noqa: SIM905, as text
)
_MOST = 0.75
_NOW = frozenset("jetzt nun maintenant désormais ahora ya today currently these days".split())  # noqa: SIM905, as text
_VERSION = re.compile(r"(?<=\w)[ _]v?\d[\w.]*$")
_UNDECIDED = frozenset(
    "whether undecided unsure question open yet still torn between know sure haven't".split()  # noqa: SIM905, as text
)
INSTEAD = re.compile(
    r"(?i)\b(?:now|instead|from now on|these days|jetzt|nun|stattdessen|désormais|maintenant"
    r"|ahora)\b"
)
"""Words by which the same said of another thing takes the place of what was said before."""
ALSO = re.compile(
    r"(?i)\b(?:also|too|as well|besides|additionally|auch|zusätzlich|aussi|également|también"
    r"|además)\b"
)
"""Words by which one thing stands beside another, in whose place it would else be."""
_OPTIONS = re.compile(r"(?i)\b(?:or|vs\.?|versus|oder|ou)\b|\s/\s")
_BETWEEN = re.compile(r"(?i)\b(?:between|zwischen|entre)\b(?P<both>.*)")
_AND = re.compile(r"(?i)\b(?:and|und|et|y)\b|,")


def compatible(old: Belief, new: Belief | NewBelief) -> bool:
    """Whether both can be true at once."""
    if support.negates(old.content) != support.negates(new.content):
        return False
    if exclude(old.content, new.content):
        return False
    one, other = core(old.content), core(new.content)
    if one <= other or other <= one:
        return True
    if old.type is Type.ENTITY and new.type is Type.ENTITY:
        return False
    figures = [{word for word in words if word[0].isdigit()} for words in (one, other)]
    return figures[0] == figures[1] and len(one & other) >= 0.5 * min(len(one), len(other))


def frame(content: str) -> frozenset[str]:
    """What a statement says of the things that it names: "deploy", in "We deploy to Fly.io"."""
    named = {word for name in content.split()[1:] if spelled(name) for word in support.words(name)}
    wording = tongue_of(content).voice.template | _NOW
    return (
        frozenset(root(word) for word in core(content) - named - wording) if named else frozenset()
    )


def displaces(gone: Iterable[str], old: Belief, new: Belief) -> bool:
    """Whether something that is gone is spoken of by the old one only: no repetition of it."""
    told, says = surface(old.content), surface(new.content)
    return any(name in told and name not in says for name in map(surface, gone))


def same(one: str, other: str) -> bool:
    """Whether two texts say the same: the same words in their order, small ones aside."""
    return essence(one) == essence(other)


def essence(content: str) -> tuple[str, ...]:
    """The words that carry it, in their order: from A to B is not from B to A."""
    carried = core(content)
    bare = (word.removesuffix("'s") for word in support.words(content))
    return (*(word for word in bare if word in carried), "not" if support.negates(content) else "")


def more_exact(old: str, new: str) -> bool:
    """Whether a text says all that the other says, and a figure besides."""
    one, other = core(old), core(new)
    return (
        one < other
        and any(word[0].isdigit() for word in other - one)
        and support.negates(old) == support.negates(new)
    )


def core(content: str) -> set[str]:
    """The words that carry it."""
    return {word.removesuffix("'s") for word in support.words(content)} - _SKIPPED


def beyond(belief: Belief, name: str) -> int:
    """How many words it has beyond a name: none where it is about that alone."""
    wording = tongue_of(belief.content).voice.template
    return len(core(belief.content) - set(support.words(name.replace("_", " "))) - wording)


def speaks_of(phrase: str, text: str) -> bool:
    """Whether most of the words that carry a phrase carry a text too, in whatever form."""
    wanted, given = _roots(phrase), _roots(text)
    return bool(wanted) and len(wanted & given) >= _MOST * len(wanted)


def _roots(text: str) -> set[str]:
    """The roots of its words: ran aside, running and run have one."""
    return {re.sub(r"(\w)\1$", r"\1", root(word)) for word in core(text)}


def unversioned(name: str) -> str:
    """The name of a thing without the version behind it: "Postgres 16" is Postgres.

    "Chapter 3" is no chapter in particular without its number.
    """
    bare = _VERSION.sub("", name)
    last = re.split(r"[ _]", bare.lower())[-1]
    return bare if technical(last) or not known(last) else name


def settles(question: Belief, names: Iterable[str], content: str) -> bool:
    """Whether a decision with these names is for one of the options of a question.

    One that names no options is settled by what bears its name, or says all that it asks.
    """
    options = [part for part in map(_plain, _sides(question.content)) if part]
    if len(options) > 1:
        decided = [_plain(name) for name in names]
        return any(name and sum(name <= option for option in options) == 1 for name in decided)
    told, asked = _plain(content), options[0] if options else set[str]()
    if surface(question.canonical_name) in map(surface, names):
        return True
    return asked == told or (len(asked) > 1 and asked <= told)


def _sides(question: str) -> list[str]:
    if (between := _BETWEEN.search(question)) and not _OPTIONS.search(question):
        return _AND.split(between["both"])
    return _OPTIONS.split(between["both"] if between else question)


def _plain(text: str) -> set[str]:
    wording = tongue_of(text).voice.template | _UNDECIDED
    return {word for word in core(text.replace("_", " ")) if word not in wording}


def left(belief: Belief, name: str) -> bool:
    """Whether it is about having left what has the name, as in "moved from A to B"."""
    name = name.replace("_", " ")
    leaving = rf"(?i)\b(?:{tongue_of(belief.content).voice.left}) {re.escape(name)}\b"
    return bool(re.search(leaving, belief.content))
