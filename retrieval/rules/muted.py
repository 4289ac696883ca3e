"""A name that its owner has muted no longer brings the belief up, however it is written."""

from mindhold.retrieval.mention import Mention
from mindhold.retrieval.message import Message
from mindhold.retrieval.rules.rule import Rule
from mindhold.retrieval.standing import Standing


def _refuse(_: Message, mention: Mention, standing: Standing) -> str | None:
    belief = mention.named.belief
    if belief.muted:
        return "muted by you, whatever names it"
    here = (other for other in standing.same_place(mention) if other.named.belief.id == belief.id)
    return "muted by you under this name" if any(o.surface.muted for o in here) else None


MUTED = Rule(name="muted", refuse=_refuse)
