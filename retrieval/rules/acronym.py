"""An acronym stands for something else when the message says so, or speaks of nothing that is the
belief's while a dictionary has another meaning."""

from functools import lru_cache
from itertools import islice

from mindhold.beliefs.text.acronyms import goes_on, meanings, spells
from mindhold.beliefs.text.stems import root
from mindhold.beliefs.text.tokens import Gap, tokenize
from mindhold.beliefs.text.words import COMMON, UNKNOWN, closed_class, rank, technical
from mindhold.retrieval.mention import Mention
from mindhold.retrieval.message import Message
from mindhold.retrieval.rules.rule import Rule
from mindhold.retrieval.sense.classes import INDEFINITE
from mindhold.retrieval.sense.reading import guarded
from mindhold.retrieval.standing import Standing

_STOP = frozenset(".!?…\n")
_LETTERS = range(2, 7)
_APART = 2  # words on, where its parenthesis may open: STEAM week (science, ...)
_LONG = 200  # characters of a parenthesis
_AROUND = 12  # words to either side that say what is spoken of
_EVERYWHERE = 300  # words commoner than this say nothing of it
_MUCH, _STRANGE = 3, 2  # words of another matter, and rare ones, that are enough


def _refuse(message: Message, mention: Mention, standing: Standing) -> str | None:
    if mention.count > 1 or not _is_acronym(mention):
        return None
    return _something_else(message, mention) or _of_another_matter(message, mention, standing)


def _something_else(message: Message, mention: Mention) -> str | None:
    """What the words that touch it say."""
    said = message.text(mention.first, 1)
    if whole := _spelled_out(message, mention):
        return f"{said!r} is spelled out as {' '.join(whole)!r}"
    if _measures(message, mention):
        return f"{message.text(mention.first - 1, 2)!r} is a measure"
    if _ends_a_file(message, mention):
        return f"{'.' + said!r} is the ending of a file"
    if _written_otherwise(message, mention):
        return f"{said!r} is not written like {mention.surface.text!r}"
    return _longer(message, mention)


def _of_another_matter(message: Message, mention: Mention, standing: Standing) -> str | None:
    meaning = _another(mention.surface.words[0], _told(mention))
    if not meaning or not _elsewhere(message, mention, standing):
        return None
    said = message.text(mention.first, 1)
    return f"{said!r} is also {meaning!r}, and nothing else here is the belief's"


def _is_acronym(mention: Mention) -> bool:
    word, name = mention.surface.words[0], mention.surface.text
    if len(mention.surface.words) > 1 or len(word) not in _LETTERS:
        return False
    return sum(letter.isupper() for letter in name) > 1 or _spelled_by(word, _told(mention))


def _spelled_out(message: Message, mention: Mention) -> list[str]:
    """The words that the message gives for the letters, most of them not the belief's."""
    words, acronym = _parenthesis(message, mention), mention.surface.words[0]
    own = sum(root(word) in mention.named.gist.words for word in words)
    return words if 2 * own < len(words) and spells(words, acronym) else []


def _parenthesis(message: Message, mention: Mention) -> list[str]:
    """What stands in parentheses behind it, or just before it when it stands in them itself."""
    tokens, size = message.tokens, len(mention.surface.words[0])
    text, start = tokens.text, tokens.starts[mention.first]
    if text[max(0, start - 1) : start] == "(":
        return tokens.words[max(0, mention.first - size) : mention.first]
    for first in range(mention.end, min(mention.end + _APART, len(tokens))):
        if text[tokens.starts[first] - 1] == "(":
            inside = islice(range(first, len(tokens)), 2 * size)
            closed = text.find(")", tokens.starts[first], tokens.starts[first] + _LONG)
            return [tokens.words[at] for at in inside if tokens.ends[at] <= closed]
    return []


def _measures(message: Message, mention: Mention) -> bool:
    """5 ms; but Ubuntu 24 vm is no measure."""
    words, at = message.tokens.words, mention.first
    return (
        at > 0
        and message.tokens.gaps[at] is Gap.SOFT
        and words[at - 1].isdecimal()
        and words[at - 1] != "1"
        and message.tokens.raw(at).islower()
        and not mention.surface.text.islower()
        and (at == 1 or message.tokens.gaps[at - 1] is Gap.HARD or closed_class(words[at - 2]))
    )


def _ends_a_file(message: Message, mention: Mention) -> bool:
    start = message.tokens.starts[mention.first]
    before = message.tokens.text[max(0, start - 2) : start]
    return before[-1:] == "." and not before[:-1].strip().strip("\"'`(*")


def _written_otherwise(message: Message, mention: Mention) -> bool:
    """A LoRA, which is no LoRa: capitals within, but other ones, of a thing that is counted."""
    raw, name = message.tokens.raw(mention.first), mention.surface.text
    counted = mention.first > 0 and message.tokens.words[mention.first - 1] in INDEFINITE
    return counted and raw != name and raw.lower() == name.lower() and _mixed(raw) and _mixed(name)


def _mixed(raw: str) -> bool:
    return raw not in {raw.upper(), raw.lower(), raw.capitalize()}


def _longer(message: Message, mention: Mention) -> str | None:
    at = mention.end
    if at >= len(message.tokens) or message.tokens.gaps[at] is not Gap.SOFT:
        return None
    word = message.tokens.words[at]
    if root(word) in mention.named.gist.words or not goes_on(mention.surface.words[0], word):
        return None
    return f"{message.text(mention.first, 2)!r} is something else"


def _elsewhere(message: Message, mention: Mention, standing: Standing) -> bool:
    """Whether the words around are of another matter than the belief's."""
    gist = mention.named.gist
    if _in_company(message, mention, standing):
        return False
    near = [message.tokens.words[at] for at in _sentence(message, mention) if message.own(at)]
    if any(root(word) in gist.words or (gist.technical and technical(word)) for word in near):
        return False
    ranks = [rank(word) for word in set(near) if not closed_class(word)]
    speaking = sum(_EVERYWHERE <= one < UNKNOWN for one in ranks)
    strange = sum(2 * COMMON < one < UNKNOWN for one in ranks)
    return speaking >= _MUCH or strange >= _STRANGE


def _sentence(message: Message, mention: Mention) -> list[int]:
    """The other tokens of its sentence, some to either side."""
    first, end = mention.first, mention.end
    least, most = max(0, first - _AROUND), min(len(message.tokens), end + _AROUND)
    while first > least and not _stops(message, first):
        first -= 1
    while end < most and not _stops(message, end):
        end += 1
    return [*range(first, mention.first), *range(mention.end, end)]


def _stops(message: Message, at: int) -> bool:
    tokens = message.tokens
    between = tokens.text[tokens.ends[at - 1] : tokens.starts[at]]
    return tokens.gaps[at] is Gap.HARD and not _STOP.isdisjoint(between)


def _in_company(message: Message, mention: Mention, standing: Standing) -> bool:
    """Whether something else that is known is named beside it, or the belief by another name."""
    return any(
        other.surface.words != mention.surface.words
        and message.own(other.first)
        and not other.overlaps(mention)
        and not guarded(message, other)
        for other in standing.mentions[:_AROUND]
    )


def _told(mention: Mention) -> tuple[str, ...]:
    belief = mention.named.belief
    return (belief.canonical_name, *(alias.text for alias in belief.aliases))


@lru_cache(maxsize=1_024)
def _spelled_by(acronym: str, names: tuple[str, ...]) -> bool:
    """Whether one of the names spells the letters out."""
    return any(spells(tokenize(name).words, acronym) for name in names)


@lru_cache(maxsize=1_024)
def _another(acronym: str, names: tuple[str, ...]) -> str:
    """What the letters commonly stand for when the belief's names spell out something else."""
    known = meanings(acronym)
    if not known or not _spelled_by(acronym, names):
        return ""
    roots = {root(word) for name in names for word in tokenize(name).words}
    if any({root(word) for word in tokenize(one).words} <= roots for one in known):
        return ""
    return min(known, key=lambda one: not spells(one.split(), acronym))


ACRONYM = Rule(name="acronym", refuse=_refuse)
