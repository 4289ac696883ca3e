"""Ground: a quote where it stands, which is what a proposal's words must come from; pure."""

from dataclasses import dataclass

from mindhold.beliefs.learning.heard import Heard
from mindhold.beliefs.learning.telling import WORD


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A quote from `start` to `end` in the sentences that hold it."""

    sentence: str
    start: int
    end: int

    @property
    def quote(self) -> str:
        """The words that are cited."""
        return self.sentence[self.start : self.end]

    @property
    def before(self) -> str:
        """What stands in the sentence in front of the quote."""
        return self.sentence[: self.start]

    @property
    def after(self) -> str:
        """What stands in the sentence behind the quote."""
        return self.sentence[self.end :]


def ground_of(heard: Heard, start: int, quote: str) -> Ground:
    """The quote at a character of the masked turn, in its sentences."""
    end = start + len(quote)
    held = [one for one in heard.sentences if one.start < end and one.end > start]
    first = min([start, *(one.start for one in held)])
    last = max([end, *(one.end for one in held)])
    return Ground(sentence=heard.masked[first:last], start=start - first, end=end - first)


def adopted_ground(words: str) -> Ground:
    """What the quote has adopted of the answer before it."""
    return Ground(sentence=words, start=0, end=len(words))


def place(masked: str, quote: str) -> int:
    """Where the quote stands whole, no word or number of it cut; -1 where it does not.

    A line that was broken in it counts as a space.
    """
    masked, quote = masked.replace("\n", " "), quote.replace("\n", " ")
    at = masked.find(quote)
    while at >= 0 and _cuts(masked, at, at + len(quote)):
        at = masked.find(quote, at + 1)
    return at


def _cuts(text: str, start: int, end: int) -> bool:
    """Whether an end of the stretch lies inside a word of the text."""
    around = text[max(0, start - 64) : end + 64]
    offset = max(0, start - 64)
    inside = {start - offset, end - offset}
    return any(
        word.start() < edge < word.end() for word in WORD.finditer(around) for edge in inside
    )
