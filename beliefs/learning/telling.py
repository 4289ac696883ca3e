"""Telling: the words of a text that say what it is about, beside those of grammar and wording."""

import re
from dataclasses import dataclass
from functools import lru_cache

from mindhold.beliefs.learning.tongues.known import TONGUES
from mindhold.beliefs.learning.tongues.wording import WORDING
from mindhold.beliefs.text.normal import apart, normal
from mindhold.beliefs.text.words import closed_class

WORD = re.compile(r"[^\W_][\w'’.+#/&-]*[\w+#]|[^\W_]")
_ENDINGS = frozenset(
    re.findall(
        r"\S+",
        """
        s es ed ing ings d ies ied y ly er ers or ic ical ion ions ation ations ment ments
        al e en n t te ten et em st ons ez ent ais ait er ir ee ees amos emos an a o as os
        ando ado ada ados adas um in innen r rs ar iert ierte ieren nes ns x aux ity ness
        able ability ance ence ive ally ful
        """,
    )
)
_SHORTENED = re.compile(r"[a-z]{1,6}(?:n['’]t|['’](?:m|re|ve|ll|d|s))")  # isn't, we're, it'll
_SHORT = 4  # letters that words share at least to be forms of one


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A telling word as it is compared, and where in the text it begins."""

    word: str
    start: int
    raw: str


def terms(text: str) -> list[Term]:
    """The telling words of a text, in order; a word with a slash or a hyphen is one."""
    return [term for term in every_term(text) if not _mere(term.word)]


def every_term(text: str) -> list[Term]:
    """All words of a text, in order, as they are compared."""
    found = []
    for match in WORD.finditer(text):
        first, last = apart(match[0])
        raw = match[0][first:last]
        found.append(Term(word=normal(raw), start=match.start() + first, raw=raw))
    return found


@lru_cache(maxsize=32_768)
def same(one: str, other: str) -> bool:
    """Whether two compared words are forms of one: allergic, allergy; never one number another."""
    if one == other:
        return True
    if any(map(str.isdigit, one + other)):
        return False
    shared = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        shared += 1
    ends = (one[shared:], other[shared:])
    return shared >= min(_SHORT, len(one), len(other)) and shared >= 3 and _alike(*ends, one, other)


def _alike(end: str, other_end: str, one: str, other: str) -> bool:
    doubled = one[: len(one) - len(end)]  # plan, planning: the letter is written twice
    ends = [rest.removeprefix(doubled[-1:]) if rest else rest for rest in (end, other_end)]
    return all(not rest or rest in _ENDINGS for rest in (end, other_end)) or all(
        not rest or rest in _ENDINGS for rest in ends
    )


@lru_cache(maxsize=32_768)
def _mere(word: str) -> bool:
    """Whether it is grammar, or says only what kind of thing something is, or what is done."""
    return (
        closed_class(word)
        or bool(_SHORTENED.fullmatch(word))
        or any(word in listed for listed in _MERE)
    )


_MERE = tuple(
    frozenset(map(normal, words_))
    for words_ in (
        *WORDING.values(),
        *(tongue.voice.template for tongue in TONGUES.values()),
    )
)
