"""The French and Spanish frame of a lone word: before its verb a noun always has an article, after
most prepositions too; a name has none."""

import re
from collections.abc import Callable, Iterator

from mindhold.beliefs.text.lexicon import is_verb_in, parts_in
from mindhold.retrieval.sense.evidence import Evidence
from mindhold.retrieval.sense.languages import Language
from mindhold.retrieval.sense.place import Place

_OF = frozenset({"de", "du", "des", "del"})
_ABSTRACT = re.compile(
    ".{3,}(?:tion|sion|ite|ence|ance|isme|ment|age|cion|dad|encia|ancia|ismo|miento|eza)s?"
)


def frame(place: Place, language: Language) -> Iterator[Evidence]:
    """What the neighbours say, the language read into them."""
    return _Frame(place, language).read()


class _Frame:
    def __init__(self, place: Place, language: Language) -> None:
        self.place = place
        self.language = language
        self.parts = parts_in(language.code, place.word)
        self.at = place.before(language.adverbs)

    def left(self, distance: int = 0) -> str:
        """A word before, with its accent where that makes it another: está, à."""
        return self._accented(self.at + distance, self.place.left, self.place.raw_left)

    def right(self, distance: int) -> str:
        """A word after, likewise."""
        return self._accented(distance, self.place.right, self.place.raw_right)

    def _accented(self, at: int, word: Callable[[int], str], raw: Callable[[int], str]) -> str:
        if not word(at):
            return ""
        typed = raw(at).lower().replace("’", "'").rpartition("'")[2]  # the a of n'a
        return typed if typed in self.language.accented else word(at)

    def read(self) -> Iterator[Evidence]:
        place, language = self.place, self.language
        if self.right(1) in _OF and not is_verb_in(language.code, place.right(2)):
            yield Evidence(kind="of", words=place.quoted(after=1))
        if place.elides() == "l":
            yield Evidence(kind="definite", words=f"l'{place.raw}", share=1.4)
        elif place.elides() == "d":
            yield from self._bare("preposition", f"d'{place.raw}", 0.5)
        elif self._twice():
            yield Evidence(kind="phrase", words=place.quoted())
        else:
            yield from self._before()

    def _twice(self) -> bool:
        """Pierre par pierre, sol a sol."""
        return self.place.word in {self.place.left(2), self.place.right(2)}

    def _before(self) -> Iterator[Evidence]:
        language, word = self.language, self.left()
        said = self.place.quoted(before=self.at if word else 0)
        if not word or word in language.asking:
            yield from self._opening()
        elif word in language.definite or word in language.owners:
            yield Evidence(kind="definite", words=said, share=1.4)
        elif word in language.indefinite or word.isdecimal():
            yield Evidence(kind="indefinite", words=said)
        elif word in language.strict:
            yield from self._after_preposition(said, 1.0)
        elif word in language.prepositions:
            yield from self._after_preposition(said, self._counted())
        elif word in language.loose and word != "de" and self._uncounted():
            yield Evidence(kind="phrase", words=said, share=0.4)
        elif word in language.loose:
            yield from self._after_preposition(said, 0.5)
        elif word in language.kinds:
            yield Evidence(kind="apposition", words=said)
        else:
            yield from self._within(word, said)

    def _after_preposition(self, said: str, share: float) -> Iterator[Evidence]:
        after = parts_in(self.language.code, self.place.right())
        if "A" in after:
            yield Evidence(kind="modified", words=self.place.quoted(after=1))
        yield Evidence(kind="preposition", words=said, share=share)

    def _opening(self) -> Iterator[Evidence]:
        """At the front of a clause: a subject when its verb follows."""
        step = self.place.after(self.language.adverbs)
        after = self.right(step)
        negated = after and self.place.raw_right(step)[1:2] in {"'", "’"}  # n'a
        sure = step > 1 or negated or self.place.elides(step) in {"n", "m", "t", "s"}
        if self.left() in self.language.pairing and self._paired(self.left(1)):
            yield Evidence(kind="paired", words=self.place.quoted(before=self.at + 1))
        elif self.right(1) in self.language.pairing and self._paired(self.right(2)):
            yield Evidence(kind="paired", words=self.place.quoted(after=2))
        elif self._is_verb(after, sure=sure):
            yield Evidence(kind="subject", words=self.place.quoted(after=step))
        elif after and "A" not in parts_in(self.language.code, after):
            yield from self._bare("bare", self.place.quoted(after=step), 0.4)

    def _paired(self, word: str) -> bool:
        """Whether what it is coupled with is a word of the language without an article."""
        return "N" in parts_in(self.language.code, word) and word not in self.language.grammar

    def _is_verb(self, word: str, *, sure: bool) -> bool:
        language = self.language
        if word in language.being or word in language.light or word in language.finite:
            return True
        if word in language.grammar or not is_verb_in(language.code, word):
            return False
        return sure or "A" not in parts_in(language.code, word)

    def _within(self, word: str, said: str) -> Iterator[Evidence]:
        """After a verb, or in a noun phrase."""
        language = self.language
        played = parts_in(language.code, word)
        if word in language.subjects:
            if is_verb_in(language.code, self.place.word):
                yield Evidence(kind="verb", words=said)
        elif word in language.being:
            yield from self._predicate(said)
        elif word in language.light:
            yield from self._bare("object", said, 0.3)
        elif (
            word in language.finite
            or is_verb_in(language.code, word)
            or self.left(1) in language.having
        ):
            yield from self._bare("object", said, 0.8 if "A" not in played else 0.6)
        elif "A" in self.parts or "A" in played:
            yield Evidence(kind="modified", words=said)
        elif "N" in played:
            yield from self._bare("apposition", said, 0.5)

    def _predicate(self, said: str) -> Iterator[Evidence]:
        if "A" in self.parts:
            yield Evidence(kind="adjective", words=said)
        else:
            yield from self._bare("predicate", said, 0.5)

    def _bare(self, kind: str, said: str, share: float) -> Iterator[Evidence]:
        yield Evidence(kind=kind, words=said, share=share * self._counted())

    def _counted(self) -> float:
        """How much a missing article says: less of what is seldom counted, or of many."""
        word = self.place.word
        return 0.5 if self._uncounted() or word[-1] in "sx" or _ABSTRACT.fullmatch(word) else 1.0

    def _uncounted(self) -> bool:
        return self.place.word in self.language.uncounted or "M" in self.parts
