"""Longer names for a belief whose name alone is too weak, taken from its own words.

"The Nomad scheduler" is understood where "nomad" is a guess: the word gets the noun that the
belief's own text says it is. The text is read by its grammar words (articles, copulas), in the
languages that `closed_class` knows; there is no list of things.
"""

from collections.abc import Iterator

from mindhold.beliefs.model import Belief
from mindhold.beliefs.text.tokens import Gap, Tokens, tokenize
from mindhold.beliefs.text.words import closed_class, known
from mindhold.retrieval.surface import Surface

_MOST = 4  # words of an alias
_TIGHT = (Gap.JOINER, Gap.HYPHEN)
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
    lone = _is_lone(name)
    yield from (found for tokens in read for found in phrases(tokens, name))
    if lone and not name.canonical:
        yield from _kind(belief, name)
    if not lone or name.descriptive or not any(_places(tokens, name) for tokens in read):
        yield from (found for tokens in read for found in _proper_names(tokens))


def phrases(tokens: Tokens, name: Surface) -> Iterator[str]:
    """What a text calls the thing that has a lone name, in more than that word."""
    if _is_lone(name):
        yield from _written(tokens, name)
        yield from _described(tokens, name)


def _is_lone(name: Surface) -> bool:
    return len(name.words) == 1 and not closed_class(name.words[0])


def _written(tokens: Tokens, name: Surface) -> Iterator[str]:
    """HashiCorp Nomad, Fly.io: a longer name that the text itself has around the word."""
    for at in _places(tokens, name):
        first, end = _whole(tokens, at, at + 1)
        if end - first > 1:
            yield _raw(tokens, first, end)


def _described(tokens: Tokens, name: Surface) -> Iterator[str]:
    """The Nomad scheduler; our scheduler is Nomad; Nomad, our cluster scheduler; my sister Rose."""
    for at in _places(tokens, name):
        if _is(tokens, at - 1, _DETERMINERS) and _is_noun(tokens, at + 1):
            yield f"{name.text} {tokens.raw(at + 1)}"
        last = at - 2 if _is(tokens, at - 1, _LINKS) else at - 1
        starts = range(last - 1, last - 1 - _MOST, -1)
        phrases = [start for start in starts if _phrase(tokens, start) == last]
        if _is(tokens, at + 1, _LINKS):
            phrases.append(at + 2)
        elif _between(tokens, at + 1) in _ASIDE:
            phrases.append(at + 1)
        yield from (_called(tokens, start, name) for start in phrases if _phrase(tokens, start))


def _called(tokens: Tokens, start: int, name: Surface) -> str:
    """The name with the noun of a phrase: one's own comes first, as in "my sister Rose"."""
    noun = tokens.raw(_phrase(tokens, start) or start)
    return f"{noun} {name.text}" if tokens.words[start] in _OWN else f"{name.text} {noun}"


def _phrase(tokens: Tokens, start: int) -> int | None:
    """The last noun of the phrase that begins with a determiner here, if one does."""
    if not _is(tokens, start, _DETERMINERS):
        return None
    end = start + 1
    while _is_noun(tokens, end):
        end += 1
    return end - 1 if end > start + 1 else None


def _kind(belief: Belief, name: Surface) -> Iterator[str]:
    """The word with the noun of the canonical name, which is mostly what it is: job_scheduler."""
    words = belief.canonical_name.split("_")
    if name.words[0] not in words and words[-1].isalpha() and not closed_class(words[-1]):
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
    while first and tokens.gaps[first] in _TIGHT:
        first -= 1
    while end < len(tokens) and tokens.gaps[end] in _TIGHT:
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


def _is_noun(tokens: Tokens, at: int) -> bool:
    """Whether a word of content goes on here; nouns are not told from adjectives."""
    return (
        0 < at < len(tokens)
        and tokens.gaps[at] is Gap.SOFT
        and tokens.raw(at).isalpha()
        and len(tokens.words[at]) > 2
        and not closed_class(tokens.words[at])
    )


def _is_proper(tokens: Tokens, at: int) -> bool:
    """Whether the word has a capital that no beginning of a sentence explains."""
    begins = tokens.gaps[at] is Gap.HARD
    word = tokens.words[at]
    return tokens.raw(at)[0].isupper() and not closed_class(word) and not (begins and known(word))
