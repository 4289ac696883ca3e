"""A message, ready to be searched for names."""

from functools import cached_property

from mindhold.beliefs.text.firstnames import is_first_name
from mindhold.beliefs.text.heads import fronts
from mindhold.beliefs.text.stems import stem
from mindhold.beliefs.text.tokens import OWN_WORDS, Gap, tokenize
from mindhold.beliefs.text.unspaced import has_kana
from mindhold.beliefs.text.words import known
from mindhold.beliefs.text.zones import Zone, segment

_SPANS_A_KEY = 24  # more places than these decide nothing; without a bound, time is quadratic
_FOREIGN_SPANS_A_KEY = 8
_LONGEST_TYPO = 32  # letters; what is longer is no word that somebody mistyped
_CLAUSE = 12  # words to either side that show how a clause is written
_TYPOS = 24  # unknown words looked up with an error; pasted noise has thousands
_GERMAN = frozenset(
    """
    aber auch auf aus bei bitte das dass dem den der dich dir du ein eine einem einen einer es fur
    gibt ich ihr im ist kann kein keine keinen mein meine meinen mich mir mit muss nach nicht noch
    nur oder schon sich sie sind soll uber um und uns unser unsere vom von wann warum was welche
    wenn wer wie wir wird wo zu zum zur
    """.split()  # noqa: SIM905 (reads better)
)


def _familiar(word: str) -> bool:
    return known(word) or is_first_name(word) or (word.endswith("s") and known(stem(word)))


class Message:
    """The tokens of one text and where each run of up to three of them stands."""

    def __init__(self, text: str) -> None:
        self.tokens = tokenize(text, segment(text))
        self.stems = [stem(word) for word in self.tokens.words]
        self.spans: dict[str, list[tuple[int, int]]] = {}
        self._index()

    def _index(self) -> None:
        words, others, gaps = self.tokens.words, self.tokens.alternates, self.tokens.gaps
        stems, zones = self.stems, self.tokens.zones
        count, hard, add = len(words), Gap.HARD, self._add
        for at, word in enumerate(words):
            zone = zones[at]
            if zone is Zone.OWN:
                continue
            run = stems[at]
            most = _SPANS_A_KEY if zone in OWN_WORDS else _FOREIGN_SPANS_A_KEY
            add(run, at, 1, most)
            if word is not run and word != run:
                add(word, at, 1, most)
            if others[at] is not word and others[at] != word:
                add(stem(others[at]), at, 1, most)
            for front in fronts(word):
                add(stem(front), at, 1, most)
            for end in range(at + 1, min(at + 3, count)):
                if gaps[end] is hard:
                    break
                other, last, own = others[end], words[end], stems[end]
                if other is not last and other != last:
                    add(run + stem(other), at, end + 1 - at, most)
                if last is not own and last != own:
                    add(run + last, at, end + 1 - at, most)
                run += own
                add(run, at, end + 1 - at, most)

    def _add(self, key: str, first: int, count: int, most: int) -> None:
        places = self.spans.get(key)
        if places is None:
            self.spans[key] = [(first, count)]
        elif len(places) < most:
            places.append((first, count))

    @cached_property
    def typos(self) -> dict[str, list[int]]:
        """The writer's own words of four letters or more that no list knows, with their places."""
        found: dict[str, list[int]] = {}
        for at, word in enumerate(self.tokens.words):
            if not 4 <= len(word) <= _LONGEST_TYPO or self.tokens.zones[at] is not Zone.PROSE:
                continue
            if word in found:
                if len(found[word]) < _SPANS_A_KEY:
                    found[word].append(at)
            elif len(found) < _TYPOS and word.isalpha() and not _familiar(word):
                found[word] = [at]
        return found

    @cached_property
    def german(self) -> bool:
        """Whether the writer capitalises nouns, so that a capital says nothing."""
        return len(_GERMAN.intersection(self.tokens.words)) >= 2

    @cached_property
    def japanese(self) -> bool:
        """Whether Chinese characters in it are Japanese."""
        return has_kana(self.tokens.text)

    @cached_property
    def shouting(self) -> bool:
        """Whether capitals say nothing because most words have them: ALL CAPS or Title Case."""
        words = [self.tokens.raw(at) for at in range(min(len(self.tokens), 200))]
        long = [word for word in words if len(word) > 3 and word.isalpha()]
        capital = sum(word[0].isupper() for word in long)
        return len(long) > 2 and capital > 0.7 * len(long)

    @cached_property
    def cased(self) -> bool:
        """Whether the writer uses capitals at all, so that lower case says something."""
        first = next((raw for raw in map(self.tokens.raw, range(len(self.tokens)))), "")
        return first[:1].isupper() and not self.shouting

    def titled(self, first: int, end: int) -> bool:
        """Whether capitals say nothing around these tokens: the clause has other long words, and
        all of them have one."""
        gaps = self.tokens.gaps
        begin, stop = first, end
        while begin and first - begin < _CLAUSE and gaps[begin] is not Gap.HARD:
            begin -= 1
        while stop < len(gaps) and stop - end < _CLAUSE and gaps[stop] is not Gap.HARD:
            stop += 1
        around = [self.tokens.raw(at) for at in (*range(begin, first), *range(end, stop))]
        long = [word for word in around if len(word) > 3 and word.isalpha()]
        return len(long) > 1 and all(word[0].isupper() for word in long)

    def own(self, first: int) -> bool:
        """Whether the token is in the writer's own words."""
        return self.tokens.zones[first] in OWN_WORDS

    @cached_property
    def speaks(self) -> bool:
        """Whether any of it is in the writer's own words."""
        return not OWN_WORDS.isdisjoint(self.tokens.zones)

    def line(self, first: int) -> int:
        """Where the line of a token begins: a character of the text."""
        return self.tokens.text.rfind("\n", 0, self.tokens.starts[first]) + 1

    def text(self, first: int, count: int) -> str:
        """The raw text of a run of tokens."""
        return self.tokens.text[self.tokens.starts[first] : self.tokens.ends[first + count - 1]]
