"""Signs: which of its words a text affirms, and which it denies or tells of leaving; pure.

"We moved from Jest to Vitest" affirms Vitest and denies Jest, as does "use Vitest, never Jest".
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mindhold.beliefs.learning.telling import Term, same, terms
from mindhold.beliefs.learning.tongues.hinges import Denials

_BREAK = re.compile(r"[.;:!?()\n]+(?=\s|$)|,(?=\s)|\s[-–—]+\s")
_LISTED = re.compile(r"(?i)\b(?:or|nor|oder|ou|o|ni)\b")
_FROM = frozenset({"from", "von", "de", "desde"})
_AHEAD = 40  # characters in which a list goes on
_LIST = 5  # words of what goes on a list, at most


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """A telling word and its sign; one that stands behind a preposition is not `firm`."""

    term: Term
    affirmed: bool
    firm: bool = True


def signed(text: str, denials: Denials) -> list[Signed]:
    """Each telling word of a text with its sign; words that may have either are left out."""
    found: list[Signed] = []
    every, denied, at = terms(text), False, 0
    for start, end in _clauses(text, denials):
        while at < len(every) and every[at].start < start:
            at += 1
        first = at
        while at < len(every) and every[at].start < end:
            at += 1
        clause = text[start:end]
        rest = text[end : end + _AHEAD]
        goes_on = denied and len(clause.split()) <= _LIST and _goes_on(clause, rest)
        if goes_on and not denials.clause.search(clause):
            continue
        denied = bool(denials.clause.search(clause) or denials.thing.match(clause.lstrip()))
        found += _of(clause, start, every[first:at], denials)
    return found


def flipped(ours: Iterable[Signed], theirs: list[Signed]) -> bool:
    """Whether one of our words is affirmed that theirs deny, or denied that theirs affirm."""
    agreed = doubted = False
    for one in ours:
        others = [other for other in theirs if same(one.term.word, other.term.word)]
        if not others:
            continue
        if alike := [other for other in others if other.affirmed is one.affirmed]:
            agreed = agreed or (one.firm and any(other.firm for other in alike))
        elif one.firm and any(other.firm for other in others):
            return True
        else:
            doubted = True
    return doubted and not agreed


def _goes_on(clause: str, rest: str) -> bool:
    return bool(_LISTED.search(clause) or (rest.startswith(",") and _LISTED.search(rest)))


def _clauses(text: str, denials: Denials) -> Iterator[tuple[int, int]]:
    cuts = sorted(
        {
            *(found.end() for found in _BREAK.finditer(text)),
            *(found.start() for found in denials.parts.finditer(text)),
            len(text),
        }
    )
    start = 0
    for cut in cuts:
        if cut > start:
            yield start, cut
            start = cut


def _of(clause: str, offset: int, every: list[Term], denials: Denials) -> Iterator[Signed]:
    spans = list(_denied(clause, denials))
    clausal = denials.clause.search(clause)
    done, aside = _reach(clause, clausal.end(), offset, every, denials) if clausal else (0, 0)
    for term in every:
        at = term.start - offset
        affirmed = not any(first <= at < last for first, last in spans)
        if clausal and affirmed:
            before = at < clausal.start()
            firm = not denials.before.match(clause.lstrip()) if before else not done <= aside < at
            yield Signed(term=term, affirmed=False, firm=firm)
        else:
            yield Signed(term=term, affirmed=affirmed)


def _reach(
    clause: str, end: int, offset: int, every: list[Term], denials: Denials
) -> tuple[int, int]:
    """Where the first word after a clause's denial stands, and the preposition that follows it:
    behind that the denial is only of what is done in, for or with something."""
    first = next((term.start - offset for term in every if term.start - offset >= end), len(clause))
    aside = denials.before.search(clause, first)
    return first, aside.start() if aside else len(clause)


def _denied(clause: str, denials: Denials) -> Iterator[tuple[int, int]]:
    """The stretches of a clause in which things are denied, whatever the clause says of others."""
    for left in denials.leaving.finditer(clause):
        to = denials.towards.search(clause, left.end())
        of_it = left[0].split()[-1].lower() not in _FROM  # "was switched from A" does not leave it
        if of_it and denials.passive.search(clause[: left.start()].rstrip()[-12:]):
            yield 0, left.start()
        else:
            yield left.end(), to.start() if to else _thing_ends(clause, left.end(), denials)
    for gives in denials.yields.finditer(clause):
        yield 0, gives.start()
    for shape in (denials.over, denials.thing):
        for thing in shape.finditer(clause):
            yield thing.end(), _thing_ends(clause, thing.end(), denials)


def _thing_ends(clause: str, start: int, denials: Denials) -> int:
    """Where the name of the thing that begins there has ended: at the next preposition."""
    stop = denials.before.search(clause, start + 3)
    return stop.start() if stop else len(clause)
