"""The German frame of a lone word: nouns have capitals, so only their articles tell.

A countable noun has an article or an ending before it; a name has none.
"""

from collections.abc import Iterator

from mindhold.beliefs.text.lexicon import parts_in
from mindhold.retrieval.sense.evidence import Evidence
from mindhold.retrieval.sense.languages import GERMAN
from mindhold.retrieval.sense.place import Place

_ENDINGS = ("er", "es", "em", "en", "e")  # of an adjective before its noun
_VERBAL = GERMAN.being | GERMAN.light | GERMAN.finite


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
    if word in GERMAN.prepositions and word != "zu" and not _noun_follows(place):
        yield from _bare(place, "preposition", place.quoted(before=at))
    elif word:
        yield Evidence(kind="adjective", words=place.quoted(before=at))
    else:
        yield Evidence(kind="adjective", words=place.quoted())


def _noun(place: Place, at: int) -> Iterator[Evidence]:
    word = place.left(at)
    said = place.quoted(before=at) if word else place.quoted()
    if place.left(2) == place.word and word:
        yield Evidence(kind="phrase", words=place.quoted(before=2))
    elif place.right(2) == place.word:
        yield Evidence(kind="phrase", words=place.quoted(after=2))
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
        yield from _verb_phrase(place, at)


def _opening(place: Place, at: int) -> Iterator[Evidence]:
    """At the front of a clause: a subject when its verb follows, or comes at the end."""
    after = place.right()
    if after in _VERBAL or parts_in("de", after) == "V":
        yield from _bare(place, "subject", place.quoted(after=1))
    elif place.left(at) in {"wenn", "ob", "dass", "weil", "warum", "wieso", "bevor", "sobald"}:
        yield from _bare(place, "subject", place.quoted(before=at), 0.8)
    elif after:
        yield from _bare(place, "bare", place.quoted(after=1), 0.5)


def _verb_phrase(place: Place, at: int) -> Iterator[Evidence]:
    word, before = place.left(at), place.left(at + 1)
    said = place.quoted(before=at)
    opens = not before or before in GERMAN.asking
    played = parts_in("de", word)
    if word in _VERBAL and opens:
        yield from _bare(place, "subject", said)
    elif word in GERMAN.being or word in GERMAN.light:
        yield from _bare(place, "predicate", said, 0.5)
    elif word in GERMAN.subjects or word in GERMAN.finite:
        yield from _bare(place, "object", said, 0.8)
    elif place.raw_left(at).islower() and word.endswith(_ENDINGS) and "V" not in played:
        yield Evidence(kind="modified", words=said, share=_share(place, 1.3))
    elif place.raw_left(at).islower():
        yield from _bare(place, "object", said, 0.8)
    elif "N" in played and before in GERMAN.definite | GERMAN.owners | GERMAN.indefinite:
        yield from _bare(place, "apposition", said, 0.5)


def _bare(place: Place, kind: str, said: str, share: float = 1.0) -> Iterator[Evidence]:
    if place.word in GERMAN.uncounted:
        share *= 0.5
    yield Evidence(kind=kind, words=said, share=_share(place, share))


def _share(place: Place, share: float) -> float:
    """Less where another noun follows, to which the article may belong: der Zug Server."""
    return share * 0.5 if _noun_follows(place) else share


def _noun_follows(place: Place) -> bool:
    after = place.right()
    return bool(after) and place.raw_right()[:1].isupper() and "N" in parts_in("de", after)
