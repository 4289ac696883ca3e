"""Pasted and quoted material speaks only when it is the whole message, and of what it is about."""

from mindhold.beliefs.text.words import FAMILIAR, rank
from mindhold.beliefs.text.zones import Zone
from mindhold.retrieval.mention import Kind, Mention
from mindhold.retrieval.message import Message
from mindhold.retrieval.rules.rule import Rule
from mindhold.retrieval.standing import Standing

_LINES = 2  # in which a name stands before a paste is about it
_MOST = 3  # beliefs that one paste is about


def _refuse(message: Message, mention: Mention, standing: Standing) -> str | None:
    if message.own(mention.first):
        return None
    if message.speaks:
        return f"not in your own words, but in what reads as {message.read_as(mention.first)}"
    if not _distinct(mention):
        return "an everyday or misspelled word in pasted material"
    if not _is_subject(message, mention, standing):
        return "named in one line of the pasted material only"
    if _is_crowded(standing):
        return "the pasted material names too many beliefs"
    return None


def _is_crowded(standing: Standing) -> bool:
    about: set[str] = set()
    for mention in standing.mentions:
        if len(about) <= _MOST and _distinct(mention):
            about.add(mention.named.belief.id)
        elif len(about) > _MOST:
            break
    return len(about) > _MOST


def _is_subject(message: Message, mention: Mention, standing: Standing) -> bool:
    if message.tokens.zones[mention.first] is Zone.QUOTE and "\n" not in message.tokens.text:
        return True  # somebody put quotation marks around all of a short message
    exact = (other for other in standing.same_belief(mention) if _distinct(other))
    return len({message.line(other.first) for other in exact}) >= _LINES


def _distinct(mention: Mention) -> bool:
    words = mention.surface.words
    return mention.kind is Kind.EXACT and (len(words) > 1 or rank(words[0]) >= FAMILIAR)


PASTE = Rule(name="paste", refuse=_refuse)
