"""Longer names for a belief whose name alone is too weak, taken from its own words.

"The Nomad scheduler" is understood where "nomad" is a guess: the word gets the noun that the
belief's own text says it is. The text is read by its grammar words (articles, copulas), in the
languages that `closed_class` knows; there is no list of things.
"""

from collections.abc import Iterator

from mindhold.beliefs.model import Belief
from mindhold.beliefs.text.tokens import Gap, Tokens, tokenize
from mindhold.beliefs.text.words import UNKNOWN, closed_class, known, parts, rank
from mindhold.retrieval.surface import Surface

_MOST = 4  # words of an alias
_ASIDE = frozenset({",", "(", "–", "—"})  # what may stand before an apposition
_OWN = frozenset(("my", "mein", "meine", "mon", "ma", "mi", "mio", "mia", "meu", "minha", "mijn"))
_DETERMINERS = _OWN | {
    *("a", "an", "the", "our", "your", "his", "her", "their", "this", "de", "het", "een", "ons"),
    *("ein", "eine", "einen", "einem", "der", "die", "das", "den", "dem", "unser", "unsere"),
    *("unserem", "unseren", "un", "une", "le", "la", "les", "notre", "nos", "el", "los", "las"),
    *("una", "nuestro", "nuestra", "il", "lo", "uno", "nostro", "nostra", "um", "uma", "nosso"),
}
_LINKS = frozenset(
    ("is", "are", "was", "as", "ist", "sind", "war", "als", "est", "sont", "comme", "es", "son")
)
_NOT = frozenset(("not", "no", "than", "nicht", "kein", "statt", "pas", "non", "sin", "niet"))


def longer(belief: Belief, name: Surface) -> Iterator[str]:
    """Candidates, the best first; the caller keeps the first that the rules would accept."""
    texts = (belief.content, belief.why_it_matters, *(quote.quote for quote in belief.evidence))
    read = [tokenize(text) for text in texts]
    yield from (found for tokens in read for found in phrases(tokens, name))
    if not name.canonical:
        yield from _kind(belief, name)
    if (
        len(name.words) > 1
        or name.descriptive
        or closed_class(name.words[0])
        or not any(_places(tokens, name) for tokens in read)
    ):
        yield from (found for tokens in read for found in _proper_names(tokens))


def phrases(tokens: Tokens, name: Surface) -> Iterator[str]:
    """What a text calls the thing that has a lone name, in more than that word."""
    if len(name.words) > 1:
        return
    places = _places(tokens, name)
    yield from (found for at in places for found in _written(tokens, at))
    if not closed_class(name.words[0]):
        yield from (found for at in places for found in _described(tokens, at, name.text))


def _written(tokens: Tokens, at: int) -> Iterator[str]:
    """HashiCorp Nomad, Fly.io: a longer name that the text itself has around the word."""
    first, end = _whole(tokens, at, at + 1)
    if end - first > 1:
        yield _raw(tokens, first, end)


def _described(tokens: Tokens, at: int, name: str) -> Iterator[str]:
    """The Nomad scheduler; our scheduler is Nomad; Nomad, our cluster scheduler; my sister Rose."""
    for start in range(at - 1, at - 1 - _MOST, -1):
        last = _phrase(tokens, start)
        if last is not None and last > at:
            yield f"{name} {_raw(tokens, at + 1, last + 1)}"
        if last is not None and last + 1 + _is(tokens, last + 1, _LINKS) == at:
            yield _called(tokens, start, last, name)
        elif last == at and at - start > 1:
            yield _called(tokens, start, at - 1, name)
    start = at + 2 if _is(tokens, at + 1, _LINKS) else at + 1
    if start == at + 2 or _between(tokens, start) in _ASIDE:
        last = _phrase(tokens, start)
        if last is not None:
            yield _called(tokens, start, last, name)


def _called(tokens: Tokens, start: int, noun: int, name: str) -> str:
    """The name with the noun of a phrase: one's own comes first, as in "my sister Rose"."""
    own = tokens.words[start] in _OWN
    return f"{tokens.raw(noun)} {name}" if own else f"{name} {tokens.raw(noun)}"


def _phrase(tokens: Tokens, start: int) -> int | None:
    """The last noun of the phrase that begins with a determiner here, if one does."""
    if not _is(tokens, start, _DETERMINERS):
        return None
    last = start
    while _is_content(tokens, last + 1):
        last += 1
    while last > start and not _may_be_noun(tokens.words[last]):
        last -= 1
    return last if last > start else None


def _kind(belief: Belief, name: Surface) -> Iterator[str]:
    """The word with the noun of the canonical name, which is mostly what it is: job_scheduler."""
    words = belief.canonical_name.split("_")
    if name.words[0] in words or len(name.words) > 1 or not words[-1].isascii():
        return
    if not (closed_class(name.words[0]) or closed_class(words[-1])):
        yield f"{name.text} {words[-1]}"


def _proper_names(tokens: Tokens) -> Iterator[str]:
    """Names in the text that it does not deny, those that are no dictionary's words first."""
    found = [at for at in range(len(tokens)) if _is_proper(tokens, at)]
    denied = {at for at in found if {*tokens.words[max(0, at - 2) : at]} & _NOT}
    for at in sorted(set(found) - denied, key=lambda at: (known(tokens.words[at]), at)):
        yield _raw(tokens, *_whole(tokens, at, at + 1))


def _places(tokens: Tokens, name: Surface) -> list[int]:
    return [at for at, word in enumerate(tokens.words) if word == name.words[0]]


def _whole(tokens: Tokens, first: int, end: int) -> tuple[int, int]:
    """The identifier or the run of capitalised words that the tokens are part of."""
    while first and tokens.gaps[first] is Gap.JOINER:
        first -= 1
    while end < len(tokens) and tokens.gaps[end] is Gap.JOINER:
        end += 1
    if not tokens.raw(first)[0].isupper():
        return first, end
    while end - first < _MOST and tokens.gaps[first] is Gap.SOFT and _is_proper(tokens, first - 1):
        first -= 1
    while end - first < _MOST and end < len(tokens) and tokens.gaps[end] is Gap.SOFT:
        if not _is_proper(tokens, end):
            break
        end += 1
    return first, end


def _raw(tokens: Tokens, first: int, end: int) -> str:
    return tokens.text[tokens.starts[first] : tokens.ends[end - 1]]


def _between(tokens: Tokens, at: int) -> str:
    """The marks that stand before a token."""
    if not 0 < at < len(tokens):
        return ""
    return tokens.text[tokens.ends[at - 1] : tokens.starts[at]].strip()


def _is(tokens: Tokens, at: int, words: frozenset[str]) -> bool:
    return 0 <= at < len(tokens) and tokens.words[at] in words


def _is_content(tokens: Tokens, at: int) -> bool:
    """Whether a word goes on here that is neither grammar nor a verb, as in "the UPS lasts"."""
    return (
        0 < at < len(tokens)
        and tokens.gaps[at] in (Gap.SOFT, Gap.HYPHEN)
        and tokens.raw(at).isalpha()
        and len(tokens.words[at]) > 2
        and not closed_class(tokens.words[at])
        and _played(tokens.words[at])[0] in "NPVDGAR"
    )


def _may_be_noun(word: str) -> bool:
    """Whether a phrase may end with it."""
    return not {"N", "P"}.isdisjoint(_played(word))


def _played(word: str) -> str:
    """The parts of speech of a word, of one that no list has a noun's, of "without" none."""
    return parts(word) or ("N" if rank(word) == UNKNOWN else "-")


def _is_proper(tokens: Tokens, at: int) -> bool:
    """Whether the word has a capital that no beginning of a sentence explains."""
    begins = tokens.gaps[at] is Gap.HARD
    word = tokens.words[at]
    return tokens.raw(at)[0].isupper() and not closed_class(word) and not (begins and known(word))
