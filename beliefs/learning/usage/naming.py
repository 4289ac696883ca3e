"""Naming: where the user's own words give a thing that is held another name; pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from mindhold.beliefs.learning import guards
from mindhold.beliefs.learning.grounds import clause_of
from mindhold.beliefs.learning.heard import MASK, Heard, Sentence
from mindhold.beliefs.learning.terms import namelike
from mindhold.beliefs.learning.usage.forms import CUE, FORMS, KNOWN, Form
from mindhold.beliefs.learning.usage.short import everyday, fits
from mindhold.beliefs.learning.usage.spans import Span, key, spans
from mindhold.beliefs.model import Belief, Type
from mindhold.beliefs.text.tokens import tokenize
from mindhold.beliefs.text.words import COMMON, closed_class, rank
from mindhold.beliefs.valid import MAX_WORDS

_NEAR = 160  # characters to each side of a known name in which it may be given another
_CUT = "\x01"  # where the sentence goes on before them
_MOST = 20  # known names of a sentence that are looked at
_QUOTES = "\"“”„«»‘’'`* "
_EDGES = " ,;:(–—"
_ARTICLE = re.compile(r"(?i)^(?:the|an?|der|die|das|den|le|la|les|el|los|las) |^l['’]")
_SLOTS = frozenset({Type.DECISION, Type.PREFERENCE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """A name for a belief, and the words that give it.

    `aside`: they tell it whatever the sentence around them asks or supposes.
    """

    belief: Belief
    name: str
    quote: str
    aside: bool


def namings(heard: Heard, held: Sequence[Belief]) -> Iterator[Naming]:
    """Every name that the turn gives to one of the beliefs held, in so many words."""
    for sentence in heard.sentences if held else ():
        if CUE.search(sentence.text):
            for span in islice(spans(sentence.text, held), _MOST):
                yield from _of(heard, sentence, span)


def _of(heard: Heard, sentence: Sentence, span: Span) -> Iterator[Naming]:
    text = sentence.text
    cut = max(0, span.start - _NEAR)
    before = text[cut : span.start] if not cut else _CUT + text[cut + 1 : span.start]
    template = f"{before}{KNOWN}{text[span.end : span.end + _NEAR]}"
    for form in FORMS:
        for found in form.pattern.finditer(template):
            first = found.start("told" if "told" in form.pattern.groupindex else 0)
            last = max(found.end("name"), template.index(KNOWN) + len(KNOWN))
            last += template[last : last + 1] in {")", "]"}
            start, end = _unfolded(cut + first, span), _unfolded(cut + last, span)
            quote = text[start:end].strip(_EDGES)
            opens = cut + found.start("name") == 0
            raw = _after_verb(found["name"]) if opens else found["name"]
            name = _name(raw, form, span, plain=opens or sentence.language == "de")
            if name and not _others(heard, sentence, start, quote, form):
                yield Naming(belief=span.belief, name=name, quote=quote, aside=form.aside)


def _unfolded(at: int, span: Span) -> int:
    """A place of the whole template in the sentence itself."""
    return at if at <= span.start else at + span.end - span.start - len(KNOWN)


def _others(heard: Heard, sentence: Sentence, start: int, quote: str, form: Form) -> bool:
    """Whether an aside is another person's, or a part of a story: its sentence says so."""
    if not form.aside:
        return False  # the gate asks it of the sentence
    clause = clause_of(heard, sentence.start + start, quote)
    return guards.reported(clause) or guards.fiction(clause)


def _name(raw: str, form: Form, span: Span, *, plain: bool) -> str:
    """The new name as an alias has it; empty where the words are none.

    `plain`: any word has a capital there, at the head of a sentence or in German.
    """
    name = _ARTICLE.sub("", raw.strip(_QUOTES))
    quoted = raw.strip() != raw.strip(_QUOTES + ".")
    words = tokenize(name).words
    if not 0 < len(words) <= MAX_WORDS or KNOWN in name or MASK in name:
        return ""
    if key(name) == key(span.name) or not _sound(name, words, quoted, plain):
        return ""
    if form.fitting:
        return name if fits(name, span.name) or fits(span.name, name) else ""
    if form.gloss and span.belief.type in _SLOTS and not namelike(span.name):
        return ""
    if form.strict and not quoted and not _made_up(name, words, plain):
        return ""
    return name


def _after_verb(raw: str) -> str:
    """What stands at the head of a sentence, without a word that is there for its own sake:
    Restart Bertha, i.e. the staging box."""
    first, _, rest = raw.partition(" ")
    return rest if rest and everyday(first.casefold()) else raw


def _sound(name: str, words: Sequence[str], quoted: bool, plain: bool) -> bool:
    """Whether it can name something: no grammar in it, and alone no word of every day, unless it is
    written as a name is."""
    if any(map(closed_class, words)) and (not quoted or all(map(closed_class, words))):
        return False
    if len(words) > 1:
        return True
    word = words[0]
    if len(word) < 2 or word.isdecimal() or rank(word) < COMMON:
        return False
    return quoted or (name != name.lower() and not plain) or not everyday(word)


def _made_up(name: str, words: Sequence[str], plain: bool) -> bool:
    """Whether a word of it is in no list, or is spelled as a name is where it need not be."""
    if not all(map(everyday, words)) or any(map(str.isdigit, name)):
        return True
    return not plain and all(part[0].isupper() for part in name.split())
