"""Inside an identifier or a path, a name must be the whole of it."""

from mindhold.beliefs.text.tokens import Gap
from mindhold.retrieval.mention import Mention
from mindhold.retrieval.message import Message
from mindhold.retrieval.rules.rule import Rule
from mindhold.retrieval.standing import Standing

_TIGHT = (Gap.JOINER, Gap.SLASH)
_SUFFIXES = frozenset({"js"})  # Vue.js is Vue
_WALK = 32  # tokens looked at to either side; a longer compound is an identifier anyway


def _refuse(message: Message, mention: Mention, _: Standing) -> str | None:
    first, last = _extent(message, mention)
    if (first, last) != (mention.first, mention.end) and not _is_list(message, first, last):
        return "stands inside a longer identifier or path"
    return None


def _extent(message: Message, mention: Mention) -> tuple[int, int]:
    gaps, words = message.tokens.gaps, message.tokens.words
    first, end = mention.first, mention.end
    while gaps[first] in _TIGHT and mention.first - first < _WALK:
        first -= 1
    while end < len(gaps) and gaps[end] in _TIGHT and end - mention.end < _WALK:
        end += 1
    if end == mention.end + 1 and gaps[mention.end] is Gap.JOINER and words[end - 1] in _SUFFIXES:
        end -= 1
    if (
        all(word.isdecimal() for word in words[mention.end : end])
        and words[mention.end - 1][-1].isdecimal()
    ):
        end = mention.end  # python3.12 is Python, and a version of it
    return first, end


def _is_list(message: Message, first: int, end: int) -> bool:
    """`Redis/Memcached` and `React/Vue/Svelte` name each part; `src/react/index.ts` does not."""
    inner = message.tokens.gaps[first + 1 : end]
    if any(gap is not Gap.SLASH for gap in inner) or (
        message.tokens.starts[first]
        and (message.tokens.text[message.tokens.starts[first] - 1] in "/~.@$")
    ):
        return False
    return len(inner) == 1 or all(message.tokens.raw(at)[0].isupper() for at in range(first, end))


COMPOUND = Rule(name="compound", refuse=_refuse)
