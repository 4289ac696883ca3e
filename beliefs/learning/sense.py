"""Sense: whether other words keep what a quote says: of whom, when, how far, which way; pure."""

import re
from collections.abc import Iterable, Iterator
from itertools import combinations, islice, pairwise

from mindhold.beliefs.learning.ground import Ground
from mindhold.beliefs.learning.signs import Signed, flipped, signed
from mindhold.beliefs.learning.support import hinges
from mindhold.beliefs.learning.telling import WORD, Term, same, terms
from mindhold.beliefs.learning.tongues.hinges import Hinges
from mindhold.beliefs.learning.tongues.language import language
from mindhold.beliefs.learning.tongues.tongue import Pattern
from mindhold.beliefs.text.firstnames import is_first_name
from mindhold.beliefs.text.normal import normal
from mindhold.beliefs.text.words import closed_class, known

_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n+")
_POINTING = re.compile(
    r"(?i)\W*(?:it|its|it['’]s|this|that|they|these|those|which|so|because|and|but|also|then|there"
    r"|same|das|es|sie|dies\w*|und|aber|denn|ça|cela|c['’]est|elles?|ils?|et|mais|eso|esto|y"
    r"|pero)\b"
)
_JOINED = re.compile(r"(?i),?\s+(?:and|but|while|und|aber|et|mais|y|pero)\s+|,\s+|;\s+")
_LINKS = frozenset(
    re.findall(
        r"\S+",
        """
        for in on with at as is are to by uses use runs run goes called für in im mit auf
        ist sind als nutzen pour dans sur avec est sont en à para con es son
        """,
    )
)
_TRIVIAL = frozenset(
    re.findall(
        r"\S+",
        """
        and or nor plus the a an our my their your this that these those of we i is are it
        und oder der die das ein eine unser unsere wir ich et ou le la les un une notre nous
        y o el los las nuestro
        """,
    )
)
_STATEMENTS = 64  # that one belief is looked at beside; nobody tells so much at once
_BY = frozenset({"by", "von", "durch", "par", "por"})
_EDGE = re.compile(r"[.;:!?\n()—–]|,(?=\s)|\s-\s")
_LEAD = re.compile(r"(?i)\W*(?:(?:and|but|though|und|aber|jedoch|et|mais|y|pero)\s)?")
_NAMED = re.compile(
    r"(?:^|[.;:!?,]\s+|\bthat\s+|\bdass\s+|\bque\s+)(?P<name>[A-ZÄÖÜÉ][\w-]*[a-zäöüßéèñ])"
    r"(?P<owns>['’]s)?\s+(?=[a-zäöüéèñ])"
)
_OWNER = re.compile(r"(?P<name>[A-ZÄÖÜÉ][\w-]*\w)['’]s\s+\w")
_PRONOUN = re.compile(r"(?i)(?:^|[.;:!?,]\s+|\bthat\s+|\band\s+)(?:he|she|they|his|her|their)\s")
_OF = (
    r"(?:^|[.;:!?,]\s|\b(?:that|and|because|dass|und|que|y|et)\s)\W*(?:{det})\s(?:\w+\s)?(?:{who})"
)
_DETERMINERS = (
    r"my|our|the|his|her|their|a|an|one of (?:my|our)|meine?r?|unsere?r?|der|die|mon|ma|mes"
    r"|notre|nos"
    r"|mis?|nuestr[oa]s?|el|la"
)


def turned(content: str, grounds: Iterable[Ground]) -> bool:
    """Whether the content affirms what the quotes deny, or tells of leaving what they keep."""
    theirs = [one for ground in grounds for one in _signed(ground)]
    return all(flipped(signed(content, tongue.denials), theirs) for tongue in hinges(content))


def _signed(ground: Ground) -> Iterator[Signed]:
    for tongue in hinges(ground.sentence)[:1]:
        for one in signed(ground.sentence, tongue.denials):
            if ground.start <= one.term.start < ground.end:
                yield one


_KINDS = (
    ("some", "how far the quote goes"),
    ("condition", "the condition that the quote has"),
    ("plan", "that the quote only weighs it"),
    ("former", "that the quote speaks of the past"),
)


def lost(content: str, ground: Ground, *, unsettled: bool, past: bool) -> str | None:
    """What the quote says, where it stands, that the content leaves out; None when nothing.

    `unsettled`: the belief itself is only a plan or a question. `past`: it may tell of the past.
    """
    tongues = tuple(dict.fromkeys((*hinges(ground.sentence), *hinges(content))))
    for kind, told in _KINDS:
        if (kind == "plan" and unsettled) or (kind == "former" and past):
            continue
        shapes: list[Pattern] = [getattr(tongue, kind) for tongue in tongues]
        if any(
            _says(ground, shape) for shape in shapes[: len(hinges(ground.sentence))]
        ) and not any(shape.search(content) for shape in shapes):
            return told
    if _alternative(content, ground):
        return "the alternative that the quote names"
    return "of whom the quote speaks" if _disowned(content, ground, tongues) else None


def _says(ground: Ground, shape: Pattern) -> bool:
    """Whether the quote, or what belongs to it in its sentence, has one of the words."""
    before, after = _EDGE.split(ground.before), _EDGE.split(ground.after)
    close = (ground.quote, before[-1], after[0])
    opening = (before[0], *after[1:2])
    return any(map(shape.search, close)) or any(
        shape.match(part, _LEAD.match(part).end())  # type: ignore[union-attr]
        for part in opening
    )


def _alternative(content: str, ground: Ground) -> bool:
    """Whether the quote leaves open one or the other, and the content names one of them."""
    for tongue in hinges(ground.sentence)[:1]:
        if tongue.either.search(content) or tongue.denials.clause.search(ground.quote):
            continue
        for found in tongue.either.finditer(ground.quote):
            one = terms(ground.quote[: found.start()])[-1:]
            other = terms(ground.quote[found.end() :])[:1]
            if one and other and _has(content, one[0]) != _has(content, other[0]):
                return True
    return False


def _has(content: str, term: Term) -> bool:
    return any(same(term.word, other.word) for other in terms(content))


def _disowned(content: str, ground: Ground, tongues: Iterable[Hinges]) -> bool:
    """Whether the quote speaks of somebody, or of what is somebody's, whom the content drops."""
    plain = f" {normal(content)} "
    for shape in (_NAMED, _OWNER):
        for found in shape.finditer(ground.quote):
            name = normal(found["name"])
            if name not in plain and _is_name(name, ground.sentence, owns=shape is _OWNER):
                return True
    if _PRONOUN.search(ground.quote) and not _PRONOUN.search(content):
        return True
    for tongue in tongues:
        of = _OF.format(det=_DETERMINERS, who=tongue.people.pattern)
        if re.search(of, ground.quote, re.IGNORECASE) and not tongue.people.search(content):
            return True
    return False


def _is_name(word: str, sentence: str, *, owns: bool) -> bool:
    """Whether a capitalised word is one for somebody or something, and no word of the language."""
    if closed_class(word):
        return False
    return owns or is_first_name(word) or (language(sentence) in {"", "en"} and not known(word))


def added(content: str, grounds: Iterable[Ground]) -> bool:
    """Whether the content says of all, or always, what the quotes do not."""
    said = [ground.sentence for ground in grounds]
    tongues = {one for text in (*said, content) for one in hinges(text)}
    if not any(tongue.everything.search(content) for tongue in tongues):
        return False
    return not any(
        shape.search(text)
        for tongue in tongues
        for shape in (tongue.everything, tongue.standing)
        for text in said
    )


def swapped(content: str, quote: str) -> bool:
    """Whether two things that a word like "before" or "manages" joins have changed places."""
    ours, theirs = terms(content), terms(quote)
    for one, other in pairwise(ours):
        at, to = _places(one, theirs), _places(other, theirs)
        if not at or not to or any(a < b for a in at for b in to):
            continue
        if 0 in {a - b - 1 for a in at for b in to} and _joined_alike(
            _between(content, one, other), _between(quote, theirs[to[-1]], theirs[at[0]])
        ):
            return True
    return any(
        _crossed([_places(one, theirs) for one in three], content, quote, three, theirs)
        for three in zip(ours, ours[1:], ours[2:], strict=False)
    )


def _crossed(
    at: list[list[int]], content: str, quote: str, three: tuple[Term, ...], theirs: list[Term]
) -> bool:
    """Whether the first and last of three words have changed places around a verb."""
    if not all(at) or not three[1].raw.islower():
        return False
    first, middle, last = (places[0] for places in at)
    return (last, middle, first) == tuple(range(last, last + 3)) and (
        _passive(content, three[1], three[2]) is _passive(quote, theirs[middle], theirs[first])
    )


def _passive(text: str, one: Term, other: Term) -> bool:
    return bool(_between(text, one, other) & _BY)


def _joined_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool((one & other) - _TRIVIAL) and not (one ^ other) & _BY


def _between(text: str, one: Term, other: Term) -> frozenset[str]:
    between = WORD.finditer(text, one.start + len(one.raw), other.start)
    return frozenset(normal(word[0]) for word in between)


def _places(term: Term, theirs: list[Term]) -> list[int]:
    return [place for place, other in enumerate(theirs) if same(term.word, other.word)]


def mixed(content: str, quotes: Iterable[str]) -> bool:
    """Whether one statement is made of the words of two that the quotes keep apart."""
    stated = list(islice(dict.fromkeys(_statements(quotes)), _STATEMENTS))
    if len(stated) < 2:
        return False
    for part in _SENTENCE.split(content):
        for one in _coordinated(part):
            used = [
                {word for word in _built(one)[0] if any(same(word, other) for other in words_)}
                for words_, _ in stated
            ]
            for (here, mine), (there, his) in combinations(zip(used, stated, strict=True), 2):
                if here - there and there - here and mine[1] & his[1]:
                    return True
    return False


def _statements(quotes: Iterable[str]) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
    """The telling words of each statement, and what it has in common with those that it is kept
    apart from: sentences always, parts of one only where they are built alike."""
    for quote in quotes:
        joined: list[str] = []
        for sentence in filter(None, _SENTENCE.split(quote)):
            if joined and _POINTING.match(sentence):
                joined[-1] += f" {sentence}"
            else:
                joined.append(sentence)
        for number, sentence in enumerate(joined):
            yield from (
                (words_, links | {f"sentence {quote}"} if number or len(joined) > 1 else links)
                for words_, links in map(_built, _coordinated(sentence))
            )


def _built(text: str) -> tuple[frozenset[str], frozenset[str]]:
    plain = frozenset(normal(found[0]) for found in WORD.finditer(text))
    told = frozenset(word for word in plain - _LINKS if not closed_class(word))
    return told, plain & _LINKS


def _coordinated(sentence: str) -> list[str]:
    """The parts of a sentence that "and" or a comma joins, where each says something of something;
    others stay one."""
    parts = _JOINED.split(sentence)
    if len(parts) > 1 and all(len(_built(part)[0]) > 1 and _built(part)[1] for part in parts):
        return parts
    return [sentence]
