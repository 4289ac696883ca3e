"""The place of a lone word: its neighbours within the clause."""

from mindhold.beliefs.text.tokens import Gap, Tokens
from mindhold.beliefs.text.words import parts

_WITHIN = (Gap.SOFT, Gap.HYPHEN, Gap.JOINER)


class Place:
    """The words around one token; the empty word stands for the clause's end."""

    def __init__(self, tokens: Tokens, at: int) -> None:
        self._tokens = tokens
        self._at = at
        self.word = tokens.words[at]
        self.parts = parts(self.word)

    def left(self, distance: int = 1) -> str:
        """The word so many places before, "" beyond the clause."""
        at = self._at - distance
        inside = at >= 0 and all(
            self._tokens.gaps[index] in _WITHIN for index in range(at + 1, self._at + 1)
        )
        return self._tokens.words[at] if inside else ""

    def right(self, distance: int = 1) -> str:
        """The word so many places after, "" beyond the clause."""
        at = self._at + distance
        inside = at < len(self._tokens) and all(
            self._tokens.gaps[index] in _WITHIN for index in range(self._at + 1, at + 1)
        )
        return self._tokens.words[at] if inside else ""

    def quoted(self, before: int = 0, after: int = 0) -> str:
        """The raw text from so many words before to so many after."""
        first, last = self._at - before, self._at + after
        text = self._tokens.text[self._tokens.starts[first] : self._tokens.ends[last]]
        return repr(" ".join(text.split()))

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

    def _dotted(self, at: int) -> bool:
        after = at + 1
        return after < len(self._tokens) and self._tokens.gaps[after] is Gap.JOINER
