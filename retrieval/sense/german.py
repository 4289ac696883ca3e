"""The German frame of a lone word: every noun has a capital, so that only its article tells.

A countable noun has an article, or an ending on the word before it; a name has none.
"""

import re
from collections.abc import Iterator

from mindhold.beliefs.text.lexicon import is_verb_in, parts_in
from mindhold.retrieval.sense.evidence import Evidence
from mindhold.retrieval.sense.languages import GERMAN
from mindhold.retrieval.sense.place import Place

_ADJECTIVE = re.compile(".{2,}e[rsmn]?")
_ABSTRACT = re.compile(
    ".{3,}(?:ung|heit|keit|schaft|tum|nis|ismus|ion|tat|enz|anz|ik)(?:en)?|.{3,}(?:[er]n|ei)"
)
_VERBAL = GERMAN.being | GERMAN.light | GERMAN.finite
_CLAUSE = frozenset(
    ["wenn", "ob", "dass", "weil", "warum", "wieso", "bevor", "damit", "sobald", "falls"]
)


def frame(place: Place) -> Iterator[Evidence]:
    """What the neighbours say, German read into them."""
    at = place.before(GERMAN.adverbs)
    if place.raw.islower() and "N" not in parts_in("de", place.word):
        yield from _small(place, at)
    else:
        yield from _noun(place, at)


def _small(place: Place, at: int) -> Iterator[Evidence]:
    """Written small, and no noun: a verb or an adjective, unless a noun must stand there."""
    word = place.left(at)
    said = place.quoted(before=at if word else 0)
    if word in GERMAN.prepositions and word != "zu" and not _noun_follows(place):
        yield Evidence(kind="preposition", words=said)
    else:
        yield Evidence(kind="adjective", words=said)


def _noun(place: Place, at: int) -> Iterator[Evidence]:
    word = place.left(at)
    said = place.quoted(before=at if word else 0)
    if place.word in {place.left(2), place.right(2)}:
        yield Evidence(kind="phrase", words=place.quoted())
    elif _coupled(place):
        yield Evidence(kind="paired", words=place.quoted())
    elif not word or word in GERMAN.asking:
        yield from _opening(place, at)
    elif word in GERMAN.definite or word in GERMAN.owners:
        yield Evidence(kind="definite", words=said, share=_share(place, 1.4))
    elif word in GERMAN.indefinite or word.isdecimal():
        yield Evidence(kind="indefinite", words=said, share=_share(place, 1.0))
    elif word in GERMAN.prepositions:
        yield from _bare(place, "preposition", said)
    elif word in GERMAN.loose:
        yield from _bare(place, "preposition", said, 0.4)
    elif word in GERMAN.kinds:
        yield Evidence(kind="apposition", words=said)
    else:
        yield from _within(place, at)


def _coupled(place: Place) -> bool:
    """Blitz und Donner: with a word that has no article either."""
    before = place.left() in GERMAN.pairing and place.left(2)
    after = place.right() in GERMAN.pairing and place.right(2)
    return any(
        other and "N" in parts_in("de", other) and other not in GERMAN.grammar
        for other in (before, after)
    )


def _opening(place: Place, at: int) -> Iterator[Evidence]:
    """At the front of a clause: a subject when its verb follows, or comes at the end."""
    after = place.right()
    if after in _VERBAL or is_verb_in("de", after):
        yield from _bare(place, "subject", place.quoted(after=1))
    elif place.left(at) in _CLAUSE:
        yield from _bare(place, "subject", place.quoted(before=at), 0.8)
    elif after:
        yield from _bare(place, "bare", place.quoted(after=1), 0.5)


def _within(place: Place, at: int) -> Iterator[Evidence]:
    """After a verb, or in a noun phrase."""
    word, before = place.left(at), place.left(at + 1)
    said = place.quoted(before=at)
    asks = not before or before in GERMAN.asking
    if (word in _VERBAL or is_verb_in("de", word)) and asks:
        yield from _bare(place, "subject", said)
    elif word in GERMAN.being or word in GERMAN.light:
        yield from _bare(place, "predicate", said, 0.5)
    elif word in GERMAN.subjects and place.raw.islower() and is_verb_in("de", place.word):
        yield Evidence(kind="verb", words=said)
    elif word in GERMAN.subjects or word in GERMAN.finite:
        yield from _bare(place, "object", said, 0.7)
    elif place.raw_left(at).islower():
        yield from _after_small(place, word, before, said)
    elif before in GERMAN.definite | GERMAN.owners | GERMAN.indefinite:
        yield from _bare(place, "apposition", said, 0.5)


def _after_small(place: Place, word: str, before: str, said: str) -> Iterator[Evidence]:
    verb = is_verb_in("de", word)
    if _ADJECTIVE.fullmatch(word) and not (verb and before in GERMAN.subjects):
        yield Evidence(kind="modified", words=said, share=_share(place, 0.7 if verb else 1.3))
    elif verb:
        yield from _bare(place, "object", said, 0.8)


def _bare(place: Place, kind: str, said: str, share: float = 1.0) -> Iterator[Evidence]:
    if "P" in parts_in("de", place.word):
        share *= 0.4
    elif place.word in GERMAN.uncounted or _ABSTRACT.fullmatch(place.word):
        share *= 0.5
    yield Evidence(kind=kind, words=said, share=_share(place, share))


def _share(place: Place, share: float) -> float:
    """Less where another noun follows, to which the article may belong: der Zug Server."""
    return share * 0.5 if _noun_follows(place) else share


def _noun_follows(place: Place) -> bool:
    after = place.right()
    return bool(after) and place.raw_right(1)[:1].isupper() and "N" in parts_in("de", after)
