"""Evidence for and against a name, and the one table of what each kind of it weighs."""

from collections.abc import Iterable
from dataclasses import dataclass

THRESHOLD = 1.5
"""A word is read as the name from this weight of evidence on; below it memory stays silent."""

WEIGHTS: dict[str, float] = {
    # how it is written
    "whole": 9.0,  # the message is nothing else
    "code": 9.0,  # inline code
    "cased": 9.0,  # capitals where a word has none, as in the name: REST
    "other-name": 9.0,  # another name of the belief stands beside it
    "capital": 5.0,
    "accent": -3.0,
    "tail": -1.5,  # the last word of somebody else's name: Frost of Robert Frost
    # where it stands: what a name does and a countable noun without an article cannot
    "subject": 3.0,
    "object": 2.6,
    "preposition": 2.7,
    "predicate": 2.0,
    "bare": 2.0,
    "noun": 2.0,
    "owner": 2.0,
    "version": 3.0,
    "apposition": 2.5,
    "listed": 2.5,
    "head": 1.5,
    "borrowed": 2.5,
    # where it stands: what a word does
    "pasted": -4.0,
    "verb": -3.0,
    "imperative": -2.5,
    "indefinite": -3.0,
    "definite": -2.0,
    "modified": -1.5,
    "adjective": -2.0,
    "of": -1.5,
    "particle": -2.0,
    "plural": -2.0,
    "of-another": -2.0,  # an adjective that the belief means of its own noun: the main guy
    "grammar": -2.0,
    "phrase": -3.0,
    "defined": -3.0,
    "paired": -1.5,
    "hyphen": -2.0,
    "date": -3.0,
    # what it is about
    "described": 2.5,  # the belief's own text uses the word as the word it is
    "shared": 1.0,
    "shared-much": 1.7,
    "technical": 0.8,
    "technical-much": 1.3,
    "company": 0.8,
    "rare": 0.2,
}
"""Set by hand, in steps that can be told apart: 3 decides against most things, 1 tips a balance.

The order of the kinds is that of a study of 410 messages, whose fitted weights did no better.
"""

TOPICAL, TOPIC = frozenset({"shared", "shared-much", "technical", "technical-much", "company"}), 1.7
"""What a message is about tips the balance; it never says alone which sense a word has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One thing that speaks for or against; `words` are the message's, or say what it is.

    `share` scales the weight of the kind, for evidence that a mass noun or an adverb weakens.
    """

    kind: str
    words: str
    share: float = 1.0

    @property
    def weight(self) -> float:
        """Positive for the name, negative for the word."""
        return WEIGHTS[self.kind] * self.share


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How one lone word is read. `word` is as it was typed."""

    word: str
    evidence: tuple[Evidence, ...]

    @property
    def weight(self) -> float:
        """The sum of the evidence, of what it is about at most `TOPIC`."""
        about = sum(one.weight for one in self.evidence if one.kind in TOPICAL)
        return min(about, TOPIC) + sum(
            one.weight for one in self.evidence if one.kind not in TOPICAL
        )

    @property
    def named(self) -> bool:
        """Whether it is read as the name."""
        return self.weight >= THRESHOLD

    def __str__(self) -> str:
        if self.named:
            return f"{self.word!r} read as the name: {_told(self.evidence, 1)}"
        against = _told(self.evidence, -1)
        if against:
            return f"{self.word!r} read as the word: {against}"
        return f"{self.word!r} may be the everyday word: too little says that it is the name"


def _told(evidence: Iterable[Evidence], sign: int) -> str:
    speaking = [one for one in evidence if one.weight * sign > 0]
    speaking.sort(key=lambda one: -abs(one.weight))
    return ", ".join(one.words for one in speaking[:2])
