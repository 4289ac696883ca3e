"""Phrasing: the terms of a phrase in one language, and the belief that is worded from them."""

import re

from mindhold.beliefs.learning.candidate import NewBelief
from mindhold.beliefs.learning.rules.shape import STATED, Spoken, belief, key_terms, sentence
from mindhold.beliefs.learning.rules.wording import Wording
from mindhold.beliefs.learning.terms import Terms, namelike, names
from mindhold.beliefs.model import Epistemic, Type


class Phrasing:
    """Finds names with the terms of a language, and words beliefs in it."""

    def __init__(self, terms: Terms, wording: Wording) -> None:
        self._terms = terms
        self._say = wording

    def _belief(
        self,
        spoken: Spoken,
        kind: Type,
        terms: tuple[str, ...],
        *,
        why: str,
        replaces: tuple[str, ...] = (),
        epistemic: Epistemic = Epistemic.STATED,
        confidence: float = STATED,
        subtype: str | None = None,
        name: str = "",
    ) -> NewBelief | None:
        strange = (name for name in terms if namelike(name, within=self._terms))
        first = next(strange, terms[0]) if kind is Type.ENTITY else terms[0]
        subordinate = spoken.explicit and self._terms.subordinates.search(before(spoken))
        return belief(
            spoken,
            kind,
            name=name or first,
            content=sentence(spoken.quote if subordinate else spoken.text),
            why=why,
            aliases=terms,
            replaces=replaces,
            epistemic=epistemic,
            confidence=confidence,
            subtype=subtype,
        )

    def _constraint(self, spoken: Spoken, terms: tuple[str, ...], why: str) -> NewBelief | None:
        return self._belief(spoken, Type.PREFERENCE, terms, why=why, subtype="constraint")

    def _swap(self, new: tuple[str, ...], old: tuple[str, ...]) -> str:
        said = self._say.swap if old else self._say.use
        return said.format(new=self._all(new), old=self._all(old))

    def _label(self, thing: str) -> str:
        """What a thing of theirs is called, without whose it is."""
        return next(iter(self._terms_of(thing)), thing)

    def _all(self, several: tuple[str, ...] | list[str]) -> str:
        return f" {self._say.both} ".join(several)

    def _names(self, text: str) -> tuple[str, ...]:
        return names(text, within=self._terms) if text.strip() else ()

    def _terms_of(self, text: str) -> tuple[str, ...]:
        return key_terms("x " + self._terms.elided.sub(", ", text), within=self._terms)

    def _named(self, text: str) -> bool:
        return any(namelike(name, within=self._terms) for name in self._names(text))

    def _first(self, found: re.Match[str], *groups: str) -> str:
        given = found.groupdict()
        return next((text for group in groups if (text := given.get(group))), "")

    def _before(self, old: str, spoken: Spoken) -> tuple[str, ...]:
        """What the turn before was about, if it spoke of the value that is corrected."""
        parts = re.split(r"(?<=[.!?])\s+|\n+", spoken.earlier[-1][-2000:]) if spoken.earlier else []
        told = [part for part in parts if re.search(rf"(?i)\b{re.escape(old)}\b", part)]
        return tuple(one for part in told[-1:] for one in self._terms_of(part))


def told(text: str) -> str:
    """The words as they stand, as part of another sentence."""
    return " ".join(text.replace("`", "").split()).strip(" ,;:-–—").rstrip(".!")


def before(spoken: Spoken) -> str:
    """What of the quote stands in front of what is stated."""
    return spoken.quote[: max(0, spoken.quote.find(spoken.text))]
