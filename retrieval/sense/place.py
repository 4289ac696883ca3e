"""The place of a lone word: its neighbours within the clause."""

import re

from mindhold.beliefs.text.tokens import Gap, Tokens
from mindhold.beliefs.text.words import parts, phrase

_ELIDED = re.compile("([A-Za-z]+)['’]$")
_PHRASE = 4  # words of a phrase at most
_FAR, _NEAR = 11, 6  # how far a frame looks
_WITHIN = (Gap.SOFT, Gap.HYPHEN, Gap.JOINER)


class Place:
    """The words around one token; the empty word stands for the clause's end."""

    def __init__(self, tokens: Tokens, at: int) -> None:
        self._tokens = tokens
        self._at = at
        self.word = tokens.words[at]
        self._before = self._walk(range(at, max(at - _FAR, 0), -1), -1)
        self._behind = self._walk(range(at + 1, min(at + _NEAR, len(tokens))), 0)
        self.parts = parts(self.word)

    def _walk(self, gaps: range, step: int) -> list[str]:
        """The words over these gaps, as far as the clause goes; an emoji ends it too."""
        found = []
        for gap in gaps:
            word = self._tokens.words[gap + step]
            if self._tokens.gaps[gap] not in _WITHIN or not (word[0].isalnum() or word[0] == "."):
                break
            found.append(word)
        return found

    def left(self, distance: int = 1) -> str:
        """The word so many places before, "" beyond the clause and beyond the ten next."""
        return self._before[distance - 1] if distance <= len(self._before) else ""

    def left_raw(self, distance: int) -> str:
        """The same as it was typed; only where `left` has a word."""
        return self._tokens.raw(self._at - distance)

    def right(self, distance: int = 1) -> str:
        """The word so many places after, "" beyond the clause and beyond the five next."""
        return self._behind[distance - 1] if distance <= len(self._behind) else ""

    def before(self, passed: frozenset[str]) -> int:
        """The distance to the left of the first word that is none of these, of the next three."""
        return next((at for at in (1, 2, 3) if self.left(at) not in passed), 4)

    def after(self, passed: frozenset[str]) -> int:
        """The same to the right."""
        return next((at for at in (1, 2, 3) if self.right(at) not in passed), 4)

    @property
    def raw(self) -> str:
        """The word as it was typed."""
        return self._tokens.raw(self._at)

    def raw_left(self, distance: int) -> str:
        """The same of `left`; only where that has a word."""
        return self._tokens.raw(self._at - distance)

    def raw_right(self, distance: int) -> str:
        """The same of `right`; only where that has a word."""
        return self._tokens.raw(self._at + distance)

    def elides(self, distance: int = 0) -> str:
        """What hangs elided on the word or one after it: "l" of l'aurore, "" when nothing does."""
        at = self._at + distance
        if at >= len(self._tokens):
            return ""
        start = self._tokens.starts[at]
        found = _ELIDED.search(self._tokens.text[max(0, start - 7) : start])
        return found[1].lower() if found else ""

    def quoted(self, before: int = 0, after: int = 0) -> str:
        """The raw text from so many words before to so many after."""
        first, last = self._at - before, self._at + after
        text = self._tokens.text[self._tokens.starts[first] : self._tokens.ends[last]]
        return repr(" ".join(text.split()))

    def phrase(self) -> str:
        """The phrase of a dictionary that the word stands in: set in stone; "" without one."""
        most = _PHRASE - 1
        words = [*reversed(self._before[:most]), self.word, *self._behind[:most]]
        at = len(self._before[:most])
        for size in range(_PHRASE, 1, -1):
            for first in range(max(0, at - size + 1), min(at, len(words) - size) + 1):
                if phrase(" ".join(words[first : first + size])):
                    return self.quoted(before=at - first, after=first + size - 1 - at)
        return ""

    @property
    def hyphened(self) -> bool:
        """Whether a hyphen joins the word to another."""
        gaps = self._tokens.gaps
        after = self._at + 1 < len(gaps) and gaps[self._at + 1] is Gap.HYPHEN
        return after or gaps[self._at] is Gap.HYPHEN

    def hyphened_left(self, distance: int) -> bool:
        """Whether a hyphen joins the word so many places before to another before it."""
        return self._tokens.gaps[self._at - distance] is Gap.HYPHEN

    @property
    def defined(self) -> bool:
        """Whether it is asked what the word means; what somebody means by it is another matter."""
        asked = self.left(2) == "what" and self.left() in {"does", "do", "did"}
        return (
            asked and self.right() == "mean" and self.right(2) not in {"by", "to", "when", "with"}
        )

    @property
    def listed(self) -> bool:
        """Whether a comma follows."""
        return self._tokens.text[self._tokens.ends[self._at] :][:1] == ","

    @property
    def owns(self) -> bool:
        """Whether a possessive hangs on the word: go's."""
        end = self._tokens.ends[self._at]
        return self._tokens.text[end : end + 2].lower() in {"'s", "’s"}

    @property
    def version(self) -> bool:
        """Whether a version follows: 1.22, v3, 2."""
        at = self._at + 1
        if at >= len(self._tokens) or self._tokens.gaps[at] is not Gap.SOFT:
            return False
        word = self._tokens.words[at]
        if word[:1] == "v" and word[1:].isdecimal():
            return True
        if not word.isdecimal() or len(word) > 3:
            return False
        return self._dotted(at) or parts(self.right(2))[:1] not in {"N", "P"}

    @property
    def dotted(self) -> bool:
        """Whether what follows has a point in it, if it is a number."""
        return self._dotted(self._at + 1)

    def _dotted(self, at: int) -> bool:
        after = at + 1
        return after < len(self._tokens) and self._tokens.gaps[after] is Gap.JOINER
