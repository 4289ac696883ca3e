"""A name spelled apart, together, or with an ending must still be that name."""

from itertools import pairwise

from mindhold.beliefs.text.firstnames import is_first_name
from mindhold.beliefs.text.heads import fronts
from mindhold.beliefs.text.stems import stem
from mindhold.beliefs.text.tokens import Gap
from mindhold.beliefs.text.words import COMMON, closed_class, known, parts, rank
from mindhold.retrieval.mention import Kind, Mention
from mindhold.retrieval.message import Message
from mindhold.retrieval.rules.rule import Rule
from mindhold.retrieval.sense.languages import ENGLISH
from mindhold.retrieval.standing import Standing


def _refuse_apart(message: Message, mention: Mention, _: Standing) -> str | None:
    if mention.kind is not Kind.JOINED or mention.count == 1:
        return None
    words = message.tokens.words[mention.first : mention.end]
    if any(one[-1:].isdecimal() and other[:1].isdecimal() for one, other in pairwise(words)):
        return "the numbers are two, and the name has one"
    initials = all(len(word) == 1 for word in words)
    if initials and message.text(mention.first, mention.count).islower():
        return "initials of something else, or the name would have its capitals"
    inner = message.tokens.gaps[mention.first + 1 : mention.end]
    if Gap.SOFT in inner and any(_small(message, at) for at in range(mention.first, mention.end)):
        return "the separate words are a phrase of their own, not this name taken apart"
    return None


def _small(message: Message, at: int) -> bool:
    """A letter, or a word of grammar: of another language (platform io) only where it is spoken."""
    word = message.tokens.words[at]
    if len(word) == 1:
        return word.isalpha()
    return closed_class(word) and (bool(parts(word)) or message.spoken.at(at) is not ENGLISH)


def _refuse_ending(message: Message, mention: Mention, _: Standing) -> str | None:
    said = message.text(mention.first, mention.count).casefold()
    if "ñ" in said and "ñ" not in mention.surface.text.casefold():  # leña is no Lena
        return "ñ is a letter of its own, and the name has none"
    if mention.kind is not Kind.INFLECTED or len(mention.surface.words) > 1:
        return None
    word, name = message.tokens.words[mention.first], mention.surface.words[0]
    raw = message.tokens.raw(mention.first)
    grammar = closed_class(word) or (closed_class(name) and raw.islower())  # dies, and DIE
    if grammar or not _is_form(message, mention, word, name):
        return "a word of its own, and no form of the name"
    named_like = mention.surface.text[:1].isupper() or mention.surface.canonical
    if named_like and raw.islower() and known(name):
        if mention.surface.descriptive:
            return None
        return "an everyday word with an ending, where the name is a proper name"
    return None


def _is_form(message: Message, mention: Mention, word: str, name: str) -> bool:
    """Annas is one of Anna and teams of Team; clair is none of Claire, nichts none of Nichte, and
    a team is not Teams."""
    if is_first_name(name) or (known(name) and message.spoken.at(mention.first) is ENGLISH):
        common = mention.surface.text[:1].islower()
        return word in _plurals(name) or (common and name in _plurals(word))
    exchanged = not word.startswith(name) and not name.startswith(word)
    short = len(name) < 8 and word.isascii() and "y" not in (word[-1], name[-1])
    return not (exchanged and short)


def _plurals(word: str) -> tuple[str, ...]:
    return word + "s", word + "es", word.removesuffix("y") + "ies"


def _refuse_front(message: Message, mention: Mention, _: Standing) -> str | None:
    """godot4, vue3 and go1.22 are versions of Godot, Vue and Go; web3, pop3 and esp32 are words.
    A Proxmoxserver runs Proxmox; a Switchgehäuse holds any switch."""
    word = message.tokens.words[mention.first]
    if mention.count > 1 or mention.kind is not Kind.JOINED:
        return None
    (name, *more), begins = mention.surface.words, fronts(word)
    if more or stem(name) not in map(stem, begins) or _dotted(message, mention.end):
        return None
    short = word[-1].isdecimal() and len(name) < 2 + len(word) - len(name)
    if name not in begins or rank(name) < COMMON or short:
        return "only the front of a longer word"
    return None


def _dotted(message: Message, at: int) -> bool:
    tokens = message.tokens
    return at < len(tokens) and tokens.gaps[at] is Gap.JOINER and tokens.words[at].isdecimal()


APART = Rule(name="apart", refuse=_refuse_apart)
FRONT = Rule(name="front", refuse=_refuse_front)
ENDING = Rule(name="ending", refuse=_refuse_ending)
