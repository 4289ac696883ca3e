"""Where words are written without spaces, a name may be a piece of other words."""

from mindhold.beliefs.text.tokens import is_han_or_kana, is_unspaced
from mindhold.beliefs.text.unspaced import is_word
from mindhold.retrieval.mention import Mention
from mindhold.retrieval.message import Message
from mindhold.retrieval.rules.rule import Rule
from mindhold.retrieval.standing import Standing

_AROUND = 6  # characters to either side; what is farther away does not change where words end


def _refuse(message: Message, mention: Mention, _: Standing) -> str | None:
    words = message.tokens.words[mention.first : mention.end]
    if not all(is_unspaced(word) for word in words):
        return None
    if mention.count == 1:
        return "a single character of this script is not a name"
    if all(is_han_or_kana(word) for word in words) and not _stands_apart(message, mention):
        return "the characters belong to other words here"
    return None


def _stands_apart(message: Message, mention: Mention) -> bool:
    first, end = mention.first, mention.end
    while mention.first - first < _AROUND and _joined(message, first):
        first -= 1
    while end - mention.end < _AROUND and _joined(message, end):
        end += 1
    return is_word(
        "".join(message.tokens.words[first:end]),
        mention.first - first,
        mention.end - first,
        japanese=message.japanese,
    )


def _joined(message: Message, at: int) -> bool:
    """Whether a token is written onto the one before it, both in such a script."""
    tokens = message.tokens
    return (
        0 < at < len(tokens)
        and tokens.ends[at - 1] == tokens.starts[at]
        and is_han_or_kana(tokens.words[at])
        and is_han_or_kana(tokens.words[at - 1])
    )


SCRIPT = Rule(name="script", refuse=_refuse)
