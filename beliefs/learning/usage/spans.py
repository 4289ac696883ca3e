"""Spans: where in a sentence the names stand that beliefs have already; pure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mindhold.beliefs.model import Belief, Origin
from mindhold.beliefs.text.stems import stem
from mindhold.beliefs.text.tokens import Gap, Tokens, tokenize
from mindhold.beliefs.text.words import closed_class, parts

_LONGEST = 5  # words of a name
_RUNS_ON = frozenset({Gap.SOFT, Gap.HYPHEN, Gap.JOINER})
_HELD = frozenset(
    re.findall(
        r"\w+",
        """
    the this that our my der die das den dem des unser unsere unseren unserem unserer unseres mein
    meine meinen meinem meiner le la les l ce cet cette notre nos mon ma mes au el los las lo
    nuestro nuestra mi al del este esta
    """,
    )
)
"""What may stand before a thing that is known."""
_STRANGE = frozenset(
    re.findall(
        r"\w+",
        """
    a an any every each some no another such their his her your its other whose not never
    ein eine einen einem einer kein keine keinen euer eure euren ihr ihre ihren sein seine seinen
    nicht un une des aucun aucune leur leurs votre vos ton ta tes son sa ses una unos unas otro otra
    cada su sus tu tus ningun ninguna
    """,
    )
)
"""What makes another thing of it: any such, or somebody else's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A belief's name in a text, and its article before it where it has one."""

    belief: Belief
    start: int
    end: int
    name: str


def key(text: str) -> str:
    """What a name shares with its plural and its joined spelling; empty where it has no word."""
    return _key(tokenize(text).words)


def names(belief: Belief) -> list[str]:
    """The names that bring the belief up; not those of what it has replaced."""
    quiet = {key(alias.text) for alias in belief.aliases if alias.muted}
    own = [alias.text for alias in belief.aliases if alias.origin is not Origin.COUNTER]
    return [name for name in (belief.canonical_name, *own) if key(name) not in quiet]


def keys(belief: Belief) -> frozenset[str]:
    """The keys of those names."""
    return frozenset(map(key, names(belief))) - {""}


def spans(text: str, beliefs: Iterable[Belief]) -> Iterator[Span]:
    """Where the names stand, longest first, of exactly one belief and of that thing itself."""
    table: dict[str, dict[str, Belief]] = {}
    for belief in beliefs:
        for one in keys(belief):
            table.setdefault(one, {})[belief.id] = belief
    tokens, at = tokenize(text), 0
    while at < len(tokens):
        count = next((n for n in range(_LONGEST, 0, -1) if _at(tokens, at, n) in table), 0)
        named = table[_at(tokens, at, count)] if count else {}
        if len(named) == 1 and (start := _begins(tokens, at)) is not None:
            first, last = tokens.starts[at], tokens.ends[at + count - 1]
            (belief,) = named.values()
            yield Span(belief=belief, start=start, end=last, name=text[first:last])
        at += count or 1


def _key(words: list[str]) -> str:
    return "".join(map(stem, words))


def _at(tokens: Tokens, at: int, count: int) -> str:
    """The key of so many words from there on; empty where they do not run on."""
    if at + count > len(tokens) or not _RUNS_ON.issuperset(tokens.gaps[at + 1 : at + count]):
        return ""
    return _key(tokens.words[at : at + count])


def _begins(tokens: Tokens, at: int) -> int | None:
    """Where the thing begins, its article included; None where a word before makes it another."""
    if at == 0 or tokens.gaps[at] is Gap.HARD:
        return tokens.starts[at]
    before = tokens.words[at - 1]
    if tokens.gaps[at] is not Gap.SOFT or before in _STRANGE:
        return None
    if before in _HELD:
        return tokens.starts[at - 1]
    return tokens.starts[at] if closed_class(before) or _does(tokens, at - 1) else None


def _does(tokens: Tokens, at: int) -> bool:
    """Whether a word is a verb, which has the name for its object: restart Postgres."""
    if "V" not in parts(tokens.words[at]):
        return False
    if at == 0 or tokens.gaps[at] is Gap.HARD:
        return True
    before = tokens.words[at - 1]
    return closed_class(before) and before not in _HELD | _STRANGE
