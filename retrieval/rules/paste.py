"""Pasted material speaks only when the writer's own words name nothing, and then not much."""

from mindhold.beliefs.text.words import FAMILIAR, rank
from mindhold.retrieval.mention import Kind, Mention
from mindhold.retrieval.message import Message
from mindhold.retrieval.rules.rule import Rule
from mindhold.retrieval.standing import Standing

_MOST = 3  # beliefs that a paste may bring


def _refuse(message: Message, mention: Mention, standing: Standing) -> str | None:
    if message.own(mention.first):
        return None
    if any(message.own(other.first) for other in standing.mentions):
        return "named only in pasted material; your own words name something else"
    if not _distinct(mention):
        return "an everyday or misspelled word in pasted material"
    named = {m.named.belief.id for m in standing.mentions if _distinct(m)}
    return "the pasted material names too many beliefs" if len(named) > _MOST else None


def _distinct(mention: Mention) -> bool:
    words = mention.surface.words
    return mention.kind is Kind.EXACT and (len(words) > 1 or rank(words[0]) >= FAMILIAR)


PASTE = Rule(name="paste", refuse=_refuse)
