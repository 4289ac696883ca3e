"""A remedy: a longer name that would have made a message bring a belief, in its own words."""

from dataclasses import replace

from mindhold.beliefs.model import Alias, Belief
from mindhold.retrieval.longer import Phrases
from mindhold.retrieval.message import Message
from mindhold.retrieval.surface import named
from mindhold.retrieval.verify import verify


def remedy(text: str, belief: Belief) -> str | None:
    """What the message calls the belief around a name that was refused, if the rules accept it."""
    message = Message(text)
    for name in named(belief).surfaces:
        for alias in Phrases(message).around(name):
            made = replace(belief, aliases=(*belief.aliases, Alias(text=alias)))
            if belief.id in verify(message, [named(made)]).accepted:
                return alias
    return None
