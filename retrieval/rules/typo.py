"""One typing error is forgiven, unless it could stand for many names."""

from mindhold.retrieval.mention import Kind, Mention
from mindhold.retrieval.message import Message
from mindhold.retrieval.rules.rule import Rule
from mindhold.retrieval.standing import Standing

_MOST = 2  # beliefs that one misspelled word may mean


def _refuse(_: Message, mention: Mention, standing: Standing) -> str | None:
    if mention.kind is not Kind.FUZZY:
        return None
    meant = {m.named.belief.id for m in standing.same_place(mention) if m.kind is Kind.FUZZY}
    return "the misspelled word could mean several names" if len(meant) > _MOST else None


TYPO = Rule(name="typo", refuse=_refuse)
