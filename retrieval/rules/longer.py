"""A name that goes on is the name of something else: Google in Google Pixel, Hope in Bob Hope."""

from functools import lru_cache

from mindhold.beliefs.text.firstnames import is_first_name
from mindhold.beliefs.text.heads import is_family, is_head
from mindhold.beliefs.text.lexicon import parts_in
from mindhold.beliefs.text.tokens import Gap, tokenize
from mindhold.beliefs.text.words import closed_class, parts
from mindhold.retrieval.mention import Mention
from mindhold.retrieval.message import Message
from mindhold.retrieval.rules.rule import Rule
from mindhold.retrieval.sense.languages import GERMAN
from mindhold.retrieval.standing import Standing

_LONE = frozenset("aeiouyAIO")  # words of one letter
_NOUN = frozenset("NPA")
_OTHER = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june
    july august september october november december christmas easter
    bye cheers dear good hello hey hi ok okay please sorry thank thanks
    """.split()  # noqa: SIM905 (reads better)
)


def _refuse(message: Message, mention: Mention, standing: Standing) -> str | None:
    if _family_name(message, mention, standing):
        first = mention.first - 1
        return f"the family name of another: {message.text(first, mention.end - first)!r}"
    end = _longer(message, mention, standing)
    if end is None:
        return None
    return f"goes on as a longer name: {message.text(mention.first, end - mention.first)!r}"


def _longer(message: Message, mention: Mention, standing: Standing) -> int | None:
    """Where the longer name ends; None where there is none."""
    words, at = message.tokens.words, mention.end
    if words[at - 1] != mention.surface.words[-1] or not _adjacent(message, at):
        return None  # a genitive, Anna's train, has its thing behind it
    if is_family(words[at - 1], words[at]):
        return None if _spoken_of(mention, standing, words[at], at) else at + 1
    if words[at].isdecimal():
        at += 1  # Ender 5 Plus
    if not _goes_on(message, at) or message.capitals.titled(mention.first, at + 1):
        return None
    part = is_head(words[at]) and not _goes_on(message, at + 1)
    if part or _spoken_of(mention, standing, words[at], at) or not _of_a_name(message, mention, at):
        return None
    return at + 1


def _spoken_of(mention: Mention, standing: Standing, word: str, at: int) -> bool:
    """Whether the word is another name of its own, or one that the belief itself uses."""
    return bool(standing.starting(at)) or word in _own(mention)


def _adjacent(message: Message, at: int) -> bool:
    if not 0 < at < len(message.tokens):
        return False
    between = message.tokens.text[message.tokens.ends[at - 1] : message.tokens.starts[at]]
    return between.isspace() and "\n" not in between


def _goes_on(message: Message, at: int) -> bool:
    """Whether a word like Pixel, W or RP2040 follows; an acronym (ORM) or a type (DataFrame) only
    says what of the thing is meant."""
    if not _adjacent(message, at):
        return False
    raw = message.tokens.raw(at)
    if len(raw) == 1:
        return raw.isascii() and raw.isalpha() and raw not in _LONE
    return raw[0].isupper() and (raw[1:].islower() or not raw[1:].isalpha()) and raw.isalnum()


def _of_a_name(message: Message, mention: Mention, at: int) -> bool:
    """Whether the word may be more of a name, and does not begin another sentence or, in German,
    only be a noun."""
    word = message.tokens.words[at]
    if message.spoken.at(at) is GERMAN:
        return is_first_name(mention.surface.words[-1]) and not parts_in("de", word)
    kinds = parts(word)
    if word in _OTHER or (closed_class(word) and word != "plus"):
        return False
    return not kinds or not _NOUN.isdisjoint(kinds)


def _family_name(message: Message, mention: Mention, standing: Standing) -> bool:
    """Hope in Bob Hope, Keller in Gottfried Keller: an everyday word behind a first name."""
    before = mention.first - 1
    if mention.count > 1 or not _adjacent(message, mention.first):
        return False
    name, word = message.tokens.words[before], message.tokens.words[mention.first]
    return (
        message.tokens.raw(before).istitle()
        and message.tokens.raw(mention.first).istitle()
        and is_first_name(name)
        and not closed_class(name)
        and not (message.tokens.gaps[before] is Gap.HARD and parts(name))  # Will Hope come?
        and name not in _own(mention)
        and not standing.ending(mention.first)
        and bool(is_first_name(word) or parts(word) or parts_in("de", word))
    )


def _own(mention: Mention) -> frozenset[str]:
    """The words that the belief itself speaks of: its Kafka is the one with Connect."""
    belief = mention.named.belief
    names = " ".join(alias.text for alias in belief.aliases)
    return _words(f"{belief.canonical_name} {names} {belief.content} {belief.why_it_matters}")


@lru_cache(maxsize=256)
def _words(text: str) -> frozenset[str]:
    return frozenset(tokenize(text).words)


LONGER = Rule(name="longer", refuse=_refuse)
