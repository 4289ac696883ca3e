"""The language of each sentence of a message."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from mindhold.beliefs.text.tokens import Gap, Tokens
from mindhold.beliefs.text.zones import Zone
from mindhold.retrieval.sense.languages import ENGLISH, Language, spoken

_OTHERWISE = 1.4  # words of grammar that make a sentence another language than the whole
_STOP = re.compile("[.!?…:\n]")


class Spoken:
    """What the writer's own words are written in, sentence by sentence.

    Where too little tells, a sentence is in the language of the whole; where that is in several,
    in that of the sentence before; or in English.
    """

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens
        self._ends: list[int] = []
        self._languages: list[Language] = []
        whole = self._of(0, len(tokens))
        first, before = 0, whole or ENGLISH
        for end in self._stops():
            before = self._of(first, end, _OTHERWISE if whole else 0) or whole or before
            self._ends.append(end)
            self._languages.append(before)
            first = end

    def at(self, token: int) -> Language:
        """The language of the sentence in which a token stands."""
        return self._languages[bisect_right(self._ends, token)]

    def native(self, token: int) -> bool:
        """Whether a word is one of its sentence's language, and that is not English."""
        language = self.at(token)
        return language is not ENGLISH and language.has(self._tokens.words[token])

    def anywhere(self, language: Language) -> bool:
        """Whether any sentence is in it."""
        return language in self._languages

    def _stops(self) -> Iterator[int]:
        tokens = self._tokens
        for at in range(1, len(tokens)):
            stops = tokens.gaps[at] is Gap.HARD
            if stops and _STOP.search(tokens.text, tokens.ends[at - 1], tokens.starts[at]):
                yield at
        yield len(tokens)

    def _of(self, first: int, end: int, least: float = 0) -> Language | None:
        tokens = self._tokens
        own = [at for at in range(first, end) if tokens.zones[at] is Zone.PROSE]
        if not own:
            return None
        text = tokens.text[tokens.starts[own[0]] : tokens.ends[own[-1]]]
        return spoken([tokens.words[at] for at in own], text, least)
