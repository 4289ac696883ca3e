"""A hyphen may make an adjective of a name, say what of it is meant, or make another name."""

import re

from mindhold.beliefs.text.firstnames import is_first_name
from mindhold.beliefs.text.heads import is_adjectival, is_family, is_head
from mindhold.beliefs.text.tokens import Gap
from mindhold.beliefs.text.words import known
from mindhold.retrieval.mention import Mention
from mindhold.retrieval.message import Message
from mindhold.retrieval.rules.rule import Rule
from mindhold.retrieval.standing import Standing

_BOUND = frozenset("anti ex non post pre pseudo un".split(" "))  # noqa: SIM905 (reads better)
_PLACES = ("strasse", "platz", "allee", "weg", "schule", "haus", "street", "road", "house")
_TITLES = frozenset({"herr", "frau"})


def _refuse(message: Message, mention: Mention, standing: Standing) -> str | None:
    gaps, words = message.tokens.gaps, message.tokens.words
    if gaps[mention.first] is Gap.HYPHEN and _turned(message, mention, standing):
        return f"{words[mention.first - 1]!r} before the hyphen turns it into something else"
    end = mention.end
    if end < len(gaps) and gaps[end] is Gap.HYPHEN and not _keeps(message, mention, standing):
        return f"with {words[end]!r} behind the hyphen it is the name of something else"
    return None


def _turned(message: Message, mention: Mention, standing: Standing) -> bool:
    """non-REST; Jean-Luc; but Test-Redis in German, where nouns have capitals."""
    word = message.tokens.words[mention.first - 1]
    if word in _BOUND:
        return True
    if not _capital(message, mention.first - 1) or not _capital(message, mention.first):
        return False
    if is_first_name(word):
        return True
    noun = known(word) or is_head(word) or message.german
    return not noun and not standing.ending(mention.first)


def _keeps(message: Message, mention: Mention, standing: Standing) -> bool:
    """Redis-backed, Redis-Server, Redis-7, Redis-to-Kafka; not ESP32-S3, Anna-Lena."""
    at = mention.end
    word = message.tokens.words[at]
    if standing.starting(at):
        return True
    if is_family(message.tokens.words[at - 1], word):
        return False
    if is_adjectival(word) or is_head(word) or _version(mention, word):
        return True
    return message.german and _capital(message, at) and not _person(message, mention)


def _person(message: Message, mention: Mention) -> bool:
    """Anna-Lena, Herr Müller-Lüdenscheidt, Rosa-Luxemburg-Straße; a noun would be a thing."""
    at = mention.end
    if is_first_name(message.tokens.words[at]) or mention.surface.words[0] in _TITLES:
        return True
    more = at + 1 < len(message.tokens) and message.tokens.gaps[at + 1] is Gap.HYPHEN
    return more and message.tokens.words[at + 1].endswith(_PLACES)


def _version(mention: Mention, word: str) -> bool:
    """Kafka-4, if the belief says that Kafka has versions; a PICO-8 is no Pico."""
    numbered = rf"(?i){re.escape(mention.surface.text)}[ -]?v?\d"
    names = (alias.text for alias in mention.named.belief.aliases)
    own = " ".join((mention.named.belief.content, *names))
    return word.removeprefix("v").isdecimal() and re.search(numbered, own) is not None


def _capital(message: Message, at: int) -> bool:
    return message.tokens.raw(at)[:1].isupper()


HYPHEN = Rule(name="hyphen", refuse=_refuse)
