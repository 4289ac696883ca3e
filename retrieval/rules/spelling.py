"""A name spelled apart, together, or with an ending must still be that name."""

from itertools import pairwise

from mindhold.beliefs.text.tokens import Gap
from mindhold.beliefs.text.words import closed_class, known
from mindhold.retrieval.mention import Kind, Mention
from mindhold.retrieval.message import Message
from mindhold.retrieval.rules.rule import Rule
from mindhold.retrieval.standing import Standing


def _refuse_apart(message: Message, mention: Mention, _: Standing) -> str | None:
    if mention.kind is not Kind.JOINED or mention.count == 1:
        return None
    words = message.tokens.words[mention.first : mention.end]
    if any(one[-1:].isdecimal() and other[:1].isdecimal() for one, other in pairwise(words)):
        return "the numbers are two, and the name has one"
    inner = message.tokens.gaps[mention.first + 1 : mention.end]
    if Gap.SOFT in inner and any(
        closed_class(word) or (len(word) == 1 and word.isalpha()) for word in words
    ):
        return "the separate words are a phrase of their own, not this name taken apart"
    return None


def _refuse_ending(message: Message, mention: Mention, _: Standing) -> str | None:
    if mention.kind is not Kind.INFLECTED or len(mention.surface.words) > 1:
        return None
    raw = message.tokens.raw(mention.first)
    named_like = mention.surface.text[:1].isupper() or mention.surface.canonical
    if named_like and raw.islower() and known(mention.surface.words[0]):
        if mention.surface.descriptive:
            return None
        return "an everyday word with an ending, where the name is a proper name"
    return None


APART = Rule(name="apart", refuse=_refuse_apart)
ENDING = Rule(name="ending", refuse=_refuse_ending)
