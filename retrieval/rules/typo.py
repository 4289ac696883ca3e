"""One typing error is forgiven, if it is likely and cannot stand for many names."""

from collections.abc import Iterator

from mindhold.beliefs.text.distance import likely_slip
from mindhold.beliefs.text.stems import stem
from mindhold.beliefs.text.tokens import Gap
from mindhold.retrieval.mention import Kind, Mention
from mindhold.retrieval.message import Message
from mindhold.retrieval.rules.rule import Rule
from mindhold.retrieval.sense.languages import ENGLISH
from mindhold.retrieval.standing import Standing

_MOST = 2  # beliefs that one misspelled word may mean


def _refuse(message: Message, mention: Mention, standing: Standing) -> str | None:
    if mention.kind is not Kind.FUZZY:
        return None
    alone = len(message.tokens) == mention.count
    if not alone and not all(_likely(message, at, word) for at, word in _pairs(mention)):
        return "differs from the name, and not by what a hand or an ear gets wrong"
    meant = {m.named.belief.id for m in standing.same_place(mention) if m.kind is Kind.FUZZY}
    return "the misspelled word could mean several names" if len(meant) > _MOST else None


def _pairs(mention: Mention) -> Iterator[tuple[int, str]]:
    return zip(range(mention.first, mention.end), mention.surface.words, strict=True)


def _likely(message: Message, at: int, meant: str) -> bool:
    typed = message.tokens.words[at]
    strict = _proper(message, at) or message.spoken.at(at) is not ENGLISH
    return stem(typed) == stem(meant) or likely_slip(typed, meant, strict=strict)


def _proper(message: Message, at: int) -> bool:
    """Whether the word has a capital that says that it is a name, perhaps another."""
    raw = message.tokens.raw(at)
    return (
        raw[:1].isupper()
        and not raw.isupper()
        and message.tokens.gaps[at] is not Gap.HARD
        and not message.capitals.titled(at, at + 1)
    )


TYPO = Rule(name="typo", refuse=_refuse)
