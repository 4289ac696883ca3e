"""Which language reads a lone word, by its dictionary and by its frame."""

from collections.abc import Iterator

from mindhold.beliefs.text.heads import is_head
from mindhold.beliefs.text.lexicon import is_verb_in
from mindhold.beliefs.text.words import closed_class, parts, technical
from mindhold.retrieval.message import Message
from mindhold.retrieval.sense import english, german, romance
from mindhold.retrieval.sense.capitals import DATES
from mindhold.retrieval.sense.evidence import Evidence
from mindhold.retrieval.sense.languages import ENGLISH, GERMAN, OTHERS, Language
from mindhold.retrieval.sense.place import Place


def ordinary(word: str) -> bool:
    """Whether a word is an everyday one of any language, a letter or a number."""
    return _everyday(word, ENGLISH) or any(_everyday(word, one) for one in OTHERS.values())


def guarded(message: Message, at: int) -> bool:
    """Whether a word of a message is one: of its sentence's language, or borrowed from English."""
    word = message.tokens.words[at]
    return _everyday(word, ENGLISH) or _everyday(word, message.spoken.at(at))


def language(message: Message, at: int) -> Language:
    """The language of the sentence, or English for a word of an English term: spring tension."""
    here = message.spoken.at(at)
    if here is not ENGLISH and not _everyday(message.tokens.words[at], here):
        place = Place(message.tokens, at)
        before, after = place.left(), place.right()
        if _english(before, here) and not _everyday(before, here):
            return ENGLISH
        if _english(after, here) and not is_head(after):
            return ENGLISH
    return here


def grammatical(place: Place, here: Language) -> bool:
    """Whether a word is grammar where this language is written, and stands where grammar may."""
    if here is ENGLISH:
        return closed_class(place.word, "en") and not english.misplaced(place)
    return place.word in here.grammar


def frame(place: Place, here: Language) -> Iterator[Evidence]:
    """What the neighbours say."""
    if here is ENGLISH:
        if place.defined:
            yield Evidence(kind="defined", words="the message asks what the word means")
        elif said := place.phrase():
            yield Evidence(kind="phrase", words=f"{said} is a phrase")
        else:
            yield from english.frame(place)
        return
    read = german.frame(place) if here is GERMAN else romance.frame(place, here)
    own = _everyday(place.word, here) and not technical(place.word)  # lists have apache and java
    yield from read if own else _borrowed(place, here, read)


def _borrowed(place: Place, here: Language, read: Iterator[Evidence]) -> Iterator[Evidence]:
    """An English word in a sentence that is not English: a name, unless it has an article or makes
    a phrase with its verb (un render, hacer render)."""
    yield Evidence(kind="borrowed", words=f"{place.quoted()} is no word of the sentence's language")
    if place.left() in here.light:
        yield Evidence(kind="phrase", words=place.quoted(before=1))
    for evidence in read:
        if evidence.kind in {"definite", "indefinite"}:
            yield Evidence(kind=evidence.kind, words=evidence.words)


def _english(word: str, here: Language) -> bool:
    """Whether a neighbour belongs to an English term: a noun that this language has not."""
    return parts(word)[:1] == "N" and word not in here.grammar and not is_verb_in(here.code, word)


def _everyday(word: str, here: Language) -> bool:
    if (len(word) == 1 and word.isascii()) or word.isdecimal():
        return True
    return here.has(word) or (here is ENGLISH and word in DATES)
