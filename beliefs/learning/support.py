"""Support: whether the words of a proposal are borne out by the quote that it cites; pure."""

import re
from collections.abc import Iterable

from mindhold.beliefs.learning import figures
from mindhold.beliefs.learning.telling import Term, every_term, same, terms
from mindhold.beliefs.learning.tongues.english import ENGLISH
from mindhold.beliefs.learning.tongues.hinges import HINGES, Hinges
from mindhold.beliefs.learning.tongues.known import tongue_of
from mindhold.beliefs.learning.tongues.language import language
from mindhold.beliefs.learning.tongues.tongue import Pattern, Voice
from mindhold.beliefs.text.words import known

_WORD = re.compile(r"[^\W_][\w'’.+#/-]*[\w+#]|[^\W_]")
_URL = re.compile(r"[a-z]{2,10}://\S+|\b[\w-]+\.(?:com|org|net|io|dev|ai)\b\S*", re.IGNORECASE)
_SIGN = re.compile(r"[$€£¥%°]")
_ROOT = 3  # letters that forms of one word share at least


def words(text: str) -> list[str]:
    """Its words, in lower case."""
    return [word[0].lower().replace("’", "'") for word in _WORD.finditer(text)]


def unsupported(text: str, quotes: str, table: Iterable[str]) -> str | None:
    """What in `text` neither the quotes nor the alias table bear out; None when all is."""
    given = " ".join((quotes, *(name.replace("_", " ") for name in table)))
    for address in _URL.findall(text):
        if address.lower().rstrip(".") not in quotes.lower():
            return "an address"
    if figures.strange(text, given) or set(_SIGN.findall(text)) - set(_SIGN.findall(given)):
        return "a number"
    if figures.misplaced(text, quotes) or figures.halved(text, quotes):
        return "a number as it stands there"
    return _strange(text, given)


def _strange(text: str, given: str) -> str | None:
    roots: dict[str, set[str]] = {}
    for term in every_term(given):
        for word in (term.word, *_parts(term.word)):
            roots.setdefault(word[:_ROOT], set()).add(word)
    measures = figures.units(given)
    spans = [found.span() for shape in _hinges(text) for found in shape.finditer(text)]
    for term in terms(text):
        turns = any(first <= term.start < last for first, last in spans)
        if turns or figures.is_figure(term.word) or _among(term.word, roots):
            continue
        if figures.unit(term.word) in measures:
            continue
        opens = text[: term.start].rstrip()[-1:] in {"", ".", "!", "?", ";", ":"}
        named = term.raw != term.raw.lower() and not (opens and known(term.word))
        return "a name" if named else "a word"
    return None


def _among(word: str, roots: dict[str, set[str]]) -> bool:
    if any(same(word, other) for other in roots.get(word[:_ROOT], ())):
        return True
    apart = _parts(word)
    return bool(apart) and all(_among(part, roots) for part in apart)


def _parts(word: str) -> list[str]:
    """The halves of a compound, and the compound written as one."""
    halves = [half for half in re.split(r"[-/&]", word) if half]
    return halves if len(halves) > 1 else []


def contradicts(content: str, quotes: str) -> bool:
    """Whether one of content and quote denies something where the other denies nothing."""
    content, quotes = _unwished(content), _unwished(quotes)
    if negates(content) == negates(quotes):
        return False
    return not (_contrasts(content) and _contrasts(quotes))


def _unwished(text: str) -> str:
    """The text behind a wish to remember it: "don't forget that" denies nothing."""
    wish = tongue_of(text).voice.explicit.match(text)
    return text[wish.end() :] if wish else text


def denies_more(content: str, quotes: str) -> bool:
    """Whether the content denies something, and the quotes nothing at all."""
    return _denies(content) and not (_denies(quotes) or negates(quotes) or _contrasts(quotes))


def _denies(text: str) -> bool:
    return any(
        shape.search(text)
        for one in hinges(text)
        for shape in (one.denials.clause, one.denials.thing, one.denials.leaving)
    )


def _contrasts(text: str) -> bool:
    return any(voice.contrast.search(text) for voice in _voices(text))


def negates(text: str) -> bool:
    """Whether the text denies, ends or excludes something."""
    return any(voice.negation.search(text) for voice in _voices(text))


def _voices(text: str) -> tuple[Voice, ...]:
    """English, in which a model may write of any text, and the tongue that it is in."""
    tongue = tongue_of(text)
    return (ENGLISH.voice,) if tongue is ENGLISH else (ENGLISH.voice, tongue.voice)


def hinges(text: str) -> tuple[Hinges, ...]:
    """What the sense of a text may turn on: in English, and in the tongue that it is in."""
    code = language(text)
    return tuple(HINGES[one] for one in dict.fromkeys((code, "en")) if one in HINGES)


def _hinges(text: str) -> Iterable[Pattern]:
    for one in hinges(text):
        denials = one.denials
        yield from (denials.clause, denials.thing, denials.leaving, denials.yields, denials.parts)
        yield from (one.everything, one.some, one.condition, one.plan, one.former)


def overlap(text: str, quotes: str, table: Iterable[str]) -> float:
    """The share of its telling words that quotes or alias table hold; 1 when it has none."""
    given = terms(" ".join((quotes, *(name.replace("_", " ") for name in table))))
    told = terms(text)
    if not told:
        return 1.0
    return sum(_held(term, given) for term in told) / len(told)


def _held(term: Term, given: list[Term]) -> bool:
    return any(same(term.word, other.word) for other in given)
