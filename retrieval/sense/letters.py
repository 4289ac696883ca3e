"""The letters of a lone word: what its case says, where case says anything."""

from collections.abc import Iterator

from mindhold.beliefs.text.lexicon import parts_in
from mindhold.beliefs.text.normal import accented
from mindhold.beliefs.text.stems import root
from mindhold.beliefs.text.tokens import Gap
from mindhold.beliefs.text.words import parts, technical
from mindhold.beliefs.text.zones import Zone
from mindhold.retrieval.mention import Mention
from mindhold.retrieval.message import Message
from mindhold.retrieval.sense.capitals import DATES
from mindhold.retrieval.sense.classes import BE, MODALS, SUBJECTS
from mindhold.retrieval.sense.evidence import Evidence
from mindhold.retrieval.sense.languages import GERMAN
from mindhold.retrieval.sense.place import Place


def letters(message: Message, mention: Mention) -> Iterator[Evidence]:
    """The evidence of how the word is written."""
    raw = message.tokens.raw(mention.first)
    name = mention.surface.text
    if len(message.tokens) == mention.count:
        yield Evidence(kind="whole", words="the message is nothing else")
    if message.tokens.zones[mention.first] is Zone.INLINE:
        yield Evidence(kind="code", words="written as code")
    if accented(raw) and not accented(name) and name != mention.named.belief.canonical_name:
        yield Evidence(kind="accent", words=f"{raw!r} has an accent, and the name has none")
    if message.capitals.shouted(mention.first):
        return
    if raw == name and raw[1:] and not raw[1:].islower() and not raw.islower():
        if not _stressed(message, mention):
            yield Evidence(kind="cased", words=f"{raw!r} written just as in the name")
    elif _capital(message, mention, raw):
        yield from _capital_inside(message, mention, raw)


def _capital_inside(message: Message, mention: Mention, raw: str) -> Iterator[Evidence]:
    if message.capitals.titled(mention.first, mention.end):
        return
    if _trails(message, mention):
        longer = message.text(mention.first - 1, 2)
        yield Evidence(kind="tail", words=f"{longer!r} is a longer name")
    elif message.tokens.words[mention.first] not in DATES or parts(mention.surface.words[0]):
        yield Evidence(kind="capital", words=f"{raw!r} with a capital inside a sentence")


def _stressed(message: Message, mention: Mention) -> bool:
    """Whether a word is only said louder: it CAN be, it was EPIC."""
    place = Place(message.tokens, mention.first)
    if "A" in place.parts and not place.right():
        return place.left() in BE
    return place.word in MODALS and place.left() in SUBJECTS


def _trails(message: Message, mention: Mention) -> bool:
    """Whether it ends a name that is not the belief's: not what its text speaks of, nor a maker's
    before its product, Apache Spark."""
    before, gist = message.tokens.words[mention.first - 1], mention.named.gist
    if root(before) in gist.words or (gist.technical and technical(before)):
        return False
    language = message.spoken.at(mention.first)
    return before not in language.kinds and message.capitals.trails(mention.first, language)


def _capital(message: Message, mention: Mention, raw: str) -> bool:
    inside = message.tokens.gaps[mention.first] is not Gap.HARD
    acronym = mention.surface.text.isupper() and len(raw) > 1
    return (
        inside
        and raw[0].isupper()
        and raw != "I"
        and (raw.isupper() or not acronym)
        and not _noun(message, mention.first)
    )


def _noun(message: Message, at: int) -> bool:
    """Whether German gives the word its capital: it has one there whatever it means."""
    word = message.tokens.words[at]
    return message.spoken.at(at) is GERMAN and "N" in parts_in(GERMAN.code, word)
