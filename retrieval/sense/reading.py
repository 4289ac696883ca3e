"""The reading of a lone ordinary word: all the evidence, gathered."""

from collections.abc import Iterator

from mindhold.beliefs.text.heads import is_head
from mindhold.beliefs.text.stems import root
from mindhold.beliefs.text.tokens import is_unspaced
from mindhold.beliefs.text.words import FAMILIAR, UNKNOWN, rank, technical
from mindhold.retrieval.mention import Kind, Mention
from mindhold.retrieval.message import Message
from mindhold.retrieval.sense import english, frames
from mindhold.retrieval.sense.dates import date
from mindhold.retrieval.sense.evidence import Evidence, Reading
from mindhold.retrieval.sense.languages import ENGLISH, GERMAN, Language
from mindhold.retrieval.sense.letters import letters
from mindhold.retrieval.sense.place import Place
from mindhold.retrieval.standing import Standing
from mindhold.retrieval.surface import Surface

_MANY = 3  # technical words that leave no doubt
_NEAR = 16  # mentions looked at for company
_OF_THE_WORD = frozenset(
    {"indefinite", "definite", "modified", "of", "plural", "adjective", "particle"}
)
_OF_A_VERB = frozenset({"verb", "imperative"})
"""What the frame says against a name, and not against a word that is meant as the word it is."""
_AND = frozenset({"and", "or", "vs", "versus", "und", "oder", "et", "ou", "y", "e", "plus"})
_COMMAS = frozenset({",", "/", "+", "&"})


def ordinary(surface: Surface) -> bool:
    """Whether the name is one everyday word, one letter or a number, and must be read."""
    return len(surface.words) == 1 and frames.ordinary(surface.words[0])


def guarded(message: Message, mention: Mention) -> bool:
    """Whether what was typed is such a word; among characters of another script it is none."""
    if mention.count > 1 or len(mention.surface.words) > 1:
        return False
    near = message.tokens.words[max(0, mention.first - 1) : mention.end + 1]
    if any(map(is_unspaced, near)):
        return False
    word = message.tokens.words[mention.first]
    acronym = mention.surface.text.isupper() and len(word) > 1 and rank(word) > FAMILIAR
    if acronym and frames.language(message, mention.first) is ENGLISH:
        return False  # hardly a word: ms
    return frames.guarded(message, mention.first)


def read(
    message: Message,
    mention: Mention,
    standing: Standing,
    without: frozenset[str] = frozenset(),
) -> Reading:
    """How the word of a guarded mention is read, kinds of evidence in `without` left aside."""
    evidence = _evidence(message, mention, standing)
    return Reading(
        word=message.tokens.raw(mention.first),
        evidence=tuple(one for one in evidence if one.kind not in without),
    )


def told(message: Message, mention: Mention, standing: Standing) -> str:
    """The reading in words; "" for a name that needs none."""
    return str(read(message, mention, standing)) if guarded(message, mention) else ""


def _evidence(message: Message, mention: Mention, standing: Standing) -> Iterator[Evidence]:
    yield from _alone(message, mention, standing, others=True)
    yield from _neighbours(message, mention, standing)


def _alone(
    message: Message, mention: Mention, standing: Standing, *, others: bool
) -> Iterator[Evidence]:
    """Without its neighbours in a list, and without other names unless `others` are asked."""
    yield from letters(message, mention)
    if not message.own(mention.first):
        yield Evidence(kind="pasted", words="stands in pasted material")
    place = Place(message.tokens, mention.first)
    language = frames.language(message, mention.first)
    if when := tuple(date(place)):
        yield from when
        return
    if frames.grammatical(place, language):
        yield Evidence(kind="grammar", words=f"{place.word!r} is a word of grammar")
        return
    passed = _passed(mention, place)
    for evidence in _of_the_word(message, mention, place, language):
        if evidence.kind not in passed:
            yield evidence
    if mention.surface.descriptive:
        yield Evidence(kind="described", words="the belief means the word by it")
        head = place.right()
        if place.parts[:1] == "A" and head and root(head) not in mention.named.gist.words:
            yield Evidence(kind="of-another", words=f"{place.quoted(after=1)} is something else")
    yield from _about(message, mention, standing, others=others)


def _passed(mention: Mention, place: Place) -> frozenset[str]:
    """What says nothing against this name."""
    if mention.surface.descriptive:
        acts = mention.kind is Kind.EXACT and "V" in place.parts[:2]
        return _OF_THE_WORD | _OF_A_VERB if acts else _OF_THE_WORD
    return frozenset({"definite"}) if place.word in mention.named.gist.articled else frozenset()


def _of_the_word(
    message: Message, mention: Mention, place: Place, language: Language
) -> Iterator[Evidence]:
    yield from frames.frame(place, language)
    if mention.kind is Kind.INFLECTED:
        yield _inflected(mention, place, language)
    if language is ENGLISH and rank(place.word) > FAMILIAR:
        yield Evidence(kind="rare", words=f"{place.word!r} is a rare word")


def _inflected(mention: Mention, place: Place, language: Language) -> Evidence:
    if language is GERMAN and place.word == mention.surface.words[0] + "s":
        return Evidence(kind="owner", words=f"{place.quoted()}, a genitive")
    return Evidence(kind="plural", words=f"{place.quoted()}, another form of the word")


def _about(
    message: Message, mention: Mention, standing: Standing, *, others: bool
) -> Iterator[Evidence]:
    shared = sorted(mention.named.gist.words & message.roots)
    if shared:
        kind = "shared" if len(shared) == 1 else "shared-much"
        yield Evidence(kind=kind, words=f"the belief also speaks of {', '.join(shared[:3])}")
    yield from _trade(message, mention)
    place = Place(message.tokens, mention.first)
    head = place.right()
    native = message.spoken.native(mention.first + 1) if head else True
    if (
        not native
        and english.modifies(place)
        and (is_head(head) or (technical(head) and mention.named.gist.technical))
    ):
        share = 0.5 if place.parts[:1] in {"A", "R"} else 1.0
        yield Evidence(kind="head", words=place.quoted(after=1), share=share)
    if others and (other := _company(message, mention, standing)):
        said = message.text(other.first, other.count)
        yield Evidence(kind="company", words=f"{said!r} is named too")


def _company(message: Message, mention: Mention, standing: Standing) -> Mention | None:
    """Another belief that the writer's own words name for certain."""
    for other in standing.mentions[:_NEAR]:
        if other.named is mention.named or not message.own(other.first) or other.overlaps(mention):
            continue
        if not guarded(message, other) or _stands_alone(message, other, standing):
            return other
    return None


def _trade(message: Message, mention: Mention) -> Iterator[Evidence]:
    """Words of software beside the name of something in software."""
    found = sorted(message.technical - {message.tokens.words[mention.first]})
    if found and mention.named.gist.technical:
        kind = "technical" if len(found) < _MANY else "technical-much"
        yield Evidence(kind=kind, words=f"beside {', '.join(found[:3])}")


def _neighbours(message: Message, mention: Mention, standing: Standing) -> Iterator[Evidence]:
    for other in standing.same_belief(mention):
        apart = other.surface.words != mention.surface.words and not other.overlaps(mention)
        if apart and not guarded(message, other):
            said = message.text(other.first, other.count)
            yield Evidence(kind="other-name", words=f"{said!r} is another name of it")
            break
    for other in _beside(message, mention, standing):
        if not guarded(message, other) or _unopposed(message, other, standing):
            said = message.text(other.first, other.count)
            yield Evidence(kind="listed", words=f"listed with {said!r}")
            return
    for at in _conjuncts(message, mention):
        word = message.tokens.words[at]
        if (
            message.tokens.raw(at).islower()
            and word.isalpha()
            and len(word) > 1
            and rank(word) == UNKNOWN
            and not message.spoken.native(at)
        ):
            yield Evidence(kind="listed", words=f"listed with {word!r}", share=0.8)
            return


def _stands_alone(message: Message, mention: Mention, standing: Standing) -> bool:
    evidence = tuple(_alone(message, mention, standing, others=False))
    return Reading(word="", evidence=evidence).named


def _unopposed(message: Message, mention: Mention, standing: Standing) -> bool:
    """Whether nothing speaks against its being the name, so that two such names in one list bear
    each other out."""
    evidence = tuple(_alone(message, mention, standing, others=False))
    against = any(one.weight <= -1 for one in evidence)
    return not against or Reading(word="", evidence=evidence).named


def _beside(message: Message, mention: Mention, standing: Standing) -> Iterator[Mention]:
    """Mentions in one list with this one: Redis and Go; Go, Redis."""
    for at in _conjuncts(message, mention):
        yield from standing.ending(at + 1) if at < mention.first else standing.starting(at)


def _conjuncts(message: Message, mention: Mention) -> Iterator[int]:
    """The tokens that stand next to this one in a list."""
    words, text = message.tokens.words, message.tokens.text
    starts, ends = message.tokens.starts, message.tokens.ends
    first, end = mention.first, mention.end
    if first and text[ends[first - 1] : starts[first]].strip() in _COMMAS:
        yield first - 1
    if end < len(words) and text[ends[end - 1] : starts[end]].strip() in _COMMAS:
        yield end
    if first > 1 and words[first - 1] in _AND:
        yield first - 2
    if end + 1 < len(words) and words[end] in _AND:
        yield end + 1
