"""Cautions: which names of a belief will seldom bring it up, or too often; for when it is written.

What a name is worth is asked of the rules that will judge it, never decided again here.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from mindhold.beliefs.model import Alias, Belief, Origin, Type
from mindhold.beliefs.scope import UNIVERSAL
from mindhold.beliefs.text.lexicon import everyday_in
from mindhold.beliefs.text.tokens import is_unspaced
from mindhold.beliefs.text.words import FAMILIAR, closed_class, rank
from mindhold.retrieval.longer import longer
from mindhold.retrieval.mention import mentions
from mindhold.retrieval.message import Message
from mindhold.retrieval.rules.crowd import MOST
from mindhold.retrieval.sense.languages import OTHERS
from mindhold.retrieval.sense.reading import ordinary
from mindhold.retrieval.surface import Named, Surface, named

Others = Callable[[str], Sequence[Belief]]
"""The other live beliefs that a request may see beside this one and that have this name."""

_TYPED = 4  # words; a longer name is hardly ever written just so
_ACRONYM = 5  # letters


class Kind(StrEnum):
    """What is the matter with a name."""

    WORD = "word"
    ACRONYM = "acronym"
    CHARACTER = "character"
    SHORT = "short"
    SENTENCE = "sentence"
    UNUSED = "unused"
    CROWD = "crowd"
    INITIALS = "initials"
    DESCRIPTIVE = "descriptive"
    SHARED = "shared"


HEARD = frozenset({Kind.SHORT, Kind.INITIALS, Kind.DESCRIPTIVE, Kind.SHARED})
"""Names that do bring the belief up, if not always or not alone; the others do so too seldom."""

TOO_OFTEN = frozenset({Kind.INITIALS, Kind.DESCRIPTIVE, Kind.SHARED})
"""Names that also bring it up where it is not meant."""

_SHOWN = "alone it counts only where the message shows that it is meant as the name"
_SAID = {
    Kind.WORD: f"“{{}}” is also an everyday word: {_SHOWN}.",
    Kind.ACRONYM: f"“{{}}” is short for many things: {_SHOWN}.",
    Kind.CHARACTER: f"“{{}}” is a single character or a number: {_SHOWN}.",
    Kind.SHORT: "“{}” may be a piece of a longer word: it counts only where none runs on.",
    Kind.SENTENCE: "“{}” is a sentence rather than a name: hardly a message has just these words.",
    Kind.UNUSED: "“{}” is its only name, and not what its own text calls it.",
    Kind.CROWD: f"“{{}}” is a name of more than {MOST} beliefs here: it brings none of them up.",
    Kind.INITIALS: "“{}” is short for many things: whoever writes it is given this.",
    Kind.DESCRIPTIVE: "“{}” is what any such thing is called: whoever speaks of one is given this.",
    Kind.SHARED: "“{}” is a name of {} too: a message that has it is given both.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Caution:
    """What is to be known of one name, in a sentence for the owner.

    `wanted`: no name that a person would type brings the belief up for certain, and there should
    be another; `alias` is one in its own words, where they give one. `spare`: another name does,
    so that this one may be muted.
    """

    kind: Kind
    name: str
    said: str
    spare: bool = False
    wanted: bool = False
    alias: str | None = None


def cautions(belief: Belief, others: Others, *, propose: bool = True) -> tuple[Caution, ...]:
    """At most one for each name; none for what is not looked for by its names.

    Without `propose` no better name is looked for, which takes most of the time.
    """
    if not _found_by_name(belief):
        return ()
    called = named(belief)
    judged = [(n, _judged(called, n, others)) for n in called.surfaces if not n.muted]
    # A slot (test_runner) is seldom typed, unless it is what the belief's own text calls it.
    typed = [(n, c) for n, c in judged if not _is_slot(belief, n) or (not c and n.words[1:])]
    typed = typed or judged
    sound = any(caution is None for _, caution in typed)
    found = [
        replace(c, spare=sound)
        for n, c in judged
        if c and ((n, c) in typed or c.kind in (Kind.CROWD, Kind.SHARED))
    ]
    if not found or any(caution is None or caution.kind in HEARD for _, caution in typed):
        return tuple(found)
    better = _better(belief, typed[0][0], others) if propose else None
    return (replace(found[0], wanted=True, alias=better), *found[1:])


def _found_by_name(belief: Belief) -> bool:
    """What is pinned or about the person is given anyway, and questions have their own tier."""
    return (
        belief.live
        and not (belief.muted or belief.pinned)
        and belief.type is not Type.OPEN_QUESTION
        and belief.subtype != "expertise"
        and belief.scopes != (UNIVERSAL,)
    )


def _is_slot(belief: Belief, name: Surface) -> bool:
    """Whether it is the canonical name alone, which is seldom typed where there is an alias."""
    return (
        name.text == belief.canonical_name
        and name.canonical
        and all(alias.text != name.text for alias in belief.aliases)
    )


def _judged(called: Named, name: Surface, others: Others) -> Caution | None:
    kind = next(_kinds(called, name), None)
    sharing: list[Belief] = []
    if kind is None and not _inherited(called.belief, name):
        sharing = [other for other in others(name.text) if _heard(other, name)]
    if sharing:
        kind = Kind.CROWD if len(sharing) >= MOST else Kind.SHARED
    if kind is None:
        return None
    text = name.text.replace("_", " ") if name.canonical else name.text
    said = _SAID[kind].format(text, *(other.canonical_name for other in sharing[:1]))
    return Caution(kind=kind, name=text, said=said)


def _kinds(called: Named, name: Surface) -> Iterator[Kind]:
    """What is the matter with the name itself, whoever else has it."""
    words = name.words
    if all(map(is_unspaced, words)):
        if len(words) < 3:
            yield Kind.SHORT if words[1:] else Kind.CHARACTER
        return
    if ordinary(name):
        if len(words[0]) == 1 or words[0].isdecimal():
            yield Kind.CHARACTER
        if _familiar(words[0], called.belief):
            if name.descriptive:
                yield Kind.DESCRIPTIVE
            acronym = name.text.isupper() and len(name.text) <= _ACRONYM
            yield Kind.ACRONYM if acronym else Kind.WORD
    if len(name.text) == 2 and name.text.isupper():
        yield Kind.INITIALS
    grammar = sum(word.islower() and closed_class(word) for word in name.text.split())
    if len(words) > _TYPED or (len(words) > 2 and 2 * grammar > len(words)):
        yield Kind.SENTENCE
    if len(words) > 1 and _is_slot(called.belief, name) and not _used(called, name):
        yield Kind.UNUSED


def _familiar(word: str, belief: Belief) -> bool:
    """Whether it is often meant as the word, in English or the belief's own language: a rarer one
    seldom is."""
    language = Message(belief.content).spoken.at(0).code
    return rank(word) < FAMILIAR or (language in OTHERS and everyday_in(language, word))


def _used(called: Named, name: Surface) -> bool:
    """Whether the belief's own words call it so, or by one of these words."""
    if any({*name.words} & {*other.words} for other in called.surfaces if other is not name):
        return True
    alone = replace(called, surfaces=(name,))
    return any(True for _ in mentions(Message(called.belief.content), alone))


def _heard(other: Belief, name: Surface) -> bool:
    return not other.muted and any(
        surface.words == name.words and not surface.muted for surface in named(other).surfaces
    )


def _inherited(belief: Belief, name: Surface) -> bool:
    """Whether it is the name of what the belief replaced, which others may have replaced too."""
    return any(
        alias.text == name.text and alias.origin is Origin.COUNTER for alias in belief.aliases
    )


def _better(belief: Belief, name: Surface, others: Others) -> str | None:
    """The first longer name that has none of these faults."""
    for text in longer(belief, name):
        made = named(replace(belief, aliases=(Alias(text=text),)))
        if _judged(made, made.surfaces[0], others) is None:
            return text
    return None
