"""A lone everyday word, letter or number is a name only when the evidence says so."""

from mindhold.retrieval.mention import Mention
from mindhold.retrieval.message import Message
from mindhold.retrieval.rules.rule import Rule
from mindhold.retrieval.sense.reading import guarded, read
from mindhold.retrieval.standing import Standing


def ordinary_without(kinds: frozenset[str]) -> Rule:
    """The rule, with some kinds of evidence left aside; to see what each is worth."""

    def refuse(message: Message, mention: Mention, standing: Standing) -> str | None:
        if not guarded(message, mention) or standing.heard(mention):
            return None
        reading = read(message, mention, standing, without=kinds)
        if reading.named:
            standing.hear(mention)
        return None if reading.named else str(reading)

    return Rule(name="ordinary", refuse=refuse)


ORDINARY = ordinary_without(frozenset())
