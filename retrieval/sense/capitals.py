"""What capitals tell in one message, and where they tell nothing."""

from collections.abc import Sequence
from functools import cached_property

from mindhold.beliefs.text.firstnames import is_first_name
from mindhold.beliefs.text.heads import is_head
from mindhold.beliefs.text.lexicon import LISTED, parts_in
from mindhold.beliefs.text.tokens import Gap, Tokens
from mindhold.beliefs.text.words import UNKNOWN, closed_class, parts, rank, technical
from mindhold.retrieval.sense.languages import GERMAN, Language

WEEKDAYS = frozenset(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
MONTHS = frozenset(
    [
        *("january", "february", "march", "april", "may", "june", "july", "august"),
        *("september", "october", "november", "december"),
    ]
)
DATES = WEEKDAYS | MONTHS
"""Words that have a capital whatever they mean."""

_CLAUSE = 12  # words to either side that show how a clause is written
_MESSAGE = 200  # words that show how a message is written
_MOST = 0.7  # of the words around, for all of them


class Capitals:
    """The capitals of one message."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens

    def shouted(self, at: int) -> bool:
        """Whether the words around are written in capitals, whatever they mean: I LOVE IT."""
        around = self._clause(at, at + 1)
        if len(around) < 2 and not any(map(self._shouts, around)):
            return self._loud
        return self._all_loud(around)

    @cached_property
    def _loud(self) -> bool:
        """Whether the message is; asked of words that stand alone."""
        return self._all_loud(range(min(len(self._tokens), _MESSAGE)))

    def _all_loud(self, around: Sequence[int]) -> bool:
        words = [raw for raw in map(self._tokens.raw, around) if raw.isalpha()]
        loud = sum(raw.isupper() for raw in words)
        return loud > _MOST * len(words) and any(map(self._shouts, around))

    def titled(self, first: int, end: int) -> bool:
        """Whether most words of the clause around these begin with a capital, its first aside, so
        that one says nothing."""
        around = self._clause(first, end)
        if around and around[0] < first:
            del around[0]
        words = [raw for raw in map(self._tokens.raw, around) if raw[0].isalpha()]
        return len(words) > 1 and sum(raw[0].isupper() for raw in words) > _MOST * len(words)

    def trails(self, at: int, language: Language) -> bool:
        """Whether the word ends a longer name: Mail in Claws Mail, Frost in Robert Frost.

        Not when the word before says what it is (Project Falcon) or only begins the sentence.
        """
        before = at - 1
        if before < 0 or not self._spaced(at):
            return False
        raw, word = self._tokens.raw(before), self._tokens.words[before]
        if not raw[0].isupper() or len(raw) < 2 or not raw.isalpha():
            return False
        if closed_class(word) or is_head(word) or word in DATES:
            return False
        if self._tokens.gaps[before] is Gap.HARD and not is_first_name(word):
            listed = parts(word) or any(parts_in(one, word) for one in LISTED)
            return not listed and raw[1:].islower()
        return language is not GERMAN or is_first_name(word)  # else a noun: der Texteditor Vim

    def _shouts(self, at: int) -> bool:
        """Whether it is a word, written in capitals, that nobody writes so."""
        raw, word = self._tokens.raw(at), self._tokens.words[at]
        return (
            len(raw) > 1
            and raw.isupper()
            and not technical(word)
            and (rank(word) < UNKNOWN or len(raw) > 5)
        )

    def _spaced(self, at: int) -> bool:
        tokens = self._tokens
        between = tokens.text[tokens.ends[at - 1] : tokens.starts[at]]
        return between.isspace() and "\n" not in between

    def _clause(self, first: int, end: int) -> list[int]:
        """The other words of the clause."""
        gaps = self._tokens.gaps
        begin, stop = first, end
        while begin and first - begin < _CLAUSE and gaps[begin] is not Gap.HARD:
            begin -= 1
        while stop < len(gaps) and stop - end < _CLAUSE and gaps[stop] is not Gap.HARD:
            stop += 1
        return [*range(begin, first), *range(end, stop)]
