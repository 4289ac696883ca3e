"""A name that goes on in capitals is the name of something else: Google in Google Pixel."""

from functools import lru_cache

from mindhold.beliefs.text.heads import is_head
from mindhold.beliefs.text.tokens import tokenize
from mindhold.retrieval.mention import Mention
from mindhold.retrieval.message import Message
from mindhold.retrieval.rules.rule import Rule
from mindhold.retrieval.standing import Standing


def _refuse(message: Message, mention: Mention, standing: Standing) -> str | None:
    at = mention.end
    if message.tokens.words[at - 1] != mention.surface.words[-1] or not _adjacent(message, at):
        return None  # a genitive, Anna's train, has its thing behind it
    if message.tokens.words[at].isdecimal():
        at += 1  # Ender 5 Plus
    if not _goes_on(message, at) or message.german or message.titled(mention.first, at + 1):
        return None
    word = message.tokens.words[at]
    if word in _PLAIN or word in _DATES or standing.starting(at) or word in _own(mention):
        return None
    if is_head(word) and not _goes_on(message, at + 1):
        return None
    return f"goes on as a longer name: {message.text(mention.first, at + 1 - mention.first)!r}"


def _adjacent(message: Message, at: int) -> bool:
    tokens = message.tokens
    return at < len(tokens) and tokens.text[tokens.ends[at - 1] : tokens.starts[at]] == " "


def _goes_on(message: Message, at: int) -> bool:
    """Whether a word like Pixel, W or RP2040 follows; an acronym (ORM) or a type (DataFrame) only
    says what of the thing is meant."""
    if not _adjacent(message, at):
        return False
    raw = message.tokens.raw(at)
    return raw[0].isupper() and (raw[1:].islower() or not raw[1:].isalpha()) and raw.isalnum()


def _own(mention: Mention) -> frozenset[str]:
    """The words that the belief itself speaks of: its Kafka is the one with Connect."""
    belief = mention.named.belief
    return _words(f"{belief.content} {belief.why_it_matters}")


@lru_cache(maxsize=256)
def _words(text: str) -> frozenset[str]:
    return frozenset(tokenize(text).words)


_PLAIN = frozenset({"i", "ok"})
_DATES = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june
    july august september october november december christmas easter
    """.split()  # noqa: SIM905 (reads better)
)

LONGER = Rule(name="longer", refuse=_refuse)
