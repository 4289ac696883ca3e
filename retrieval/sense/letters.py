"""The letters of a lone word: what its case says, where case says anything."""

from collections.abc import Iterator

from mindhold.beliefs.text.lexicon import parts_in
from mindhold.beliefs.text.tokens import Gap
from mindhold.beliefs.text.zones import Zone
from mindhold.retrieval.mention import Mention
from mindhold.retrieval.message import Message
from mindhold.retrieval.sense.evidence import Evidence
from mindhold.retrieval.sense.languages import GERMAN


def letters(message: Message, mention: Mention) -> Iterator[Evidence]:
    """The evidence of how the word is written."""
    raw = message.tokens.raw(mention.first)
    name = mention.surface.text
    if len(message.tokens) == mention.count:
        yield Evidence(kind="whole", words="the message is nothing else")
    if message.tokens.zones[mention.first] is Zone.INLINE:
        yield Evidence(kind="code", words="written as code")
    if message.shouting:
        return
    if raw == name and raw[1:] and not raw[1:].islower() and not raw.islower():
        yield Evidence(kind="cased", words=f"{raw!r} written just as in the name")
    elif _capital(message, mention, raw):
        yield Evidence(kind="capital", words=f"{raw!r} with a capital inside a sentence")
    elif raw.islower() and not name.islower() and message.cased and not mention.named.gist.plain:
        yield Evidence(kind="small", words=f"{raw!r} in lower case, in a message with capitals")


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
