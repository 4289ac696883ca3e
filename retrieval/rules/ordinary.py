"""A lone everyday word, letter or number is a name only when the evidence says so."""

from mindhold.retrieval.mention import Mention
from mindhold.retrieval.message import Message
from mindhold.retrieval.rules.rule import Rule
from mindhold.retrieval.sense.reading import guarded, read
from mindhold.retrieval.standing import Standing


def _refuse(message: Message, mention: Mention, standing: Standing) -> str | None:
    if not guarded(message, mention) or mention.surface.descriptive:
        return None
    reading = read(message, mention, standing)
    return None if reading.named else str(reading)


ORDINARY = Rule(name="ordinary", refuse=_refuse)
