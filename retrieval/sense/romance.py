"""The French and Spanish frame of a lone word: a noun has its article, an adjective its noun."""

from collections.abc import Iterator

from mindhold.beliefs.text.lexicon import parts_in
from mindhold.retrieval.sense.evidence import Evidence
from mindhold.retrieval.sense.languages import Language
from mindhold.retrieval.sense.place import Place

_ELIDED = frozenset({"l", "d"})
_INFINITIVES = ("er", "ir", "re", "ar")


def frame(place: Place, language: Language) -> Iterator[Evidence]:
    """What the neighbours say, the language read into them."""
    if place.right() in {"de", "du", "des", "del"} or place.elides(1) == "d":
        yield Evidence(kind="of", words=place.quoted(after=1))
    if place.elides() == "l":
        yield Evidence(kind="definite", words=f"l'{place.word}", share=1.4)
    elif place.elides() == "d":
        yield from _bare(place, language, "preposition", f"d'{place.word}", 0.5)
    else:
        yield from _before(place, language)


def _before(place: Place, language: Language) -> Iterator[Evidence]:
    at = place.before(language.adverbs)
    word = place.left(at)
    said = place.quoted(before=at) if word else place.quoted()
    if place.word in {place.left(2), place.right(2)}:
        yield Evidence(kind="phrase", words=said)
    elif not word or word in language.asking:
        yield from _opening(place, language, at)
    elif word in language.definite or word in language.owners:
        yield Evidence(kind="definite", words=said, share=1.4)
    elif word in language.indefinite or word.isdecimal():
        yield Evidence(kind="indefinite", words=said)
    elif word in language.prepositions:
        yield from _bare(place, language, "preposition", said)
    elif word in language.loose:
        yield from _bare(place, language, "preposition", said, 0.5)
    elif word in language.kinds:
        yield Evidence(kind="apposition", words=said)
    else:
        yield from _verb_phrase(place, language, at)


def _opening(place: Place, language: Language, at: int) -> Iterator[Evidence]:
    """At the front of a clause: a subject when its verb follows."""
    step = place.after(language.adverbs)
    after = place.right(step)
    said = place.quoted(after=step if after else 0)
    played = parts_in(language.code, after)
    if after in language.being | language.light | language.finite or (
        "V" in played and (step > 1 or not set("NA") & set(played))
    ):
        yield from _bare(place, language, "subject", said)
    elif after and after not in language.prepositions | language.loose | language.asking:
        yield from _bare(place, language, "bare", said, 0.5)


def _verb_phrase(place: Place, language: Language, at: int) -> Iterator[Evidence]:
    """After a verb, or within a noun phrase."""
    word = place.left(at)
    said = place.quoted(before=at)
    played = parts_in(language.code, word)
    adjective = "A" in parts_in(language.code, place.word)
    if word in language.subjects:
        if "V" in parts_in(language.code, place.word):
            yield Evidence(kind="verb", words=said)
    elif word in language.being:
        if adjective:
            yield Evidence(kind="adjective", words=said)
        else:
            yield from _bare(place, language, "predicate", said, 0.5)
    elif word in language.light:
        yield from _bare(place, language, "object", said, 0.3)
    elif word in language.finite or played == "V" or word.endswith(_INFINITIVES):
        yield from _bare(place, language, "object", said, 0.8)
    elif adjective:
        yield Evidence(kind="modified", words=said)
    elif "N" in played:
        yield from _bare(place, language, "apposition", said, 0.5)


def _bare(
    place: Place, language: Language, kind: str, said: str, share: float = 1.0
) -> Iterator[Evidence]:
    """A noun's place without an article: a name, unless the word is seldom counted."""
    uncounted = place.word in language.uncounted or "M" in parts_in(language.code, place.word)
    yield Evidence(kind=kind, words=said, share=share * 0.5 if uncounted else share)
