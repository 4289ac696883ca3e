"""Longer names for a belief whose name alone is too weak, taken from its own words.

"The Nomad scheduler" is understood where "nomad" is a guess: the word gets the noun that the
belief's own text says it is. The text is read by its words of grammar, articles and copulas, in
each language that we know some of; there is no list of things.
"""

from collections.abc import Iterator

from mindhold.beliefs.model import Belief
from mindhold.beliefs.text.lexicon import parts_in
from mindhold.beliefs.text.stems import stem
from mindhold.beliefs.text.tokens import Gap
from mindhold.beliefs.text.words import UNKNOWN, closed_class, known, parts, rank
from mindhold.retrieval.message import Message
from mindhold.retrieval.sense.languages import ENGLISH, OTHERS
from mindhold.retrieval.surface import Surface

_MOST = 4  # words of an alias
_ASIDE = frozenset({",", "(", "–", "—"})  # what may stand before an apposition
_OWN = frozenset({"my", "mein", "meine", "mon", "ma", "mi"})
_THE = frozenset({"the", "der", "die", "das", "den", "dem", "le", "la", "les", "el", "los", "las"})
_LINKS = frozenset(
    {"is", "are", "was", "as", "ist", "sind", "war", "als", "est", "sont", "comme", "es", "son"}
)
_FOR = frozenset({"for", "fur", "pour", "para"})
_NOT = frozenset({"not", "no", "than", "nicht", "kein", "statt", "pas", "non", "sin"})
_DETERMINERS = _THE.union(
    *(language.indefinite | language.owners for language in (ENGLISH, *OTHERS.values()))
).difference(_NOT)
_NOUN_FIRST = frozenset({"fr", "es"})  # la hija mayor


def longer(belief: Belief, name: Surface) -> Iterator[str]:
    """Candidates, the best first; the caller keeps the first that the rules would accept."""
    texts = (belief.content, belief.why_it_matters, *(quote.quote for quote in belief.evidence))
    read = [Phrases(Message(text)) for text in texts]
    yield from (found for phrases in read for found in phrases.around(name))
    if not name.canonical:
        yield from _kind(belief, name)
    lone = len(name.words) == 1 and not closed_class(name.words[0])
    if not lone or name.descriptive or not any(phrases.places(name) for phrases in read):
        yield from (found for phrases in read for found in phrases.proper_names())


def _kind(belief: Belief, name: Surface) -> Iterator[str]:
    """The word with the noun of the canonical name, which is mostly what it is: job_scheduler."""
    words = belief.canonical_name.split("_")
    if len(name.words) > 1 or name.stems[0] in map(stem, words) or not words[-1].isascii():
        return
    if not (closed_class(name.words[0]) or closed_class(words[-1])):
        yield f"{name.text} {words[-1]}"


class Phrases:
    """What a text calls things, in more than a word."""

    def __init__(self, message: Message) -> None:
        self._message = message
        self._tokens = message.tokens

    def places(self, name: Surface) -> list[int]:
        """Where the first word of a name stands."""
        words = enumerate(self._tokens.words)
        return [at for at, word in words if word == name.words[0]]

    def around(self, name: Surface) -> Iterator[str]:
        """What it calls the thing that has a lone name, the name among the words."""
        if len(name.words) > 1:
            return
        places = self.places(name)
        yield from (found for at in places for found in self._written(at))
        if not closed_class(name.words[0]):
            yield from (found for at in places for found in self._described(at, name.text))

    def proper_names(self) -> Iterator[str]:
        """Names that it does not deny, those that are no dictionary's words first."""
        words = self._tokens.words
        found = [at for at in range(len(words)) if self._is_proper(at)]
        denied = {at for at in found if {*words[max(0, at - 2) : at]} & _NOT}
        for at in sorted(set(found) - denied, key=lambda at: (known(words[at]), at)):
            yield self._raw(*self._whole(at, at + 1))

    def _written(self, at: int) -> Iterator[str]:
        """HashiCorp Nomad, Fly.io: a longer name around the word."""
        first, end = self._whole(at, at + 1)
        if end - first > 1:
            yield self._raw(first, end)

    def _described(self, at: int, name: str) -> Iterator[str]:
        """The Nomad scheduler; our scheduler is Nomad; Nomad, our cluster scheduler; my sister
        Rose."""
        for start in range(at - 1, at - 1 - _MOST, -1):
            end = self._phrase(start)
            noun = self._noun(start, end)
            if start < at < end - 1 and noun == end - 1:
                yield f"{name} {self._raw(at + 1, end)}"
            elif noun and end + self._is(end, _LINKS) == at:
                yield self._called(start, noun, name)
            elif end == at + 1 and (before := self._noun(start, at)):
                yield self._called(start, before, name)
        linked = self._is(at + 1, _LINKS)
        start = at + 1 + linked
        noun = self._noun(start, self._phrase(start))
        if noun and (linked or self._between(start) in _ASIDE):
            yield self._called(start, noun, name)
        yield from self._purpose(at, name)

    def _purpose(self, at: int, name: str) -> Iterator[str]:
        """Render for hosting; Notion for all our notes."""
        last = at + 1
        if not self._is(last, _FOR):
            return
        while last + 1 < len(self._tokens) and closed_class(self._tokens.words[last + 1]):
            last += 1
        noun = self._noun(last, self._run(last))
        if noun:
            yield f"{name} {self._tokens.raw(noun)}"

    def _called(self, start: int, noun: int, name: str) -> str:
        """The name with the noun of a phrase: one's own comes first, as in "my sister Rose"."""
        own, raw = self._tokens.words[start] in _OWN, self._tokens.raw(noun)
        return f"{raw} {name}" if own else f"{name} {raw}"

    def _phrase(self, start: int) -> int:
        """Where the phrase ends that begins with a determiner here; `start` if none does."""
        return self._run(start) if self._is(start, _DETERMINERS) else start

    def _run(self, start: int) -> int:
        """Where the words of content end that follow a token."""
        end = start + 1
        while self._is_content(end):
            end += 1
        return end

    def _noun(self, start: int, end: int) -> int | None:
        """The noun of a phrase, its last one or, where adjectives follow, its first."""
        nouns = [at for at in range(start + 1, end) if {"N", "G"} & {*self._played(at)}]
        if not nouns:
            return None
        return nouns[0 if self._language(nouns[0]) in _NOUN_FIRST else -1]

    def _whole(self, first: int, end: int) -> tuple[int, int]:
        """The identifier or the run of capitalised words that the tokens are part of."""
        gaps, count = self._tokens.gaps, len(self._tokens)
        while first and gaps[first] is Gap.JOINER:
            first -= 1
        while end < count and gaps[end] is Gap.JOINER:
            end += 1
        if not self._tokens.raw(first)[0].isupper():
            return first, end
        while end - first < _MOST and gaps[first] is Gap.SOFT and self._is_proper(first - 1):
            first -= 1
        while end - first < _MOST and end < count and gaps[end] is Gap.SOFT:
            if not self._is_proper(end):
                break
            end += 1
        return first, end

    def _raw(self, first: int, end: int) -> str:
        return self._message.text(first, end - first)

    def _between(self, at: int) -> str:
        """The marks that stand before a token."""
        tokens = self._tokens
        if not 0 < at < len(tokens):
            return ""
        return tokens.text[tokens.ends[at - 1] : tokens.starts[at]].strip()

    def _is(self, at: int, words: frozenset[str]) -> bool:
        return 0 <= at < len(self._tokens) and self._tokens.words[at] in words

    def _is_content(self, at: int) -> bool:
        """Whether a word goes on here that is neither grammar nor a verb, as in "the UPS lasts"."""
        tokens = self._tokens
        return (
            0 < at < len(tokens)
            and tokens.gaps[at] in (Gap.SOFT, Gap.HYPHEN)
            and tokens.raw(at).isalpha()
            and len(tokens.words[at]) > 2
            and not closed_class(tokens.words[at])
            and not self._is_verb(at)
        )

    def _is_verb(self, at: int) -> bool:
        """Or a word like "without"; behind a word of grammar, "notes" is a plural."""
        played = self._played(at)
        plural = "P" in played and closed_class(self._tokens.words[at - 1])
        return played == "-" or (played.startswith("Z") and not plural)

    def _played(self, at: int) -> str:
        """The parts of speech of a word, of one that no list has a noun's, of "without" none."""
        word, language = self._tokens.words[at], self._language(at)
        if language in OTHERS:
            return parts_in(language, word) or "N"
        return parts(word).replace("P", "NP") or ("N" if rank(word) == UNKNOWN else "-")

    def _language(self, at: int) -> str:
        return self._message.spoken.at(at).code

    def _is_proper(self, at: int) -> bool:
        """Whether the word has a capital that no beginning of a sentence explains."""
        begins, word = self._tokens.gaps[at] is Gap.HARD, self._tokens.words[at]
        return (
            self._tokens.raw(at)[0].isupper()
            and not closed_class(word)
            and not (begins and known(word))
        )
