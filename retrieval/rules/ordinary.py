"""A lone everyday word, letter or number is a name only when something else says so."""

from mindhold.beliefs.text.tokens import Gap
from mindhold.beliefs.text.words import COMMON, closed_class, rank
from mindhold.beliefs.text.zones import Zone
from mindhold.retrieval.mention import Mention
from mindhold.retrieval.message import Message
from mindhold.retrieval.rules.rule import Rule
from mindhold.retrieval.standing import Standing

_AND = frozenset({"and", "or", "vs", "versus", "und", "oder", "et", "ou", "y", "e", "plus"})
_COMMAS = frozenset({",", "/", "+", "&"})


def ordinary(message: Message, mention: Mention) -> bool:
    """Whether the mention is one everyday word, one letter or a number."""
    if mention.count > 1 or len(mention.surface.words) > 1:
        return False
    word = message.tokens.words[mention.first]
    return (len(word) == 1 and word.isascii()) or word.isdecimal() or rank(word) < COMMON


def _refuse(message: Message, mention: Mention, standing: Standing) -> str | None:
    if not ordinary(message, mention):
        return None
    if any(speaks(message, mention, standing) for speaks in _FOR_THE_NAME):
        return None
    return "an everyday word, and nothing else in the message says that it is meant as the name"


def _described(message: Message, mention: Mention, _: Standing) -> bool:
    return mention.surface.descriptive and not closed_class(message.tokens.words[mention.first])


def _whole_message(message: Message, mention: Mention, _: Standing) -> bool:
    return len(message.tokens) == mention.count


def _in_code(message: Message, mention: Mention, _: Standing) -> bool:
    return message.tokens.zones[mention.first] is Zone.INLINE


def _cased_alike(message: Message, mention: Mention, _: Standing) -> bool:
    """REST, IT, iOS: capitals where a word has none, typed just as in the name."""
    raw = message.tokens.raw(mention.first)
    return (
        raw == mention.surface.text
        and not raw[1:].islower()
        and raw[1:] != ""
        and (not raw.islower() and not message.shouting)
    )


def _capital(message: Message, mention: Mention, _: Standing) -> bool:
    """A capital inside a sentence, in a message and a language where that says something."""
    raw = message.tokens.raw(mention.first)
    inside = message.tokens.gaps[mention.first] is not Gap.HARD
    acronym = mention.surface.text.isupper() and len(raw) > 1
    return (
        inside
        and raw[0].isupper()
        and raw != "I"
        and (raw.isupper() or not acronym)
        and not message.german
        and not message.shouting
    )


def _otherwise_named(message: Message, mention: Mention, standing: Standing) -> bool:
    return any(
        other.surface.words != mention.surface.words
        and not other.overlaps(mention)
        and not ordinary(message, other)
        for other in standing.same_belief(mention)
    )


def _listed(message: Message, mention: Mention, standing: Standing) -> bool:
    """Beside another name: Redis and Go; Go, Redis."""
    words, text = message.tokens.words, message.tokens.text
    starts, ends = message.tokens.starts, message.tokens.ends
    near: list[Mention] = []
    if mention.first and text[ends[mention.first - 1] : starts[mention.first]].strip() in _COMMAS:
        near += standing.ending(mention.first)
    if (
        mention.end < len(words)
        and text[ends[mention.end - 1] : starts[mention.end]].strip() in _COMMAS
    ):
        near += standing.starting(mention.end)
    if mention.first > 1 and words[mention.first - 1] in _AND:
        near += standing.ending(mention.first - 1)
    if mention.end < len(words) and words[mention.end] in _AND:
        near += standing.starting(mention.end + 1)
    return any(not ordinary(message, other) for other in near)


_FOR_THE_NAME = (
    _described,
    _whole_message,
    _in_code,
    _cased_alike,
    _capital,
    _otherwise_named,
    _listed,
)

ORDINARY = Rule(name="ordinary", refuse=_refuse)
