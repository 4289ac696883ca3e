"""A name at the front of a longer accepted name is not what is meant: React in React Native."""

from mindhold.retrieval.mention import Mention
from mindhold.retrieval.message import Message
from mindhold.retrieval.rules.rule import Rule
from mindhold.retrieval.standing import Standing, same_tier


def _refuse(message: Message, mention: Mention, standing: Standing) -> str | None:
    for longer in standing.around(mention):
        if longer.named.belief.id == mention.named.belief.id or longer.end == mention.end:
            continue  # its own longer name, or the head of the longer one: Redis in auth redis
        if same_tier(longer.named.belief, mention.named.belief):
            words = message.text(longer.first, longer.count)
            return f"part of {words!r}, which is the name of another belief"
    return None


INSIDE = Rule(name="inside", refuse=_refuse)
