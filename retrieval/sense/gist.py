"""The gist of a belief: the words it is made of, and how its owner writes its name."""

import re
from dataclasses import dataclass

from mindhold.beliefs.model import Belief
from mindhold.beliefs.text.lexicon import parts_in
from mindhold.beliefs.text.stems import root, stem
from mindhold.beliefs.text.tokens import Gap, tokenize
from mindhold.beliefs.text.words import closed_class, parts, rank, technical
from mindhold.retrieval.sense.frames import frame
from mindhold.retrieval.sense.languages import GERMAN, Language, grammar
from mindhold.retrieval.sense.place import Place
from mindhold.retrieval.sense.spoken import Spoken

_NAMED = 1.0  # evidence from which a lower-case word of its own text may be a name
_EVERYWHERE = 400  # words commoner than this are shared by any two texts
_ARTICLE = re.compile(r"\b(?:the|der|die|das|le|la|el|our|my)\s+(\w+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gist:
    """`words` are roots of the belief's text and names, without grammar and what is everywhere.

    `articled`: words that its text puts an article before. `technical`: it speaks of software.
    """

    words: frozenset[str]
    technical: bool
    articled: frozenset[str]


def gist(belief: Belief) -> Gist:
    """The gist of one belief; its own lone names do not count as words of it."""
    names = [belief.canonical_name, *(alias.text for alias in belief.aliases)]
    quotes = " ".join(evidence.quote for evidence in belief.evidence)
    text = f"{belief.content} {belief.why_it_matters} {quotes}"
    lone = {word for name in names for word in _lone(name)}
    told = tokenize(f"{text} {' . '.join(names)}").words
    words = {root(word) for word in told if not _everywhere(word)} - {root(word) for word in lone}
    return Gist(
        words=frozenset(words),
        technical=any(technical(word) and not grammar(word) for word in told if word not in lone),
        articled=frozenset(word.lower() for word in _ARTICLE.findall(text)),
    )


def _lone(name: str) -> list[str]:
    words = tokenize(name).words
    return words if len(words) == 1 else []


def _everywhere(word: str) -> bool:
    return (
        closed_class(word)
        or grammar(word)
        or rank(word) < _EVERYWHERE
        or word.isdecimal()
        or len(word) < 2
    )


def everyday(name: str, belief: Belief, *, canonical: bool) -> bool:
    """Whether a lone name is meant as the word it is, told by the belief's own text.

    Its text uses the word in lower case where only the word can stand; or never uses it, and the
    owner wrote it as an alias without a capital (database).
    """
    tokens = tokenize(f"{belief.content} . {belief.why_it_matters}")
    word = tokenize(name).words[0]
    if closed_class(word):
        return False
    places = [at for at, other in enumerate(tokens.words) if stem(other) == stem(word)]
    if not places or "P" in parts(word) or (parts(word) and stem(word) != word):
        return name.islower() and not canonical
    spoken = Spoken(tokens)
    small = [at for at in places if tokens.raw(at).islower() or spoken.at(at) is GERMAN]
    weights = [_weight(Place(tokens, at), spoken.at(at)) for at in small]
    weights += [-1.0 for at in places if tokens.words[at] != word]  # no name is inflected
    if name.islower() and all(at in small or tokens.gaps[at] is Gap.HARD for at in places):
        return bool(weights) and min(weights) < _NAMED
    return any(weight < 0 for weight in weights)


def _weight(place: Place, language: Language) -> float:
    if language is GERMAN and "P" in parts_in("de", place.word):
        return -1.0  # a plural is the word, with or without an article
    return sum(evidence.weight for evidence in frame(place, language))
