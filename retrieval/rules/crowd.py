"""A name that very many beliefs share identifies none of them."""

from mindhold.retrieval.mention import Mention
from mindhold.retrieval.message import Message
from mindhold.retrieval.rules.rule import Rule
from mindhold.retrieval.standing import Standing

MOST = 8  # beliefs in scope that one name may lead to


def _refuse(_: Message, mention: Mention, standing: Standing) -> str | None:
    here = {other.named.belief.id for other in standing.same_place(mention)}
    return f"more than {MOST} beliefs share this name" if len(here) > MOST else None


CROWD = Rule(name="crowd", refuse=_refuse)
