"""Where words are written without spaces, a short name may be a piece of a longer word."""

from mindhold.beliefs.text.tokens import is_han, is_unspaced
from mindhold.retrieval.mention import Mention
from mindhold.retrieval.message import Message
from mindhold.retrieval.rules.rule import Rule
from mindhold.retrieval.standing import Standing

_GRAMMAR = frozenset(
    "的了在是和与與用把对對从從到不也我你他她它们們这這那有会會要能以及或为為于於给給让讓被将將"
    "就都还還很吗嗎呢吧请請问問什么麼怎样樣个個跟同"
)


def _refuse(message: Message, mention: Mention, _: Standing) -> str | None:
    words = message.tokens.words[mention.first : mention.end]
    if not all(is_unspaced(word) for word in words):
        return None
    if mention.count == 1:
        return "a single character of this script is not a name"
    if mention.count == 2 and _runs_on(message, mention.first):
        return "the two characters continue a longer word"
    return None


def _runs_on(message: Message, first: int) -> bool:
    tokens = message.tokens
    if first == 0 or tokens.ends[first - 1] != tokens.starts[first]:
        return False
    before = tokens.words[first - 1]
    return is_han(before) and is_han(tokens.words[first]) and before not in _GRAMMAR


SCRIPT = Rule(name="script", refuse=_refuse)
