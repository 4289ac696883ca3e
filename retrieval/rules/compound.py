"""Inside an identifier or a path, a name must be the whole of it."""

from mindhold.beliefs.text.tokens import Gap
from mindhold.retrieval.mention import Mention
from mindhold.retrieval.message import Message
from mindhold.retrieval.rules.rule import Rule
from mindhold.retrieval.standing import Standing

_TIGHT = (Gap.JOINER, Gap.SLASH)
_SUFFIXES = frozenset({"js"})  # Vue.js is Vue
_WALK = 32  # tokens looked at to either side; a longer compound is an identifier anyway


def _refuse(message: Message, mention: Mention, standing: Standing) -> str | None:
    first, last = _extent(message, mention)
    whole = (first, last) == (mention.first, mention.end)
    if not whole and not _is_list(message, standing, first, last):
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


def _is_list(message: Message, standing: Standing, first: int, end: int) -> bool:
    """`Redis/Memcached` and `React/Vue/Svelte` name each part, and so does a list of which each is
    the name of a belief; `src/react/index.ts` does not."""
    tokens, parts = message.tokens, range(first, end)
    if any(gap is not Gap.SLASH for gap in tokens.gaps[first + 1 : end]):
        return False
    if tokens.starts[first] and tokens.text[tokens.starts[first] - 1] in "/~.@$":
        return False
    return (
        len(parts) == 2
        or all(standing.starting(at) for at in parts)
        or all(tokens.raw(at)[0].isupper() for at in parts)
    )


COMPOUND = Rule(name="compound", refuse=_refuse)
