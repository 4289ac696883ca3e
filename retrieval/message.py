"""A message, ready to be searched for names."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from itertools import islice

from mindhold.beliefs.text.firstnames import is_first_name
from mindhold.beliefs.text.heads import fronts
from mindhold.beliefs.text.lexicon import is_listed
from mindhold.beliefs.text.stems import root, stem
from mindhold.beliefs.text.tokens import OWN_WORDS, Gap, tokenize
from mindhold.beliefs.text.unspaced import has_kana
from mindhold.beliefs.text.words import known, technical
from mindhold.beliefs.text.zones import Zone, segment
from mindhold.retrieval.sense.capitals import Capitals
from mindhold.retrieval.sense.languages import GERMAN
from mindhold.retrieval.sense.spoken import Spoken

_SPANS_A_KEY = 12  # more places than these decide nothing; without a bound, time is quadratic
_MOST_SPANS = {
    zone: _SPANS_A_KEY if zone in OWN_WORDS else 0 if zone is Zone.OWN else 8 for zone in Zone
}
_LONGEST_TYPO = 32  # letters; what is longer is no word that somebody mistyped
_TYPOS = 24  # unknown words looked up with an error; pasted noise has thousands


@lru_cache(maxsize=32_768)
def _strange(word: str) -> bool:
    """Whether no list has the word, so that it may be a slip for another."""
    return word.isalpha() and not is_first_name(word) and not any(map(_listed, _bases(word)))


def _bases(word: str) -> Iterator[str]:
    yield word
    for ending in ("s", "d", "ed", "ing", "er", "ly"):
        if word.endswith(ending) and len(word) - len(ending) > 3:
            yield word[: -len(ending)]


def _listed(word: str) -> bool:
    return known(word) or is_listed(word)


@lru_cache(maxsize=32_768)
def _respelled(word: str, other: str) -> tuple[str, ...]:
    """The keys of a word beside its stem: as it stands, as it may also be spelled."""
    keys = dict.fromkeys((word, stem(other)))
    keys.pop(stem(word), None)
    return tuple(keys)


class Message:
    """The tokens of one text and where each run of up to three of them stands."""

    def __init__(self, text: str) -> None:
        self._segments = segment(text)
        self.tokens = tokenize(text, self._segments)
        self.stems = [stem(word) for word in self.tokens.words]
        self.spans: dict[str, list[tuple[int, int]]] = {}
        self._most = [_MOST_SPANS[zone] for zone in self.tokens.zones]
        self._index()

    def _index(self) -> None:
        gaps, stems, count, hard = self.tokens.gaps, self.stems, len(self.stems), Gap.HARD
        ones = [at for at, most in enumerate(self._most) if most]
        twos = [at for at in ones if at + 1 < count and gaps[at + 1] is not hard]
        threes = [at for at in twos if at + 2 < count and gaps[at + 2] is not hard]
        self._put(1, ones, [stems[at] for at in ones])
        self._put(2, twos, [stems[at] + stems[at + 1] for at in twos])
        self._put(3, threes, [stems[at] + stems[at + 1] + stems[at + 2] for at in threes])
        words, others = self.tokens.words, self.tokens.alternates
        begun = [(at, stem(key)) for at in ones for key in fronts(words[at])]
        self._put(1, [at for at, _ in begun], [key for _, key in begun])
        respelled = [(at, key) for at in ones for key in _respelled(words[at], others[at])]
        for size in (1, 2, 3):
            self._put(size, [at + 1 - size for at, _ in respelled], [key for _, key in respelled])
            respelled = [
                (at, stems[at - size] + key)
                for at, key in respelled
                if at >= size and gaps[at + 1 - size] is not hard
            ]

    def _put(self, size: int, places: Iterable[int], keys: Iterable[str]) -> None:
        spans, most = self.spans, self._most
        for at, key in zip(places, keys, strict=True):
            held = spans.get(key)
            if held is None:
                spans[key] = [(at, size)]
            elif len(held) < most[at]:
                held.append((at, size))

    @cached_property
    def typos(self) -> dict[str, list[int]]:
        """The writer's own words of four letters or more that no list knows, with their places."""
        words, zones = self.tokens.words, self.tokens.zones
        long = {word for word in set(words) if 4 <= len(word) <= _LONGEST_TYPO}
        strange = {word for word in long if _strange(word)}
        found: dict[str, list[int]] = {}
        for at, word in enumerate(words):
            if word in strange and zones[at] is Zone.PROSE:
                found.setdefault(word, []).append(at)
        return {word: places[:_SPANS_A_KEY] for word, places in islice(found.items(), _TYPOS)}

    @cached_property
    def spoken(self) -> Spoken:
        """The language of each of its sentences."""
        return Spoken(self.tokens)

    @property
    def german(self) -> bool:
        """Whether the writer capitalises nouns, so that a capital says nothing."""
        return self.spoken.anywhere(GERMAN)

    @cached_property
    def japanese(self) -> bool:
        """Whether Chinese characters in it are Japanese."""
        return has_kana(self.tokens.text)

    @cached_property
    def capitals(self) -> Capitals:
        """What its capitals tell."""
        return Capitals(self.tokens)

    @cached_property
    def roots(self) -> frozenset[str]:
        """The roots of the writer's words."""
        return frozenset(root(self.tokens.words[at]) for at in self._said())

    @cached_property
    def technical(self) -> frozenset[str]:
        """The writer's words that are spoken of in software."""
        words = self.tokens.words
        return frozenset(
            words[at] for at in self._said() if technical(words[at]) and not self.spoken.native(at)
        )

    def _said(self) -> list[int]:
        zones = self.tokens.zones
        own = [at for at, zone in enumerate(zones) if zone in OWN_WORDS]
        return own or list(range(len(zones)))

    def own(self, first: int) -> bool:
        """Whether the token is in the writer's own words."""
        return self.tokens.zones[first] in OWN_WORDS

    @cached_property
    def speaks(self) -> bool:
        """Whether any of it is in the writer's own words."""
        return not OWN_WORDS.isdisjoint(self.tokens.zones)

    def read_as(self, first: int) -> str:
        """What the part of the message that holds a token was taken for, `log (a timestamp)`;
        empty where it is the writer's own."""
        at = bisect_right(self._segments, self.tokens.starts[first], key=lambda part: part.start)
        family, _, signals = self._segments[at - 1].why.partition(": ")
        return f"{family} ({signals})" if signals else family

    def line(self, first: int) -> int:
        """Where the line of a token begins: a character of the text."""
        return self.tokens.text.rfind("\n", 0, self.tokens.starts[first]) + 1

    def text(self, first: int, count: int) -> str:
        """The raw text of a run of tokens."""
        return self.tokens.text[self.tokens.starts[first] : self.tokens.ends[first + count - 1]]
