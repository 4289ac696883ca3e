"""Words: which words of a turn may be a name that nobody has written down; pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from mindhold.beliefs.learning.heard import Heard, hear
from mindhold.beliefs.learning.usage.short import everyday, telling
from mindhold.beliefs.learning.usage.spans import key, keys, names, spans
from mindhold.beliefs.model import Belief
from mindhold.beliefs.text.normal import normal
from mindhold.beliefs.text.tokens import tokenize

_SHORT = 12  # words of a turn that only says what was meant
_MOST = 500  # words of a turn that are looked at
_BRIEF = 400  # characters of an answer that asks back
_LEAD = r"(?:(?:oh|ah|well|right|yes|hm+|by that|damit|par là|con eso)[,.!]? )?"
_BARE = frozenset({"the", "is", "are", "was", "my", "our", "der", "die", "das", "le", "la", "el"})
_MEANT = re.compile(
    rf"(?i)\W*{_LEAD}(?:i(?: just)? mean|i['’]?m talking about|that(?:['’]s| is| means)|it(?:['’]s"
    r"| is)|ich meine|meine ich|das ist|je veux dire|je parle de|c['’]est|quiero decir"
    r"|me refiero a|es) \x00[.!]*"
)
_ONLY = re.compile(rf"(?i)\W*{_LEAD}\x00[.!]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """What the word of the turn before means; `asked`: the model wanted to know just that."""

    belief: Belief
    word: str
    asked: bool


def coined(text: str) -> list[str]:
    """The words of a text that are in no list, as they are written, each once."""
    tokens = tokenize(text)
    found = {
        tokens.words[at]: tokens.raw(at)
        for at in range(min(len(tokens), _MOST))
        if len(tokens.words[at]) > 1 and tokens.words[at][0].isalpha()
    }
    return [raw for word, raw in found.items() if not everyday(word)]


def spoken_of(heard: Heard, belief: Belief) -> bool:
    """Whether the user's own words name it, in this turn or before."""
    return any(any(spans(text, [belief])) for text in (heard.masked, *heard.said.earlier))


def used(heard: Heard, held: Sequence[Belief]) -> Iterator[tuple[Belief, str]]:
    """Words that are short for the one belief of which the user speaks in this conversation."""
    words = coined(_without_names(heard.masked, held))
    texts = (heard.masked, *heard.said.earlier) if words else ()
    named = {span.belief.id for text in texts for span in spans(text, held)}
    spoken = [one for one in held if one.id in named]
    for word in words:
        fitting = [one for one in spoken if any(telling(word, name) for name in names(one))]
        if len(fitting) == 1 and not any(key(word) in keys(one) for one in held):
            yield fitting[0], word


def meant(heard: Heard, held: Sequence[Belief]) -> Meant | None:
    """What the user says that they meant with the one unknown word of the turn before."""
    text = heard.masked.strip()
    if not heard.said.earlier or heard.playing or len(text.split()) > _SHORT:
        return None
    found = list(spans(text, held))
    if len(found) != 1:
        return None
    (span,) = found
    template = f"{text[: span.start]}\x00{text[span.end :]}"
    asked = _asks_back(heard.said.answer)
    word = _unknown(heard, span.belief, held, asked=asked)
    if not word or not (_MEANT.fullmatch(template) or (asked and _ONLY.fullmatch(template))):
        return None
    return Meant(belief=span.belief, word=word, asked=bool(asked))


def _unknown(heard: Heard, belief: Belief, held: Sequence[Belief], *, asked: str) -> str:
    """The one unlisted word of the turn before, if the model asks then that of which it asks;
    empty where it is not one alone."""
    before = hear(replace(heard.said, text=heard.said.earlier[-1], earlier=())).masked
    if any(spans(before, [belief])):
        return ""
    found = coined(_without_names(before, held))
    found = [word for word in found if _wondered(word, before, asked)] if asked else found
    return found[0] if len(found) == 1 else ""


def _wondered(word: str, before: str, asked: str) -> bool:
    """Whether what an answer asks about is the word alone, and not more of the turn before it."""
    here, there = tokenize(before).words, tokenize(asked).words
    if normal(word) not in there:
        return False
    at, to = here.index(normal(word)), there.index(normal(word))
    if here[at + 1 : at + 2] == there[to + 1 : to + 2] != []:
        return False
    while at and to and here[at - 1] == there[to - 1]:
        at, to = at - 1, to - 1
        if here[at] not in _BARE:
            return False
    return True


def _without_names(text: str, held: Sequence[Belief]) -> str:
    """The text without the names that beliefs have in it."""
    for span in sorted(spans(text, held), key=lambda one: -one.start):
        text = f"{text[: span.start]}, {text[span.end :]}"
    return text


def _asks_back(answer: str) -> str:
    """A short answer that asks; empty for any other."""
    return answer if len(answer) <= _BRIEF and "?" in answer else ""
