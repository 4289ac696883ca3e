"""The order of what was accepted: by how it was named, then by what its owner did with it."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from mindhold.beliefs.model import Belief
from mindhold.retrieval.mention import Kind, Mention
from mindhold.retrieval.message import Message
from mindhold.retrieval.query import Hit, Match

_KIND = {
    Kind.EXACT: 1.0,
    Kind.INFLECTED: 0.92,
    Kind.JOINED: 0.90,
    Kind.GAP: 0.80,
    Kind.FUZZY: 0.70,
}
_FOREIGN = 0.4  # times, in pasted material
_TOKEN, _TOKENS = 0.05, 0.2  # each further token of the name, at most
_CANONICAL = 0.02
_ALIAS = 0.03  # each further name of the belief in the message
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def score(message: Message, mention: Mention) -> float:
    """How well the mention names its belief; a function of the two alone, not of the corpus."""
    value = _KIND[mention.kind] * (1.0 if message.own(mention.first) else _FOREIGN)
    value += min(_TOKENS, _TOKEN * (len(mention.surface.words) - 1))
    return value + (_CANONICAL if mention.surface.canonical else 0.0)


def best(message: Message, mentions: Iterable[Mention]) -> Mention:
    """The mention that names its belief best; the first of equals."""
    return max(mentions, key=lambda mention: (score(message, mention), -mention.first))


def hit(message: Message, mentions: Sequence[Mention], reading: str = "") -> Hit:
    """The belief with its best mention as evidence, and how a lone everyday word was read."""
    top = best(message, mentions)
    names = {mention.surface.words for mention in mentions}
    start = message.tokens.starts[top.first]
    end = message.tokens.ends[top.end - 1]
    return Hit(
        belief=top.named.belief,
        match=Match(
            alias=top.surface.text,
            canonical=top.surface.canonical,
            matched=message.tokens.text[start:end],
            start=start,
            end=end,
            kind=top.kind.value,
            score=round(score(message, top) + _ALIAS * (len(names) - 1), 4),
            reading=reading,
        ),
    )


def ranked(hits: Iterable[Hit]) -> list[Hit]:
    """Best first; equals by hand-edited, last reinforced, id."""
    return sorted(hits, key=lambda hit: (-_score(hit), *care(hit.belief)))


def _score(hit: Hit) -> float:
    return hit.match.score if hit.match else 0.0


def care(belief: Belief) -> tuple[bool, float, str]:
    """A sorting key: what the owner edited first, then what was reinforced last, then the id."""
    return not belief.user_edited, -(belief.reinforced_at or _NEVER).timestamp(), belief.id
