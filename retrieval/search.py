"""Search for people: every word asked for, anywhere in a belief, the best first.

It reads the store rather than the index: an owner who looks for something must find it in every
state, at once, whether or not the daemon runs.
"""

import re
import unicodedata
from collections.abc import Iterable
from heapq import nlargest

from mindhold.beliefs.model import Belief

_WORD = re.compile(r"[^\W_]+")
_UNSPACED = "\u2e80"  # from here on: scripts that put no spaces between their words


def search(text: str, beliefs: Iterable[Belief], *, limit: int | None = None) -> list[Belief]:
    """The beliefs that hold a word beginning with each word of `text`, best first.

    A name counts for more than content, content for more than the rest; then the newest wins.
    """
    words = _WORD.findall(_fold(text))
    scored = ((_score(words, belief), belief) for belief in beliefs)
    found = ((score, belief) for score, belief in scored if score)
    best = nlargest(limit or 1 << 30, found, key=lambda pair: (pair[0], pair[1].updated_at))
    return [belief for _, belief in best]


def plain_words(text: str) -> list[str]:
    """Those of the words asked for by which a store can leave out most beliefs unread."""
    return [word for word in _WORD.findall(_fold(text)) if word.isascii()]


def _score(words: list[str], belief: Belief) -> int:
    """The sum over the words of the weight of the best field that has it; 0 when one is missing."""
    fields = (
        (4, _spaced(belief.canonical_name, *(a.text for a in belief.aliases))),
        (2, _spaced(belief.content)),
        (1, _spaced(belief.why_it_matters, *(quote.quote for quote in belief.evidence))),
    )
    weights = [next((weight for weight, told in fields if _has(told, word)), 0) for word in words]
    return sum(weights) if all(weights) else 0


def _has(told: str, word: str) -> bool:
    return (word if word[0] >= _UNSPACED else f" {word}") in told


def _spaced(*texts: str) -> str:
    return " " + " ".join(_WORD.findall(_fold(" ".join(texts))))


def _fold(text: str) -> str:
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text)
    return "".join(char for char in apart if not unicodedata.combining(char)).casefold()
