"""The reading of a lone ordinary word: all the evidence, gathered."""

from collections.abc import Iterator

from mindhold.beliefs.text.heads import is_head
from mindhold.beliefs.text.lexicon import parts_in
from mindhold.beliefs.text.words import COMMON, FAMILIAR, UNKNOWN, closed_class, parts, rank
from mindhold.retrieval.mention import Kind, Mention
from mindhold.retrieval.message import Message
from mindhold.retrieval.sense import english, german, romance
from mindhold.retrieval.sense.evidence import Evidence, Reading
from mindhold.retrieval.sense.languages import ENGLISH, GERMAN, OTHERS, Language
from mindhold.retrieval.sense.letters import letters
from mindhold.retrieval.sense.place import Place
from mindhold.retrieval.standing import Standing
from mindhold.retrieval.surface import Surface

_AND = frozenset({"and", "or", "vs", "versus", "und", "oder", "et", "ou", "y", "e", "plus"})
_COMMAS = frozenset({",", "/", "+", "&"})


def ordinary(surface: Surface) -> bool:
    """Whether the name is one everyday word, one letter or a number, and must be read."""
    languages = (ENGLISH, *OTHERS.values())
    return len(surface.words) == 1 and any(_ordinary(surface.words[0], one) for one in languages)


def guarded(message: Message, mention: Mention) -> bool:
    """Whether what was typed is such a word."""
    if mention.count > 1 or len(mention.surface.words) > 1:
        return False
    return _ordinary(message.tokens.words[mention.first], _language(message, mention.first))


def _language(message: Message, at: int) -> Language:
    """The language of the sentence, or English for the front of an English term: spring tension."""
    language = message.spoken.at(at)
    words = message.tokens.words
    if language is not ENGLISH and not _ordinary(words[at], language):
        after = Place(message.tokens, at).right()
        term = parts(after)[:1] == "N" and "V" not in parts_in(language.code, after)
        if term and after not in language.grammar and not is_head(after):
            return ENGLISH
    return language


def _ordinary(word: str, language: Language) -> bool:
    if (len(word) == 1 and word.isascii()) or word.isdecimal():
        return True
    if language is ENGLISH:
        return rank(word) < UNKNOWN
    return word in language.grammar or bool(parts_in(language.code, word))


def read(message: Message, mention: Mention, standing: Standing) -> Reading:
    """How the word of a guarded mention is read."""
    return Reading(
        word=message.tokens.raw(mention.first),
        evidence=tuple(_evidence(message, mention, standing)),
    )


def _evidence(message: Message, mention: Mention, standing: Standing) -> Iterator[Evidence]:
    yield from _alone(message, mention, standing)
    yield from _neighbours(message, mention, standing)


def _alone(message: Message, mention: Mention, standing: Standing) -> Iterator[Evidence]:
    yield from letters(message, mention)
    place = Place(message.tokens, mention.first)
    language = _language(message, mention.first)
    if closed_class(place.word) if language is ENGLISH else place.word in language.grammar:
        yield Evidence(kind="grammar", words=f"{place.word!r} is a word of grammar")
        return
    for evidence in _frame(place, language):
        if evidence.kind == "definite" and place.word in mention.named.gist.articled:
            continue
        yield evidence
    if mention.kind is Kind.INFLECTED:
        yield Evidence(kind="plural", words=f"{place.quoted()}, another form of the word")
    yield from _about(message, mention, standing)
    if language is ENGLISH:
        yield from _commonness(place.word)


def _frame(place: Place, language: Language) -> Iterator[Evidence]:
    if language is ENGLISH:
        return english.frame(place)
    return german.frame(place) if language is GERMAN else romance.frame(place, language)


def _commonness(word: str) -> Iterator[Evidence]:
    at = rank(word)
    if at < 500:
        yield Evidence(kind="commonest", words=f"{word!r} is among the commonest words")
    elif at < COMMON:
        yield Evidence(kind="common", words=f"{word!r} is a common word")
    elif at > FAMILIAR:
        yield Evidence(kind="rare", words=f"{word!r} is a rare word")


def _about(message: Message, mention: Mention, standing: Standing) -> Iterator[Evidence]:
    shared = sorted(mention.named.gist.words.intersection(message.stems))
    if shared:
        kind = "shared" if len(shared) == 1 else "shared-much"
        yield Evidence(kind=kind, words=f"the belief also speaks of {', '.join(shared[:3])}")
    for other in standing.mentions:
        if other.named is mention.named or guarded(message, other):
            continue
        if message.own(other.first) and not other.overlaps(mention):
            said = message.text(other.first, other.count)
            yield Evidence(kind="company", words=f"{said!r} is named too")
            break


def _neighbours(message: Message, mention: Mention, standing: Standing) -> Iterator[Evidence]:
    for other in standing.same_belief(mention):
        apart = other.surface.words != mention.surface.words and not other.overlaps(mention)
        if apart and not guarded(message, other):
            said = message.text(other.first, other.count)
            yield Evidence(kind="other-name", words=f"{said!r} is another name of it")
            break
    for other in _beside(message, mention, standing):
        if not guarded(message, other) or _stands_alone(message, other, standing):
            said = message.text(other.first, other.count)
            yield Evidence(kind="listed", words=f"listed with {said!r}")
            break


def _stands_alone(message: Message, mention: Mention, standing: Standing) -> bool:
    evidence = tuple(_alone(message, mention, standing))
    return Reading(word="", evidence=evidence).named


def _beside(message: Message, mention: Mention, standing: Standing) -> Iterator[Mention]:
    """Mentions in one list with this one: Redis and Go; Go, Redis."""
    words, text = message.tokens.words, message.tokens.text
    starts, ends = message.tokens.starts, message.tokens.ends
    first, end = mention.first, mention.end
    if first and text[ends[first - 1] : starts[first]].strip() in _COMMAS:
        yield from standing.ending(first)
    if end < len(words) and text[ends[end - 1] : starts[end]].strip() in _COMMAS:
        yield from standing.starting(end)
    if first > 1 and words[first - 1] in _AND:
        yield from standing.ending(first - 1)
    if end < len(words) and words[end] in _AND:
        yield from standing.starting(end + 1)
