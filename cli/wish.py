"""Wishes: what the author of a sentence or a conversation wants a belief to be."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mindhold.beliefs.model import Belief

SCOPES = ("universal", "domain", "project")
_NO = (
    r"not|never|avoid|no|without|stop|instead of|rather than|\w+n't"
    r"|nicht|nie|niemals|kein\w*|statt|ohne|ne|n|pas|jamais|plus|sans|éviter?|nunca|sin|evitar?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What one belief must be; what is left out may be anything.

    `has`: words in its name, content or aliases. `lacks`: texts nowhere in it. `scope`: the kind.
    `why`: words in its directive. `avoids`: names that the directive warns of. `alias`: surfaces.
    `supersedes`: ids of what it took the place of. `since` and `until`: days, as ISO writes them.
    Letter case does not count.
    """

    state: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    has: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    scope: str = ""
    why: tuple[str, ...] = ()
    avoids: tuple[str, ...] = ()
    alias: tuple[str, ...] = ()
    supersedes: tuple[str, ...] = ()
    since: str = ""
    until: str = ""

    def meets(self, belief: Belief) -> bool:
        """Whether it is the belief that is meant, in the right state, however it is worded."""
        told = _told(belief)
        return (
            (not self.state or belief.state in self.state)
            and all(word.lower() in told for word in self.has)
            and not any(word.lower() in told for word in self.lacks)
        )

    def faults(self, belief: Belief) -> list[str]:
        """What the belief lacks to be what is wanted."""
        return [*self._in_kind(belief), *self._in_words(belief)]

    def _in_kind(self, belief: Belief) -> Iterator[str]:
        if self.state and belief.state not in self.state:
            yield f"is {belief.state}, not {'/'.join(self.state)}"
        if self.type and belief.type not in self.type:
            yield f"is a {belief.type}, not a {'/'.join(self.type)}"
        if self.scope and not any(self.scope in scope for scope in belief.scopes):
            yield f"holds in {belief.scopes}, not in a {self.scope} scope"
        if not set(self.supersedes) <= set(belief.supersedes):
            yield f"supersedes {belief.supersedes}, not {self.supersedes}"
        days = ((self.since, belief.valid_from), (self.until, belief.valid_until))
        for wanted, day in days:
            if wanted and wanted != str(day):
                yield f"has the day {day}, not {wanted}"

    def _in_words(self, belief: Belief) -> Iterator[str]:
        aliases = [alias.text.lower() for alias in belief.aliases]
        told = _told(belief)
        why = belief.why_it_matters.lower()
        yield from (f"does not say {word!r}" for word in self.has if word.lower() not in told)
        yield from (f"says {word!r}" for word in self.lacks if word.lower() in f"{told} {why}")
        yield from (f"has no alias {name!r}" for name in self.alias if name.lower() not in aliases)
        yield from (f"its why lacks {word!r}" for word in self.why if word.lower() not in why)
        for name in self.avoids:
            if not re.search(rf"\b({_NO})\b[^.]*{re.escape(name.lower())}", why):
                yield f"its why does not warn of {name!r}"


def _told(belief: Belief) -> str:
    """Its name, content and surfaces, in lower case."""
    names = (alias.text for alias in belief.aliases)
    return " ".join([belief.canonical_name, belief.content, *names]).lower()


def nearest(wish: Wish, beliefs: list[Belief]) -> list[str]:
    """The fewest faults among the beliefs; nothing there is a fault too."""
    every = [wish.faults(belief) for belief in beliefs]
    return min(every, key=len, default=["nothing of the kind is there"])
