"""A name spelled apart, together, or with an ending must still be that name."""

from itertools import pairwise

from mindhold.beliefs.text.heads import fronts
from mindhold.beliefs.text.tokens import Gap
from mindhold.beliefs.text.words import COMMON, closed_class, known, rank
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


def _refuse_front(message: Message, mention: Mention, _: Standing) -> str | None:
    """godot4, vue3 and go1.22 are versions of Godot, Vue and Go; web3 and esp32 are other words.
    A Proxmoxserver runs Proxmox; a Switchgehäuse holds any switch."""
    word = message.tokens.words[mention.first]
    if mention.count > 1 or mention.kind is not Kind.JOINED:
        return None
    front = next((one for one in fronts(word) if mention.surface.words == (one,)), word)
    if front == word or _dotted(message, mention.end):
        return None
    if rank(front) < COMMON or (word[-1].isdecimal() and len(front) < 2 + len(word) - len(front)):
        return "only the front of a longer word"
    return None


def _dotted(message: Message, at: int) -> bool:
    tokens = message.tokens
    return at < len(tokens) and tokens.gaps[at] is Gap.JOINER and tokens.words[at].isdecimal()


APART = Rule(name="apart", refuse=_refuse_apart)
FRONT = Rule(name="front", refuse=_refuse_front)
ENDING = Rule(name="ending", refuse=_refuse_ending)
